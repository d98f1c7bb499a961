import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../package-root.ts'

interface Manifest {
  readonly commands: Readonly<
    Record<
      string,
      {
        readonly aliases: readonly string[]
        readonly flags: Readonly<
          Record<string, { readonly char?: string; readonly type?: string; readonly allowNo?: boolean }>
        >
        readonly examples?: readonly string[]
      }
    >
  >
}

const manifest = (): Manifest =>
  JSON.parse(readFileSync(join(packageRoot(), 'oclif.manifest.json'), 'utf8')) as Manifest

/** The word that was probably meant. Loaded where something was mistyped only. */
export async function nearest(asked: string, known: readonly string[]): Promise<string | null> {
  return (await import('../../query/nearest-word.ts')).nearestWord(asked, known)
}

const typed = (id: string) => id.replaceAll(':', ' ')

/** A command that was probably meant. */
export interface MeantCommand {
  /** As it is typed: `task list` for `list`, `lits` or `task lits`. */
  readonly name: string
  /** How many of the words it stands for. */
  readonly length: 1 | 2
}

/**
 * The command, topic or alias that words were probably meant to name.
 * @param aliases the user's own words for commands
 */
export async function suggestCommand(
  words: readonly string[],
  aliases: readonly string[] = [],
): Promise<MeantCommand | null> {
  const meant = new Map(aliases.map((name) => [name, name]))
  const commands = Object.entries(manifest().commands)
  // Several topics have a verb such as `list`; of those it is the one for tasks that people leave the topic away from.
  const rank = ([id]: (typeof commands)[number]) => (id.startsWith('task:') ? 0 : 1)
  commands.sort((a, b) => rank(a) - rank(b))
  for (const [id, { aliases }] of commands)
    for (const name of [id, ...aliases]) meant.set(typed(name), typed(name))
  const topics = commands.flatMap(([id]) => (id.includes(':') ? [id.split(':')[0]!] : []))
  for (const topic of topics) meant.set(topic, topic)
  // A verb without its topic last, so that it never hides a command of that name.
  for (const [id] of commands) {
    const verb = id.replace(/^\w+:/, '')
    if (!meant.has(verb)) meant.set(verb, typed(id))
  }
  const [first = '', second = ''] = words.map((word) => word.toLowerCase())
  const known = [...meant.keys()]
  // What is no word, such as a number, belongs to no command's name.
  for (const length of /^[a-z]/.test(second) ? ([2, 1] as const) : ([1] as const)) {
    // What is like no command of a topic is like none elsewhere either.
    if (length === 1 && topics.includes(first)) return null
    const name = await nearest(length === 2 ? `${first} ${second}` : first, known)
    if (name) return { name: meant.get(name)!, length }
  }
  return null
}

/** The flag of a command that was probably meant, with its dashes. */
export async function suggestFlag(command: string, flag: string): Promise<string | null> {
  const known = Object.keys(manifest().commands[command]?.flags ?? {})
  const name = await nearest(flag.replace(/^-+/, ''), known)
  return name && `--${name}`
}

/** The first flag of a command line that its command does not have; null where it has all of them. */
export function strangeFlag(command: string, argv: readonly string[]): string | null {
  const flags = manifest().commands[command]?.flags ?? {}
  const known = Object.entries(flags).flatMap(([name, { char, allowNo }]) => [
    `--${name}`,
    ...(allowNo ? [`--no-${name}`] : []),
    ...(char ? [`-${char}`] : []),
  ])
  const end = argv.indexOf('--')
  const typed = (end < 0 ? argv : argv.slice(0, end)).flatMap(
    (word) => /^(?:--[a-z][\w-]*|-[a-zA-Z])/.exec(word) ?? [],
  )
  return typed.find((flag) => !known.includes(flag) && !['-h', '--help'].includes(flag)) ?? null
}

/** Whether a flag of a command, with its dashes, has a value behind it. */
export const takesValue = (command: string, flag: string): boolean =>
  manifest().commands[command]?.flags[flag.replace(/^--/, '')]?.type === 'option'

/** A line of a command's help that shows how it is used: one with the flag, where there is one; null where none is. */
export function exampleOf(command: string, field: string | null): string | null {
  const { examples = [], flags = {} } = manifest().commands[command] ?? {}
  const lines = examples.filter((line) => line.startsWith('mhv '))
  const name = field?.replace(/^--/, '') ?? ''
  const char = flags[name]?.char
  const has = (line: string) => new RegExp(`(^| )(--${name}${char ? `|-${char}` : ''})(?=[ =]|$)`).test(line)
  return (name in flags ? lines.find(has) : undefined) ?? lines[0] ?? null
}
