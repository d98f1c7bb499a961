import type { Status } from '../../../schemas/vocabulary.ts'
import { harmless } from '../../printable.ts'
import { askedBesideTask } from './asked-for.ts'
import { cutLine } from './cut-line.ts'
import type { Entry, PaletteTask } from './entry.ts'

/** Something that can be done with a task. */
export interface TaskAction {
  /** What people look for. */
  readonly name: string
  readonly says: string
  /** The command's id. */
  readonly command: string
  /** The words that follow the command's name. */
  readonly argv: readonly string[]
  /** Names of arguments and flags that it has to be given as well. */
  readonly asks: readonly string[]
}

type Row = readonly [name: string, command: string, says: string, statuses: readonly Status[] | 'all']

const OPEN: readonly Status[] = ['pending', 'in_progress', 'blocked', 'failed']

/** In the order in which they are offered; each only where the task's status lets it be done. */
const ACTIONS: readonly Row[] = [
  ['show', 'task:show', 'everything about it', 'all'],
  ['start', 'task:start', 'its branch, and a worktree for it', ['pending', 'failed']],
  ['switch', 'switch', 'go to its worktree', ['in_progress', 'failed', 'blocked']],
  ['done', 'task:complete', 'complete it, once its gates pass', ['pending', 'in_progress', 'failed']],
  ['unblock', 'task:unblock', 'nothing is in the way any more', ['blocked']],
  ['reopen', 'task:reopen', 'it is to be done after all', ['completed', 'cancelled']],
  ['comment', 'task:comment', 'say something about it', 'all'],
  ['block', 'task:block', 'say what is in the way', ['pending', 'in_progress']],
  ['assign', 'task:assign', 'say who does it', OPEN],
  ['label', 'task:label', 'add labels', OPEN],
  ['edit', 'task:edit', 'change its fields', 'all'],
  ['depend', 'task:depend', 'let it wait for others', OPEN],
  ['history', 'task:history', 'who changed what, and when', 'all'],
  ['predict', 'predict', 'how long it may take', OPEN],
  ['similar', 'task:search', 'tasks like it', 'all'],
  ['cancel', 'task:cancel', 'it will not be done', OPEN],
  ['delete', 'task:delete', 'take it away; task restore brings it back', 'all'],
]

/**
 * What can be done with a task by its status, what people want most first.
 * @param name what commands call it: `12`, or `akosha#12`
 */
export const taskActions = (name: string, status: Status): TaskAction[] =>
  ACTIONS.filter(([, , , statuses]) => statuses === 'all' || statuses.includes(status)).map(
    ([action, command, says]) => ({
      name: action,
      says,
      command,
      argv: command === 'task:search' ? ['--similar', name] : [name],
      asks: askedBesideTask(command),
    }),
  )

/** Columns of a title that what is typed stands behind. */
const LONGEST_TITLE = 40

/** The same as entries to choose from. */
export const actionEntries = ({ name, status }: PaletteTask): Entry<TaskAction>[] =>
  taskActions(name, status).map((action) => ({
    kind: 'choice',
    text: action.name,
    aside: action.says,
    names: [action.name],
    chosen: action,
  }))

/** Whether nothing has to be asked. Changing fields is nothing by itself, so there it is asked which. */
export const runsAtOnce = ({ command, asks }: TaskAction): boolean =>
  asks.length === 0 && command !== 'task:edit'

/** A task as it is named before the question what to do with it. */
export const calledTask = ({ name, title }: PaletteTask): string =>
  `${name.includes('#') ? '' : '#'}${name} ${cutLine(harmless(title), LONGEST_TITLE)}`
