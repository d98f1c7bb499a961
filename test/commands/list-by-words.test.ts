import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { temporaryRepository } from '../support/repository.ts'

async function withTasks(): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(
    demo,
    'tc',
    '--no-parse',
    'One',
    '-t',
    'bug',
    '-a',
    'me',
    '--deadline',
    '2026-11-01',
    '--allow-past',
  )
  await mhv(demo, 'tc', '--no-parse', 'Two', '-t', 'bug', '-a', 'bob', '-p', 'high')
  await mhv(demo, 'tc', '--no-parse', 'Refresh the token')
  return demo
}
const numbers = ({ tasks }: { tasks: { number: number }[] }) => tasks.map(({ number }) => number).sort()

test('words become flags, which are said as a command that lists the same', async () => {
  const demo = await withTasks()
  const { out, err } = await mhv(demo, 'tl', 'overdue', 'bugs', 'assigned', 'to', 'me')
  expect(err).toMatch(/^mhv task list .*--assignee me/)
  const argv = err.trim().split(' ').slice(1)
  expect((await mhv(demo, ...argv)).out).toBe(out)
  const { filter, ...listed } = await mhvJson(demo, 'tl', 'overdue bugs assigned to me')
  expect(filter).toMatchObject({ overdue: true, type: ['bug'], assignee: 'me' })
  expect(numbers(listed)).toEqual([1])
})

test('a flag wins over words, and words that say nothing else are looked for', async () => {
  const demo = await withTasks()
  expect(numbers(await mhvJson(demo, 'tl', 'bugs', '--type', 'task'))).toEqual([3])
  const { filter, ...listed } = await mhvJson(demo, 'tl', 'token')
  expect(filter.text).toBe('token')
  expect(numbers(listed)).toEqual([3])
  expect((await mhvJson(demo, 'tl')).filter).toBeUndefined()
})

test('what can be started is filtered by words too', async () => {
  const demo = await withTasks()
  const { out, err } = await mhv(demo, 'ready', 'high', 'priority', 'bugs')
  expect(err).toBe('mhv task ready --priority high --type bug\n')
  expect(out).toMatch(/Two/)
  expect(out).not.toMatch(/One/)
})

test('words may name a repository, also from outside of any', async () => {
  const { directory, at } = await federationOf({ akosha: ['A'], crackerjack: ['B'] })
  for (const cwd of [directory, at('akosha')]) {
    const { tasks, filter } = await mhvJson(cwd, 'tl', 'open tasks in crackerjack')
    expect(tasks.map(({ ref }: { ref: string }) => ref)).toEqual(['crackerjack#1'])
    expect(filter.repo).toEqual(['crackerjack'])
  }
})
