import { describe, expect, test } from 'vitest'
import { STATUSES } from '../../schemas/vocabulary.ts'
import { holdsSecret } from '../../src/terminal/failing/holds-secret.ts'
import { commandEntries, commandNames, wordCounts } from '../../src/terminal/palette/command-entries.ts'
import {
  argvOf,
  type Given,
  missingIn,
  NOTHING_GIVEN,
  openOf,
  withArgument,
  withFlag,
} from '../../src/terminal/palette/command-line.ts'
import { cutLine, widthAtMost } from '../../src/terminal/palette/cut-line.ts'
import type { Entry } from '../../src/terminal/palette/entry.ts'
import { listEntries, type PaletteLists } from '../../src/terminal/palette/list-entries.ts'
import { readManifest } from '../../src/terminal/palette/manifest.ts'
import { rankEntries } from '../../src/terminal/palette/rank-entries.ts'
import { onlyReads } from '../../src/terminal/palette/reading-commands.ts'
import { renderEntries } from '../../src/terminal/palette/render-entries.ts'
import { taskActions } from '../../src/terminal/palette/task-actions.ts'
import { commandTyped, lineOf, wordsIn } from '../../src/terminal/palette/typed-line.ts'

const commands = readManifest()
const names = commandNames(commands)

const task = (number: number, title: string, isOver = false): Entry => ({
  kind: 'task',
  text: `#${number} ${title}`,
  aside: isOver ? 'completed medium' : 'pending medium',
  names: [String(number), `#${number}`],
  isOver,
  chosen: {
    does: 'act',
    task: {
      id: `id ${number}`,
      key: `id ${number}`,
      name: String(number),
      title,
      status: isOver ? 'completed' : 'pending',
    },
  },
})

const textsOf = (found: readonly { readonly entry: Entry<unknown> }[]) => found.map(({ entry }) => entry.text)

describe('entries that fit what was typed', () => {
  const tasks = [
    task(1, 'Fix auth bug'),
    task(2, 'Write release notes'),
    task(3, 'Author pages lack a title'),
    task(12, 'Fix the bug in the author cache', true),
    task(120, 'Überprüfung der Anmeldung'),
  ]

  test.each([
    ['release', ['#2 Write release notes']],
    ['RELEASE', ['#2 Write release notes']],
    ['wrn', ['#2 Write release notes']],
    ['bug fix', ['#1 Fix auth bug', '#12 Fix the bug in the author cache']],
    ['auth', ['#1 Fix auth bug', '#3 Author pages lack a title', '#12 Fix the bug in the author cache']],
    ['12', ['#12 Fix the bug in the author cache', '#120 Überprüfung der Anmeldung']],
    ['#12', ['#12 Fix the bug in the author cache', '#120 Überprüfung der Anmeldung']],
    ['über', ['#120 Überprüfung der Anmeldung']],
    ['zebra', []],
    ['release zebra', []],
  ])('%s', (typed, expected) => {
    expect(textsOf(rankEntries([tasks], typed))).toEqual(expected)
  })

  test('a task is found by its labels, behind those that have the word in their titles', () => {
    const labelled = { ...task(4, 'Renew the tokens'), labels: 'auth,api' }
    expect(textsOf(rankEntries([[labelled, ...tasks]], 'auth'))).toEqual([
      '#1 Fix auth bug',
      '#3 Author pages lack a title',
      labelled.text,
      '#12 Fix the bug in the author cache',
    ])
    expect(textsOf(rankEntries([[labelled, ...tasks]], 'token api'))).toEqual([labelled.text])
    const [found] = rankEntries([[labelled]], 'auth')
    expect([...found!.places]).toEqual([])
  })

  test('letters that are scattered over a title are no sign of it', () => {
    const title = 'Make the nightly build upload its report to the archive, and have the old ones thrown away'
    expect(textsOf(rankEntries([[task(5, title)]], 'auth'))).toEqual([])
    expect(textsOf(rankEntries([[task(6, 'Archive users without homes')]], 'auth'))).toEqual([])
    for (const typed of ['fxath', 'fab', 'fxbg']) {
      expect([typed, textsOf(rankEntries([tasks], typed))[0]]).toEqual([typed, '#1 Fix auth bug'])
    }
  })

  test('the characters that were typed are told, a piece where there is one', () => {
    const [found] = rankEntries([[task(1, 'About the audit')]], 'aud')
    const { text } = found!.entry
    expect([...found!.places].map((place) => text[place]).join('')).toBe('aud')
    expect(Math.min(...found!.places)).toBe(text.indexOf('audit'))
  })

  test('a command is found by its short form, and by what it does', () => {
    const list = [commandEntries(commands)]
    expect(textsOf(rankEntries(list, 'tl'))[0]).toBe('task list (tl)')
    expect(textsOf(rankEntries(list, 'task lst'))[0]).toBe('task list (tl)')
    expect(textsOf(rankEntries(list, 'in your own words'))).toContain('task search (ts, search)')
  })

  test('the exact number is found among thousands that fit as well', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => task(10_000 + i, `Item 12 of ${i}`))
    const found = rankEntries([[...many, task(12, 'The one', true)]], '12')
    expect(textsOf(found)[0]).toBe('#12 The one')
    expect(found).toHaveLength(10)
  })

  test('each list keeps its best few', () => {
    const many = Array.from({ length: 50 }, (_, i) => task(i, 'sync everything'))
    const kinds = rankEntries([many, commandEntries(commands)], 'sync').map(({ entry }) => entry.kind)
    expect(kinds.filter((kind) => kind === 'task')).toHaveLength(10)
    expect(kinds[0]).toBe('command')
  })
})

