import { shellWord } from '../errors.ts'
import { findReposFile } from './find-file.ts'

function fileFrom(cwd: string): string | null {
  try {
    return findReposFile(cwd)
  } catch {
    // MHV_REPOS names what is not there.
    return null
  }
}

/**
 * A command as it works in a directory: with the list of repositories that it needs, where that is not found from there.
 * @param file the list
 */
export function withList(command: string, file: string | null, cwd = process.cwd()): string {
  const isFound = file === null || file === fileFrom(cwd)
  return isFound ? command : `${command} --repos ${shellWord(file)}`
}
