import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MhvError, shellWord } from '../errors.ts'
import { findRepository } from '../git/repository.ts'
import { packageRoot } from '../package-root.ts'
import { printable } from '../printable.ts'
import { sayWhatIsDone } from '../say-what-is-done.ts'
import { isTrusted } from './trust.ts'
import { stepsFor, unreadable } from './unreadable.ts'

/** One file of configuration as its author wrote it. */
export interface ConfigSource {
  /** Whose it is; a repository's counts before the user's. */
  readonly origin: 'user' | 'repository'
  readonly path: string
  readonly content: unknown
}

/** Whether a file of configuration is a program. */
export const isProgram = (path: string) => /\.[cm]?js$/.test(path)

/** A program as it is agreed to: by its name and its text. */
export const programText = (path: string): readonly string[] => [basename(path), readFileSync(path, 'utf8')]

/**
 * What a module exports by default. Whoever only starts a task in a repository does not expect to run its programs.
 * Errors: NOT_TRUSTED where the user has not agreed to it as it is now.
 */
async function loadModule(path: string): Promise<unknown> {
  const repository = await findRepository(dirname(path))
  if (!isTrusted(repository, programText(path))) {
    throw new MhvError(
      'NOT_TRUSTED',
      `${path} is a program, and you have not agreed to run it as it is now.`,
      {
        recovery: [`cat ${shellWord(path)}`, `mhv -C ${shellWord(dirname(path))} config trust`],
        data: { path },
      },
    )
  }
  const file = join(packageRoot(), 'bin', 'import-module.js')
  const { importModule } = createRequire(file)(file) as {
    importModule(address: string): Promise<{ default: unknown }>
  }
  return (await importModule(pathToFileURL(realpathSync(path)).href)).default
}

/** What a file says; undefined where it says nothing of mhv. Throws whatever keeps it from being read. */
async function contentOf(path: string): Promise<unknown> {
  const isPackage = basename(path) === 'package.json'
  if (!statSync(path).isFile()) {
    if (isPackage) return undefined
    throw new Error('it is not a file')
  }
  if (isProgram(path)) return loadModule(path)
  return parsedContent(path, readFileSync(path, 'utf8'))
}

/** What a text in a file of that name says; undefined where it says nothing of mhv. Errors: CONFIG_INVALID. */
export async function parsedContent(path: string, text: string): Promise<unknown> {
  const isPackage = basename(path) === 'package.json'
  // One that speaks of other things only may be as broken as it likes.
  if (isPackage && !text.includes('"mhv"')) return undefined
  if (text.trim() === '') return {}
  // The loaders alone: searching with cosmiconfig would read its own configuration too, and run `.config/config.js`.
  const { defaultLoaders } = await import('cosmiconfig')
  const load = defaultLoaders[extname(path) === '.json' ? '.json' : '.yaml']
  const content: unknown = await Promise.resolve()
    .then(() => load(path, text) as unknown)
    .catch((cause: Error) => {
      throw unreadable(path, text, cause)
    })
  return isPackage ? (content as { mhv?: unknown } | null)?.mhv : (content ?? {})
}

/** What is to be said of a file that is there and cannot be read. */
function notRead(path: string, cause: unknown): MhvError {
  const { code } = cause as NodeJS.ErrnoException
  const why =
    code === 'ENOENT'
      ? 'it is a link that leads nowhere'
      : printable(cause instanceof Error ? cause.message.replace(/, \w+ '.*'$/s, '') : String(cause))
  // An editor opens no more than we do what the system does not hand out.
  const look = `ls -ld ${shellWord(path)}`
  const steps = code === 'EACCES' ? [look, `chmod u+rX ${shellWord(path)}`] : [look]
  return new MhvError('CONFIG_INVALID', `${path} cannot be read: ${why}.`, {
    cause,
    recovery: code === undefined ? stepsFor(path) : steps,
    data: { path },
  })
}

/**
 * The first file in a directory that says anything, of the names in their order; null where none does.
 * Errors: CONFIG_INVALID where it cannot be read or parsed, NOT_TRUSTED.
 */
export async function readSource(
  directory: string,
  places: readonly string[],
  origin: ConfigSource['origin'],
): Promise<ConfigSource | null> {
  let names: Set<string>
  try {
    names = new Set(readdirSync(directory))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw notRead(directory, error)
    return null
  }
  for (const place of places) {
    if (!names.has(place)) continue
    const path = join(directory, place)
    try {
      const content = await contentOf(path)
      if (content !== undefined) {
        sayWhatIsDone(() => `read ${path}`)
        return { origin, path, content }
      }
    } catch (cause) {
      if (cause instanceof MhvError) throw cause
      throw notRead(path, cause)
    }
  }
  return null
}
