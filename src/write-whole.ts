import { writeSync } from 'node:fs'

/**
 * Writes all of it: where there is room for a part, the system takes that part and says nothing, and what is wrong is told
 * to whoever asks for the rest. Errors: of the file system.
 */
export function writeWhole(file: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}
