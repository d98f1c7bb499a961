/** Texts whose columns are their characters. */
export const ASCII = /^[\x20-\x7e]*$/

/** Columns that a text takes on a terminal; wide characters take two. */
export type Measure = (text: string) => number

/** A measure for texts. The tables of wide characters take a quarter of a start-up to load: only where there may be such. */
export async function measureFor(isAscii: boolean): Promise<Measure> {
  if (isAscii) return (text) => text.length
  const { default: stringWidth } = await import('string-width')
  return (text) => (ASCII.test(text) ? text.length : stringWidth(text))
}

/** The text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number, widthOf: Measure): string {
  if (widthOf(text) <= width) return text
  let taken = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const next = widthOf(segment)
    if (used + next > width - 1) break
    taken += segment
    used += next
  }
  return `${taken}…`
}
