import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'

async function withTasks(...titles: string[]): Promise<string> {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init')
  for (const title of titles) await mhv(cwd, 'tc', '--no-parse', title)
  return cwd
}

test('a new task that is like another one is created, and the other one is named', async () => {
  const cwd = await withTasks('CLI hangs when the configuration is missing', 'Write the changelog')
  const { code, out, err } = await mhv(cwd, 'tc', '--no-parse', 'CLI hangs when its configuration is missing')
  expect(code).toBe(0)
  expect(out).toContain('#3 created')
  expect(err).toBe('Looks like #1 (pending), 1.00: CLI hangs when the configuration is missing\n')
})

test('an ended task counts, a deleted one does not', async () => {
  const cwd = await withTasks('Rotate the signing keys', 'Rotate the access tokens')
  await mhv(cwd, 'task', 'cancel', '1', '--reason', 'no')
  await mhv(cwd, 'task', 'delete', '2')
  const answer = await mhvJson(cwd, 'tc', '--no-parse', 'Rotate the signing keys')
  expect(answer.duplicates).toMatchObject([
    { ref: expect.stringMatching(/#1$/), status: 'cancelled', score: 1 },
  ])
  expect((await mhvJson(cwd, 'tc', '--no-parse', 'Rotate the access tokens')).duplicates).toEqual([])
})

test('what shares a word only is nothing to be told of', async () => {
  const cwd = await withTasks('Write the changelog of the release')
  expect((await mhvJson(cwd, 'tc', '--no-parse', 'Write tests for the parser')).duplicates).toEqual([])
})
