import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Gives a file another content, whole or not at all. Errors: of the file system.
 * @param mode of the file, which is a new one
 */
export function replaceFile(path: string, content: string, mode: number): void {
  const scratch = `${path}.${process.pid}.tmp`
  try {
    const fd = openSync(scratch, 'w', mode)
    try {
      writeFileSync(fd, content)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(scratch, path)
  } catch (error) {
    rmSync(scratch, { force: true })
    throw error
  }
}
