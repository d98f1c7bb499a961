import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conceptsOf } from '../../src/search/concepts.ts'
import { feedbackConcepts, ranked } from '../../src/search/feedback.ts'
import { lexicalScores } from '../../src/search/lexical-scores.ts'
import { termCounts } from '../../src/search/task-terms.ts'
import { runs } from '../support/nasty-text.ts'
import { corpusOfTexts } from '../support/searched-texts.ts'

describe('the best documents', () => {
  /** Few different scores, so that many are equal. */
  const anyScores = fc.array(fc.constantFrom(0, 0.5, 1, 2, 3.25), { maxLength: 60 })

  test('are those that sorting all of them gives; of equal ones the lower number', () => {
    fc.assert(
      fc.property(
        anyScores,
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 3 }),
        (all, most, part) => {
          const isWanted = (number: number) => number % part === 0
          const sorted = all
            .map((score, number) => ({ score, number }))
            .filter(({ score, number }) => score > 0 && isWanted(number))
            .sort((a, b) => b.score - a.score || a.number - b.number)
            .map(({ number }) => number)
          expect(ranked(Float64Array.from(all), most, isWanted)).toEqual(sorted.slice(0, most))
          expect(ranked(Float64Array.from(all), Number.POSITIVE_INFINITY, isWanted)).toEqual(sorted)
        },
      ),
      runs(300),
    )
  })

  test('are the same texts, in whatever order these come', () => {
    const anyTitles = fc.uniqueArray(
      fc
        .array(fc.constantFrom('cursor', 'zone', 'badge'), { minLength: 1, maxLength: 4 })
        .map((words) => words.join(' ')),
      { minLength: 2, maxLength: 8 },
    )
    fc.assert(
      fc.property(anyTitles, fc.nat(), (titles, turn) => {
        const scoresByTitle = (all: readonly string[]) => {
          const corpus = corpusOfTexts(all.map((title) => ({ title })))
          const scores = lexicalScores(corpus, conceptsOf(corpus, 'cursor zone', []))
          return new Map(all.map((title, i) => [title, scores[i]]))
        }
        const at = turn % titles.length
        expect(scoresByTitle([...titles.slice(at), ...titles.slice(0, at)])).toEqual(scoresByTitle(titles))
      }),
      runs(100),
    )
  })
})

describe('feedback', () => {
  const titles = [
    'Cursor jumps in the editor',
    'Cursor of the editor blinks',
    'Editor loses its zebra',
    'Deploy to the zone',
    'Zone of deployment',
  ]
  const texts = titles.map((title) => ({ title }))
  const corpus = corpusOfTexts(texts)
  const termsFor = (query: string) => {
    const concepts = conceptsOf(corpus, query, [])
    return feedbackConcepts(corpus, concepts, lexicalScores(corpus, concepts), (number) =>
      termCounts(texts[number]!),
    )
  }

  test('adds words of the best documents that others have too, never the query’s own', () => {
    const added = termsFor('cursor')
    expect(added.map(({ text }) => text)).toEqual(['editor'])
    expect(added[0]!.members).toEqual([{ terms: ['editor'], weight: 0.25, relation: 'feedback' }])
  })

  test('adds nothing where nothing was found', () => {
    expect(termsFor('unheard')).toEqual([])
  })

  test('counts less than any word of the query, and is the same each time', () => {
    expect(termsFor('editor zone').every(({ members }) => members[0]!.weight <= 0.25)).toBe(true)
    expect(termsFor('editor zone')).toEqual(termsFor('editor zone'))
  })
})
