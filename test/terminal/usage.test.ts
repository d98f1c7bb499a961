import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson, PROGRAM } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

async function repositoryWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  await run(demo, 'init')
  for (const title of titles) await run(demo, 'tc', title)
  return demo
}

/** The built program with bytes on standard input, or among its words by way of the shell. */
const piped = (cwd: string, input: Buffer, ...argv: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...argv], { cwd, input, encoding: 'utf8' })

test.each([
  ['task', 'comment', 'fixed', 'it'],
  ['task', 'comment', '-', 'extra'],
  ['task', 'assign', 'Ann', 'Smith'],
  ['task', 'check', 'x', 'y'],
])('in a task’s worktree two words where one is meant are refused: mhv %s %s %s %s', async (...argv) => {
  const demo = await repositoryWith('A')
  await run(demo, 'task', 'edit', '1', '-c', 'works')
  const tree = join(demo, '..', 'tree')
  await run(demo, 'start', '1', '--path', tree)
  const before = await mhvJson(demo, 'task', 'show', '1')
  expect(await mhvJson(tree, ...argv)).toMatchObject({
    error: { name: 'USAGE' },
  })
  expect(await mhvJson(demo, 'task', 'show', '1')).toEqual(before)
  await run(tree, 'task', 'label', 'two', 'labels')
})

test('a number is wanted where a flag takes one, in our own words', async () => {
  const demo = await repositoryWith()
  const { code, err } = await mhv(demo, 'tl', '--limit', 'many')
  expect(code).toBe(2)
  expect(err).toContain('--limit needs a whole number, not “many”.')
  expect((await mhv(demo, 'tl', '--limit=-1')).err).toContain(
    '--limit needs a whole number from 0, not “-1”.',
  )
  expect((await mhv(demo, 'tl', '--help')).out).toMatch(/--limit=.*0 for all/)
})

test('two forms of output at once contradict each other', async () => {
  const demo = await repositoryWith('A')
  for (const format of ['csv', 'jsonl', 'table']) {
    expect((await mhvJson(demo, 'tl', '--format', format)).error.name).toBe('USAGE')
  }
  expect((await mhvJson(demo, 'tl', '--format', 'json')).total).toBe(1)
})

test('an error’s message is safe to show as JSON too', async () => {
  const demo = await repositoryWith()
  const { out } = await mhv(demo, 'switch', '\u202e', '--json')
  expect(out).not.toContain('\u202e')
  expect(JSON.parse(out).error.message).toContain('\\u202e')
  expect(JSON.parse(out).error.data.value).toBe('\u202e')
})

test('bytes that are no text in UTF-8 are refused and change nothing', async () => {
  const demo = await repositoryWith('A')
  const before = await mhvJson(demo, 'task', 'show', '1')
  for (const [bytes, argv] of [
    [Buffer.from('caf\xe9', 'latin1'), ['task', 'edit', '1', '-d', '-']],
    [Buffer.from([0xff, 0xfe]), ['task', 'comment', '1', '-']],
    [Buffer.from('caf\xe9', 'latin1'), ['tc', 'B', '-d', '-']],
  ] as const) {
    const { status, stdout } = piped(demo, bytes, ...argv, '--json')
    expect({ argv, status, name: JSON.parse(stdout).error.name }).toEqual({
      argv,
      status: 2,
      name: 'INVALID_INPUT',
    })
    expect(stdout).toContain('UTF-8')
  }
  const word = spawnSync(
    'sh',
    ['-c', `exec "$@" "$(printf 'caf\\351')"`, 'sh', process.execPath, PROGRAM, 'tc'],
    { cwd: demo, encoding: 'utf8' },
  )
  expect(word).toMatchObject({ status: 2, stderr: expect.stringContaining('UTF-8') })
  expect(await mhvJson(demo, 'task', 'show', '1')).toEqual(before)
  expect((await mhvJson(demo, 'tl')).total).toBe(1)
  expect(piped(demo, Buffer.from('café \ufffd'), 'task', 'comment', '1', '-').status).toBe(0)
})

test('a criterion that is named twice is checked once', async () => {
  const demo = await repositoryWith('A')
  await run(demo, 'task', 'edit', '1', '-c', 'works')
  await run(demo, 'task', 'check', '1', '1,1')
  const { history } = await mhvJson(demo, 'task', 'history', '1')
  const checks = history.events.filter(({ kind }: { kind: string }) => kind === 'CriterionChecked')
  expect(checks).toHaveLength(1)
})

test('of a range of which all are deleted the list of the deleted is shown the way to', async () => {
  const demo = await repositoryWith('A', 'B')
  await run(demo, 'task', 'delete', '1-2')
  for (const argv of [
    ['task', 'history', '1-2'],
    ['task', 'show', '1-2'],
  ]) {
    const { error } = await mhvJson(demo, ...argv)
    expect(error).toMatchObject({
      name: 'TASK_NOT_FOUND',
      recovery: ['mhv task list --deleted --number 1-2'],
    })
    expect(await run(demo, ...error.recovery[0].split(' ').slice(1))).toMatch(/A[\s\S]*B|B[\s\S]*A/)
  }
  expect((await mhvJson(demo, 'task', 'show', '8-9')).error.recovery).toEqual(['mhv task list --status all'])
})