test('commands that only read are commands, and have no flag that changes anything', () => {
  const reading = Object.values(commands).filter(({ id }) => onlyReads(id))
  expect(reading.length).toBeGreaterThan(20)
  for (const { flags } of reading) {
    for (const name of ['fix', 'force', 'output', 'accept', 'take', 'remove', 'yes'])
      expect(flags).not.toHaveProperty(name)
  }
  for (const id of ['task:create', 'task:delete', 'sync', 'gate:run']) expect(onlyReads(id)).toBe(false)
})

describe('the whole list', () => {
  const recent: Entry = {
    kind: 'recent',
    text: 'task show 2',
    aside: '',
    names: [],
    chosen: { does: 'run', argv: ['task', 'show', '2'] },
  }
  const worktree: Entry = {
    kind: 'worktree',
    text: 'task/1',
    aside: '../demo.worktrees/1',
    names: [],
    chosen: { does: 'go', directory: '/tmp/demo.worktrees/1' },
  }
  const lists: PaletteLists = {
    recent: [recent],
    commands: commandEntries(commands),
    tasks: [task(1, 'Fix auth bug'), task(2, 'Write release notes'), task(3, 'Old', true)],
    worktrees: [worktree],
    names,
    counts: wordCounts(commands),
  }
  const kinds = (typed: string) => listEntries(lists, typed).map(({ entry }) => entry.kind)

  test('with nothing typed: recent actions, open tasks, worktrees, commands', () => {
    expect(kinds('').slice(0, 5)).toEqual(['recent', 'task', 'task', 'worktree', 'command'])
    expect(textsOf(listEntries(lists, ''))).not.toContain('#3 Old')
  })

  test.each([
    ['task shwo 1', 'mhv task show 1', 'did you mean this?'],
    ['mhv task shwo 1', 'mhv task show 1', 'did you mean this?'],
    ['task show "1', 'mhv task show 1', 'did you mean this? A quote is not closed.'],
    ['tl "open', 'mhv tl open', 'did you mean this? A quote is not closed.'],
    ["tc 'It is", "mhv tc 'It is'", 'did you mean this? A quote is not closed.'],
  ])('%s offers %s before it is searched', (typed, text, aside) => {
    const found = listEntries(lists, typed)
    const at = found.findIndex(({ entry }) => entry.text === text)
    expect(found[at]?.entry).toMatchObject({ kind: 'run', aside, isCompletedFirst: true })
    expect(found[at + 1]?.entry.kind).toBe('search')
  })

  test.each(['the login is broken', 'zebra', 'it"s'])('%s is near no command', (typed) => {
    expect(kinds(typed)).not.toContain('run')
  })

  test('of commands that fit as well, those of every day come first', () => {
    expect(textsOf(listEntries(lists, '>tas')).slice(0, 3)).toEqual([
      'task create (tc)',
      'task list (tl)',
      'task ready (ready)',
    ])
  })

  test('letters that lie far apart in a long title find nothing', () => {
    const long = task(7, `Zoo ${'lorem ipsum dolor '.repeat(10)} quiet ${'amet '.repeat(10)} x`)
    expect(textsOf(rankEntries([[long]], 'zqx'))).toEqual([])
    expect(textsOf(rankEntries([[long]], 'zoo qit'))).toEqual([long.text])
  })

  test.each([
    ['>', 'command'],
    ['> au', 'command'],
    ['#', 'task'],
    ['#auth', 'task'],
    ['#1', 'task'],
    ['@', 'worktree'],
    ['@1', 'worktree'],
  ])('%s shows one kind', (typed, kind) => {
    expect(new Set(kinds(typed))).toEqual(new Set([kind]))
  })

  test.each([
    ['tl', ['tl']],
    ['tl --status blocked', ['tl', '--status', 'blocked']],
    ['mhv task list', ['task', 'list']],
    ['task block 1 --reason "no key"', ['task', 'block', '1', '--reason', 'no key']],
    ['start 1', ['start', '1']],
    ['audit --export csv', ['audit', '--export', 'csv']],
    ['tc Fix it', ['tc', 'Fix', 'it']],
  ])('%s is a command line, and runs as it is', (typed, argv) => {
    expect(listEntries(lists, typed)[0]!.entry).toMatchObject({ kind: 'run', chosen: { does: 'run', argv } })
  })

  test.each(['start', 'task', 'tl "', 'Fix it', 'audit reports', 'start the page slowly', 'task block'])(
    '%s is none that could run',
    (typed) => {
      expect(kinds(typed)).not.toContain('run')
    },
  )

  test('a text that fits nothing is searched, which changes nothing, or becomes a task', () => {
    expect(listEntries(lists, 'Quux zebras').map(({ entry }) => entry)).toMatchObject([
      { kind: 'search', text: 'search “Quux zebras”', chosen: { argv: ['search', 'Quux zebras'] } },
      { kind: 'create', text: 'create task “Quux zebras”', chosen: { argv: ['tc', 'Quux zebras'] } },
    ])
    expect(listEntries(lists, '-quux')[1]!.entry.chosen).toMatchObject({ argv: ['tc', '--', '-quux'] })
  })
})

