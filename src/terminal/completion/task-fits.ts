import type { Status } from '../../../schemas/vocabulary.ts'

/** How well a task of each status fits a command: the least comes first, one that is not there is left out. */
type Fit = Readonly<Partial<Record<Status, number>>>

const OPEN: Fit = { in_progress: 0, pending: 1, blocked: 2, failed: 2 }
const ANY: Fit = { ...OPEN, completed: 3, cancelled: 3 }
const FITS: Readonly<Record<string, Fit>> = {
  'task:start': { pending: 0, failed: 2, in_progress: 3, blocked: 4 },
  'task:complete': OPEN,
  'task:reopen': { completed: 0, cancelled: 1 },
  'task:block': OPEN,
  'task:unblock': { blocked: 0 },
  'task:cancel': OPEN,
  'task:check': OPEN,
  'gate:run': OPEN,
  predict: OPEN,
  'depend:suggest': OPEN,
  'worktree:create': { in_progress: 0, failed: 1, blocked: 1, pending: 2 },
  switch: { in_progress: 0, failed: 1, blocked: 1 },
}

/** How well tasks fit a command, by its id. */
export const fitOf = (command: string): Fit => FITS[command] ?? ANY
