import { config } from '../../schemas/config.ts'
import { type Aliases, aliasFault } from '../config/alias.ts'
import { valueAt } from '../config/change-content.ts'
import type { ConfigPlace } from '../config/counting-file.ts'
import { asSentence, type ConfigFault, faultsOf, faultText, rightAs } from '../config/explain-faults.ts'
import { type LoadedConfig, withoutWrongAliases } from '../config/load-config.ts'
import { stepsFor } from '../config/unreadable.ts'
import { userOnlyFaults } from '../config/user-only.ts'
import { MhvError } from '../errors.ts'

/** What is known of commands where command lines are judged. */
export interface KnownCommands {
  /** Whether words after `mhv` name a command of the program. */
  readonly isCommand: (words: readonly string[]) => boolean
  /** What is wrong with the flags of such words, as a rule; null where nothing is. */
  readonly flagFault: (words: readonly string[]) => string | null
}

/** What a content is judged by besides the schema. */
export interface Judgement extends KnownCommands {
  readonly origin: ConfigPlace['origin']
}

/** What is wrong with aliases that the schema takes. */
export const aliasFaults = (aliases: Aliases, { isCommand, flagFault }: KnownCommands): ConfigFault[] =>
  Object.keys(aliases).flatMap((name) => {
    const rule = aliasFault(aliases, name, isCommand, flagFault)
    // Another command line would not help a name that cannot be one.
    const right = rightAs(['aliases', name], isCommand([name]) ? undefined : 'task list --assignee me')
    return rule === null ? [] : [{ place: `aliases.${name}`, rule, ...right, value: null }]
  })

/** What is wrong with a content: what the schema says, and what only the program's commands can tell. */
export function judgeContent(content: unknown, judgement: Judgement): ConfigFault[] {
  const result = config.safeParse(content)
  const own = judgement.origin === 'repository' ? userOnlyFaults(content) : []
  if (result.success) return [...own, ...aliasFaults(result.data.aliases, judgement)]
  // What the schema refuses elsewhere hides none of the others: they are not of the change that puts it right.
  const rest = valueAt(withoutWrongAliases(content), ['aliases']) ?? {}
  return [...faultsOf(result.error, content), ...own, ...aliasFaults(rest as Aliases, judgement)]
}

/** What is wrong with aliases of the user's own, of which only whoever uses them is stopped by it; null where nothing is. */
export function wrongAliases(
  { config, sources, leftOut }: LoadedConfig,
  known: KnownCommands,
): MhvError | null {
  const faults = aliasFaults(config.aliases, known)
  const path = sources.find(({ origin }) => origin === 'user')?.path
  if (leftOut || faults.length === 0 || path === undefined) return leftOut
  return new MhvError('CONFIG_INVALID', `${path}: ${asSentence(faults.map(faultText))}`, {
    recovery: [...faults.map(({ place }) => `mhv config unset ${place}`), ...stepsFor(path)],
    data: { path, faults },
  })
}

/** Errors: CONFIG_INVALID where an alias is wrong. */
export function requireAliases(loaded: LoadedConfig, known: KnownCommands): void {
  const wrong = wrongAliases(loaded, known)
  if (wrong) throw wrong
}
