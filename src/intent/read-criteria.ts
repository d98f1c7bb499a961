import { insensitive } from './insensitive.ts'
import type { Guess, Span } from './parsed-request.ts'

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

/**
 * What a text says has to hold in the end, “so that …”. The words stay where they are as well: they say why, which a
 * title or description without them does not.
 */
export function purposes(text: string, from: number): { criteria: string[]; evidence: Span[] } {
  const found = [...text.matchAll(SO_THAT())].slice(0, 5)
  return {
    criteria: found.map((match) => match[1]!.trim()),
    evidence: found.map((match) => ({ from: from + match.index, to: from + match.index + match[0].length })),
  }
}

export const criteriaGuess = (
  criteria: readonly string[],
  evidence: readonly Span[],
): Guess<readonly string[]> | null =>
  criteria.length === 0 ? null : { value: criteria, confidence: 0.9, evidence }
