import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hitsIn, snippetOf } from '../../src/search/snippet.ts'
import { tokens } from '../../src/search/tokens.ts'
import { anyText, runs } from '../support/nasty-text.ts'

const worths = (...terms: string[]) => new Map(terms.map((term, i) => [term, 1 / (i + 1)]))
const shown = ({ text, hits }: { text: string; hits: readonly { from: number; to: number }[] }) =>
  hits.map(({ from, to }) => text.slice(from, to))

test('a snippet is the stretch with the most of what was looked for', () => {
  const filler = 'Nothing to see here. '.repeat(20)
  const snippet = snippetOf(
    {
      title: 'Cursor',
      description: `The cursor. ${filler}Then cursors and Zones meet.`,
      criteria: [{ text: 'a zone' }],
    },
    worths('cursor', 'zone'),
  )!
  expect(snippet.field).toBe('description')
  expect(shown(snippet)).toEqual(['cursors', 'Zones'])
  expect(snippet.text.length).toBeLessThanOrEqual(160)
})

test('the first of many words that were looked for is in it', () => {
  const description = `${'x'.repeat(300)}/cursor is ${'- '.repeat(58)}then a zone`
  expect(shown(snippetOf({ title: 'One', description }, worths('cursor', 'zone'))!)).toEqual([
    'cursor',
    'zone',
  ])
})

test('a text that says nothing of it has no snippet', () => {
  expect(
    snippetOf({ title: 'Cursor', labels: ['cursor'], description: 'Other' }, worths('cursor')),
  ).toBeNull()
})

test('a comment is shown where only it says so', () => {
  const snippet = snippetOf(
    { title: 'One', description: 'Two', comments: [{ text: 'a zone' }] },
    worths('zone'),
  )
  expect(snippet).toEqual({ field: 'comments', text: 'a zone', hits: [{ from: 2, to: 6 }] })
})

test('of a word inside another only the longer one is marked', () => {
  expect(
    hitsIn('see fetchTasks', worths('task', 'fetch', 'fetchtask')).map(({ from, to }) => [from, to]),
  ).toEqual([[4, 14]])
})

const isHalf = (text: string) => /^[\udc00-\udfff]|[\ud800-\udbff]$/.test(text)

test('any text is cut between characters, its hits inside of it and on words that were looked for', () => {
  const anyDescription = fc
    .array(fc.oneof(fc.constantFrom('cursor', '🦄🦄🦄🦄🦄🦄🦄🦄🦄', '𐐨𐐨𐐨𐐨𐐨'), anyText), {
      minLength: 1,
      maxLength: 40,
    })
    .map((parts) => parts.join(' '))
    // Halves that are in the text by themselves are no cut of ours.
    .map((text) => Buffer.from(text).toString('utf8'))
  fc.assert(
    fc.property(anyDescription, fc.integer({ min: 0, max: 40 }), (text, shift) => {
      const description = 'x'.repeat(shift) + text
      const snippet = snippetOf({ title: 'One', description }, worths('cursor'))
      expect(snippet === null).toBe(!tokens(description).some(({ term }) => term === 'cursor'))
      if (!snippet) return
      expect(description).toContain(snippet.text)
      expect(isHalf(snippet.text)).toBe(false)
      expect(snippet.hits.length).toBeGreaterThan(0)
      for (const word of shown(snippet)) expect(tokens(word).map(({ term }) => term)).toContain('cursor')
    }),
    runs(500),
  )
})
