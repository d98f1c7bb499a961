import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PublicExplorer } from 'cosmiconfig'
import { type Config, config } from '../../schemas/config.ts'
import { MhvError, shellWord } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { printable } from '../printable.ts'
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

/** What leads out of a file that is wrong. */
const stepsFor = (path: string) => [`\${EDITOR:-vi} ${shellWord(path)}`, 'mhv config show']

/** What a module exports by default. */
async function loadModule(path: string): Promise<unknown> {
  const file = join(packageRoot(), 'bin', 'import-module.js')
  const { importModule } = createRequire(file)(file) as {
    importModule(address: string): Promise<{ default: unknown }>
  }
  return (await importModule(pathToFileURL(realpathSync(path)).href)).default
}

const LOADERS = { '.js': loadModule, '.cjs': loadModule, '.mjs': loadModule }

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
    throw new MhvError('CONFIG_INVALID', `${path} cannot be read: ${printable(message)}`, {
      cause,
      recovery: stepsFor(path),
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

/** Errors: CONFIG_INVALID, naming file, place and rule of each fault, and what would be right. */
async function validated(content: unknown, path: string): Promise<Config> {
  const result = config.safeParse(content)
  if (result.success) return result.data
  // Loaded where something is wrong only: it makes a JSON Schema.
  const { faultsOf, faultText } = await import('./explain-faults.ts')
  const faults = faultsOf(result.error)
  throw new MhvError('CONFIG_INVALID', `${path}: ${faults.map(faultText).join('; ')}`, {
    recovery: stepsFor(path),
    data: { path, faults },
  })
}

/**
 * The configuration that holds in a worktree: defaults, then the user's own, then the repository's.
 * @param top the worktree's top directory; null where there is none (bare), and only the user's own holds
 * Errors: CONFIG_INVALID.
 */
export async function loadConfig(top: string | null): Promise<LoadedConfig> {
  const { cosmiconfig } = await import('cosmiconfig')
  const explorer = (places: readonly string[]) =>
    cosmiconfig('mhv', { searchPlaces: [...places], searchStrategy: 'none', cache: false, loaders: LOADERS })
  const user = await readSource(explorer(USER_PLACES), userConfigDirectory(), 'user')
  const repository = top && (await readSource(explorer(REPOSITORY_PLACES), top, 'repository'))
  const sources = [user, repository].filter((source) => source !== null && source !== '')
  for (const { content, path } of sources) await validated(content, path)
  const content = sources.reduce<unknown>((weak, source) => layered(weak, source.content), {})
  return { config: await validated(content, sources.at(-1)?.path ?? 'defaults'), sources }
}
