import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asBashReplies, bashWords } from '../../src/terminal/completion/bash-words.ts'
import { candidatesFor } from '../../src/terminal/completion/candidates.ts'
import { readCommandLine } from '../../src/terminal/completion/command-line.ts'
import { firstClause, makeCommandTable } from '../../src/terminal/completion/make-command-table.ts'
import { gatesAround, keepNames, Unread } from '../../src/terminal/completion/names-known.ts'
import { byName, peopleOf } from '../../src/terminal/completion/people-known.ts'
import { readNames } from '../../src/terminal/completion/read-names.ts'

import { snapshotOf } from '../support/any-snapshot.ts'
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
  ['mhv "w\\x\\$y', ['mhv', 'w\\x$y']],
  ["mhv 'it'\\''s", ['mhv', "it's"]],
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

test.each([
  ['mhv x "w', 'w', 'w$x', '"w\\$x'],
  ['mhv x "w\\$', 'w\\$', 'w$x', '"w\\$x'],
  ['mhv x "w', 'w', 'w`x"y\\z', '"w\\`x\\"y\\\\z'],
  ["mhv x 'it", 'it', "it's", "'it'\\''s"],
  ["mhv x 'it'\\''", '', "it's", "'it'\\''s"],
  ["mhv x 'w", 'w', 'w$x"y!z', '\'w$x"y!z'],
  // No backslash keeps history from being expanded there.
  ['mhv x "w', 'w', 'w!x', `"w"'!'"x`],
  // Readline closes no quote behind such a quote.
  ['mhv x "w', 'w', 'w"', '"w\\""'],
  ["mhv x 'w", 'w', "w'", "'w'\\'''"],
])('%s with %s replaced by %s becomes %s, and means that', (line, replaced, value, written) => {
  const word = bashWords(line).at(-1)!
  const [reply] = asBashReplies([[value, '']], '9', replaced, word)
  const becomes = word.raw.slice(0, word.raw.length - replaced.length) + reply
  expect(becomes).toBe(written)
  // As readline closes it, bash reads the candidate again.
  const closed = becomes.endsWith(word.quote) ? becomes : becomes + word.quote
  const { stdout, stderr } = spawnSync('bash', ['-c', `printf %s ${closed}`], { encoding: 'utf8' })
  expect([stdout, stderr]).toEqual([value, ''])
})

test('a description is cut to its first clause', () => {
  expect(firstClause('Start a task: its branch, and more.')).toBe('Start a task')
  expect(firstClause('a date (2026-11-27) or instant')).toBe('a date')
  expect(firstClause('such as 1.5 of them. More.')).toBe('such as 1.5 of them')
  expect(firstClause('x'.repeat(100))).toHaveLength(72)
})

test('a line is understood as the program would', () => {
  const place = (...words: string[]) =>
    readCommandLine(table, words.slice(0, -1), words.at(-1)!, () => ({})).place
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
  const line = readCommandLine(
    table,
    ['-C', 'a', '--json', 'start', '--repo', 'x', '--repos=y'],
    '',
    () => ({}),
  )
  expect(line).toMatchObject({ directories: ['a'], repository: 'x', reposFile: 'y' })
})

test('an alias is understood as what it stands for', () => {
  const aliases = {
    mine: 'task list --assignee me',
    urgent: 'mine --priority',
    t: 'task',
    loop: 'pool',
    pool: 'loop',
    open: "tl 'x",
    tl: 'start',
  }
  const place = (...words: string[]) =>
    readCommandLine(table, words.slice(0, -1), words.at(-1)!, () => aliases).place
  expect(place('mine', '--st')).toMatchObject({
    at: 'flag',
    command: 'task:list',
    given: new Set(['assignee']),
  })
  expect(place('mine', '--status', '')).toMatchObject({ command: 'task:list', kind: 'words:status,' })
  expect(place('-C', 'x', 'mine', '--status', '')).toMatchObject({ kind: 'words:status,' })
  expect(place('urgent', '')).toMatchObject({ command: 'task:list', kind: 'words:priority,' })
  expect(place('t', '')).toEqual({ at: 'command', topic: 'task' })
  expect(place('t', 'start', '')).toMatchObject({ command: 'task:start', kind: 'task' })
  // None hides a command, leads round in circles or is put in behind the first word.
  expect(place('tl', '--st')).toMatchObject({ command: 'task:list' })
  expect(place('loop', '')).toEqual({ at: 'nothing' })
  expect(place('open', '')).toEqual({ at: 'nothing' })
  expect(place('task', 'mine', '')).toEqual({ at: 'nothing' })
})

