import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asBashReplies, bashWords } from '../../src/terminal/completion/bash-words.ts'
import { candidatesFor } from '../../src/terminal/completion/candidates.ts'
import { readCommandLine } from '../../src/terminal/completion/command-line.ts'
import { firstClause, makeCommandTable } from '../../src/terminal/completion/make-command-table.ts'
import { mhv } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'

const root = join(import.meta.dirname, '..', '..')
const readJson = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))
const table = makeCommandTable(readJson('oclif.manifest.json'), readJson('package.json').oclif.topics)

test.each([
  ['mhv ', ['mhv', '']],
  ['mhv tl', ['mhv', 'tl']],
  ['mhv  "a b"  c', ['mhv', 'a b', 'c']],
  ['mhv "a b', ['mhv', 'a b']],
  ["mhv 'it\\ is", ['mhv', 'it\\ is']],
  ['mhv a\\ b', ['mhv', 'a b']],
  ['mhv a\\', ['mhv', 'a']],
  ['mhv "a\\"b" ', ['mhv', 'a"b', '']],
  ['mhv --label="x y"z', ['mhv', '--label=x yz']],
])('the words of %j', (line, words) => {
  expect(bashWords(line).map(({ text }) => text)).toEqual(words)
})

test('a word is put in so that bash reads it as it is', () => {
  const replies = (line: string, replaced: string, ...values: string[]) =>
    asBashReplies(
      values.map((value) => [value, '']),
      '9',
      replaced,
      bashWords(line).at(-1)!,
    )
  expect(replies('mhv x ', '', 'Ann Lee', '#7', "it's", '$HOME', 'Zoë')).toEqual([
    'Ann\\ Lee',
    '\\#7',
    "it\\'s",
    '\\$HOME',
    'Zoë',
  ])
  expect(replies('mhv x "An', 'An', 'Ann Lee')).toEqual(['Ann Lee'])
  expect(replies('mhv x Ann\\ L', 'Ann\\ L', 'Ann Lee')).toEqual(['Ann\\ Lee'])
  expect(replies('mhv x --assignee=Ann\\ L', 'Ann\\ L', '--assignee=Ann Lee')).toEqual(['Ann\\ Lee'])
  expect(replies('mhv x --label="a:b', 'b', '--label=a:bc')).toEqual(['bc'])
})

test('a description is cut to its first clause', () => {
  expect(firstClause('Start a task: its branch, and more.')).toBe('Start a task')
  expect(firstClause('a date (2026-11-27) or instant')).toBe('a date')
  expect(firstClause('such as 1.5 of them. More.')).toBe('such as 1.5 of them')
  expect(firstClause('x'.repeat(100))).toHaveLength(72)
})

test('a line is understood as the program would', () => {
  const place = (...words: string[]) => readCommandLine(table, words.slice(0, -1), words.at(-1)!).place
  expect(place('')).toEqual({ at: 'command', topic: null })
  expect(place('task', '')).toEqual({ at: 'command', topic: 'task' })
  expect(place('task', 'show', '--at', '')).toMatchObject({ at: 'value', kind: '' })
  expect(place('-C', '')).toMatchObject({ at: 'value', kind: 'directory' })
  expect(place('start', '-b', '')).toMatchObject({ kind: 'branch', command: 'task:start' })
  expect(place('start', '-btopic', '')).toMatchObject({ kind: 'task', part: '' })
  expect(place('start', '--no-such', '')).toMatchObject({ kind: 'task' })
  expect(place('start', '--branch=x', '--br')).toMatchObject({ at: 'flag', given: new Set(['branch']) })
  expect(place('start', '--no-such=x')).toEqual({ at: 'nothing' })
  expect(place('tl', '--label', 'a', '--label', 'b')).toMatchObject({ kind: 'label,', earlier: ['a'] })
  expect(place('constructor', '')).toEqual({ at: 'nothing' })
  const line = readCommandLine(table, ['-C', 'a', '--json', 'start', '--repo', 'x', '--repos=y'], '')
  expect(line).toMatchObject({ directories: ['a'], repository: 'x', reposFile: 'y' })
})

test('candidates come from the index, whatever its size', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const lines = Array.from({ length: 250 }, (_, i) =>
    JSON.stringify({ source: 'x', id: `${i}`, title: `Täsk ${i}`, labels: i % 2 ? ['odd', 'ü'] : ['even'] }),
  )
  writeFileSync(join(demo, 'tasks.jsonl'), lines.join('\n'))
  expect((await mhv(demo, 'task', 'import', 'tasks.jsonl')).code).toBe(0)
  const before = process.cwd()
  process.chdir(demo)
  try {
    expect(candidatesFor(table, ['tl', '--label'], '')).toEqual([
      ['even', 'on 125 tasks'],
      ['odd', 'on 125 tasks'],
      ['ü', 'on 125 tasks'],
    ])
    expect(candidatesFor(table, ['start'], '')).toHaveLength(100)
    const [first, ...others] = candidatesFor(table, ['start'], '25') as [string, string][]
    expect(first).toEqual(['25', 'Täsk 24'])
    expect(others).toEqual([['250', 'Täsk 249']])
    expect(candidatesFor(table, ['task', 'import'], '')).toBe('files')
    expect(candidatesFor(table, ['worktree', 'repair'], '')).toBe('directories')
  } finally {
    process.chdir(before)
  }
})
