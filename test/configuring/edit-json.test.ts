import { describe, expect, test } from 'vitest'
import { jsonWith, jsonWithout } from '../../src/configuring/edit-json.ts'

const FILE = `{
\t"name": "x", "files": ["a", "b"],
\t"mhv": {
\t\t"gating": {"jobs": 2, "cache": "own"},
\t\t"sync": { "push":true },
\t\t"worktrees": {
\t\t\t"setup": [
\t\t\t\t"npm ci"
\t\t\t]
\t\t}
\t},
\t"private": true
}
`
const change = (from: string, to: string) => FILE.replace(from, to)

describe('a value is put in its place, and not a character changes around it', () => {
  test.each([
    [['mhv', 'gating', 'jobs'], 8, change('2', '8')],
    [['mhv', 'gating', 'on_override'], 'say "it"', change('"own"', '"own", "on_override": "say \\"it\\""')],
    [['mhv', 'sync', 'push'], false, change('true', 'false')],
    [['mhv', 'worktrees', 'setup'], ['make', 'run'], change('"npm ci"', '"make",\n\t\t\t\t"run"')],
    [['mhv', 'worktrees', 'trash'], '1d', change('\t\t\t]\n', '\t\t\t],\n\t\t\t"trash": "1d"\n')],
    [
      ['mhv', 'next', 'deadline'],
      0,
      change('\t\t}\n\t},', '\t\t},\n\t\t"next": {\n\t\t\t"deadline": 0\n\t\t}\n\t},'),
    ],
    [['files'], [], change('["a", "b"]', '[]')],
    [['mhv', 'gating'], { jobs: 1 }, change('{"jobs": 2, "cache": "own"}', '{"jobs": 1}')],
  ])('%j to %j', (path, value, expected) => {
    expect(jsonWith(FILE, path, value)).toBe(expected)
    expect(jsonWith(FILE.replaceAll('\n', '\r\n'), path, value)).toBe(expected.replaceAll('\n', '\r\n'))
  })

  test.each([
    ['', '{\n  "sync": {\n    "push": true\n  }\n}\n'],
    ['{}', '{\n  "sync": {\n    "push": true\n  }\n}'],
    ['{\n}\n', '{\n  "sync": {\n    "push": true\n  }\n}\n'],
    ['{"a":1}', '{"a":1, "sync":{"push":true}}'],
    ['{"a": 1, "sync": {}}', '{"a": 1, "sync": {"push": true}}'],
    ['{"sync": {"push": false}}\n', '{"sync": {"push": true}}\n'],
  ])('where %j has no such section', (before, after) => {
    expect(jsonWith(before, ['sync', 'push'], true)).toBe(after)
  })

  test('of a name that is there twice the last counts, and the whole is written anew', () => {
    expect(jsonWith('{"a": 1, "a": 2}\n', ['a'], 3)).toBe('{"a":3}\n')
  })
})

describe('a value is taken out, with its comma and the section that would be empty', () => {
  test.each([
    [['mhv', 'gating', 'jobs'], change('"jobs": 2, ', '')],
    [['mhv', 'gating', 'cache'], change(', "cache": "own"', '')],
    [['mhv', 'sync', 'push'], change('"sync": { "push":true },\n\t\t', '')],
    [['mhv', 'worktrees', 'setup'], FILE.replace(/,\n\t\t"worktrees".*?\n\t\t\}/s, '')],
    [['private'], change(',\n\t"private": true', '')],
  ])('%j', (path, expected) => {
    expect(jsonWithout(FILE, path)).toBe(expected)
  })

  test('down to a file that says nothing', () => {
    expect(jsonWithout('{"ui": {"mouse": false}}\n', ['ui', 'mouse'])).toBe('{}\n')
  })
})
