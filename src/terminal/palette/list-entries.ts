import type { Entry, Ranked } from './entry.ts'
import { rankEntries } from './rank-entries.ts'
import { type CommandNames, commandTyped, lineOf, takesWords, type WordCounts } from './typed-line.ts'

/** Everything that the palette finds things in. */
export interface PaletteLists {
  /** Command lines that ran before, the newest first. */
  readonly recent: readonly Entry[]
  readonly commands: readonly Entry[]
  /** In the order in which they are shown where nothing is typed. */
  readonly tasks: readonly Entry[]
  readonly worktrees: readonly Entry[]
  /** The words that name commands, and how many each takes. */
  readonly names: CommandNames
  readonly counts: WordCounts
}

/** How many of each are shown before anything is typed. */
const AT_FIRST = 5

/** How many of one kind alone are shown. */
const ALONE = 100

const unranked = (entries: readonly Entry[]): Ranked[] =>
  entries.map((entry) => ({ entry, places: new Set<number>() }))

const noAside = { aside: '', names: [] }

/** What was typed as the command line that it is. */
function asTyped(typed: string, { names, counts }: PaletteLists): Entry[] {
  const command = commandTyped(typed, names)
  if (!command || !takesWords(command, counts)) return []
  const { argv } = command
  return [{ ...noAside, kind: 'run', text: `mhv ${lineOf(argv)}`, chosen: { does: 'run', argv } }]
}

/**
 * What can be done with a text that is no name of anything. Search stands first, since it changes nothing: who was looking
 * for a task and found none has not asked for a new one.
 */
function withText(typed: string): Entry[] {
  const text = typed.trim()
  // A text that begins with a dash is none of the command's flags.
  const words = text.startsWith('-') ? ['--', text] : [text]
  return [
    {
      ...noAside,
      kind: 'search',
      text: `search “${text}”`,
      chosen: { does: 'run', argv: ['search', ...words] },
    },
    {
      ...noAside,
      kind: 'create',
      text: `create task “${text}”`,
      chosen: { does: 'run', argv: ['tc', ...words] },
    },
  ]
}

/** The one kind that a mark in front of the text asks for; null where there is none. */
function kindAsked(typed: string, lists: PaletteLists): readonly Entry[] | null {
  if (typed.startsWith('>')) return lists.commands
  if (typed.startsWith('#')) return lists.tasks
  return typed.startsWith('@') ? lists.worktrees : null
}

/**
 * What the palette shows for what was typed, the best first: recent actions, work in hand, worktrees and commands where
 * nothing is; else what fits, with the line itself first where it is a command, and what can be done with a text last.
 */
export function listEntries(lists: PaletteLists, typed: string): Ranked[] {
  const kind = kindAsked(typed, lists)
  if (kind) {
    const rest = typed.slice(1)
    return rest.trim() === '' ? unranked(kind.slice(0, ALONE)) : rankEntries([kind], rest, ALONE)
  }
  const { recent, commands, tasks, worktrees } = lists
  if (typed.trim() === '') {
    const inHand = tasks.filter(({ isOver }) => !isOver).slice(0, AT_FIRST)
    return unranked([...recent.slice(0, AT_FIRST), ...inHand, ...worktrees.slice(0, AT_FIRST), ...commands])
  }
  return [
    ...unranked(asTyped(typed, lists)),
    ...rankEntries([recent, commands, tasks, worktrees], typed),
    ...unranked(withText(typed)),
  ]
}
