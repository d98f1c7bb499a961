import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Removes a directory that a test used. A process which was ended or left behind may still write its last file
 * there between the emptying and the removal, so it is tried again for two seconds.
 */
export async function removeDirectory(directory: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return rmSync(directory, { recursive: true, force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || tries === 40) throw error
    }
    await pause(50)
  }
}