describe('words of a line', () => {
  test.each([
    ['a b', ['a', 'b']],
    ['  a   b ', ['a', 'b']],
    ['a "b c" d', ['a', 'b c', 'd']],
    ["a 'b \"c'", ['a', 'b "c']],
    ['a "b \\" c"', ['a', 'b " c']],
    ['a\\ b', ['a b']],
    ['a ""', ['a', '']],
    ['a"b"c', ['abc']],
    ['a "b', null],
    ['', []],
  ])('%s', (line, words) => {
    expect(wordsIn(line)).toEqual(words)
  })

  test.each([[['task', 'show', 'cj#12']], [['tc', "It's “new”"]], [['tl', '--text', 'a b', '']]])(
    '%j can be typed again',
    (words) => {
      expect(wordsIn(lineOf(words))).toEqual(words)
    },
  )

  test.each([
    ['task list', 'task:list', 0],
    ['task:list --all', 'task:list', 1],
    ['undo 3', 'task:undo', 1],
    ['status', 'status', 0],
  ])('%s names %s', (line, id, more) => {
    expect(commandTyped(line, names)).toMatchObject({ id, more })
  })
})

describe('what can be done with a task', () => {
  const can = (status: (typeof STATUSES)[number]) => taskActions('7', status).map(({ name }) => name)

  test.each([
    ['pending', ['start', 'done', 'block', 'cancel'], ['unblock', 'reopen', 'switch']],
    ['in_progress', ['switch', 'done', 'block'], ['start', 'unblock', 'reopen']],
    ['blocked', ['unblock', 'cancel'], ['start', 'done', 'block', 'reopen']],
    ['failed', ['start', 'done', 'cancel'], ['unblock', 'block', 'reopen']],
    ['completed', ['reopen', 'comment'], ['start', 'done', 'block', 'cancel']],
    ['cancelled', ['reopen', 'comment'], ['start', 'done', 'block', 'cancel']],
  ] as const)('%s', (status, some, others) => {
    expect(can(status)).toEqual(expect.arrayContaining([...some]))
    for (const other of others) expect(can(status)).not.toContain(other)
    expect(can(status)[0]).toBe('show')
  })

  test('each is a command that there is, and asks for what that one has', () => {
    for (const { command, asks } of STATUSES.flatMap((status) => taskActions('akosha#7', status))) {
      const known = commands[command]!
      expect(known, command).toBeDefined()
      expect(Object.keys({ ...known.args, ...known.flags }), command).toEqual(
        expect.arrayContaining([...asks]),
      )
      const required = missingIn(known, { ...NOTHING_GIVEN, args: ['7'] }, [])
      if (required && command !== 'task:search') expect(asks).toContain(required.name)
    }
  })
})

