import type { Entry } from './entry.ts'
import type { ManifestCommand } from './manifest.ts'
import type { CommandNames, WordCounts } from './typed-line.ts'

/** What people do all day comes first; the others follow by name. */
const FIRST = [
  'task:create',
  'task:list',
  'task:ready',
  'task:start',
  'task:complete',
  'next',
  'status',
  'task:search',
  'sync',
  'worktree:list',
  'task:undo',
]

const spaced = (id: string) => id.replaceAll(':', ' ')

/** The same where no tasks are kept yet. */
export const BEFORE_TASKS = ['init', 'tour', ...FIRST]

/**
 * Commands as entries, with their short forms.
 * @param first ids of those that stand in front
 */
export function commandEntries(
  commands: Readonly<Record<string, ManifestCommand>>,
  first: readonly string[] = FIRST,
): Entry[] {
  const rank = (id: string) => (first.includes(id) ? first.indexOf(id) : first.length)
  return Object.values(commands)
    .filter(({ hidden }) => !hidden)
    .sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1))
    .map(({ id, summary = '', aliases }) => {
      const short = aliases.filter((alias) => !alias.includes(':'))
      return {
        kind: 'command',
        rank: rank(id),
        text: `${spaced(id)}${short.length > 0 ? ` (${short.join(', ')})` : ''}`,
        aside: summary.replaceAll('`', ''),
        names: [spaced(id), ...short],
        line: `${spaced(id)} `,
        chosen: { does: 'ask', command: id },
      }
    })
}

/** The words that name each command. */
export function commandNames(commands: Readonly<Record<string, ManifestCommand>>): CommandNames {
  return new Map(
    Object.values(commands).flatMap(({ id, aliases }) =>
      [id, ...aliases].flatMap((name) => [[name, id] as const, [spaced(name), id] as const]),
    ),
  )
}

/** How many words each command has to be given, by its id, and how many it takes before its flags. */
export function wordCounts(commands: Readonly<Record<string, ManifestCommand>>): WordCounts {
  return new Map(
    Object.values(commands).map(({ id, strict, args, flags }) => {
      const needs = [...Object.values(args), ...Object.values(flags)].filter(({ required }) => required)
      const most = strict === false ? Number.POSITIVE_INFINITY : Object.keys(args).length
      return [id, { least: needs.length > 0 ? 1 : 0, most }]
    }),
  )
}
