import { saysDamaged } from './objects.ts'
import type { Repository } from './repository.ts'
import { gitFailure, streamGit } from './run.ts'

/** Takes bytes as they come and gives them out in the portions asked for. */
function portions(pieces: AsyncIterable<Buffer>) {
  const source = pieces[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  /** Has so many bytes in one piece; false where there are no more. */
  const gather = async (count: number): Promise<boolean> => {
    if (held.length >= count) return true
    const parts = [held]
    for (let size = held.length; size < count; ) {
      const { value, done } = await source.next()
      if (done) break
      parts.push(value)
      size += value.length
    }
    held = Buffer.concat(parts)
    return held.length >= count
  }
  /** The next bytes; null where there are not that many. */
  const take = async (count: number): Promise<Buffer | null> => {
    if (held.length < count && !(await gather(count))) return null
    const taken = held.subarray(0, count)
    held = held.subarray(count)
    return taken
  }
  /** The next line without its end; null at the end. */
  const line = async (): Promise<string | null> => {
    let end = held.indexOf(10)
    while (end < 0) {
      if (!(await gather(held.length + 1))) return null
      end = held.indexOf(10)
    }
    return (await take(end + 1))!.toString('latin1', 0, end)
  }
  return { take, line }
}

/**
 * Contents of objects one after the other, in the order asked for, without having more in memory than are being looked
 * at; null for one that is missing or damaged. A content is part of a larger piece of memory, so what is kept is copied.
 * Errors: GIT_FAILED.
 */
export async function* eachObject(
  repository: Repository,
  ids: readonly string[],
): AsyncGenerator<Buffer | null, void> {
  const args = ['cat-file', '--batch', '--buffer']
  for (let at = 0; at < ids.length; at++) {
    const input = `${ids.slice(at).join('\n')}\n`
    const { stdout, ended, end } = streamGit(args, { ...repository.git, input })
    try {
      const { take, line } = portions(stdout)
      for (; at < ids.length; at++) {
        const [, kind, size] = (await line())?.split(' ') ?? [null]
        if (kind === undefined) break
        const content = kind === 'missing' ? null : await take(Number(size) + 1)
        if (kind !== 'missing' && content === null) break
        yield content?.subarray(0, -1) ?? null
      }
      const result = await ended
      if (result.status !== 0 && !saysDamaged(result.stderr)) throw gitFailure(args, result)
    } finally {
      end()
    }
    // git gives up at an object that is damaged.
    if (at < ids.length) yield null
  }
}
