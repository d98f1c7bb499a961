import type { OnProgress } from '../../store/rebuild.ts'
import { isLineByLine, isQuiet } from './output-mode.ts'

/** Milliseconds before anything is drawn, and between two drawings. */
const [PATIENCE, INTERVAL] = [500, 100]
/** The same where each is a line of its own, which may be read out. */
const LINE_INTERVAL = 2000

/** Whether somebody sees standard error who wants to know how far things are. */
export const isWatched = () => process.stderr.isTTY && !isQuiet()

const counted = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** Seconds that are left, measured from the first report: what went before it, such as reading, has another pace. */
function estimator(): (done: number, total: number) => number | null {
  let first: { readonly at: number; readonly done: number } | null = null
  return (done, total) => {
    const at = Date.now()
    first ??= { at, done }
    if (done <= first.done) return null
    return Math.ceil(((at - first.at) / (done - first.done)) * (total - done) * 0.001)
  }
}

/** How far a work is, as lines: every two seconds and, where there was one, at its end. */
function progressLines(title: string): OnProgress {
  const leftAfter = estimator()
  let said = Date.now()
  let isSaid = false
  return (done, total) => {
    const time = Date.now()
    const ends = done >= total
    const left = leftAfter(done, total)
    if (ends ? !isSaid : time - said < LINE_INTERVAL) return
    said = time
    isSaid = !ends
    const estimate = left === null ? '' : `, about ${left} s left`
    const how = ends ? 'done' : `${counted(done)} of ${counted(total)}${estimate}`
    process.stderr.write(`${title}: ${how}\n`)
  }
}

/**
 * A bar on standard error with an estimate of the time that is left, drawn only on a terminal and only when the work takes
 * longer than half a second; lines instead in plain output.
 */
export function progressBar(title: string): OnProgress {
  const stream = process.stderr
  if (!isWatched()) return () => {}
  if (isLineByLine()) return progressLines(title)
  const leftAfter = estimator()
  const began = Date.now()
  let drawn = 0
  return (done, total) => {
    const time = Date.now()
    const ends = done >= total
    const left = leftAfter(done, total)
    if (ends && drawn > 0) stream.write('\r\u001b[K')
    if (ends || time - began < PATIENCE || time - drawn < INTERVAL) return
    drawn = time
    const estimate = left === null ? '' : `, ${left} s left`
    const full = Math.round((done / total) * 24)
    stream.write(`\r${title} [${'='.repeat(full).padEnd(24)}] ${done}/${total}${estimate}\u001b[K`)
  }
}

export interface StatusLine {
  readonly show: (text: string) => void
  readonly end: () => void
}

/** The same as lines that stay, none of which repeats the one before. */
function statusLines(): StatusLine {
  let said = 0
  let last = ''
  return {
    show: (text) => {
      const time = Date.now()
      if (text === last || (last !== '' && time - said < LINE_INTERVAL)) return
      process.stderr.write(`${text}\n`)
      said = time
      last = text
    },
    end: () => {},
  }
}

/** One line on standard error that says what is going on, drawn only on a terminal. */
export function statusLine(): StatusLine {
  const stream = process.stderr
  if (!isWatched()) return { show: () => {}, end: () => {} }
  if (isLineByLine()) return statusLines()
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
