import stringWidth from 'string-width'

const PLAIN = /^[\x20-\x7e]*$/

/** Columns that a text takes on a terminal. */
export const widthOf = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text))

const segmenter = new Intl.Segmenter()

/** The text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (width <= 0) return ''
  if (widthOf(text) <= width) return text
  if (PLAIN.test(text)) return `${text.slice(0, width - 1)}…`
  let taken = ''
  let used = 0
  for (const { segment } of segmenter.segment(text)) {
    const next = widthOf(segment)
    if (used + next > width - 1) break
    taken += segment
    used += next
  }
  return `${taken}…`
}

/** The text in exactly a width. */
export function padded(text: string, width: number, isRight = false): string {
  const shown = cut(text, width)
  const blanks = ' '.repeat(Math.max(0, width - widthOf(shown)))
  return isRight ? blanks + shown : shown + blanks
}

/** A text in lines of a width, broken at blanks where there are any. */
export function wrapped(text: string, width: number): string[] {
  if (width <= 0) return []
  return text.split('\n').flatMap((line) => {
    const lines: string[] = []
    let current = ''
    for (const word of line.split(/(?<=\s)(?=\S)/)) {
      if (current !== '' && widthOf((current + word).trimEnd()) > width) {
        lines.push(current.trimEnd())
        current = ''
      }
      current += word
      while (widthOf(current.trimEnd()) > width) {
        const head = cut(current, width + 1).slice(0, -1)
        // A character that is wider than the line.
        if (head === '') break
        lines.push(head)
        current = current.slice(head.length)
      }
    }
    return [...lines, current.trimEnd()]
  })
}
