import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { userConfigDirectory } from '../config/has-config.ts'
import { MhvError, shellWord } from '../errors.ts'

const NAMES = ['repos.yaml', 'repos.yml'] as const

// What lies below a file is no error: then there is nothing.
const isFile = (path: string) => existsSync(path) && statSync(path).isFile()

function inDirectory(directory: string): string | null {
  return NAMES.map((name) => join(directory, name)).find(isFile) ?? null
}

/** What leads out of a file that was named and is not there. */
function stepsTo(path: string, isFlag: boolean): string[] {
  const file = existsSync(path) ? join(path, NAMES[0]) : path
  const canBeMade = /\.ya?ml$/.test(file) && existsSync(dirname(file))
  return [
    canBeMade ? `mhv repos discover .. --file ${shellWord(file)}` : `ls -l ${shellWord(dirname(path))}`,
    ...(isFlag ? [] : ['unset MHV_REPOS']),
  ]
}

/**
 * The file that lists the repositories: the one asked for, by flag or by MHV_REPOS; else the first upward from a
 * directory; else the user's own. null where there is none.
 * @param asked value of --repos
 * @param besides where else to look upward from before the user's own
 * Errors: NO_FEDERATION for one that was asked for by name and is not there.
 */
export function findReposFile(cwd: string, asked?: string, besides: readonly string[] = []): string | null {
  const named = asked ?? (process.env.MHV_REPOS || undefined)
  if (named !== undefined) {
    const path = resolve(cwd, named)
    const file = isFile(path) ? path : existsSync(path) ? inDirectory(path) : null
    if (file) return file
    throw new MhvError(
      'NO_FEDERATION',
      `There is no file ${path}, which ${asked ? '--repos' : 'MHV_REPOS'} names.`,
      { recovery: stepsTo(path, asked !== undefined) },
    )
  }
  for (const start of [cwd, ...besides]) {
    for (let directory = resolve(start); ; directory = dirname(directory)) {
      const found = inDirectory(directory)
      if (found) return found
      if (dirname(directory) === directory) break
    }
  }
  return inDirectory(userConfigDirectory())
}
