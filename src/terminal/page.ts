import { isPlain } from './output-mode.ts'

/** Lines that a text takes on the screen, as far as that matters: no more are counted than there is room for. */
function isLong(text: string | Buffer, rows: number): boolean {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) if (++lines >= rows) return true
  return false
}

/**
 * Writes an answer for people, through a pager where it is longer than the screen. What is short, or goes to a program, is
 * written at once and costs nothing more.
 */
export async function page(text: string | Buffer): Promise<void> {
  const { isTTY, rows } = process.stdout
  if (isTTY && process.env.TERM !== 'dumb' && !isPlain() && isLong(text, rows || 24)) {
    const { throughPager } = await import('./pager.ts')
    if (await throughPager(text)) return
  }
  process.stdout.write(text)
}
