import type { Command } from '@oclif/core/command'
import { Config } from '@oclif/core/config'
import { CommandHelp, Help } from '@oclif/core/help'
import { MhvError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { visible } from '../printable.ts'
import { nearestWord } from '../query/nearest-word.ts'
import { type MeantCommand, suggestCommand } from './failing/suggest.ts'
import { lineOf } from './failing/typed-words.ts'
import { colourOf } from './output/colour.ts'
import { GLOBAL_WORDS } from './output/output-mode.ts'
import { ownAliases, standsFor, withoutAlias } from './own-aliases.ts'

/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100

/** oclif's page about a command, without what it says twice or breaks inside words: the values of options. */
class MhvCommandHelp extends CommandHelp {
  /** The arguments and the flags that have to be given; FLAGS has all of them, with their values. */
  protected override defaultUsage(): string {
    const args = Object.values(this.command.args).map(({ name, required, multiple }) => {
      const word = `${name.toUpperCase()}${multiple ? '...' : ''}`
      return required ? word : `[${word}]`
    })
    const required = Object.values(this.command.flags).filter((flag) => flag.required)
    const flags = required.map(({ name }) => `--${name} <value>`)
    return [...args, ...flags, '[FLAGS]'].join(' ')
  }

  protected override flags(flags: Command.Flag.Any[]): [string, string | undefined][] | undefined {
    const withValues = flags.map((flag): Command.Flag.Any => {
      if (flag.type !== 'option' || !flag.options) return flag
      const { options, ...rest } = flag
      return { ...rest, description: `${flag.description} (${options.join(', ')})` }
    })
    return super.flags(withValues)
  }

  /** Without the summary, with which the page begins. */
  protected override description(): string {
    return this.wrap(this.command.description ?? '')
  }

  protected override examples(): string {
    return (this.command.examples ?? []).map((line) => `$ ${line}`).join('\n')
  }
}

class MhvHelp extends Help {
  /** Any number of words, where they are allowed, are the last argument's; oclif would say it of every argument. */
  protected override getCommandHelpClass(command: Command.Loadable): CommandHelp {
    const args = Object.values(command.args)
    const last = command.strict === false ? args.at(-1) : undefined
    if (last) last.multiple = true
    return new MhvCommandHelp({ ...command, strict: true }, this.config, this.opts)
  }
}

/** What words ask about. */
interface Subject {
  readonly about: readonly string[]
  readonly command: string | undefined
  /** The command line that an alias of the user's own stands for, where help for that was asked for. */
  readonly line: readonly string[] | null
}

/** Errors: USAGE, with the nearest command, for words that name neither a command nor a topic. */
async function subjectOf(config: Config, words: readonly string[], id: string | null): Promise<Subject> {
  const asked = words.filter((word) => !word.startsWith('-'))
  const about = asked[0] === 'help' ? asked.slice(1) : asked
  const command = id ?? [about.slice(0, 2).join(':'), about[0] ?? ''].find((name) => config.findCommand(name))
  const isTopic = about.length === 1 && config.findTopic(about[0]!) !== undefined
  if (command || about.length === 0 || isTopic) return { about, command, line: null }
  const line = asked[0] === 'help' ? await withoutAlias(about) : null
  if (!line) throw await unknownCommand(config, about, words)
  return { about, command, line }
}

/** Flags that may stand behind what is no command. */
const OF_HELP = ['--help', '-h', '--json', '--debug', ...GLOBAL_WORDS]

/** Errors: USAGE, with the nearest flag, for a flag that help for the program or a topic does not have. */
function requireKnownFlags(words: readonly string[], about: readonly string[]): void {
  const strange = words.find((word) => word.startsWith('-') && !OF_HELP.includes(word))
  if (strange === undefined) return
  const place = ['mhv', ...about].join(' ')
  const meant = nearestWord(strange, OF_HELP)
  throw new MhvError(
    'USAGE',
    `${place} has no flag ${strange}${meant ? `; did you mean ${meant}?` : about.length > 0 ? ', and needs a command behind it.' : '.'}`,
    { recovery: [`${place} --help`] },
  )
}

/** Refuses words that name nothing. Errors: USAGE, with the nearest command. */
export async function requireSubject(words: readonly string[]): Promise<void> {
  await subjectOf(await Config.load({ root: packageRoot() }), words, null)
}

/**
 * Help for the program, a topic or a command, from oclif's manifest.
 * @param words the command line
 * @param id the command that the words were found to name, if any
 * Errors: USAGE, with the nearest command, for words that name nothing.
 */
export async function help(words: readonly string[], id: string | null): Promise<void> {
  const config = await Config.load({ root: packageRoot() })
  const { about, command, line } = await subjectOf(config, words, id)
  if (!command) requireKnownFlags(words, about)
  if (line) {
    process.stdout.write(`${standsFor(about[0]!, line)}\n\n`)
    return help(['help', ...line.slice(0, 2)], null)
  }
  const renderer = new MhvHelp(config, {
    stripAnsi: colourOf(process.stdout) === null,
    maxWidth: Math.min(process.stdout.columns || 80, WIDEST),
  })
  await renderer.showHelp(command ? command.split(':') : [...about])
  if (about.length === 0 && !command) await printAliases()
}

/** The user's own words for command lines. That they cannot be read keeps nobody from the help. */
async function printAliases(): Promise<void> {
  try {
    const aliases = await ownAliases()
    const width = Math.max(...aliases.map(([name]) => name.length))
    const lines = aliases.map(([name, line]) => `  ${name.padEnd(width)}  ${visible(line)}\n`)
    if (lines.length > 0) process.stdout.write(`\nALIASES OF YOUR OWN\n${lines.join('')}`)
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    process.stderr.write(`Note: aliases of your own cannot be read: ${visible(error.message)}\n`)
  }
}

/** @param typed with the flags */
async function unknownCommand(
  config: Config,
  words: readonly string[],
  typed: readonly string[],
): Promise<MhvError> {
  // Where they cannot be read, a word that could be one has been refused before.
  const aliases = await ownAliases().catch(() => [])
  const meant = await suggestCommand(
    words,
    aliases.map(([name]) => name),
  )
  const said = `There is no command “${words.slice(0, 2).join(' ')}”.`
  if (!meant) {
    const [topic] = words
    const help = config.findTopic(topic!) ? [`mhv ${topic} --help`] : []
    return new MhvError('USAGE', `${said} Example: mhv task list`, { recovery: [...help, 'mhv help'] })
  }
  const line = meantLine(meant, words, typed)
  const steps = [...new Set([...(line ? [line] : []), `mhv ${meant.name} --help`])]
  return meant.name === words[0]
    ? new MhvError(
        'USAGE',
        `“${meant.name}” came as one word; it is a command without the quotation marks.`,
        {
          recovery: steps,
        },
      )
    : new MhvError('USAGE', `${said} Did you mean “${meant.name}”?`, { recovery: steps })
}

/** What was typed with the command that was meant; null where that cannot be told or pasted. */
function meantLine(
  { name, length }: MeantCommand,
  words: readonly string[],
  typed: readonly string[],
): string | null {
  const at = typed.indexOf(words[0]!)
  if (typed[0] === 'help' || (length === 2 && typed[at + 1] !== words[1])) return null
  return lineOf([...typed.slice(0, at), ...name.split(' '), ...typed.slice(at + length)])
}
