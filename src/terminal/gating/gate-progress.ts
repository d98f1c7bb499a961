import type { GateResult } from '../../../schemas/gate-record.ts'
import type { GateProgress } from '../../gates/gate-report.ts'
import { paintOutcome } from '../output/colour.ts'
import { isLineByLine, isQuiet } from '../output/output-mode.ts'

export interface ProgressLines {
  readonly onProgress: (progress: GateProgress) => void
  /** Takes the lines away, so that the answer can be printed. */
  end(): void
}

interface Watched {
  began?: number
  result?: GateResult
}

const INTERVAL = 100

/** Where one begins, in the midst of other text: a record separator, as in JSON text sequences (RFC 7464). */
export const EVENT = '\u001e'

/** All of it for another program, as a document a line. */
const gateEvents = (stream: NodeJS.WriteStream): ProgressLines => ({
  onProgress: (progress) => stream.write(`${EVENT}${JSON.stringify(progress)}\n`),
  end: () => {},
})

/** Each beginning and each end as a line that stays. */
function gateLines(stream: NodeJS.WriteStream): ProgressLines {
  const say = (gate: string, what: string) => stream.write(`Gate ${gate}: ${what}\n`)
  return {
    onProgress: (progress) => {
      if (progress.kind === 'started') say(progress.gate, 'started')
      if (progress.kind !== 'ended') return
      const { gate, outcome, cached, seconds } = progress.result
      say(gate, `${outcome}${cached ? ', cached' : outcome === 'skipped' ? '' : `, ${seconds.toFixed(0)} s`}`)
    },
    end: () => {},
  }
}

/**
 * A line for each gate on standard error while gates run, drawn again and again; nothing where that is no terminal. In
 * plain output, what happens, one line after the other.
 */
export function gateProgress(): ProgressLines {
  const stream = process.stderr
  // A program that shows them as they come has no terminal of its own for us.
  if (process.env.MHV_PROGRESS === 'events') return gateEvents(stream)
  if (!stream.isTTY || isQuiet()) return { onProgress: () => {}, end: () => {} }
  if (isLineByLine()) return gateLines(stream)
  const gates = new Map<string, Watched>()
  let drawn = 0
  let timer: NodeJS.Timeout | undefined
  const erase = () => {
    if (drawn > 0) stream.write(`\r\u001b[${drawn}A\u001b[J`)
    drawn = 0
  }
  const lineOf = (name: string, { began, result }: Watched) => {
    const said = result
      ? `${result.outcome}${result.cached ? ', cached' : ''}`
      : began === undefined
        ? 'waits'
        : `runs, ${((performance.now() - began) / 1000).toFixed(0)} s`
    const text = `${name.padEnd(24)} ${said}`.slice(0, Math.max(10, (stream.columns || 80) - 1))
    return result ? text.replace(result.outcome, paintOutcome) : text
  }
  const draw = () => {
    erase()
    // More lines than the terminal has could not be drawn over: those that run are what is looked at.
    const room = Math.max(1, (stream.rows || 24) - 2)
    const all = [...gates]
    const fitting =
      all.length <= room ? all : all.filter(([, { began, result }]) => began !== undefined && !result)
    const lines = fitting.slice(0, room).map(([name, watched]) => lineOf(name, watched))
    if (lines.length > 0) stream.write(`${lines.join('\n')}\n`)
    drawn = lines.length
  }
  return {
    onProgress: (progress) => {
      if (progress.kind === 'planned') for (const name of progress.gates) gates.set(name, {})
      else if (progress.kind === 'started') gates.set(progress.gate, { began: performance.now() })
      else gates.set(progress.result.gate, { ...gates.get(progress.result.gate), result: progress.result })
      timer ??= setInterval(draw, INTERVAL).unref()
    },
    end: () => {
      clearInterval(timer)
      timer = undefined
      erase()
      gates.clear()
    },
  }
}
