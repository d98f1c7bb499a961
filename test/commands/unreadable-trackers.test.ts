import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findTrackers } from '../../src/find-trackers.ts'
import { mhv } from '../support/cli.ts'
import { asOrdinaryUser } from '../support/ordinary-user.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { TRACKER_FIXTURES } from '../support/trackers.ts'

/** Takes the right to read a path from everybody, until the test ends. */
function closed(path: string): void {
  chmodSync(path, 0)
  onTestFinished(() => chmodSync(path, 0o755))
}

test('what may not be read is named as that, by itself and by init, and hinders nothing else', () => {
  const demo = temporaryRepository()
  const user = asOrdinaryUser(dirname(demo))
  for (const name of ['issues.jsonl', 'private.json']) {
    writeFileSync(join(demo, name), '{"id":"a","title":"A","issue_type":"bug"}\n')
    closed(join(demo, name))
  }
  for (const [folder, name] of [
    ['.beads', 'issues.jsonl'],
    ['tasks', 'tasks.json'],
  ] as const) {
    mkdirSync(join(demo, folder))
    writeFileSync(join(demo, folder, name), '')
    closed(join(demo, folder, name))
  }
  cpSync(join(TRACKER_FIXTURES, 'backlog'), join(demo, 'backlog'), { recursive: true })
  closed(join(demo, 'backlog', 'tasks'))
  writeFileSync(join(demo, 'jira.csv'), 'Issue key,Summary,Status\nP-1,One,Open\n')

  const begun = user(demo, 'init')
  expect(begun).toMatchObject({ code: 0, err: '' })
  expect(begun.out).toContain('Beads: .beads/issues.jsonl (cannot be read)')
  const { code, out, err } = user(demo, 'task', 'import')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('Beads: .beads/issues.jsonl (cannot be read)')
  expect(out).toContain('Backlog.md: backlog (cannot be read)')
  expect(out).toContain('task-master: tasks/tasks.json (cannot be read)')
  expect(out).toContain('Jira: jira.csv (1 task)')
  expect(out).toContain('JSON of your own: issues.jsonl (cannot be read)')
  expect(out).not.toContain('private')
  expect(user(demo, 'init', '--yes').out).toContain('Imported 1 task from jira')

  for (const words of [['--from', 'beads'], ['.beads'], ['backlog', '--from', 'backlog'], ['issues.jsonl']]) {
    const refused = user(demo, 'task', 'import', ...words)
    expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/INVALID_INPUT: .*\(EACCES\)/) })
  }
})

test('links that lead in a circle are no tasks', async () => {
  const directory = temporaryDirectory()
  mkdirSync(join(directory, '.beads'))
  for (const name of ['.beads/issues.jsonl', 'tasks', 'issues.json'])
    symlinkSync(join(directory, name), join(directory, name))
  expect((await findTrackers(directory)).map(({ step }) => step)).toEqual([
    'bd export -o .beads/issues.jsonl',
  ])
  const { code, err } = await mhv(directory, 'task', 'import', 'issues.json')
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read (ELOOP)') })
})

test('a closed folder of Beads is not taken for one that has to be exported over what is there', () => {
  const demo = temporaryRepository()
  const user = asOrdinaryUser(dirname(demo))
  mkdirSync(join(demo, '.beads'))
  writeFileSync(join(demo, '.beads', 'issues.jsonl'), '{"id":"a","title":"A","issue_type":"bug"}\n')
  closed(join(demo, '.beads'))
  const { out } = user(demo, 'task', 'import')
  expect(out).toContain('Beads: .beads (cannot be read)')
  expect(out).not.toContain('bd export')
})
