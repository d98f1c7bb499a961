import { Ansis } from 'ansis'

/** Colours where standard output is a terminal that wants them; NO_COLOR and TERM=dumb turn them off. */
export const colour = new Ansis(
  process.stdout.isTTY && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb' ? 1 : 0,
)

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

export const colourStatus = (status: string) => (STATUS_COLOUR[status] ?? String)(status)
export const colourPriority = (priority: string) => (PRIORITY_COLOUR[priority] ?? String)(priority)
