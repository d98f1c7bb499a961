import { PRIORITIES, STATUSES, TASK_TYPES } from '../../../schemas/vocabulary.ts'
import { GROUP_KEYS } from '../../query/grouping.ts'
import { SORT_KEYS } from '../../query/sort.ts'
import { Flags } from '../oclif.ts'
import { federationFlags, freshnessFlag } from '../places/federation-flags.ts'
import { FORMATS } from './listing-formats.ts'
import { COLUMN_NAMES } from './task-table.ts'

export const several = (description: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, delimiter: ',', description })
const when = (field: string, side: string) =>
  Flags.string({ description: `${field} ${side} a date (2026-11-27, -7d) or instant` })

/** What a pipeline makes of a list. */
const verdictFlags = {
  'fail-on': Flags.string({
    helpGroup: 'PIPELINES',
    description:
      'exit with 1 where a listed task is so: “overdue or (blocked and not label:later)”. States: a status, waiting, overdue, unassigned, overridden, stale, problem (of its repository); fields: priority, type, label, assignee, repo',
  }),
  annotations: Flags.string({
    helpGroup: 'PIPELINES',
    description:
      'write what --fail-on met and what could not be read to this file, as GitLab’s Code Quality report',
  }),
  summary: Flags.boolean({
    helpGroup: 'PIPELINES',
    description: 'add the list as Markdown to the job’s page on GitHub ($GITHUB_STEP_SUMMARY)',
  }),
}

export const listFlags = {
  status: several(
    `open, all, ${STATUSES.join(', ')}, waiting (pending, with an open dependency), ready (can start now); default open`,
  ),
  type: several(TASK_TYPES.join(', ')),
  priority: several(PRIORITIES.join(', ')),
  assignee: Flags.string({ char: 'a', description: 'part of the name or address; “me”, “none”' }),
  label: several('has all of these labels; “none”: has no label'),
  'no-label': several('has none of these labels'),
  deadline: Flags.string({
    description: 'on a date (2026-11-27, today), between two (2026-11-01..2026-11-30), or “none”',
  }),
  overdue: Flags.boolean({ description: 'its deadline has passed' }),
  'created-after': when('created', 'at or after'),
  'created-before': when('created', 'before'),
  'updated-after': when('changed', 'at or after'),
  'updated-before': when('changed', 'before'),
  'completed-after': when('completed', 'at or after'),
  'completed-before': when('completed', 'before'),
  parent: Flags.string({ description: 'is a part of one of these tasks (3,7-9 or akosha#3); “none”' }),
  'depends-on': Flags.string({
    description: 'depends on one of these tasks (3,7-9 or akosha#3); “none”',
  }),
  branch: Flags.string({ description: 'has this branch; “none”' }),
  estimate: Flags.string({ description: 'has this estimate (3h); “none”' }),
  source: Flags.string({ description: 'was imported from this system, or system:id; “none”' }),
  title: Flags.string({ description: 'has this in its title' }),
  description: Flags.string({ description: 'has this in its description' }),
  reason: Flags.string({ description: 'has this in the reason of its status' }),
  'created-by': Flags.string({ description: 'part of the name or address of who created it' }),
  'completed-by': Flags.string({ description: 'part of the name or address of who completed it' }),
  text: Flags.string({ description: 'has all of these words in title, description, comments or labels' }),
  number: Flags.string({ description: 'numbers and ranges (3,7-9 or akosha#3)' }),
  overridden: Flags.boolean({ description: 'somebody let its gates pass although they had not' }),
  deleted: Flags.boolean({ description: 'the deleted ones instead' }),
  sort: several(`keys, “:desc” after one turns it round: ${SORT_KEYS.join(', ')}; default urgency`),
  limit: Flags.integer({ char: 'n', min: 0, description: 'at most so many; 0 for all, as without it' }),
  columns: several(COLUMN_NAMES.join(', ')),
  format: Flags.string({
    description: `${FORMATS.join(', ')}, or a template for each task: '{number}\\t{title:30}\\t{deadline?none}'`,
  }),
  at: Flags.string({ description: 'as it was at a date (its end), an instant, or a commit of the task log' }),
  'group-by': Flags.string({
    options: GROUP_KEYS,
    description: 'under headings with counts; this_week is the seven days after today',
  }),
  ...federationFlags,
  ...freshnessFlag,
  ...verdictFlags,
}

export interface ListFlags {
  readonly json?: boolean
  readonly [name: string]: string | readonly string[] | number | boolean | undefined
}
