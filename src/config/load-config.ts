import { type Config, config } from '../../schemas/config.ts'
import { aliases } from '../../schemas/terminal-config.ts'
import { MhvError } from '../errors.ts'
import { REPOSITORY_PLACES, USER_PLACES, userConfigDirectory } from './has-config.ts'
import { type ConfigSource, readSource } from './read-source.ts'
import { stepsFor } from './unreadable.ts'
import { userOnlyFaults } from './user-only.ts'

export interface LoadedConfig {
  /** The effective values, defaults filled in. */
  readonly config: Config
  /** Files that had a say, the weaker first. */
  readonly sources: readonly ConfigSource[]
  /** What is wrong with aliases of the user's own, which are left out; null where nothing is. */
  readonly leftOut: MhvError | null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Values of the stronger over those of the weaker, section by section; lists are replaced whole. */
function layered(weak: unknown, strong: unknown): unknown {
  if (!isRecord(weak) || !isRecord(strong)) return strong
  const merged: Record<string, unknown> = { ...weak }
  for (const [key, value] of Object.entries(strong)) {
    merged[key] = key in weak ? layered(weak[key], value) : value
  }
  return merged
}

/** Errors: CONFIG_INVALID, naming file, place and rule of each fault, and what would be right. */
export async function validated(
  content: unknown,
  path: string,
  origin: ConfigSource['origin'],
): Promise<Config> {
  const result = config.safeParse(content)
  const ownFaults = origin === 'repository' ? userOnlyFaults(content) : []
  if (result.success && ownFaults.length === 0) return result.data
  // Loaded where something is wrong only: it makes a JSON Schema.
  const { asSentence, faultsOf, faultText } = await import('./explain-faults.ts')
  const faults = [...(result.success ? [] : faultsOf(result.error, content)), ...ownFaults]
  const { stepsToTakeOut } = await import('./steps-to-take-out.ts')
  throw new MhvError('CONFIG_INVALID', `${path}: ${asSentence(faults.map(faultText))}`, {
    recovery: [...stepsToTakeOut({ content, path, origin }), ...stepsFor(path)],
    data: { path, faults },
  })
}

/** What is wrong with a file, or null. */
const faultOf = ({ content, path, origin }: ConfigSource): Promise<MhvError | null> =>
  validated(content, path, origin).then(
    () => null,
    (error: MhvError) => error,
  )

/** One's own content without the aliases that break a rule: only whoever uses aliases is to be stopped by them. */
export function withoutWrongAliases(content: unknown): unknown {
  if (!isRecord(content)) return content
  const wrong = aliases.safeParse(content.aliases).error?.issues.map(({ path: [name] }) => name)
  if (!wrong) return content
  const said = isRecord(content.aliases) && !wrong.includes(undefined) ? content.aliases : {}
  const right = Object.entries(said).filter(([name]) => !wrong.includes(name))
  return { ...content, aliases: Object.fromEntries(right) }
}

/**
 * The configuration that holds in a worktree: defaults, then the user's own, then the repository's.
 * @param top the worktree's top directory; null where there is none (bare), and only the user's own holds
 * Errors: CONFIG_INVALID, NOT_TRUSTED.
 */
export async function loadConfig(top: string | null): Promise<LoadedConfig> {
  const user = await readSource(userConfigDirectory(), USER_PLACES, 'user')
  const repository = top === null ? null : await readSource(top, REPOSITORY_PLACES, 'repository')
  const right = user && withoutWrongAliases(user.content)
  if (user) await validated(right, user.path, 'user')
  if (repository) await validated(repository.content, repository.path, 'repository')
  const sources = [user, repository].filter((source) => source !== null)
  const content = layered(right ?? {}, repository?.content ?? {})
  const config = await validated(content, sources.at(-1)?.path ?? 'defaults', 'user')
  return { config, sources, leftOut: user && right !== user.content ? await faultOf(user) : null }
}
