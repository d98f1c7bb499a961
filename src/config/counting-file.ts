import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { configFiles, REPOSITORY_PLACES, USER_PLACES, userConfigDirectory } from './has-config.ts'
import { type ConfigSource, isProgram } from './read-source.ts'

/** A file of configuration: the one that counts, or that would be begun. */
export interface ConfigPlace {
  readonly origin: ConfigSource['origin']
  readonly path: string
  readonly isThere: boolean
  readonly isProgram: boolean
  /** Files beside it that are not read. */
  readonly others: readonly string[]
}

function namesIn(directory: string): Set<string> {
  try {
    return new Set(readdirSync(directory))
  } catch {
    return new Set()
  }
}

/** Whether there is a file of that name; what may not be looked at is taken for one, and refused where it is opened. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}

/** Where the user's own configuration is, or where a repository's is that has its worktree in a directory. */
export function configPlace(top: string | null): ConfigPlace {
  const directory = top ?? userConfigDirectory()
  const names = namesIn(directory)
  const places = top === null ? USER_PLACES : REPOSITORY_PLACES
  // Of package.json it is what it says that counts; a link that leads nowhere is one that is there.
  const own = new Set(top === null ? [] : configFiles(top))
  const there = places.filter((name) => (name === 'package.json' ? own.has(name) : names.has(name)))
  const [first = top === null ? 'config.yaml' : '.mhvrc.yaml', ...others] = there
  const path = join(directory, first)
  return {
    origin: top === null ? 'user' : 'repository',
    path,
    isThere: isThere(path),
    isProgram: isProgram(path),
    others: others.map((name) => join(directory, name)),
  }
}
