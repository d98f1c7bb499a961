import { isPlain } from './output-mode.ts'

/** Lines that a text takes on the screen, as far as that matters: no more are counted than there is room for. */
function isLong(text: string | Buffer, rows: number): boolean {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) if (++lines >= rows) return true
  return false
}

/** Whether somebody reads standard output on a screen that can be paged through. */
const isRead = () => process.stdout.isTTY && process.env.TERM !== 'dumb' && !isPlain()

/**
 * Writes an answer for people, through a pager where it is longer than the screen. What is short, or goes to a program, is
 * written at once and costs nothing more.
 */
export async function page(text: string | Buffer): Promise<void> {
  if (isRead() && isLong(text, process.stdout.rows || 24)) {
    const { throughPager } = await import('./pager.ts')
    if (await throughPager(text)) return
  }
  process.stdout.write(text)
}

/**
 * Does what writes an answer in pieces, and shows them together as `page` does, also where it ends with an error: that is
 * told after them. Not for what asks anything, which nobody would see.
 * Errors: those of the work.
 */
export async function paged<T>(work: () => Promise<T>): Promise<T> {
  if (!isRead()) return work()
  const { stdout } = process
  const { write } = stdout
  const pieces: Buffer[] = []
  stdout.write = ((piece: string | Uint8Array, ...more: unknown[]) => {
    pieces.push(Buffer.from(piece as string))
    const done = more.at(-1)
    if (typeof done === 'function') process.nextTick(done)
    return true
  }) as typeof stdout.write
  try {
    return await work()
  } finally {
    stdout.write = write
    await page(Buffer.concat(pieces))
  }
}
