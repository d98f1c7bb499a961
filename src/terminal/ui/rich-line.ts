import { cut, widthOf, wrapped } from './text-width.ts'
import type { Role, Style } from './theme.ts'

/** A piece of a line, drawn in one way. */
export interface Span {
  readonly text: string
  readonly role: Role
  /** Besides what its role is drawn with. */
  readonly style?: Style
  /** Where it leads, on the web or to a mailbox. */
  readonly address?: string
}

export type RichLine = readonly Span[]

export const span = (text: string, role: Role = 'text', style?: Style): Span =>
  style ? { text, role, style } : { text, role }

/** A text in lines of a width, all of one role. */
export const richLines = (text: string, width: number, role: Role = 'text'): RichLine[] =>
  wrapped(text, width).map((line) => [span(line, role)])

/** The line cut to a width. */
export function cutLine(line: RichLine, width: number): RichLine {
  const kept: Span[] = []
  let left = width
  for (const each of line) {
    if (left <= 0) break
    const text = cut(each.text, left)
    kept.push({ ...each, text })
    left -= widthOf(text)
  }
  return kept
}
