import { Config } from '@oclif/core/config'
import { Help } from '@oclif/core/help'
import { MhvError } from '../errors.ts'
import { packageRoot } from './package-root.ts'

/**
 * Help for the program, a topic or a command, from oclif's manifest; for words that name none of these, a refusal with
 * the nearest command.
 * @param id the command that the words were found to name, if any
 */
export async function help(words: readonly string[], id: string | null): Promise<void> {
  const config = await Config.load({ root: packageRoot() })
  const asked = words.filter((word) => !word.startsWith('-'))
  const about = asked[0] === 'help' ? asked.slice(1) : asked
  const named = id ? id.split(':') : about
  const isKnown =
    named.length === 0 ||
    config.findCommand(named.slice(0, 2).join(':')) ||
    config.findCommand(named[0]!) ||
    config.findTopic(named[0]!)
  if (!isKnown || (named.length === 1 && !config.findCommand(named[0]!) && named.length < about.length)) {
    throw await unknownCommand(config, about)
  }
  if (!id && named.length === 2 && !config.findCommand(named.join(':')) && config.findTopic(named[0]!)) {
    throw await unknownCommand(config, about)
  }
  const renderer = new Help(config, {
    stripAnsi: !process.stdout.isTTY || process.env.NO_COLOR !== undefined,
  })
  await renderer.showHelp(named)
}

async function unknownCommand(config: Config, words: readonly string[]): Promise<MhvError> {
  const { closest } = await import('fastest-levenshtein')
  const known = config.commandIDs.concat(config.commands.flatMap((command) => command.aliases))
  const asked = words.slice(0, 2).join(':')
  const nearest = closest(asked, known).replaceAll(':', ' ')
  return new MhvError(
    'USAGE',
    `There is no command “${words.slice(0, 2).join(' ')}”. Did you mean “${nearest}”?`,
    {
      recovery: [`mhv ${nearest} --help`, 'mhv help'],
    },
  )
}