test('only what is no command asks for aliases', () => {
  const asked = () => {
    throw new Error('aliases were asked for')
  }
  expect(() => readCommandLine(table, ['tl'], '--st', asked)).not.toThrow()
  expect(() => readCommandLine(table, [], 't', asked)).not.toThrow()
  expect(() => readCommandLine(table, ['mine'], '', asked)).toThrow('asked for')
})

describe('what is configured', () => {
  const inside = (directory: string, run: () => void) => {
    const before = process.cwd()
    process.chdir(directory)
    try {
      run()
    } finally {
      process.chdir(before)
    }
  }

  test.each([
    ['config.yaml', 'aliases: {mine: task list, 7: no, bad: 7}', { mine: 'task list' }, null],
    ['config.json', '{"aliases":{"mine":"task list"},"gates":[]}', { mine: 'task list' }, []],
    [
      '.mhvrc',
      'gates: [{name: lint, command: make lint}, {name: 7}, 7, {name: bare}]',
      {},
      [
        ['lint', 'make lint'],
        ['bare', ''],
      ],
    ],
    ['package.json', '{"mhv":{"gates":[{"name":"lint","command":"x"}]}}', {}, [['lint', 'x']]],
    ['config.yaml', 'aliases: [mine]', {}, null],
    ['config.yaml', '- a list', {}, null],
    ['config.yaml', 'aliases: {', {}, null],
    ['config.yaml', '', {}, null],
  ])('%s with %j', async (name, text, aliases, gates) => {
    expect(await readNames(join('/x', name), text)).toEqual({ aliases, gates, themes: [] })
  })

  test('themes of one’s own', async () => {
    const names = await readNames('/x/config.yaml', 'ui: {themes: {dusk: {text: "#ffffff"}, dawn: {}}}')
    expect(names).toEqual({ aliases: {}, gates: null, themes: ['dusk', 'dawn'] })
    expect(await readNames('/x/config.yaml', 'ui: {themes: dusk}')).toMatchObject({ themes: [] })
  })

  test('a package.json that only speaks of mhv says nothing of it', async () => {
    expect(await readNames('/x/package.json', '{"name":"mhv","bin":"mhv"}')).toBeNull()
  })

  test('a file is read once, and again where it has changed', () => {
    const top = temporaryRepository()
    const file = join(top, '.mhvrc.yaml')
    expect(gatesAround(top)).toEqual([])
    inside(top, () => {
      writeFileSync(file, 'gates: [{name: lint, command: make}]')
      expect(() => gatesAround(process.cwd())).toThrow(Unread)
      const text = readFileSync(file, 'utf8')
      keepNames(new Unread(realpathSync(file), text), { aliases: {}, gates: [['lint', 'make']], themes: [] })
      expect(gatesAround(process.cwd())).toEqual([['lint', 'make']])
    })
  })

  test('a program is not run to learn of its gates', () => {
    const top = temporaryRepository()
    writeFileSync(join(top, 'mhv.config.js'), 'throw new Error()')
    expect(gatesAround(top)).toEqual([])
  })
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

test('who stands for nobody, as the tracker that tasks are from, is no person', () => {
  const source = { system: 'backlog', id: 'task-1' }
  const snapshot = snapshotOf(
    { createdBy: 'backlog', source },
    { createdBy: 'Ann Lee <ann@example.com>', source },
    { createdBy: 'backlog' },
  )
  expect(peopleOf(snapshot)).toEqual([
    ['ann@example.com', 'Ann Lee'],
    ['backlog', ''],
  ])
  expect(peopleOf(snapshotOf({ createdBy: 'backlog', source }))).toEqual([])
})

test('people by their names: two of one name are one candidate, and nobody without a name is one', () => {
  const people = [
    ['ann@example.com', 'Ann Lee'],
    ['ann@example.org', 'Ann Lee'],
    ['backlog', ''],
  ] as const
  expect(byName(people, 'task:list')).toEqual([['Ann Lee', 'ann@example.com, ann@example.org']])
  expect(byName(people, 'task:create')).toEqual([
    ['Ann Lee <ann@example.com>', ''],
    ['Ann Lee <ann@example.org>', ''],
  ])
})
