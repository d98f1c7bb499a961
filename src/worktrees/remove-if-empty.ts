import { rmdirSync } from 'node:fs'

/** Takes a directory away in which there is nothing. Never throws. */
export function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory)
  } catch {
    // Somebody has put something there, or it is gone, or was never made.
  }
}
