import { existsSync } from 'node:fs'
import type { PublicExplorer } from 'cosmiconfig'
import type { ZodError } from 'zod'
import { type Config, config } from '../../schemas/config.ts'
import { MhvError } from '../errors.ts'
import { REPOSITORY_PLACES, USER_PLACES, userConfigDirectory } from './has-config.ts'

/** One file of configuration as its author wrote it. */
export interface ConfigSource {
  /** Whose it is; a repository's counts before the user's. */
  readonly origin: 'user' | 'repository'
  readonly path: string
  readonly content: unknown
}

export interface LoadedConfig {
  /** The effective values, defaults filled in. */
  readonly config: Config
  /** Files that had a say, the weaker first. */
  readonly sources: readonly ConfigSource[]
}

/** Errors: CONFIG_INVALID where the file cannot be read or parsed. */
async function readSource(
  explorer: PublicExplorer,
  directory: string,
  origin: ConfigSource['origin'],
): Promise<ConfigSource | null> {
  if (!existsSync(directory)) return null
  try {
    const found = await explorer.search(directory)
    if (!found) return null
    return { origin, path: found.filepath, content: found.isEmpty ? {} : found.config }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const path = (cause as { filepath?: string }).filepath ?? directory
    throw new MhvError('CONFIG_INVALID', `${path} cannot be read: ${message.split('\n')[0]}`, {
      cause,
      data: { path },
    })
  }
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

/** `gates[1].timeout`, as people name a place in a document. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text ? '.' : ''}${String(key)}`),
    '',
  )

function explain(error: ZodError): { place: string; rule: string }[] {
  return error.issues.map((issue) => {
    // Of a union, the alternative that came nearest says what is wrong.
    const nested = issue.code === 'invalid_union' ? issue.errors : []
    const nearest = [...nested].sort((a, b) => a.length - b.length)[0]?.[0]
    const path = nearest ? [...issue.path, ...nearest.path] : issue.path
    return { place: placeOf(path), rule: nearest?.message ?? issue.message }
  })
}

/** Errors: CONFIG_INVALID, naming file, place and rule of each fault. */
function validated(content: unknown, path: string): Config {
  const result = config.safeParse(content)
  if (result.success) return result.data
  const faults = explain(result.error)
  const said = faults.map(({ place, rule }) => (place ? `${place}: ${rule}` : rule)).join('; ')
  throw new MhvError('CONFIG_INVALID', `${path}: ${said}`, { data: { path, faults } })
}

/**
 * The configuration that holds in a worktree: defaults, then the user's own, then the repository's.
 * @param top the worktree's top directory; null where there is none (bare), and only the user's own holds
 * Errors: CONFIG_INVALID.
 */
export async function loadConfig(top: string | null): Promise<LoadedConfig> {
  const { cosmiconfig } = await import('cosmiconfig')
  const explorer = (places: readonly string[]) =>
    cosmiconfig('mhv', { searchPlaces: [...places], searchStrategy: 'none', cache: false })
  const user = await readSource(explorer(USER_PLACES), userConfigDirectory(), 'user')
  const repository = top && (await readSource(explorer(REPOSITORY_PLACES), top, 'repository'))
  const sources = [user, repository].filter((source) => source !== null && source !== '')
  for (const { content, path } of sources) validated(content, path)
  const content = sources.reduce<unknown>((weak, source) => layered(weak, source.content), {})
  return { config: validated(content, sources.at(-1)?.path ?? 'defaults'), sources }
}
