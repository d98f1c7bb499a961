/** What the mouse did, at a place of the screen that counts from 0. */
export interface Mouse {
  readonly kind: 'press' | 'drag' | 'release' | 'up' | 'down'
  readonly x: number
  readonly y: number
}

/** What came from the terminal, taken apart. */
export interface Heard {
  /** Text of keys, with the terminal's codes for those that have no character. */
  readonly keys: string
  readonly mouse: readonly Mouse[]
  /** The beginning of a code whose rest has not come yet. */
  readonly rest: string
}

const REPORT = /\u001b\[<(\d+);(\d+);(\d+)([Mm])/g
const UNFINISHED = /\u001b(?:\[(?:<?[\d;]*)?)?$/

const WHEEL = 64
const MOVES = 32

function mouseOf(code: number, x: number, y: number, isDown: boolean): Mouse | null {
  const at = { x: x - 1, y: y - 1 }
  if (code & WHEEL) return (code & 3) < 2 ? { kind: code & 1 ? 'down' : 'up', ...at } : null
  // Of the buttons only the first one means anything.
  if ((code & 3) !== 0) return null
  if (code & MOVES) return { kind: 'drag', ...at }
  return { kind: isDown ? 'press' : 'release', ...at }
}

/** Parts what a terminal sends (SGR 1006) into keys and reports of the mouse. */
export function heardIn(text: string): Heard {
  const mouse: Mouse[] = []
  const keys = text.replace(REPORT, (_, code: string, x: string, y: string, end: string) => {
    const report = mouseOf(Number(code), Number(x), Number(y), end === 'M')
    if (report) mouse.push(report)
    return ''
  })
  const rest = UNFINISHED.exec(keys)?.[0] ?? ''
  return { keys: keys.slice(0, keys.length - rest.length), mouse, rest }
}
