import { open } from 'node:fs/promises'
import type { GateProgress } from '../../gates/gate-report.ts'
import { printedLines } from './printed-lines.ts'
import type { GateSection, GatesRead, LiveGate } from './state.ts'

/** Milliseconds between two looks at what gates have printed: no faster than it can be read. */
const INTERVAL = 200
/** Bytes of the end of its output that are looked at while a gate runs, and lines that are kept of them. */
const TAIL = 8192
const MOST_LINES = 60
/** Bytes of its end that are read once it is over; what is before them stays in its file. */
const WHOLE = 2_000_000

interface Watched {
  readonly gate: string
  readonly state: LiveGate['state']
  readonly cached: boolean
  /** Where its output goes to as it comes. */
  readonly log: string | null
  /** On the clock of this process. */
  readonly began: number
  readonly seconds: number
  readonly lines: readonly string[]
  /** Bytes of its output when it was last looked at. */
  readonly size: number
}

interface End {
  readonly size: number
  readonly lines: readonly string[]
  /** Bytes that were left out before them. */
  readonly before: number
}

/** The last lines of a file; null where it has not grown since it had a size, or cannot be read. */
async function endOf(path: string, most: number, known: number): Promise<End | null> {
  const file = await open(path).catch(() => null)
  if (!file) return null
  try {
    const { size } = await file.stat()
    if (size === known) return null
    const before = Math.max(0, size - most)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - before), 0, size - before, before)
    const text = buffer.toString('utf8', 0, bytesRead)
    // The first line may have lost its beginning, or half a character. A bar is one line that never ends.
    const begin = before === 0 ? 0 : text.indexOf('\n') + 1
    return { size, lines: bytesRead === 0 ? [] : printedLines(text.slice(begin)), before: before + begin }
  } catch {
    return null
  } finally {
    await file.close()
  }
}

const FINE = /^(?:passed|skipped|overridden)$/

/** All that a gate has printed, below where it is kept. */
async function sectionOf({ gate, log, state }: Watched): Promise<readonly GateSection[]> {
  const end = log === null ? null : await endOf(log, WHOLE, 0)
  if (!end) return []
  const left = end.before > 0 ? [`… ${end.before} bytes before, which are in the file`] : []
  return [{ isFine: FINE.test(state), head: [`Output of ${gate} (${log}):`, ...left], lines: end.lines }]
}

export interface GateWatch {
  /** What the command that runs them has told. */
  readonly onEvent: (event: GateProgress) => void
  /** Ends the looking, and answers how each gate ended and all that they have printed. */
  readonly end: () => Promise<GatesRead>
}

/**
 * Watches gates that a command runs: it tells where their output goes to, and of that the end is looked at again and again.
 * However much they print, no more is read, held or drawn than can be seen.
 */
export function watchGates(tell: (gates: readonly LiveGate[]) => void): GateWatch {
  const watched = new Map<string, Watched>()
  let timer: NodeJS.Timeout | undefined
  let isLooking = false
  let told = ''
  const live = (): LiveGate[] =>
    [...watched.values()].map(({ gate, state, cached, began, seconds, lines }) => ({
      gate,
      state,
      cached,
      seconds: state === 'runs' ? Math.floor((performance.now() - began) / 1000) : seconds,
      lines,
    }))
  const tellNews = () => {
    const gates = live()
    const sizes = [...watched.values()].map(({ size }) => size)
    const sign = JSON.stringify([gates.map(({ state, seconds }) => [state, seconds]), sizes])
    if (sign !== told) tell(gates)
    told = sign
  }
  const lookAt = async (each: Watched) => {
    const end = each.log === null ? null : await endOf(each.log, TAIL, each.size)
    const now = watched.get(each.gate)
    if (end && now) watched.set(each.gate, { ...now, size: end.size, lines: end.lines.slice(-MOST_LINES) })
  }
  const look = async () => {
    if (isLooking) return
    isLooking = true
    await Promise.all([...watched.values()].filter(({ state }) => state === 'runs').map(lookAt))
    isLooking = false
    if (timer) tellNews()
  }
  const begun = (gate: string, more: Partial<Watched> = {}) => {
    const first = { gate, state: 'waits', cached: false, log: null, began: 0, seconds: 0, lines: [], size: 0 }
    watched.set(gate, { ...(first as Watched), ...watched.get(gate), ...more })
  }
  return {
    onEvent: (event) => {
      timer ??= setInterval(look, INTERVAL)
      if (event.kind === 'planned') for (const gate of event.gates) begun(gate)
      if (event.kind === 'started')
        begun(event.gate, { state: 'runs', began: performance.now(), log: event.log })
      if (event.kind === 'ended') {
        const { gate, outcome, cached, seconds } = event.result
        begun(gate, { state: outcome, cached, seconds: Math.round(seconds) })
      }
      tellNews()
    },
    end: async () => {
      clearInterval(timer)
      timer = undefined
      const sections = await Promise.all([...watched.values()].map(sectionOf))
      return { gates: live(), sections: sections.flat() }
    },
  }
}
