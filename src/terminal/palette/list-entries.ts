import { nearestWord } from '../../query/nearest-word.ts'
import type { Entry, Ranked } from './entry.ts'
import { rankEntries } from './rank-entries.ts'
import {
  type CommandNames,
  commandTyped,
  lineOf,
  takesWords,
  type WordCounts,
  wordsIn,
} from './typed-line.ts'

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

/** The words of a line, where a quote at its end was forgotten too. */
function wordsMeant(line: string): { readonly words: readonly string[]; readonly isClosed: boolean } {
  const words = wordsIn(line)
  return { words: words ?? wordsIn(`${line}"`) ?? wordsIn(`${line}'`) ?? [], isClosed: words !== null }
}

/** The command line that was probably meant, to be seen before it runs. */
function nearlyTyped(typed: string, { names, counts }: PaletteLists): Entry[] {
  const { words, isClosed } = wordsMeant(typed)
  const argv = words[0] === 'mhv' ? words.slice(1) : words
  // One word alone is found by its letters, and what is a command already only lacks something.
  if (argv.length < 2 || argv.includes('') || commandTyped(typed, names)) return []
  const known = [...names.keys()].filter((name) => !name.includes(':'))
  const meant = [2, 1].flatMap((length) => {
    if (argv.length < length) return []
    const asked = argv.slice(0, length).join(' ')
    const name = names.has(asked)
      ? asked
      : nearestWord(
          asked,
          known.filter((one) => one.split(' ').length === length),
        )
    return name === null ? [] : [lineOf([...name.split(' '), ...argv.slice(length)])]
  })
  const line = meant.find((each) => {
    const command = commandTyped(each, names)
    return command !== null && takesWords(command, counts)
  })
  if (line === undefined) return []
  const aside = isClosed ? 'did you mean this?' : 'did you mean this? A quote is not closed.'
  const chosen = { does: 'run', argv: wordsIn(line) ?? [] } as const
  return [{ kind: 'run', text: `mhv ${line}`, aside, names: [], line, isCompletedFirst: true, chosen }]
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
  const whole = asTyped(typed, lists)
  return [
    ...unranked(whole),
    ...rankEntries([recent, commands, tasks, worktrees], typed),
    ...unranked(whole.length > 0 ? [] : nearlyTyped(typed, lists)),
    ...unranked(withText(typed)),
  ]
}
