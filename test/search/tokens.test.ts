import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stemOf, tokens, wordsIn } from '../../src/search/tokens.ts'
import { anyText, NASTY_TEXTS, runs } from '../support/nasty-text.ts'

const termsOf = (text: string) => tokens(text).map(({ term }) => term)

test.each([
  ['fetchHTTPTasks', 'fetch http task fetchhttptask'],
  ['parseJSON2', 'pars json2 parsejson2'],
  ['snake_case_name', 'snake case name snakecasenam'],
  ['src/git-store.ts', 'src git store ts srcgitstoret'],
  ['C:\\Users\\ann', 'user ann usersann'],
  ['ENOENT-12', 'enoent 12 enoent12'],
  ['MHV-042', 'mhv 042 mhv042'],
  ['v1.2.3', 'v1 2 3 v123'],
  ['utf8 UTF-8', 'utf8 utf 8 utf8'],
  ['c++ and C# code', 'c++ c# code'],
  ['drop-down', 'drop down dropdown'],
  ['log in, logged in', 'log login log'],
  ["don't", ''],
  ["the user's file, users’ files", 'user file user file'],
  ['naïve Café', 'naiv cafe'],
  ['日本語', '日本 本語'],
  ['한국어 단어', '한국어 단어'.normalize('NFKD')],
  ['froze frozen freezes freezing', 'freez freez freez freez'],
  ['colour color', 'color color'],
  ['indices index', 'index index'],
  ['initialise initializing', 'initi initi'],
  ['#123', '123'],
])('%s is indexed by: %s', (text, terms) => {
  expect(termsOf(text).join(' ')).toBe(terms)
})

test('an accent makes no other word, however it is written', () => {
  expect(termsOf('re\u0301sume\u0301')).toEqual(termsOf('résumé'))
  expect(termsOf('résumé')).toEqual(termsOf('resume'))
})

test('what is made of words stands where they do', () => {
  expect(wordsIn('to log in').map(({ term, from, to }) => [term, from, to])).toEqual([
    ['to', 0, 2],
    ['log', 3, 6],
    ['in', 7, 9],
    ['login', 3, 9],
  ])
})

describe('any text', () => {
  test('gives words inside of it, in their order, that are never empty', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'grapheme', maxLength: 40 })), (text) => {
        let last = 0
        for (const { term, from, to, isWhole } of wordsIn(text)) {
          expect(term).not.toBe('')
          expect(from).toBeGreaterThanOrEqual(0)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(text.length)
          if (isWhole) continue
          expect(from).toBeGreaterThanOrEqual(last)
          last = from
        }
      }),
      runs(500),
    )
  })

  test('gives the same words wherever it stands', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shifted = tokens(`\n\n${text}`).map(({ term, from, to }) => ({
          term,
          from: from - 2,
          to: to - 2,
        }))
        expect(shifted).toEqual(tokens(text).map(({ term, from, to }) => ({ term, from, to })))
      }),
      runs(200),
    )
  })
})

test('the same words are read beside another script as without one', () => {
  const both = fc.oneof(fc.constantFrom(...NASTY_TEXTS), anyText, fc.string({ maxLength: 60 }))
  fc.assert(
    fc.property(both, (text) => {
      const beside = tokens(`${text}\n日本`).filter(({ from }) => from < text.length)
      expect(beside).toEqual(tokens(text))
    }),
    runs(1000),
  )
})

// The stemmer takes more than the square of a word's length: what is that long is no word of a language.
test.each(['a', 'Á', 'aA', 'a-', "a's", '日', 'A1', '_a', 'ly', 'ing', '𝒜', '++', 'a b '])(
  '20,000 characters of %j end soon',
  (unit) => {
    const text = unit.repeat(20_000 / unit.length)
    const before = performance.now()
    wordsIn(text)
    expect(performance.now() - before).toBeLessThan(1000)
  },
)

test('terms are free of case', () => {
  for (const text of NASTY_TEXTS) for (const { term } of tokens(text)) expect(term).toBe(term.toLowerCase())
  expect(stemOf('Freezing')).toBe(stemOf('freeze'))
})
