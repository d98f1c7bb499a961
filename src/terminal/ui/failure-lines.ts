import { harmlessText } from '../../printable.ts'
import { type RichLine, span } from './rich-line.ts'
import { rowsWindow } from './rows-window.ts'
import type { Overlay } from './state.ts'
import { wrapped } from './text-width.ts'

type Failure = Extract<Overlay, { readonly kind: 'failure' }>

const messageRows = ({ title, message }: Failure, width: number) =>
  wrapped(harmlessText(`${title}: ${message}`), width - 2)
const stepRows = ({ steps }: Failure, width: number) =>
  steps.map((text) => wrapped(harmlessText(text), width - 4))

/** Lines that a failure takes, with all of its steps. */
export const failureHeight = (failure: Failure, width: number): number =>
  messageRows(failure, width).length + stepRows(failure, width).flat().length

/** Lines of the message that there is room for: steps need theirs, but for more than half only what it leaves. */
function messageRoom(failure: Failure, width: number, height: number): number {
  const steps = stepRows(failure, width).flat().length
  const message = messageRows(failure, width).length
  return height - Math.min(steps, Math.max(Math.floor(height / 2), height - message))
}

/** Where the message can be scrolled to at most: nowhere, where all of it is shown. */
export function mostScrolled(failure: Failure, width: number, height: number): number {
  const message = messageRows(failure, width).length
  const room = messageRoom(failure, width, height)
  // The last line tells that there is more.
  return message <= room ? 0 : message - room + 1
}

/** What went wrong, which scrolls where it is long, above the steps around the one that is chosen. */
export function failureLines(failure: Failure, width: number, height: number): RichLine[] {
  const all = messageRows(failure, width)
  const room = messageRoom(failure, width, height)
  const most = mostScrolled(failure, width, height)
  const top = Math.min(failure.top, most)
  const message = most === 0 ? all : all.slice(top, top + room - 1)
  const more = `lines ${top + 1} to ${top + message.length} of ${all.length}: PgUp and PgDn scroll`
  const rows = stepRows(failure, width)
  const [from, to] = rowsWindow(rows.length, failure.chosen, height - room, (i) => rows[i]!.length)
  return [
    ...message.map((line) => [span(` ${line}`, 'danger')]),
    ...(most === 0 ? [] : [[span(` ${more}`, 'muted')]]),
    ...rows.slice(from, to).flatMap((lines, i) => {
      const isChosen = from + i === failure.chosen
      return lines.map((line, k) => [
        span(`${isChosen && k === 0 ? ' > ' : '   '}${line}`, isChosen ? 'selection' : 'text'),
      ])
    }),
  ]
}
