import { directoriesAround, type GitDirectories } from '../../git/repository.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { commandOf } from '../short-forms.ts'
import { type CommandLine, readCommandLine } from './command-line.ts'
import type { CommandTable, FlagRow, Word } from './command-table.ts'
import { aliasesKnown, gatesAround, themesKnown } from './names-known.ts'
import { byName, peopleOf } from './people-known.ts'
import { branchesIn, remotesIn, removedWorktrees, worktreeBranches } from './refs-known.ts'
import { indexOf, namesOf, repositoriesAround, rolesOf, tagsOf } from './repositories-known.ts'
import { criteriaOf, indexIn, labelsOf, numbersOf } from './tasks-known.ts'

/** What may stand at the cursor: words, or names of files, which the shell knows best. */
export type Candidates = readonly Word[] | 'files' | 'directories'

/** Words for people of a list, beside their names. */
const PEOPLE: readonly Word[] = [
  ['me', 'you, as git knows you'],
  ['none', 'nobody'],
]

/** What the keys of aliases begin with. */
const ALIASES = 'aliases.'

const startingWith = (words: readonly Word[], typed: string) =>
  words.filter(([value]) => value.startsWith(typed))

/** Words that can come first, or after a topic. */
function commandWords({ commands, topics }: CommandTable, topic: string | null): Word[] {
  const forms = [...commandOf].filter(([, id]) => Object.hasOwn(commands, id))
  const all: (readonly [string, string])[] = [
    ...Object.entries(commands).map(([id, { meaning }]) => [id, meaning] as const),
    ...forms.map(([form, id]) => [form, commands[id]!.meaning] as const),
  ]
  if (topic !== null) {
    return all.flatMap(([id, meaning]): Word[] =>
      id.startsWith(`${topic}:`) ? [[id.slice(topic.length + 1), meaning]] : [],
    )
  }
  const single = all.filter(([id]) => !id.includes(':'))
  const known = new Set(single.map(([id]) => id))
  const rest = Object.entries(topics).filter(([name]) => !known.has(name))
  const own = Object.entries(aliasesKnown()).filter(
    ([name]) => !known.has(name) && !Object.hasOwn(topics, name),
  )
  const words: Word[] = [
    ...single,
    ...rest,
    ...own.map(([name, line]): Word => [name, `mhv ${line}`]),
    ['help', 'Say what commands there are, or what one does'],
  ]
  return words.sort(([a], [b]) => (a < b ? -1 : 1))
}

function flagWords(table: CommandTable, command: string, given: ReadonlySet<string>): Word[] {
  const flags: FlagRow[] = table.commands[command]!.flags.map((place) => table.flags[place]!)
  const words = flags
    .filter(([name]) => !given.has(name))
    .map(([name, , , meaning]): Word => [`--${name}`, meaning])
  return [...words, ['--help', 'say what the command does']]
}

/** Flags that may stand in front of a command. */
const programFlags = ({ flags, program }: CommandTable): Word[] => [
  ...program.map((place): Word => [`--${flags[place]![0]}`, flags[place]![3]]),
  ['-C', 'run in another directory'],
  ['--version', 'print the version'],
  ['--help', 'say what commands there are'],
]

/** What is read of the surroundings, when it is asked for. */
interface Surroundings {
  readonly directories: GitDirectories | null
  readonly index: Snapshot | null
}

function surroundings({ repository, reposFile }: CommandLine): Surroundings {
  const directories = directoriesAround(process.cwd())
  const named = repository === null ? null : indexOf(repositoriesAround(reposFile), repository)
  return { directories, index: named ?? (directories && indexIn(directories.commonDir)) }
}

/** The index of the repository that a word in front of `#` names, or of the one around. */
const indexNamed = (line: CommandLine, name: string | undefined) =>
  name ? indexOf(repositoriesAround(line.reposFile), name) : surroundings(line).index

