import type { Span } from './parsed-request.ts'
import { type Reading, TAKEN, titleReading } from './reading.ts'

const LONGEST = 200

/** Of all that parted fields from each other and from the sentence, one sign is enough: the last. */
const lastSign = (run: string): string => /[,;:.!?](?=[^,;:.!?]*$)/.exec(run)?.[0] ?? ''

/**
 * What is left of a stretch when the fields are out of it, with the punctuation mended that they leave behind. What was
 * kept is in it as it was written: values are made here, never of what readers look at.
 */
export function tidied(reading: Reading, start: number, end: number): string {
  let left = ''
  for (let i = start; i < end; i++) left += reading.text[i] === TAKEN ? TAKEN : reading.original[i]
  if (!left.includes(TAKEN)) return left.replace(/\s+/g, ' ').trim()
  return left
    .replace(/[([{][\s\uE001,;:&|/+-]*\uE001[\s\uE001,;:&|/+-]*[)\]}]/g, TAKEN)
    .replace(
      /^[\s\uE001,;:.!?|/–—：，。+&-]*\uE001[\s\uE001,;:.!|/–—：，。+&-]*(?:(?:and|but|then)\s+)?/i,
      '',
    )
    .replace(
      /(?:\s+(?:and|but))?[\s\uE001,;:|/–—：，+&-]*\uE001[\s\uE001,;:|/–—：，+&-]*([.!?]?)[\s\uE001.]*$/i,
      '$1',
    )
    .replace(/([.!?])\s*[.!?]$/, '$1')
    .replace(/[\s,;:]*\uE001[\s\uE001,;:]*(?:[.!?](?=\s|$))?/g, (run) => `${lastSign(run)} `)
    .replace(/\s+([,;:.!?])(?=\s|$)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A title that fits, and whether it had to be cut at a word for that. */
export function cutTitle(title: string): { readonly title: string; readonly isCut: boolean } {
  if (title.length <= LONGEST) return { title, isCut: false }
  const sentence = /^.{20,199}?[.!?](?=\s)/su.exec(title)
  if (sentence && sentence[0].length <= LONGEST) return { title: sentence[0], isCut: true }
  const cut = title.slice(0, LONGEST - 1)
  const word = cut.replace(/\s+\S*$/, '')
  const whole = (word.length > LONGEST / 2 ? word : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd()
  return { title: `${whole}…`, isCut: true }
}

/** The title of a request when just these parts are out of it, so that others stand in it as they were written. */
export function titleWithout(request: string, removed: readonly Span[]): string {
  const reading = titleReading(request)
  for (const { from, to } of removed) reading.take(from - reading.from, to - reading.from)
  return cutTitle(tidied(reading, 0, reading.original.length)).title
}
