import { type Aliases, withoutAliases } from '../config/alias.ts'
import { valueAt } from '../config/change-content.ts'
import { hasConfig, USER_PLACES, userConfigDirectory } from '../config/has-config.ts'
import { validated, withoutWrongAliases } from '../config/load-config.ts'
import { readSource } from '../config/read-source.ts'
import { MhvError, shellWord } from '../errors.ts'
import { isCommand } from './is-command.ts'

/**
 * The aliases of the user's own that break no rule, with the file that has them.
 * @param name an alias that is to be used
 * Errors: CONFIG_INVALID where the file cannot be read, or the alias that is to be used is among those that are wrong.
 */
async function readAliases(name: string | null): Promise<{ aliases: Aliases; path: string }> {
  const source = hasConfig(null) ? await readSource(userConfigDirectory(), USER_PLACES, 'user') : null
  if (!source) return { aliases: {}, path: '' }
  const { content, path, origin } = source
  const aliases = (valueAt(withoutWrongAliases(content), ['aliases']) ?? {}) as Aliases
  if (name !== null && !Object.hasOwn(aliases, name) && valueAt(content, ['aliases', name]) !== undefined)
    await validated(content, path, origin)
  return { aliases, path }
}

/** For a word that is no command, where nobody can tell whether it is an alias: with the command that was probably meant. */
async function withMeant(error: MhvError, words: readonly string[]): Promise<MhvError> {
  const { suggestCommand } = await import('./failing/suggest.ts')
  const meant = (await suggestCommand(words))?.name
  const typed = words.filter((word) => !word.startsWith('-')).slice(0, 2)
  const said = `There is no command “${typed.join(' ')}”${meant ? `; did you mean “${meant}”?` : '.'}`
  return new MhvError(
    error.error,
    `${said} Whether it is an alias of your own cannot be told, since ${error.message}`,
    {
      recovery: [...(meant ? [`mhv ${meant} --help`] : []), ...error.recovery],
      data: error.data,
      cause: error,
    },
  )
}

/** The aliases that mean anything: none can hide a command. Errors: CONFIG_INVALID. */
export async function ownAliases(): Promise<[name: string, line: string][]> {
  const { aliases } = await readAliases(null)
  return Object.entries(aliases).filter(([name]) => !isCommand([name]))
}

/**
 * A command line that begins with an alias, with what it stands for in its place; null where it does not begin with one.
 * Asked only of what is no command, so that no command waits for a configuration to be read.
 * Errors: CONFIG_INVALID.
 */
export async function withoutAlias(words: readonly string[]): Promise<string[] | null> {
  const [name = ''] = words
  if (isCommand([name])) return null
  const { aliases, path } = await readAliases(name).catch(async (error: unknown) => {
    // What is told of the alias itself is all there is to say.
    const isOfAlias = error instanceof MhvError && error.data.faults !== undefined
    throw error instanceof MhvError && !isOfAlias ? await withMeant(error, words) : error
  })
  return withoutAliases(aliases, words, isCommand, path)
}

/** What an alias stands for, as it would be typed, in a sentence. */
export const standsFor = (name: string, line: readonly string[]): string =>
  `“${name}” is an alias of your own for: mhv ${line.map(shellWord).join(' ')}`
