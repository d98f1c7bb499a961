import type { Snapshot } from '../snapshot/snapshot.ts'
import { type AskedStatus, type Filter, filterTasks, type Today } from './filter.ts'

/** How a repository stands: how many tasks are in which state. */
export interface Standing {
  readonly open: number
  readonly ready: number
  readonly waiting: number
  readonly in_progress: number
  readonly blocked: number
  /** Tasks whose gates failed. */
  readonly failed: number
  readonly overdue: number
  /** Completed in the last seven days. */
  readonly done_this_week: number
  /** Tasks whose gates somebody let pass although they had not. */
  readonly overridden: number
}

const WEEK = 7 * 86_400_000

/** @param localDate the calendar date of an instant where the user is */
export function standingOf(
  snapshot: Snapshot,
  today: Today,
  localDate: (instant: string) => string,
): Standing {
  const count = (filter: Filter) => filterTasks(snapshot, filter, today, localDate).length
  const withStatus = (status: AskedStatus) => count({ statuses: [status] })
  return {
    open: withStatus('open'),
    ready: withStatus('ready'),
    waiting: withStatus('waiting'),
    in_progress: withStatus('in_progress'),
    blocked: withStatus('blocked'),
    failed: withStatus('failed'),
    overdue: count({ overdue: true }),
    done_this_week: count({ statuses: ['completed'], completed: { since: today.now - WEEK } }),
    overridden: count({ statuses: ['all'], overridden: true }),
  }
}

/** The counts of several repositories together. */
export function sumStandings(all: readonly Standing[]): Standing {
  const sum = (state: keyof Standing) => all.reduce((total, standing) => total + standing[state], 0)
  return {
    open: sum('open'),
    ready: sum('ready'),
    waiting: sum('waiting'),
    in_progress: sum('in_progress'),
    blocked: sum('blocked'),
    failed: sum('failed'),
    overdue: sum('overdue'),
    done_this_week: sum('done_this_week'),
    overridden: sum('overridden'),
  }
}
