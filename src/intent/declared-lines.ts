import type { Reading } from './reading.ts'

/** Code, and what is read as criteria: none of it is said about the task. */
const NOT_SAID = [
  /^[ \t]*(```|~~~)[^\n]*(?:\n[\s\S]*?(?:^[ \t]*\1[^\n]*$|$(?![\s\S]))|$(?![\s\S]))/gm,
  /^(?: {4}|\t)[^\n]*$/gm,
  /^[ \t]*[-*+][ \t]+\[[ xX]?\][^\n]*$/gm,
]
const WISHES =
  /^(?:(?:i|we|it|this|that|they)\s+)?(?:would|['’]d|needs?|must|should|ha(?:s|ve) to|wants?|please|ideally|is|to be)(?![\p{L}\p{N}])[^.;!?]*$|^(?:this|it|that)$/iu

/** Blanks in the lines after the first what says nothing about the task. */
export function keepUnsaid(reading: Reading): void {
  for (const pattern of NOT_SAID) {
    for (const match of reading.text.matchAll(pattern))
      reading.keep(match.index, match.index + match[0].length)
  }
}

/** Whether a line, or a sentence in it, by itself says a deadline and no more; `from` and `to` are those of its words. */
export function declares(reading: Reading, from: number, to: number): boolean {
  const ahead = /[^\n.;!?]*$/
    .exec(reading.text.slice(0, from))![0]
    .replace(/^[\s*_-]+/, '')
    .trim()
  return (
    (ahead === '' || WISHES.test(ahead)) && /^[ \t]*(?:[.,;!?)\n\r]|please|$)/i.test(reading.text.slice(to))
  )
}
