import { splitWords } from '../../config/alias.ts'
import { commandOf } from '../short-forms.ts'
import type { CommandTable, FlagRow, Kind } from './command-table.ts'

/** What the word at the cursor can be. */
export type Place =
  | { readonly at: 'command'; readonly topic: string | null }
  /** In front of the command. */
  | { readonly at: 'program flag' }
  | { readonly at: 'flag'; readonly command: string; readonly given: ReadonlySet<string> }
  | {
      readonly at: 'value'
      readonly command: string
      readonly kind: Kind
      /** What stands in front of the value in the same word: `--status=`. */
      readonly before: string
      readonly part: string
      /** What has been given in this place in front of it. */
      readonly earlier: readonly string[]
      /** The command's first argument, which a value may belong to; null where there is none yet. */
      readonly subject: string | null
    }
  | { readonly at: 'nothing' }

/** A command line up to the cursor. */
export interface CommandLine {
  readonly place: Place
  /** Where `-C` leads, in its order. */
  readonly directories: readonly string[]
  /** The value of `--repo`, and of `--repos`. */
  readonly repository: string | null
  readonly reposFile: string | null
}

/** Words of the user's own by what they stand for: asked only of what is no command. */
export type Aliases = () => Readonly<Record<string, string>>

/** The command behind whose `--` another command line stands. */
const RUNS_ANOTHER = 'bug'

/** The command that words begin with, and how many of them name it. */
function commandIn({ commands }: CommandTable, [first = '', second = '']: readonly string[]) {
  for (const [word, length] of [
    [`${first}:${second}`, 2],
    [first, 1],
  ] as const) {
    const id = Object.hasOwn(commands, word) ? word : commandOf.get(word)
    if (id && Object.hasOwn(commands, id)) return { id, length }
  }
  return null
}

const isTopic = ({ commands }: CommandTable, word: string) =>
  Object.keys(commands).some((id) => id.startsWith(`${word}:`))

/** A command line with what its first word stands for in that one's place, until that is an alias no more. */
function withoutAliases(table: CommandTable, typed: readonly string[], aliasesOf: Aliases): string[] {
  let line = [...typed]
  for (const trail = new Set<string>(); ; ) {
    const [name = ''] = line
    if (name === '' || trail.has(name) || commandIn(table, line) || isTopic(table, name)) return line
    const aliases = aliasesOf()
    const words = Object.hasOwn(aliases, name) ? (splitWords(aliases[name]!) ?? []) : []
    if (words.length === 0) return line
    trail.add(name)
    line = [...words, ...line.slice(1)]
  }
}

/** The flag that a word is, as `--name`, `--name=value`, `-n` or `-nvalue`. */
function flagIn(flags: readonly FlagRow[], word: string): { flag: FlagRow; value: string | null } | null {
  if (word.startsWith('--')) {
    const at = word.indexOf('=')
    const flag = flags.find(([name]) => name === (at < 0 ? word.slice(2) : word.slice(2, at)))
    return flag ? { flag, value: at < 0 ? null : word.slice(at + 1) } : null
  }
  const flag = flags.find(([, letter]) => letter !== '' && letter === word[1])
  return flag ? { flag, value: word.length > 2 ? word.slice(2) : null } : null
}

interface Read {
  readonly given: Map<string, string[]>
  readonly positional: string[]
  /** The flag that the next word is the value of. */
  readonly waiting: FlagRow | null
  readonly hasEnded: boolean
}

function readWords(flags: readonly FlagRow[], words: readonly string[]): Read {
  const given = new Map<string, string[]>()
  const positional: string[] = []
  let waiting: FlagRow | null = null
  let hasEnded = false
  for (const word of words) {
    if (waiting) {
      given.get(waiting[0])!.push(word)
      waiting = null
    } else if (word === '--' && !hasEnded) hasEnded = true
    else if (hasEnded || !word.startsWith('-') || word === '-') positional.push(word)
    else {
      const found = flagIn(flags, word)
      if (!found) continue
      const [name, , , , kind] = found.flag
      const values = given.get(name) ?? []
      given.set(name, values)
      if (found.value !== null) values.push(found.value)
      else if (kind !== null) waiting = found.flag
    }
  }
  return { given, positional, waiting, hasEnded }
}

/**
 * Understands a command line as the program itself would.
 * @param words after the program's name, up to the cursor
 * @param current the word at the cursor, up to it
 */
export function readCommandLine(
  table: CommandTable,
  words: readonly string[],
  current: string,
  aliasesOf: Aliases,
): CommandLine {
  let rest = [...words]
  const directories: string[] = []
  while (rest[0]?.startsWith('-') || rest[0] === 'help') {
    const word = rest.shift()!
    if (word !== '-C') continue
    const directory = rest.shift()
    if (directory !== undefined) directories.push(directory)
    else {
      const place = {
        at: 'value',
        command: '',
        kind: 'directory',
        before: '',
        part: current,
        earlier: [],
        subject: null,
      } as const
      return { place, directories, repository: null, reposFile: null }
    }
  }
  rest = withoutAliases(table, rest, aliasesOf)
  const found = commandIn(table, rest)
  if (!found) {
    const place: Place =
      rest.length === 0 && current.startsWith('-')
        ? { at: 'program flag' }
        : rest.length === 0 || (rest.length === 1 && isTopic(table, rest[0]!))
          ? { at: 'command', topic: rest[0] ?? null }
          : { at: 'nothing' }
    return { place, directories, repository: null, reposFile: null }
  }
  const inner = rest.indexOf('--', found.length)
  if (found.id === RUNS_ANOTHER && inner >= 0) {
    const line = readCommandLine(table, rest.slice(inner + 1), current, aliasesOf)
    return { ...line, directories: [...directories, ...line.directories] }
  }
  const command = table.commands[found.id]!
  const flags = command.flags.map((place) => table.flags[place]!)
  const read = readWords(flags, rest.slice(found.length))
  // A topic may be a command as well.
  const place = placeOf(found.id, table, flags, read, current)
  const last = (name: string) => read.given.get(name)?.at(-1) ?? null
  return { place, directories, repository: last('repo'), reposFile: last('repos') }
}

function placeOf(
  command: string,
  table: CommandTable,
  flags: readonly FlagRow[],
  { given, positional, waiting, hasEnded }: Read,
  current: string,
): Place {
  const value = (kind: Kind, before: string, earlier: readonly string[]): Place => ({
    at: 'value',
    command,
    kind,
    before,
    part: current.slice(before.length),
    earlier,
    subject: positional[0] ?? null,
  })
  if (waiting) return value(waiting[4]!, '', given.get(waiting[0]) ?? [])
  if (!hasEnded && current.startsWith('-')) {
    const at = current.indexOf('=')
    const found = at < 0 ? null : flagIn(flags, current)
    if (found?.flag[4]) return value(found.flag[4], current.slice(0, at + 1), given.get(found.flag[0]) ?? [])
    if (at >= 0) return { at: 'nothing' }
    const once = flags.filter(([name, , again]) => given.has(name) && !again)
    return { at: 'flag', command, given: new Set(once.map(([name]) => name)) }
  }
  const { args, again } = table.commands[command]!
  const kind = args[positional.length] ?? (again ? args.at(-1) : undefined)
  return kind ? value(kind, '', positional) : { at: 'nothing' }
}
