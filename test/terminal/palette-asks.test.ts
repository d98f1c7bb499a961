import { describe, expect, test, vi } from 'vitest'
import { askedFor } from '../../src/terminal/palette/asked-for.ts'
import { missingIn, NOTHING_GIVEN, withArgument, withFlag } from '../../src/terminal/palette/command-line.ts'
import { lackingIn } from '../../src/terminal/palette/lacking-in.ts'
import { readManifest } from '../../src/terminal/palette/manifest.ts'
import { rankEntries } from '../../src/terminal/palette/rank-entries.ts'
import { readPalette } from '../../src/terminal/palette/read-palette.ts'
import { taskChoices } from '../../src/terminal/palette/task-choices.ts'
import { taskEntries } from '../../src/terminal/palette/task-entries.ts'
import { wordsIn } from '../../src/terminal/palette/typed-line.ts'
import { snapshotOf } from '../support/any-snapshot.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { ulidOf } from '../support/task-log.ts'

const commands = readManifest()

describe('what is asked for of a command', () => {
  test('is the task wherever it may be left out inside of its worktree only', () => {
    const meant = Object.values(commands).flatMap(({ id, args }) =>
      Object.values(args)
        .filter(({ description = '' }) => /its own when left out|may be left out/.test(description))
        .map(({ name }) => [id, name] as const),
    )
    expect(meant.length).toBeGreaterThan(10)
    for (const [id, name] of meant) expect([id, askedFor(id)[0]]).toEqual([id, name])
  })

  test('is there in the command', () => {
    for (const { id, args, flags } of Object.values(commands))
      for (const name of askedFor(id)) expect([...Object.keys(args), ...Object.keys(flags)]).toContain(name)
  })

  test('comes one after the other', () => {
    const asked = (id: string, given = NOTHING_GIVEN) => missingIn(commands[id]!, given, askedFor(id))?.name
    const task = withArgument(NOTHING_GIVEN, '1')
    expect(asked('task:comment')).toBe('tasks')
    expect(asked('task:comment', task)).toBe('text')
    expect(asked('task:comment', withArgument(task, 'x'))).toBeUndefined()
    expect(asked('task:block')).toBe('tasks')
    expect(asked('task:block', task)).toBe('reason')
    expect(asked('task:block', withFlag(task, 'reason', 'x'))).toBeUndefined()
    expect(asked('task:show', task)).toBeUndefined()
    expect(asked('task:list')).toBeUndefined()
  })
})

describe('a line that was typed', () => {
  const lacking = (line: string, hasTask = false) => {
    const found = lackingIn(wordsIn(line) ?? [], commands, hasTask)
    return found && missingIn(found.command, found.given, found.asks)?.name
  }

  test.each([
    ['done', 'tasks', null],
    ['task label', 'tasks', 'tasks'],
    ['task label 3', null, null],
    ['task label --add urgent', 'tasks', null],
    ['task label 3 --add urgent', null, null],
    ['task label --add=urgent 3', null, null],
    ['done --force', 'tasks', null],
    ['done -f 3', null, null],
    ['task comment 3', null, null],
    ['task comment -- -3', null, null],
    ['task block', 'tasks', 'tasks'],
    ['task block -r', null, null],
    ['done --force=yes', null, null],
    ['done --forse', null, null],
    ['tl', null, null],
    ['tc -- --title', null, null],
    ['not a command', null, null],
  ])('“%s” lacks %j, and where the task is clear %j', (line, elsewhere, there) => {
    expect([lacking(line), lacking(line, true)]).toEqual([elsewhere, there])
  })
})

describe('the tasks that are asked for', () => {
  const own = snapshotOf(
    { title: 'Begun', status: 'in_progress' },
    { title: 'Waits', priority: 'critical', dependsOn: [ulidOf(3)] },
    { title: 'Can start' },
    { title: 'Ended', status: 'completed' },
    { title: 'Stuck', status: 'blocked' },
    { title: 'Waits no more', dependsOn: [ulidOf(4)] },
  )
  const tasks = taskEntries([{ name: 'demo', nicknames: [], prefix: '', snapshot: own }])
  const asked = (command: string | null, typed = '', first: string | null = null) =>
    taskChoices(tasks, { command, first })(typed).map(({ entry }) => entry.chosen)

  test.each([
    ['task:start', ['3', '6', '1', '5', '2']],
    ['task:complete', ['1', '2', '3', '6', '5']],
    ['task:reopen', ['4']],
    ['task:unblock', ['5']],
  ])('%s has those that fit it in front', (command, numbers) => {
    expect(asked(command)).toEqual(numbers)
  })

  test('what a flag names may be any, in the order of the list', () => {
    expect(asked(null)).toEqual(['1', '5', '2', '3', '6', '4'])
  })

  test('the task whose worktree this is stands first, where it fits', () => {
    expect(asked('task:comment', '', `demo/${ulidOf(3)}`)[0]).toBe('3')
    expect(asked('task:reopen', '', `demo/${ulidOf(3)}`)).toEqual(['4'])
  })

  test('a number is taken where there is such a task, also one that does not fit; several as they are', () => {
    expect(asked('task:complete', '3')[0]).toBe('3')
    expect(asked('task:reopen', '3')).toEqual(['3'])
    expect(asked('task:complete', '99')).toEqual([])
    expect(asked('task:complete', '#99')).toEqual([])
    expect(asked('task:complete', '3,7-9')).toEqual(['3,7-9'])
    expect(asked('task:restore', '99')).toEqual(['99'])
  })
})

test('tasks of the repository around come first', () => {
  const of = (name: string, prefix: string, ...titles: string[]) => ({
    name,
    nicknames: [],
    prefix,
    snapshot: snapshotOf(
      ...titles.map((title) => ({ title, priority: prefix === '' ? 'low' : 'critical' }) as const),
    ),
  })
  const tasks = taskEntries([of('big', 'big', 'Fix it'), of('alpha', '', 'Fix it', 'Rest')])
  expect(tasks.map(({ text }) => text)).toEqual(['#1 Fix it', '#2 Rest', 'big#1 Fix it'])
})

test('labels of a task are shown with it, and searched', () => {
  const snapshot = snapshotOf({ title: 'Renew the tokens', labels: ['auth', 'API'] })
  const entries = taskEntries([{ name: 'demo', nicknames: [], prefix: '', snapshot }])
  expect(entries[0]!.aside).toBe('pending medium  API, auth')
  for (const typed of ['auth', 'api', 'tokens auth']) {
    expect(rankEntries([entries], typed)[0]?.entry.text).toBe('#1 Renew the tokens')
  }
})

test('where no tasks are kept, it is told how to begin', async () => {
  const repository = temporaryRepository()
  for (const directory of [repository, temporaryDirectory()]) {
    vi.spyOn(process, 'cwd').mockReturnValue(directory)
    const { lists, notes } = await readPalette(commands)
    expect(lists.commands.slice(0, 3).map(({ text }) => text)).toEqual(['init', 'tour', 'task create (tc)'])
    expect(notes).toEqual([
      directory === repository ? 'this repository keeps no tasks yet: mhv init' : 'this is no repository',
    ])
  }
  vi.restoreAllMocks()
})