/** Tasks by number, also of another repository once its name is typed: `akosha#7`. */
function taskWords(line: CommandLine, command: string, typed: string, earlier: ReadonlySet<string>): Word[] {
  const [, name, digits] = /^(?:([A-Za-z0-9][\w.-]*)?#)?(\d*)$/.exec(typed) ?? []
  if (digits === undefined) return placeWords(line, command, typed)
  const before = typed.slice(0, typed.length - digits.length)
  const index = indexNamed(line, name)
  if (!index) return []
  const without = new Set(
    [...earlier].flatMap((word) => (word.startsWith(before) ? [word.slice(before.length)] : [])),
  )
  return numbersOf(index, command, digits, without).map(([number, title]) => [`${before}${number}`, title])
}

/** Criteria of a task that a word names. */
function criterionWords(line: CommandLine, subject: string | null): Word[] {
  const [, name, digits] = /^(?:([A-Za-z0-9][\w.-]*)?#)?(\d+)$/.exec(subject ?? '') ?? []
  if (digits === undefined) return []
  const index = indexNamed(line, name)
  return index ? criteriaOf(index, Number(digits)) : []
}

/** Repositories, to name tasks of; of the only one that it can be, its tasks. */
function placeWords(line: CommandLine, command: string, typed: string): Word[] {
  const repositories = repositoriesAround(line.reposFile)
  const names = startingWith(namesOf(repositories), typed)
  if (names.length !== 1) return names.map(([name, meaning]) => [`${name}#`, meaning])
  const name = names[0]![0]
  const index = indexOf(repositories, name)
  return index
    ? numbersOf(index, command, '', new Set()).map(([number, title]) => [`${name}#${number}`, title])
    : []
}

/** People by their addresses; where none fits what is typed, by their names. */
function personWords(people: readonly Word[], command: string, typed: string): readonly Word[] {
  const words = [...PEOPLE, ...people]
  return startingWith(words, typed).length > 0 ? words : byName(people, command)
}

/** @param earlier values that the list has already */
function wordsOfKind(
  kind: string,
  table: CommandTable,
  line: CommandLine,
  {
    command,
    subject,
    typed,
    earlier,
  }: { command: string; subject: string | null; typed: string; earlier: ReadonlySet<string> },
): readonly Word[] {
  if (kind.startsWith('='))
    return kind
      .slice(1)
      .split('|')
      .map((word): Word => [word, ''])
  if (kind.startsWith('words:')) return fixedWords(table, kind.slice(6), typed)
  if (kind === 'config key') return [...fixedWords(table, 'config', typed), ...aliasKeys(typed)]
  if (kind === 'theme')
    return [...fixedWords(table, 'themes', typed), ...themesKnown().map((name): Word => [name, 'your own'])]
  if (kind === 'criterion') return criterionWords(line, subject)
  const { directories, index } = kind === 'task' ? { directories: null, index: null } : surroundings(line)
  const plain = (names: readonly string[]): Word[] => names.map((name) => [name, ''])
  switch (kind) {
    case 'task':
      return taskWords(line, command, typed, earlier)
    case 'task branch':
      return [
        ...taskWords(line, command, typed, earlier),
        ...plain(directories ? branchesIn(directories) : []),
      ]
    case 'worktree':
      return index && directories ? worktreeWords(index, directories) : []
    case 'removed worktree':
      return directories ? removedWorktrees(directories) : []
    case 'label':
      return index ? labelsOf(index) : []
    case 'person':
      return personWords(index ? peopleOf(index) : [], command, typed)
    case 'branch':
      return plain(directories ? branchesIn(directories) : [])
    case 'remote':
      return plain(directories ? remotesIn(directories) : [])
    case 'repository':
      return namesOf(repositoriesAround(line.reposFile))
    case 'tag':
      return tagsOf(repositoriesAround(line.reposFile))
    case 'gate':
      return gatesAround(process.cwd())
    case 'role':
      return rolesOf(repositoriesAround(line.reposFile))
    default:
      return []
  }
}

/** Keys of the aliases that there are, asked for only where one may be meant. */
const aliasKeys = (typed: string): Word[] =>
  typed !== '' && (typed.startsWith(ALIASES) || ALIASES.startsWith(typed))
    ? Object.entries(aliasesKnown()).map(([name, line]) => [`${ALIASES}${name}`, `mhv ${line}`])
    : []

function fixedWords({ words }: CommandTable, name: string, typed: string): readonly Word[] {
  const all = words[name] ?? []
  // Names of errors are understood in either case.
  if (name === 'errors' && /[a-z]/.test(typed))
    return all.map(([word, meaning]) => [word.toLowerCase(), meaning])
  return name === 'sort' && typed === '' ? all.filter(([word]) => !word.includes(':')) : all
}

/** Numbers of the tasks whose branches are in linked worktrees. */
function worktreeWords(index: Snapshot, directories: GitDirectories): Word[] {
  const branches = new Set(worktreeBranches(directories))
  const words: Word[] = []
  for (let slot = 0; slot < index.slots && branches.size > 0; slot++) {
    const { branch, title } = index.head(slot)
    if (branches.delete(branch)) words.push([String(index.number(slot)), title])
  }
  return words
}

/**
 * What may stand at the cursor.
 * @param words after the program's name, up to the cursor
 * @param current the word at the cursor, up to it
 * Errors: of the file system; NO_FEDERATION; Unread, after which it is asked again once the file's names are kept.
 */
export function candidatesFor(table: CommandTable, words: readonly string[], current: string): Candidates {
  const line = readCommandLine(table, words, current, aliasesKnown)
  for (const directory of line.directories) process.chdir(directory)
  const { place } = line
  if (place.at === 'nothing') return []
  if (place.at === 'command') return startingWith(commandWords(table, place.topic), current)
  if (place.at === 'program flag') return startingWith(programFlags(table), current)
  if (place.at === 'flag') return startingWith(flagWords(table, place.command, place.given), current)
  if (place.kind === 'file') return 'files'
  if (place.kind === 'directory') return 'directories'
  const isList = place.kind.endsWith(',')
  const comma = isList ? place.part.lastIndexOf(',') + 1 : 0
  const typed = place.part.slice(comma)
  const kind = isList ? place.kind.slice(0, -1) : place.kind
  // A task's number in front says nothing of places in its list.
  const given = kind === 'criterion' ? [] : place.earlier
  const earlier = new Set([...given, place.part.slice(0, comma)].flatMap((word) => word.split(',')))
  const { command, subject } = place
  const found = wordsOfKind(kind, table, line, { command, subject, typed, earlier })
  const before = place.before + place.part.slice(0, comma)
  return startingWith(found, typed)
    .filter(([word]) => !earlier.has(word))
    .map(([word, meaning]) => [before + word, meaning])
}
