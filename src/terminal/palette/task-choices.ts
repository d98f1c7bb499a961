import { namesTasks } from '../../query/number-list.ts'
import type { Entry, Ranked } from './entry.ts'
import type { ManifestArgument } from './manifest.ts'
import { rankEntries } from './rank-entries.ts'

/** Names of arguments and flags whose values are tasks. */
const TASKS = ['task', 'tasks', 'on', 'depends-on', 'parent', 'similar']

export const wantsTask = ({ name }: ManifestArgument): boolean => TASKS.includes(name)

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

/** Lists the tasks that may be meant by a number or some letters of a title. */
export function taskChoices(tasks: readonly Entry[]): (typed: string) => Ranked<string>[] {
  const entries = named(tasks)
  return (typed) => [
    ...rankEntries([asTyped(typed)], ''),
    ...rankEntries([typed.trim() === '' ? entries.slice(0, MOST) : entries], typed, MOST),
  ]
}
