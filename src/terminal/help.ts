import { Config } from '@oclif/core/config'
import { Help } from '@oclif/core/help'
import { MhvError } from '../errors.ts'
import { packageRoot } from './package-root.ts'
import { suggestCommand } from './suggest.ts'

/**
 * Help for the program, a topic or a command, from oclif's manifest.
 * @param words the command line
 * @param id the command that the words were found to name, if any
 * Errors: USAGE, with the nearest command, for words that name nothing.
 */
export async function help(words: readonly string[], id: string | null): Promise<void> {
  const config = await Config.load({ root: packageRoot() })
  const asked = words.filter((word) => !word.startsWith('-'))
  const about = asked[0] === 'help' ? asked.slice(1) : asked
  const subject = id ?? [about.slice(0, 2).join(':'), about[0] ?? ''].find((name) => config.findCommand(name))
  const isTopic = about.length === 1 && config.findTopic(about[0]!) !== undefined
  if (!subject && about.length > 0 && !isTopic) throw await unknownCommand(about)
  const renderer = new Help(config, {
    stripAnsi: !process.stdout.isTTY || process.env.NO_COLOR !== undefined,
  })
  await renderer.showHelp(subject ? subject.split(':') : about)
}

async function unknownCommand(words: readonly string[]): Promise<MhvError> {
  const meant = await suggestCommand(words)
  const said = `There is no command “${words.slice(0, 2).join(' ')}”.`
  return new MhvError('USAGE', meant ? `${said} Did you mean “${meant}”?` : said, {
    recovery: [...(meant ? [`mhv ${meant} --help`] : []), 'mhv help'],
  })
}
