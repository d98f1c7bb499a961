import type { Corpus } from './corpus.ts'
import { type Concept, eachScore, type Member, ownRarity } from './lexical-scores.ts'
import { fieldTexts, type TaskText, TEXT_FIELDS } from './task-terms.ts'
import { wordsIn } from './tokens.ts'

/** What is left of a score when all that made it is taken away again. */
const ROUNDING = 1e-9

/** Whether a document has some terms as they stand in a phrase; the index knows only that it has them all. */
export type HasPhrase = (number: number, terms: readonly string[]) => boolean

const isAt = (sequence: readonly string[], at: number, terms: readonly string[]) =>
  terms.every((term, i) => sequence[at + i] === term)

/** @param textOf of a document, by its number */
export function phrasesIn(textOf: (number: number) => TaskText): HasPhrase {
  const sequences = new Map<number, readonly (readonly string[])[]>()
  const sequencesOf = (number: number) => {
    const texts = fieldTexts(textOf(number))
    return TEXT_FIELDS.map((field) =>
      wordsIn(texts[field]).flatMap(({ term, isStop, isWhole }) => (isStop || isWhole ? [] : [term])),
    )
  }
  return (number, terms) => {
    const known = sequences.get(number) ?? sequencesOf(number)
    sequences.set(number, known)
    return known.some((sequence) => sequence.some((_, at) => isAt(sequence, at, terms)))
  }
}

/** Whether a document has what a member of a part of a query stands for. */
export const holds = ({ terms }: Member, number: number, hasPhrase: HasPhrase): boolean =>
  terms.length === 1 || hasPhrase(number, terms)

/**
 * Takes from the scores of documents what phrases have brought whose words stand apart in them. That needs their texts,
 * and so is done for the best of them only.
 * @param numbers of the documents, of which none has been looked at before
 */
export function withoutFalsePhrases(
  corpus: Corpus,
  concepts: readonly Concept[],
  scores: Float64Array,
  numbers: readonly number[],
  hasPhrase: HasPhrase,
): void {
  const asked = new Set(numbers)
  for (const concept of concepts) {
    const phrases = concept.members.filter(({ terms }) => terms.length > 1)
    if (phrases.length === 0) continue
    const most = ownRarity(corpus, concept)
    // Where the word itself brought more, whether others stand together makes no difference.
    const own = new Map<number, number>()
    const [first] = concept.members
    if (first && first.terms.length === 1) {
      eachScore(corpus, first, most, (number, score) => {
        if (asked.has(number)) own.set(number, score)
      })
    }
    const brought = new Map<number, { readonly member: Member; readonly score: number }[]>()
    for (const member of phrases) {
      eachScore(corpus, member, most, (number, score) => {
        if (!asked.has(number) || score <= (own.get(number) ?? 0)) return
        const list = brought.get(number)
        if (list) list.push({ member, score })
        else brought.set(number, [{ member, score }])
      })
    }
    for (const [number, list] of brought) {
      if (list.every(({ member }) => holds(member, number, hasPhrase))) brought.delete(number)
    }
    if (brought.size === 0) continue
    for (const member of concept.members) {
      if (member.terms.length > 1) continue
      eachScore(corpus, member, most, (number, score) => brought.get(number)?.push({ member, score }))
    }
    for (const [number, list] of brought) {
      list.sort((a, b) => b.score - a.score)
      const kept = list.find(({ member }) => holds(member, number, hasPhrase))
      const left = scores[number]! - list[0]!.score + (kept?.score ?? 0)
      scores[number] = left < ROUNDING ? 0 : left
    }
  }
}
