import { insensitive } from './insensitive.ts'
import type { Guess, Span } from './parsed-request.ts'
import { type Reading, TAKEN } from './reading.ts'
import { tidied } from './tidy-title.ts'

const BOX = /^[ \t]*[-*+][ \t]+\[ ?\][ \t]+(.{1,400})$/
const SO_THAT = insensitive(/(?<![\p{L}\p{N}])so that\s+([^\n]{3,300}?)(?=[.;](?:\s|$)|\n|$)/giu)

/** The lines of a text that are criteria to tick, and the others. */
export function splitCriteria(
  body: string,
  from: number,
): { criteria: string[]; evidence: Span[]; rest: string } {
  const criteria: string[] = []
  const evidence: Span[] = []
  const rest: string[] = []
  let [at, isCode] = [from, false]
  for (const line of body.split('\n')) {
    if (/^[ \t]*(?:```|~~~)/.test(line)) isCode = !isCode
    const box = isCode ? null : BOX.exec(line)
    if (box) {
      criteria.push(box[1]!.trim())
      evidence.push({ from: at, to: at + line.length })
    } else rest.push(line)
    at += line.length + 1
  }
  return {
    criteria,
    evidence,
    rest: rest
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  }
}

/** The parts of a stretch that have become no field. */
function untaken(reading: Reading, first: number, to: number): Span[] {
  const spans: Span[] = []
  for (let at = first; at < to; at++) {
    if (reading.text[at] === TAKEN) continue
    const start = at
    while (at < to && reading.text[at] !== TAKEN) at++
    const words = reading.original.slice(start, at)
    const from = start + words.length - words.trimStart().length
    if (words.trim() !== '') spans.push(reading.span(from, from + words.trim().length))
  }
  return spans
}

/**
 * What a line says has to hold in the end, “so that …”, without the fields in it. The words stay in the title as well:
 * they say why, which it does not without them.
 */
export function purposes(reading: Reading): { criteria: string[]; evidence: Span[] } {
  const found = { criteria: [] as string[], evidence: [] as Span[] }
  if (!/so that/i.test(reading.text)) return found
  for (const match of [...reading.text.matchAll(SO_THAT())].slice(0, 5)) {
    const end = match.index + match[0].length
    const criterion = tidied(reading, end - match[1]!.length, end)
    if (criterion === '') continue
    found.criteria.push(criterion)
    found.evidence.push(...untaken(reading, match.index, end))
  }
  return found
}

export const criteriaGuess = (
  criteria: readonly string[],
  evidence: readonly Span[],
): Guess<readonly string[]> | null =>
  criteria.length === 0 ? null : { value: criteria, confidence: 0.9, evidence }
