import { askedBesideFlags, askedBesideTask, askedFor } from './asked-for.ts'
import { commandNames } from './command-entries.ts'
import { type Given, missingIn, NOTHING_GIVEN, withArgument, withFlag } from './command-line.ts'
import type { ManifestCommand } from './manifest.ts'
import { commandTyped, lineOf } from './typed-line.ts'

/** A command with what a line gives it, which lacks something that is asked for. */
export interface Lacking {
  readonly command: ManifestCommand
  readonly given: Given
  readonly asks: readonly string[]
}

/** What the words behind a command's name give it; null where one of them is no flag that it has. */
function givenIn({ flags }: ManifestCommand, words: readonly string[]): Given | null {
  let given = NOTHING_GIVEN
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') return { ...given, args: [...given.args, ...words.slice(i + 1)] }
    if (!word.startsWith('-') || word === '-') {
      given = withArgument(given, word)
      continue
    }
    const [, dashes, no = '', called, value] = /^(--?)(no-)?([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    const flag = Object.values(flags).find(({ name, char }) => (dashes === '--' ? name : char) === called)
    if (!flag) return null
    const isSwitch = flag.type === 'boolean'
    const said = isSwitch ? no === '' : (value ?? words[++i])
    if (said === undefined || (isSwitch ? value !== undefined : no !== '')) return null
    given = withFlag(given, flag.name, said)
  }
  return given
}

/**
 * What a whole line lacks of what is asked for; null where it can run as it stands, which is also left to the command where
 * its words are not understood here.
 * @param argv the words after `mhv`
 * @param hasTask whether the task is clear where nothing names it
 */
export function lackingIn(
  argv: readonly string[],
  commands: Readonly<Record<string, ManifestCommand>>,
  hasTask: boolean,
): Lacking | null {
  const typed = commandTyped(lineOf(argv), commandNames(commands))
  const command = typed && commands[typed.id]
  if (!command) return null
  const given = givenIn(command, argv.slice(argv.length - typed.more))
  // A line with words names its task, and the command itself says what it can do without: an editor opens for a comment.
  if (!given || given.args.length > 0) return null
  const hasFlags = given.flags.length > 0
  // What is asked for besides the task stands behind it, which has to be named then.
  if (hasTask && (hasFlags || askedBesideTask(command.id).length === 0)) return null
  const asks = hasFlags ? askedBesideFlags(command.id) : askedFor(command.id)
  return missingIn(command, given, asks) ? { command, given, asks } : null
}
