import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFilter } from '../../src/intent/filter/parse-filter.ts'
import { parseRequest } from '../../src/intent/parse-request.ts'
import type { Guess, ParsedRequest } from '../../src/intent/parsed-request.ts'
import { CONTEXT } from './ecosystem-context.ts'

const numRuns = process.env.MHV_LONG ? 20_000 : 400

/** Pieces of requests, in any order: what no person writes finds what no table has. */
const PIECES = [
  'fix',
  'Add',
  'by Friday',
  'next week',
  'urgent:',
  'asap',
  'P1',
  '!high',
  '(3h)',
  '~2d',
  '#tui',
  '+ui',
  '#45',
  'after #4',
  'blocked by akosha#3 and #9',
  'in akosha',
  '@noor',
  '@on',
  '[dhara]',
  'crakerjack:',
  'assign Ann:',
  'for me',
  'labels: a, b',
  'so that it works',
  '- [ ] done',
  '\n',
  '\n\n',
  ',',
  '.',
  ';',
  ' - ',
  '“by Friday”',
  '`in akosha`',
  "'x'",
  '"',
  '`',
  '(',
  ')',
  '<b>',
  '2026-03-20',
  '2024-02-30',
  'every Monday',
  'low priority',
  'the',
  'board',
  'and',
  'crashes',
  '修复',
  'до завтра',
  '🚨',
  '\u0007',
  '\u001b[31m',
  'https://a.b/c',
  'src/a.ts',
]
const request = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(' ')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
)

/** Where pieces are put together without blanks, a word ends at digits and where another script begins. */
const WORD = /\p{N}+|\p{Script=Han}+|\p{Script=Cyrillic}+|(?:(?![\p{Script=Han}\p{Script=Cyrillic}])\p{L})+/gu
const wordsOf = (text: string) => new Set(text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ' ').match(WORD) ?? [])

function kept(text: string, parse: ParsedRequest): string {
  const { title, description, criteria, confidence, doubts, removed, ...fields } = parse
  const guesses: (Guess<unknown> | null)[] = Object.values(fields)
  const evidence = guesses
    .flatMap((guess) => guess?.evidence ?? [])
    .map(({ from, to }) => text.slice(from, to))
  return [title.value, description?.value ?? '', ...(criteria?.value ?? []), ...evidence].join('\n')
}

test('no word is lost, and nothing is said of places that are not there', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (text) => {
      const parse = await parseRequest(text, CONTEXT)
      const words = wordsOf(kept(text, parse))
      // A word that only joined a field to the rest goes with it.
      const lost = [...wordsOf(text)].filter((word) => !words.has(word) && !/^(?:and|but|then)$/i.test(word))
      expect(lost).toEqual([])
      expect(parse.title.value.length).toBeLessThanOrEqual(200)
      expect(parse.confidence).toBeGreaterThan(0)
      expect(parse.confidence).toBeLessThan(1)
      for (const field of Object.values(parse)) {
        for (const { from, to } of (field as Guess<unknown> | null)?.evidence ?? []) {
          expect(0 <= from && from <= to && to <= text.length).toBe(true)
        }
      }
    }),
    { seed: 1, numRuns },
  )
})

test('the same words are understood the same', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (text) => {
      expect(await parseRequest(text, CONTEXT)).toEqual(await parseRequest(text, CONTEXT))
    }),
    { seed: 2, numRuns: numRuns / 4 },
  )
})

test('a filter is made of any words', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (text) => {
      await parseFilter(text, CONTEXT)
    }),
    { seed: 3, numRuns: numRuns / 4 },
  )
})

// Each repeats what some rule begins with: one that looks back and forth would not end within the test's time.
describe('long requests come to an end', () => {
  const repeated = [
    ...[
      'a',
      ' ',
      'a ',
      '#',
      '#1 ',
      '# ',
      '@',
      '@a',
      '@a ',
      '"',
      "'",
      "' ",
      '`',
      '<',
      '<a',
      '[',
      '[a] ',
      '(',
      '((3h',
      '/',
      'a/',
      '/a',
      '-',
      '--a',
      '_',
      'a_',
      '.',
      'a.',
      ':',
      'a:',
      ',',
      'a,',
      ', ',
    ],
    ...[
      'after #1 ',
      'after #1, ',
      'by ',
      'by Friday ',
      '1',
      '1.',
      '1-',
      '2026-',
      '2026-03-20',
      'A',
      'A-1 ',
      'Ab ',
      'Abc Def ',
      'in ',
      'in a ',
      'for A ',
      'blocked by #1 and ',
      'labels: a, ',
      'every ',
      'priority ',
      'very ',
    ],
    ...[
      'not ',
      'would be nice ',
      'is ',
      'the ',
      'end of ',
      'next ',
      'https://',
      'so that ',
      '- [ ] ',
      '\n',
      '\n- [ ] a',
      '{"a":',
      'a: b\n',
      '\u0000',
      '\uE001',
      '中',
      'я',
      'あ',
      'morgen ',
      '5 points ',
      '~1h ',
      '+a ',
      'a@b.',
      'when you have ',
      'urgent ',
    ],
  ]
  test.each(repeated)('%j', async (piece) => {
    const text = piece.repeat(Math.ceil(5000 / piece.length)).slice(0, 5000)
    const parse = await parseRequest(text, CONTEXT)
    expect(parse.title.value.length).toBeLessThanOrEqual(200)
    await parseFilter(text, CONTEXT)
  })
})
