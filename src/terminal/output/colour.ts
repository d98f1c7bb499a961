import { Ansis } from 'ansis'
import { isPlain } from './output-mode.ts'

/** Whether colours are asked for also where there is no terminal: for a pager that shows them, or the log of a pipeline. */
function isForced(): boolean {
  return !/^(?:0|false)?$/.test(process.env.FORCE_COLOR ?? '')
}

/** Colours for a stream; null where it shows none. */
export const colourOf = ({ isTTY }: Pick<NodeJS.WriteStream, 'isTTY'>): Ansis | null =>
  (isForced() || (isTTY && process.env.TERM !== 'dumb')) && !process.env.NO_COLOR && !isPlain()
    ? new Ansis(1)
    : null

/** Where standard output wants them; NO_COLOR, TERM=dumb and --plain turn them off, FORCE_COLOR on where there is no terminal. */
export const isColoured = colourOf(process.stdout) !== null
export const colour = new Ansis(isColoured ? 1 : 0)

const STATUS_COLOUR: Readonly<Record<string, (text: string) => string>> = {
  pending: (text) => text,
  waiting: colour.gray,
  in_progress: colour.cyan,
  blocked: colour.red,
  completed: colour.green,
  failed: colour.red,
  cancelled: colour.gray,
}
const PRIORITY_COLOUR: Readonly<Record<string, (text: string) => string>> = {
  critical: colour.red.bold,
  high: colour.yellow,
  medium: (text) => text,
  low: colour.gray,
}

const OUTCOME_COLOUR: Readonly<Record<string, (text: string) => string>> = {
  passed: colour.green,
  failed: colour.red,
  'failed (advisory)': colour.yellow,
  'timed out': colour.red,
  'not started': colour.red,
  overridden: colour.yellow,
  cancelled: colour.yellow,
  skipped: colour.gray,
}

type Paint = (text: string) => string
const paintBy = (colours: Readonly<Record<string, Paint>>): Paint =>
  isColoured ? (word) => (colours[word] ?? String)(word) : (word) => word

export const colourStatus = paintBy(STATUS_COLOUR)
export const colourPriority = paintBy(PRIORITY_COLOUR)
export const paintOutcome = paintBy(OUTCOME_COLOUR)
