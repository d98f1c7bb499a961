import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a directory where there is none, with those above it. Node's own way of doing so never comes to an end where the
 * system has a place that takes no directories, such as /proc. Errors: of the file system.
 */
export function makeDirectory(path: string, mode = 0o777): void {
  if (existsSync(path)) return
  if (!existsSync(dirname(path))) makeDirectory(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
