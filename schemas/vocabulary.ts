/** The closed sets of words that tasks are described with; free of imports, so that reading needs no validator. */
export const STATUSES = ['pending', 'in_progress', 'blocked', 'completed', 'failed', 'cancelled'] as const
export const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const
export const TASK_TYPES = [
  'task',
  'bug',
  'feature',
  'enhancement',
  'docs',
  'test',
  'refactor',
  'performance',
  'security',
  'chore',
  'question',
  'epic',
] as const

/** Moments at which a gate runs; `ci` is `mhv gate verify`. */
export const MOMENTS = ['done', 'pre-push', 'pre-commit', 'ci'] as const

export type Status = (typeof STATUSES)[number]
export type Priority = (typeof PRIORITIES)[number]
export type TaskType = (typeof TASK_TYPES)[number]
export type Moment = (typeof MOMENTS)[number]

/** Statuses that end a task: `list` hides it, and whatever depends on it no longer waits. */
export const CLOSED_STATUSES: readonly Status[] = ['completed', 'cancelled']
