import stringWidth from 'string-width'
import type { Span } from './rich-line.ts'

const segmenter = new Intl.Segmenter()

/** What is seen as one character, with the span that it begins in and the columns that it takes. */
interface Glyph {
  readonly text: string
  readonly span: number
  readonly width: number
  readonly isBlank: boolean
}

/** Characters are taken apart over all spans at once: a mark in the next one belongs to the letter before it. */
function glyphsOf(spans: readonly Span[]): Glyph[] {
  const glyphs: Glyph[] = []
  let span = 0
  let end = spans[0]?.text.length ?? 0
  for (const { segment, index } of segmenter.segment(spans.map(({ text }) => text).join(''))) {
    while (index >= end) end += spans[++span]!.text.length
    const isPlain = segment.length === 1 && segment >= ' ' && segment <= '~'
    glyphs.push({
      text: segment,
      span,
      width: isPlain ? 1 : stringWidth(segment),
      isBlank: segment === ' ' || segment === '\n',
    })
  }
  return glyphs
}

/** Glyphs of the same span put together again. */
function spansOf(glyphs: readonly Glyph[], from: readonly Span[]): Span[] {
  const spans: Span[] = []
  for (let i = 0; i < glyphs.length; ) {
    const { span } = glyphs[i]!
    let text = ''
    for (; glyphs[i]?.span === span; i++) text += glyphs[i]!.text
    spans.push({ ...from[span]!, text })
  }
  return spans
}

/** Where a line that begins at a glyph ends, and where the next one begins. */
function endOfLine(glyphs: readonly Glyph[], start: number, width: number, isKept: boolean) {
  let used = 0
  let blank = -1
  let isBegun = false
  for (let i = start; i < glyphs.length; i++) {
    const glyph = glyphs[i]!
    if (glyph.text === '\n') return { end: i, next: i + 1 }
    if (used + glyph.width > width) {
      if (isKept) return blank > start ? { end: blank + 1, next: blank + 1 } : { end: i, next: i }
      if (glyph.isBlank) return { end: i, next: i + 1 }
      return blank > start ? { end: blank, next: blank + 1 } : { end: i, next: i }
    }
    // What code is indented by is no place to end a line.
    isBegun ||= !glyph.isBlank
    if (glyph.isBlank && (isBegun || !isKept)) blank = i
    used += glyph.width
  }
  return { end: glyphs.length, next: glyphs.length }
}

/** The least width that a character can be put into. */
export const LEAST_WIDTH = 2

/**
 * Spans in lines of at most a width, of 2 columns or more. A line ends at a line break, before a word that is too long for
 * the rest, or within one that is too long for any; of the blanks where it ends, the one in between goes.
 * @param isKept whether all blanks stay, as of code: a line ends behind one of them
 */
export function wrappedSpans(spans: readonly Span[], width: number, isKept = false): Span[][] {
  const glyphs = glyphsOf(spans)
  const lines: Span[][] = []
  for (let start = 0; start < glyphs.length; ) {
    const { end, next } = endOfLine(glyphs, start, Math.max(LEAST_WIDTH, width), isKept)
    lines.push(spansOf(glyphs.slice(start, end), spans))
    start = next
  }
  return lines.length > 0 ? lines : [[]]
}

/** Columns that spans take on one line. */
export const widthOfLine = (spans: readonly Span[]): number =>
  glyphsOf(spans).reduce((sum, { width }) => sum + width, 0)
