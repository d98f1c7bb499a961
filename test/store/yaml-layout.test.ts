import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Plain, writeYaml } from '../../src/store/yaml-layout.ts'
import { readOwnYaml } from '../../src/store/yaml-reader.ts'
import { anyText, NASTY_TEXTS, runs } from '../support/nasty-text.ts'

type Mapping = { readonly [key: string]: Plain }

/** -0 is written as 0, which is what JSON does with it too. */
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => (value === 0 ? 0 : value))
const scalar = fc.oneof(anyText, number, fc.boolean(), fc.constant(null))
const key = fc.oneof(fc.constantFrom('title', 'id', 'a b', '__proto__', 'x-y', '1', ''), anyText)
const mappingOf = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(key, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries) as never)
const { value } = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    mappingOf(tie('value')),
  ),
}))
/** A file is never empty. */
const mapping: fc.Arbitrary<Mapping> = mappingOf(value).map((entries: object) => ({ first: 1, ...entries }))

const byLibrary = (text: string) => parse(text, { schema: 'core', logLevel: 'error' }) as unknown
/** Through JSON, because what has no prototype would differ from what has one. */
const same = (read: unknown, written: unknown): void => {
  expect(JSON.stringify(read)).toBe(JSON.stringify(written))
}

describe('whatever is written is read as it was', () => {
  test.each(NASTY_TEXTS.map((text) => [JSON.stringify(text), text]))('%s', (_shown, text) => {
    const places = [
      { text },
      { list: [text, 'x', text] },
      { list: [{ text, other: text }, text, null, 1, [text]] },
      { outer: { inner: { text } } },
      Object.fromEntries([[text, text]]),
      { list: [Object.fromEntries([[text, { [text]: text }]])] },
    ]
    for (const place of places) {
      const yaml = writeYaml(place)
      same(byLibrary(yaml), place)
      same(readOwnYaml(yaml), place)
    }
  })

  test('by the YAML library: any mapping', () => {
    fc.assert(
      fc.property(mapping, (written) => same(byLibrary(writeYaml(written)), written)),
      runs(1500),
    )
  })

  test('by the fast reader: any mapping', () => {
    fc.assert(
      fc.property(mapping, (written) => same(readOwnYaml(writeYaml(written)), written)),
      runs(3000),
    )
  })

  test('a key longer than the 1024 characters that YAML allows before a colon', () => {
    const long = {
      outer: { [`${'k'.repeat(2000)}: `]: ['x', { ['q'.repeat(1500)]: 'yes' }] },
      list: [{ ['z'.repeat(1200)]: 1 }],
    }
    same(byLibrary(writeYaml(long)), long)
    same(readOwnYaml(writeYaml(long)), long)
  })
})

test('readable text stays readable: words without quotes, several lines as a block', () => {
  const yaml = writeYaml({
    title: 'Fix auth bug: refresh (after 1 h)',
    assignee: 'Ann <ann@example.com>',
    labels: ['auth', 'p0/urgent'],
    id: '01JF3ZK4Q8M6W2T5V7X9Y0A1BC',
    at: '2026-11-20T10:00:00.123Z',
    description: 'First line 🦄\n\n  indented # no comment\nlast: line\n',
  })
  expect(yaml).toBe(
    [
      'title: "Fix auth bug: refresh (after 1 h)"',
      'assignee: Ann <ann@example.com>',
      'labels: [auth, p0/urgent]',
      'id: 01JF3ZK4Q8M6W2T5V7X9Y0A1BC',
      'at: 2026-11-20T10:00:00.123Z',
      'description: |',
      '  First line 🦄',
      '',
      '    indented # no comment',
      '  last: line',
      '',
    ].join('\n'),
  )
})

test('ids of digits alone, or of digits around an E, are quoted: a YAML library would make numbers of them', () => {
  for (const id of [
    '01234567890123456789012345',
    '01234E56789012345678901234',
    '0E234567890123456789012345',
  ]) {
    expect(writeYaml({ id })).toBe(`id: "${id}"\n`)
  }
})

test('keys without a value are left out, wherever they are', () => {
  expect(writeYaml({ a: undefined, b: { c: undefined }, d: [{ e: undefined, f: 1 }] })).toBe(
    'b: {}\nd:\n  - f: 1\n',
  )
})
