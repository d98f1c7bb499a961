import { type Aliases, withoutAliases } from '../config/alias.ts'
import { hasConfig } from '../config/has-config.ts'
import { loadConfig } from '../config/load-config.ts'
import { shellWord } from '../errors.ts'
import { isCommand } from './is-command.ts'

/** The aliases of the user's own, with the file that has them. Errors: CONFIG_INVALID. */
async function readAliases(): Promise<{ aliases: Aliases; path: string }> {
  if (!hasConfig(null)) return { aliases: {}, path: '' }
  const { config, sources } = await loadConfig(null)
  return { aliases: config.aliases, path: sources[0]?.path ?? '' }
}

/** The aliases that mean anything: none can hide a command. Errors: CONFIG_INVALID. */
export async function ownAliases(): Promise<[name: string, line: string][]> {
  const { aliases } = await readAliases()
  return Object.entries(aliases).filter(([name]) => !isCommand([name]))
}

/**
 * A command line that begins with an alias, with what it stands for in its place; null where it does not begin with one.
 * Asked only of what is no command, so that no command waits for a configuration to be read.
 * Errors: CONFIG_INVALID.
 */
export async function withoutAlias(words: readonly string[]): Promise<string[] | null> {
  const { aliases, path } = await readAliases()
  return withoutAliases(aliases, words, isCommand, path)
}

/** What an alias stands for, as it would be typed. */
export const standsFor = (name: string, line: readonly string[]): string =>
  `“${name}” is an alias of your own for: mhv ${line.map(shellWord).join(' ')}\n\n`
