import type { Warn } from './source-record.ts'
import type { SourceTask } from './source-task.ts'

/**
 * Says of a task which of its times are in the future, and which are before its creation or start: events are in order,
 * so these count as that.
 */
export function warnOfTimes({ fields, status }: SourceTask, now: string, warn: Warn): void {
  const created = fields.created_at ?? now
  if (created > now) warn('future', `its created_at ${created} is in the future`)
  const early = (what: string, at: string, least: string) => {
    const first = least === created ? 'creation' : 'start'
    warn('early', `its ${what} ${at} is before its ${first} and counts as ${least}`)
  }
  const started = fields.started_at
  if (started && started < created) early('started_at', started, created)
  const isEnded = status === 'completed' || status === 'cancelled'
  const [what, ended] = fields.closed_at
    ? ['closed_at', fields.closed_at]
    : ['completed_at', fields.completed_at]
  if (ended && isEnded) {
    const least = started && started > created ? started : created
    if (ended < least) early(what!, ended, least)
    if (ended > now) warn('future', `its ${what} ${ended} is in the future`)
  }
  for (const { at } of fields.comments ?? []) if (at && at < created) early('comment of', at, created)
}