describe('a command line that is put together', () => {
  const block = commands['task:block']!

  test.each<[Given, string[]]>([
    [NOTHING_GIVEN, ['task', 'block']],
    [{ args: ['3,7-9'], flags: [['reason', 'no key']] }, ['task', 'block', '3,7-9', '--reason', 'no key']],
    [{ args: ['7'], flags: [['reason', '- none']] }, ['task', 'block', '7', '--reason=- none']],
    [{ args: ['-x'], flags: [['force', true]] }, ['task', 'block', '--force', '--', '-x']],
    [{ args: ['-'], flags: [['worktree', false]] }, ['task', 'block', '-', '--no-worktree']],
  ])('%j', (given, argv) => {
    expect(argvOf(block, given)).toEqual(argv)
  })

  test('what is required is missing until it is given', () => {
    expect(missingIn(block, NOTHING_GIVEN, [])?.name).toBe('reason')
    expect(missingIn(block, NOTHING_GIVEN, ['tasks'])?.name).toBe('tasks')
    expect(missingIn(block, withFlag(NOTHING_GIVEN, 'reason', 'x'), [])).toBeNull()
    expect(missingIn(commands['task:start']!, NOTHING_GIVEN, [])?.name).toBe('task')
    expect(missingIn(commands['task:start']!, withArgument(NOTHING_GIVEN, '1'), [])).toBeNull()
  })

  test('flags are offered once, the program’s own last, --json never', () => {
    const offered = openOf(block, NOTHING_GIVEN).flags.map(({ name }) => name)
    expect(offered[0]).toBe('reason')
    expect(offered).not.toContain('json')
    const after = openOf(block, withFlag(NOTHING_GIVEN, 'reason', 'x')).flags.map(({ name }) => name)
    expect(after).not.toContain('reason')
  })
})

describe('lines that are not remembered', () => {
  test.each([
    'repos add https://ann:hunter2@example.com/x.git',
    'task comment 1 "password: hunter2"',
    'model setup --token abc',
    'tc "Use ghp_0123456789abcdef0123456789abcdef0123"',
    'task comment 1 AKIAIOSFODNN7EXAMPLE',
    'task comment 1 "Authorization: Bearer 0123456789abcdef"',
    'task comment 1 aGVsbG8gd29ybGQgMTIzNDU2Nzg5MCBhYmNERUY',
  ])('%s', (line) => {
    expect(holdsSecret(line)).toBe(true)
  })

  test.each([
    'tc "Make token refresh survive a restart"',
    'tc "Reset of the password fails"',
    'task show 01JF3ZK4Q8M6W2T5V7X9Y0A1BC',
    'tl --at 0123456789abcdef0123456789abcdef01234567',
    'repos add git@example.com:x/y.git',
  ])('%s may be', (line) => {
    expect(holdsSecret(line)).toBe(false)
  })
})

describe('lines on the screen', () => {
  const plain = { active: String, typed: (text: string) => `[${text}]`, aside: String }

  test.each([
    ['short', 10, 'short'],
    ['something long', 9, 'somethin…'],
    ['日本語のタイトル', 8, '日本語…'],
    ['x', 0, ''],
  ])('%s in %i columns', (text, width, shown) => {
    expect(cutLine(text, width)).toBe(shown)
    expect(widthAtMost(cutLine(text, width))).toBeLessThanOrEqual(Math.max(width, 0))
  })

  test.each([20, 40, 79, 199])('none is wider than %i columns', (columns) => {
    const list = rankEntries([[task(1, '日本語のタイトル 🎉'.repeat(9)), task(2, 'T'.repeat(200))]], '')
    for (const line of renderEntries(list, 0, { columns, lines: 10 }, { ...plain, typed: String })) {
      expect(widthAtMost(line)).toBeLessThanOrEqual(columns)
    }
  })

  test('what was typed is painted, also beside characters of two halves', () => {
    const ranked = rankEntries([[task(1, '🎉 Fix auth 🎉')]], '🎉 auth')
    expect(renderEntries(ranked, 0, { columns: 60, lines: 5 }, plain)[0]).toBe(
      '❯ task     #1 [🎉] Fix [auth] 🎉  pending medium',
    )
  })

  test('a long list is shown around the active entry, with its place', () => {
    const list = rankEntries([Array.from({ length: 30 }, (_, i) => task(i, 'T'))], '')
    const at = (active: number) => renderEntries(list, active, { columns: 60, lines: 6 }, plain)
    expect(at(0).map((line) => line.trim().split(/\s+/)[0])).toEqual(['❯', ...Array(4).fill('task'), '1'])
    expect(at(29).slice(-2)).toEqual(['❯ task     #29 T  pending medium', '  30 of 30'])
    expect(at(15)).toHaveLength(6)
  })

  test('escapes in a title reach no terminal', () => {
    const [line] = renderEntries(
      rankEntries([[task(1, 'a\u001b[2Jb')]], ''),
      0,
      { columns: 60, lines: 5 },
      plain,
    )
    expect(line).not.toContain('\u001b')
  })
})
