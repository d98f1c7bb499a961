import { namesTasks } from '../../query/number-list.ts'
import { fitOf } from '../completion/task-fits.ts'
import type { Entry, PaletteTask, Ranked } from './entry.ts'
import type { ManifestArgument } from './manifest.ts'
import { rankEntries } from './rank-entries.ts'

/** Names of arguments and flags whose values are tasks. */
const TASKS = ['task', 'tasks', 'on', 'depends-on', 'parent', 'similar']

export const wantsTask = ({ name }: ManifestArgument): boolean => TASKS.includes(name)

const MOST = 100

/** What a task is asked for. */
export interface TaskAsked {
  /** Id of the command; null where that says nothing of the tasks that fit, as for a flag. */
  readonly command: string | null
  /** Key of the task that stands first: the one whose worktree this is, or the one in focus. */
  readonly first: string | null
}

/** Where tasks that are deleted are named, the palette knows none of them. */
const OF_DELETED = 'task:restore'

/** Numbers as they were typed, several too, which no entry is. A lone one that no task has is a slip. */
function asTyped(typed: string, tasks: readonly Entry[], { command }: TaskAsked): Entry<string>[] {
  const word = typed.trim()
  if (word === '' || !namesTasks(word)) return []
  const isLone = /^#?\d+$/.test(word) && command !== OF_DELETED
  if (isLone && !tasks.some(({ names }) => names.includes(word))) return []
  return [{ kind: 'choice', text: word, aside: 'as typed', names: [], chosen: word }]
}

/** What comes behind everything that fits. */
const LAST = 9

/** How late a task comes; negative for one that does not fit. */
function rankOf({ key, status, waits }: PaletteTask, { command, first }: TaskAsked): number {
  const fit = command === null ? 0 : fitOf(command)[status]
  if (fit === undefined) return -1
  if (key === first) return 0
  return 1 + (command === 'task:start' && waits?.() ? LAST : fit)
}

/** Tasks as what commands call them, those that fit best first. */
function named(tasks: readonly Entry[], asked: TaskAsked): Entry<string>[] {
  const ranked = tasks.flatMap((entry) => {
    const { chosen } = entry
    if (chosen.does !== 'act') return []
    return [{ entry: { ...entry, chosen: chosen.task.name }, rank: rankOf(chosen.task, asked) }]
  })
  return ranked
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry)
}

/** Lists the tasks that may be meant by a number or some letters of a title. */
export function taskChoices(tasks: readonly Entry[], asked: TaskAsked): (typed: string) => Ranked<string>[] {
  const entries = named(tasks, asked)
  return (typed) => [
    ...rankEntries([asTyped(typed, tasks, asked)], ''),
    ...rankEntries([typed.trim() === '' ? entries.slice(0, MOST) : entries], typed, MOST),
  ]
}
