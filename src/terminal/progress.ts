import type { OnProgress } from '../store/rebuild.ts'

/** A bar on standard error, drawn only on a terminal and only when the work takes longer than half a second. */
export function progressBar(title: string): OnProgress {
  const stream = process.stderr
  if (!stream.isTTY || process.env.TERM === 'dumb') return () => {}
  const began = Date.now()
  let drawn = 0
  return (done, total) => {
    const time = Date.now()
    const ends = done >= total
    if (ends && drawn > 0) stream.write('\r\u001b[K')
    if (ends || time - began < 500 || time - drawn < 100) return
    drawn = time
    const left = Math.ceil(((time - began) / done) * (total - done) * 0.001)
    const full = Math.round((done / total) * 24)
    stream.write(`\r${title} [${'='.repeat(full).padEnd(24)}] ${done}/${total}, ${left} s left\u001b[K`)
  }
}

/** One line on standard error that says what is going on, drawn only on a terminal. */
export function statusLine(): { readonly show: (text: string) => void; readonly end: () => void } {
  const stream = process.stderr
  if (!stream.isTTY || process.env.TERM === 'dumb') return { show: () => {}, end: () => {} }
  let isDrawn = false
  return {
    show: (text) => {
      stream.write(`\r${text.slice(0, (stream.columns || 80) - 1)}\u001b[K`)
      isDrawn = true
    },
    end: () => {
      if (isDrawn) stream.write('\r\u001b[K')
      isDrawn = false
    },
  }
}
