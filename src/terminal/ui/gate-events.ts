import { StringDecoder } from 'node:string_decoder'
import type { GateProgress } from '../../gates/gate-report.ts'
import { EVENT } from '../gating/gate-progress.ts'

function eventIn(line: string): GateProgress | null {
  try {
    return JSON.parse(line) as GateProgress
  } catch {
    return null
  }
}

/**
 * Parts what a command of this program prints on standard error into what is for people and what becomes of its gates.
 * @returns takes each piece as it comes
 */
export function gateEvents(
  onText: (text: string) => void,
  onEvent: (event: GateProgress) => void,
): (piece: Buffer) => void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return (piece) => {
    rest += decoder.write(piece)
    for (;;) {
      const at = rest.indexOf(EVENT)
      const text = at < 0 ? rest : rest.slice(0, at)
      if (text !== '') onText(text)
      const end = at < 0 ? -1 : rest.indexOf('\n', at)
      rest = at < 0 ? '' : rest.slice(at)
      if (end < 0) return
      const line = rest.slice(EVENT.length, end - at)
      const event = eventIn(line)
      if (event) onEvent(event)
      else onText(`${line}\n`)
      rest = rest.slice(end - at + 1)
    }
  }
}
