import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { withEntries, withoutEntry, writtenNames } from '../../src/repos/edit-repos.ts'
import { placeOfMember, withExtension } from '../../src/repos/extend-entry.ts'

const ENTRY = { name: 'new', path: '../new', tags: ['a b', '#c'] }
const ECOSYSTEM = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'ecosystem-repos.yaml'), 'utf8')

const add = (text: string | null) => withEntries('repos.yaml', text, [ENTRY])
const reposOf = (text: string) => (parse(text) as { repos: unknown[] }).repos

test('an entry comes behind the last one, as the others are indented; all else keeps its bytes', () => {
  const after = add(ECOSYSTEM)
  const at = ECOSYSTEM.indexOf('roles:\n')
  expect(after).toBe(
    `${ECOSYSTEM.slice(0, at)}- name: new\n  path: ../new\n  tags:\n    - a b\n    - "#c"\n${ECOSYSTEM.slice(at)}`,
  )
  expect(withoutEntry('repos.yaml', after, 8)).toBe(ECOSYSTEM)
})

test('an entry goes with its lines, and nothing beside it', () => {
  const names = writtenNames('repos.yaml', ECOSYSTEM).map(({ name }) => name)
  const after = withoutEntry('repos.yaml', ECOSYSTEM, names.indexOf('oneiric'))
  const [from, to] = [ECOSYSTEM.indexOf('- name: oneiric'), ECOSYSTEM.indexOf('- name: mcp-common')]
  expect(after).toBe(ECOSYSTEM.slice(0, from) + ECOSYSTEM.slice(to))
})

const NEW = (indent: string, end = '\n') =>
  ['- name: new', '  path: ../new', '  tags:', '    - a b', '    - "#c"']
    .map((line) => indent + line + end)
    .join('')

test.each([
  ['an empty file', '', `repos:\n${NEW('  ')}`],
  ['comments only', '# mine\n', `# mine\nrepos:\n${NEW('  ')}`],
  ['a list of nothing', 'v: 1\nrepos: [] # none\nr: []\n', `v: 1\nrepos: # none\n${NEW('  ')}r: []\n`],
  ['a key alone', 'repos: # none\n\nr: []\n', `repos: # none\n${NEW('  ')}\nr: []\n`],
  ['null', 'repos: ~\nr: []\n', `repos:\n${NEW('  ')}r: []\n`],
  ['no such key', 'r:\n  - name: x', `r:\n  - name: x\nrepos:\n${NEW('  ')}`],
  ['a last line without its end', 'repos:\n- name: a', `repos:\n- name: a\n${NEW('')}`],
  [
    'Windows line ends',
    'repos:\r\n  - name: a\r\n# end\r\n',
    `repos:\r\n  - name: a\r\n${NEW('  ', '\r\n')}# end\r\n`,
  ],
  [
    'comments',
    'repos:\n    - name: a # here\n\n# end\n',
    `repos:\n    - name: a # here\n${NEW('    ')}\n# end\n`,
  ],
  [
    'a block of text at the end',
    'repos:\n  - name: a\n    d: |\n      x\n\n      y\nr: []\n',
    `repos:\n  - name: a\n    d: |\n      x\n\n      y\n${NEW('  ')}r: []\n`,
  ],
  [
    'entries in braces',
    'repos:\n  - {name: a}\n  # between\n  - {name: c}\n',
    `repos:\n  - {name: a}\n  # between\n  - {name: c}\n${NEW('  ')}`,
  ],
  [
    'a list in brackets',
    'repos: [{name: a}] # e\nr: 1\n',
    `repos: [{name: a}, ${JSON.stringify(ENTRY)}] # e\nr: 1\n`,
  ],
  [
    'JSON',
    '{"repos": [{"name": "a"}], "x": 1}',
    `{"repos": [{"name": "a"}, ${JSON.stringify(ENTRY)}], "x": 1}`,
  ],
])('is added to %s', (_, before, after) => {
  expect(add(before)).toBe(after)
})

