import { createReadStream, statSync } from 'node:fs'
import { MhvError } from '../../errors.ts'

/** Larger than anything that people give a command, and small enough to be text in one piece. */
const MAX_BYTES = 512_000_000

/** Everything in a file, or on standard input for `-`; a pipe has no size to ask for, so it is counted. Errors: INVALID_INPUT. */
export async function readInput(file: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    if (file !== '-') requireSize(file, statSync(file).size)
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      size += (chunk as Buffer).length
      requireSize(file, size)
      chunks.push(chunk as Buffer)
    }
  } catch (cause) {
    if (cause instanceof MhvError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    throw new MhvError('INVALID_INPUT', `The file ${JSON.stringify(file)} ${why}.`, {
      recovery: ['mhv help'],
      data: { field: 'file', value: file },
      cause,
    })
  }
  return Buffer.concat(chunks)
}

function requireSize(file: string, size: number): void {
  if (size <= MAX_BYTES) return
  throw new MhvError(
    'INVALID_INPUT',
    `The file ${JSON.stringify(file)} is larger than ${MAX_BYTES / 1e6} MB; split it.`,
    { recovery: ['mhv help'], data: { field: 'file', value: file } },
  )
}
