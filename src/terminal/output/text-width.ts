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

/** As many of a text's characters as a width has room for, from its beginning. */
function taken(segments: Iterable<string>, width: number, widthOf: Measure): string[] {
  const within: string[] = []
  let used = 0
  for (const segment of segments) {
    used += widthOf(segment)
    if (used > width) break
    within.push(segment)
  }
  return within
}

function* segmentsOf(text: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter().segment(text)) yield segment
}

/** The text cut to a width, with an ellipsis where something is missing. */
export const cut = (text: string, width: number, widthOf: Measure): string =>
  widthOf(text) <= width ? text : `${taken(segmentsOf(text), width - 1, widthOf).join('')}…`

/** The same with its end, and the ellipsis in front. */
export const cutInFront = (text: string, width: number, widthOf: Measure): string =>
  widthOf(text) <= width
    ? text
    : `…${taken([...segmentsOf(text)].reverse(), width - 1, widthOf)
        .reverse()
        .join('')}`