const MORE = { set: { role: 'on' }, nicknames: ['n', 'm'], tags: ['t'] }
test.each([
  [
    'keys alone',
    'repos:\n  - name: a # here\n    path: x # there\n  # end\n  - {name: b}\n',
    'repos:\n  - name: a # here\n    path: x # there\n    role: "on"\n    nicknames:\n      - "n"\n      - m\n    tags:\n      - t\n  # end\n  - {name: b}\n',
  ],
  [
    'lists, and a last line without its end',
    'repos:\n- name: a\n  path: x\n  nicknames: [] # none\n  tags:\n  - s # s',
    'repos:\n- name: a\n  path: x\n  nicknames: ["n", "m"] # none\n  tags:\n  - s # s\n  - t\n  role: "on"\n',
  ],
  [
    'braces',
    'repos:\n- { name: a, path: x, nickname: k, tags: [s] } # e\n',
    'repos:\n- { name: a, path: x, nickname: k, tags: [s, "t"], role: "on", nicknames: ["n","m"] } # e\n',
  ],
  [
    'JSON',
    '{"repos": [{"name": "a", "path": "x"}]}',
    '{"repos": [{"name": "a", "path": "x", "role": "on", "nicknames": ["n","m"], "tags": ["t"]}]}',
  ],
  [
    'tags of another entry, which do not change',
    'repos:\r\n- <<: &y {tags: [s]}\r\n  name: a\r\n  path: x\r\n- {<<: *y, name: b}\r\n',
    'repos:\r\n- <<: &y {tags: [s]}\r\n  name: a\r\n  path: x\r\n  role: "on"\r\n  nicknames:\r\n    - "n"\r\n    - m\r\n  tags:\r\n    - s\r\n    - t\r\n- {<<: *y, name: b}\r\n',
  ],
])('an entry with %s says more afterwards, and all else keeps its bytes', (_, before, after) => {
  expect(withExtension('f', before, placeOfMember('f', before, 'a'), MORE)).toBe(after)
})

test('a file that is not there begins with what it is', () => {
  expect(add(null)).toMatch(/^# Repositories .*\nrepos:\n {2}- name: new\n/)
})

// What YAML 1.1, which most other programs read, takes for something else than a text.
test.each(
  'y N yes NO On off True FALSE ~ null Null 1 017 0o17 0x1F 0b1 1_000 1e3 1.5 .5 1. +1 .inf -.INF .nan 12:30 190:20:30.15 2026-11-01 2026-11-01T10:00:00Z <<'.split(
    ' ',
  ),
)('%s stands in quotes, as any program has to read it', (word) => {
  const after = withEntries('f', null, [{ name: word, path: word, nickname: word, tags: [word] }])
  expect(after.match(/"[^"]*"/g)).toEqual(Array(4).fill(`"${word}"`))
  expect(reposOf(after)).toEqual([{ name: word, path: word, nickname: word, tags: [word] }])
})

test('what cannot be changed in place is left alone', () => {
  expect(() => add('x: &list [{name: a, path: b}]\nrepos: *list\n')).toThrow(/nothing was written/)
  const merged = 'repos:\n- &y\n  name: a\n  path: x\n- <<: *y\n  name: b\n'
  expect(() => withoutEntry('f', merged, 0)).toThrow(
    /other parts of it refer to this one.*nothing was written/,
  )
  expect(withoutEntry('f', merged, 1)).toBe('repos:\n- &y\n  name: a\n  path: x\n')
  expect(() => withoutEntry('f', 'repos:\n- &y {name: a}\n- *y\n', 0)).toThrow(/nothing was written/)
  expect(() => withoutEntry('f', 'x: &list [{name: a}]\nrepos: *list\n', 0)).toThrow(/nothing was written/)
  const shared = 'x: &x {name: a, path: x}\nrepos:\n- *x\n'
  expect(() => withExtension('f', shared, 0, MORE)).toThrow(/nothing was written/)
  expect(() => writtenNames('f', 'repos:\n- *y\n')).toThrow(/f cannot be read: Unresolved alias/)
  expect(() => add('- a\n')).toThrow(/no list/)
  expect(() => add('repos: [\n')).toThrow(/cannot be read/)
})

test('any file of ours keeps its other entries through additions and removals', () => {
  const words = fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 })
    .map((word) => `x${word.trim()}`)
  const entry = fc.record({
    name: words,
    path: words,
    description: fc.string(),
    extra: fc.array(words, { maxLength: 2 }),
  })
  const file = fc.record({
    version: words,
    repos: fc.array(entry, { minLength: 1, maxLength: 4 }),
    roles: fc.array(words),
  })
  fc.assert(
    fc.property(
      file,
      fc.nat(),
      fc.constantFrom(0, 2),
      fc.constantFrom(20, 80),
      (content, n, indent, lineWidth) => {
        const text = stringify(content, { indentSeq: indent > 0, lineWidth })
        const place = n % content.repos.length
        expect(reposOf(add(text))).toEqual([...content.repos, ENTRY])
        expect(withoutEntry('f', add(text), content.repos.length)).toBe(text)
        const without = withoutEntry('f', text, place)
        expect((parse(without) as typeof content).repos ?? []).toEqual(
          content.repos.filter((_, i) => i !== place),
        )
        expect((parse(without) as typeof content).roles).toEqual(content.roles)
      },
    ),
    { seed: 1, numRuns: process.env.MHV_LONG ? 5000 : 200 },
  )
})
