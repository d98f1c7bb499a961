import { namesTasks } from '../../query/number-list.ts'
import type { Entry, Ranked } from './entry.ts'
import type { ManifestArgument } from './manifest.ts'
import { pickEntry } from './pick-entry.ts'
import { rankEntries } from './rank-entries.ts'

/** Names of arguments and flags whose values are tasks. */
const TASKS = ['task', 'tasks', 'on', 'depends-on', 'parent', 'similar']

export const wantsTask = ({ name }: ManifestArgument): boolean => TASKS.includes(name)

const KEYS = 'Enter takes it; several are written 3,7-9   Esc goes back'

const MOST = 100

/** Numbers as they were typed, several too, which no entry is. */
function asTyped(typed: string): Entry<string>[] {
  const word = typed.trim()
  if (word === '' || !namesTasks(word)) return []
  return [{ kind: 'choice', text: word, aside: 'as typed', names: [], chosen: word }]
}

/** Tasks as what commands call them. */
const named = (tasks: readonly Entry[]): Entry<string>[] =>
  tasks.flatMap((entry) =>
    entry.chosen.does === 'act' ? [{ ...entry, chosen: entry.chosen.task.name }] : [],
  )

/**
 * Asks which task is meant, by its number or some letters of its title.
 * @returns what commands call it; null for Esc
 * Errors: ExitPromptError, by name, for Ctrl-C.
 */
export function askTask(wanted: ManifestArgument, tasks: readonly Entry[]): Promise<string | null> {
  const entries = named(tasks)
  const list = (typed: string): Ranked<string>[] => [
    ...rankEntries([asTyped(typed)], ''),
    ...rankEntries([typed.trim() === '' ? entries.slice(0, MOST) : entries], typed, MOST),
  ]
  return pickEntry<string>({ message: `${wanted.name}:`, keys: KEYS, notes: [], list })
}
