import { accessSync, constants, statSync } from 'node:fs'
import { MhvError, shellWord } from '../errors.ts'

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** Which of these directories nothing can be written to; those that are not there are none. */
export function unwritablePlaces(directories: readonly string[]): string[] {
  return directories.filter(isDirectory).filter((path) => {
    try {
      accessSync(path, constants.W_OK | constants.X_OK)
      return false
    } catch {
      return true
    }
  })
}

/** Asked before the first of several changes, none of which is to be made alone. Errors: STORE_UNWRITABLE. */
export function requireWritablePlaces(directories: readonly string[]): void {
  const [path] = unwritablePlaces(directories)
  if (path === undefined) return
  throw new MhvError('STORE_UNWRITABLE', `Nothing can be written to ${path}; nothing was changed.`, {
    recovery: [`ls -ld ${shellWord(path)}`],
    data: { path },
  })
}
