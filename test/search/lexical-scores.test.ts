import * as fc from 'fast-check'
import MiniSearch from 'minisearch'
import { expect, test } from 'vitest'
import { explain } from '../../src/search/explain.ts'
import { type Concept, lexicalScores } from '../../src/search/lexical-scores.ts'
import { type TaskText, termCounts } from '../../src/search/task-terms.ts'
import { runs } from '../support/nasty-text.ts'
import { corpusOfTexts } from '../support/searched-texts.ts'

const VOCABULARY = ['cursor', 'deploy', 'zone', 'badge', 'query', 'panel', 'mail', 'token']
const words = (most: number) =>
  fc.array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: most }).map((all) => all.join(' '))
const anyText: fc.Arbitrary<TaskText> = fc
  .tuple(words(5), fc.option(words(12)))
  .map(([title, description]) => ({ title, description }))
const anyTexts = fc.array(anyText, { minLength: 1, maxLength: 15 })

const wordConcept = (term: string): Concept => ({
  text: term,
  members: [{ terms: [term], weight: 1, relation: 'word' }],
})
const stems = VOCABULARY.map((word) => [...termCounts({ title: word }).counts.keys()][0]!)
const anyMember = fc.record({
  terms: fc.uniqueArray(fc.constantFrom(...stems), { minLength: 1, maxLength: 2 }),
  weight: fc.constantFrom(1, 0.7, 0.35, 0.1),
  relation: fc.constantFrom('word' as const, 'synonym' as const),
})
const anyConcepts: fc.Arbitrary<Concept[]> = fc.array(
  fc.array(anyMember, { minLength: 1, maxLength: 3 }).map((members) => ({ text: 'asked', members })),
  { maxLength: 3 },
)

/** The same as the formula says it, for every document and member. */
function naiveScores(texts: readonly TaskText[], concepts: readonly Concept[]): number[] {
  const documents = texts.map((text) => termCounts(text))
  const average = documents.reduce((sum, { length }) => sum + length, 0) / documents.length
  const countOf = (document: (typeof documents)[number], terms: readonly string[]) =>
    Math.min(...terms.map((term) => document.counts.get(term) ?? 0))
  return documents.map((document) =>
    concepts.reduce((sum, { members }) => {
      const idfOf = (terms: readonly string[]) => {
        const having = documents.filter((other) => countOf(other, terms) > 0).length
        return Math.log(1 + (documents.length - having + 0.5) / (having + 0.5))
      }
      const own = members.find(({ relation }) => relation === 'word')
      const isThere = own && documents.some((other) => countOf(other, own.terms) > 0)
      const scores = members.map(({ terms, weight }) => {
        const idf = Math.min(isThere ? idfOf(own.terms) : Number.POSITIVE_INFINITY, idfOf(terms))
        const count = countOf(document, terms)
        return (weight * idf * count * 3.4) / (count + 2.4 * (0.25 + (0.75 * document.length) / average))
      })
      return sum + Math.max(0, ...scores)
    }, 0),
  )
}

test('scores are those of BM25, of each part of a query its best member, which counts no rarer than the word itself', () => {
  fc.assert(
    fc.property(anyTexts, anyConcepts, (texts, concepts) => {
      const scores = lexicalScores(corpusOfTexts(texts), concepts)
      for (const [i, score] of naiveScores(texts, concepts).entries()) expect(scores[i]).toBeCloseTo(score, 9)
    }),
    runs(200),
  )
})

test('scores do not depend on how documents are spread over segments', () => {
  fc.assert(
    fc.property(anyTexts, anyConcepts, fc.array(fc.nat(6), { maxLength: 4 }), (texts, concepts, sizes) => {
      const rest = texts.length - sizes.reduce((sum, size) => sum + size, 0)
      fc.pre(rest >= 0)
      expect(lexicalScores(corpusOfTexts(texts, [...sizes, rest]), concepts)).toEqual(
        lexicalScores(corpusOfTexts(texts), concepts),
      )
    }),
    runs(200),
  )
})

test('what is said of a score adds up to it', () => {
  fc.assert(
    fc.property(anyTexts, anyConcepts, (texts, concepts) => {
      const corpus = corpusOfTexts(texts)
      const scores = lexicalScores(corpus, concepts)
      for (const [number, score] of scores.entries()) {
        const parts = explain(corpus, concepts, number, () => true)
        expect(parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 9)
        expect(parts.map((part) => part.score)).toEqual(parts.map((part) => part.score).sort((a, b) => b - a))
      }
    }),
    runs(100),
  )
})

/** How two rankings agree on pairs that neither holds for equal, from -1 to 1 (Kendall). */
function agreement(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  let pairs = 0
  for (let i = 0; i < a.length; i++) {
    for (let k = 0; k < i; k++) {
      const signs = Math.sign(a[i]! - a[k]!) * Math.sign(b[i]! - b[k]!)
      sum += signs
      pairs += Math.abs(signs)
    }
  }
  return pairs === 0 ? 1 : sum / pairs
}

// Its BM25+ has other parameters and counts approximately how long a text is: the order is alike, not the same.
test('plain words in one field are ranked much as MiniSearch does', () => {
  const fields = fc.sample(fc.array(words(12), { minLength: 40, maxLength: 40 }), { seed: 1, numRuns: 20 })
  const agreements = fields.flatMap((titles) => {
    const other = new MiniSearch({ fields: ['title'] })
    other.addAll(titles.map((title, id) => ({ id, title })))
    const corpus = corpusOfTexts(titles.map((title) => ({ title })))
    return [0, 3].map((from) => {
      const theirs = new Map(
        other.search(VOCABULARY.slice(from, from + 2).join(' ')).map(({ id, score }) => [id, score]),
      )
      const ours = lexicalScores(corpus, stems.slice(from, from + 2).map(wordConcept))
      const found = [...ours.keys()].filter((number) => ours[number]! > 0)
      expect(found).toEqual([...theirs.keys()].sort((a, b) => a - b))
      return agreement(
        found.map((number) => ours[number]!),
        found.map((number) => theirs.get(number)!),
      )
    })
  })
  expect(Math.min(...agreements)).toBeGreaterThan(0.5)
  expect(agreements.reduce((sum, each) => sum + each, 0) / agreements.length).toBeGreaterThan(0.8)
})
