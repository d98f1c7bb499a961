import type { Corpus } from './corpus.ts'
import { type Concept, eachScore, ownRarity, type Relation } from './lexical-scores.ts'
import { type HasPhrase, holds } from './phrases.ts'

/** What a part of a query has brought a document. */
export interface Contribution {
  /** The part as it was written, or the word that feedback added. */
  readonly asked: string
  /** The terms that the document has for it. */
  readonly terms: readonly string[]
  readonly relation: Relation
  readonly score: number
}

/** Why a document has its lexical score: the parts add up to it; the weightiest first. */
export function explain(
  corpus: Corpus,
  concepts: readonly Concept[],
  number: number,
  hasPhrase: HasPhrase,
): Contribution[] {
  const contributions = concepts.flatMap((concept): Contribution[] => {
    const { text, members } = concept
    const most = ownRarity(corpus, concept)
    let best = null as Contribution | null
    for (const member of members) {
      if (!holds(member, number, hasPhrase)) continue
      eachScore(corpus, member, most, (document, score) => {
        if (document !== number || (best && best.score >= score)) return
        best = { asked: text, terms: member.terms, relation: member.relation, score }
      })
    }
    return best ? [best] : []
  })
  return contributions.sort((a, b) => b.score - a.score)
}
