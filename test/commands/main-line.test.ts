import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'

test('init, create, list, start, done: the main line through everything', async () => {
  const demo = temporaryRepository()
  expect((await mhv(demo, 'init')).out).toMatch(/Began the task log of demo/)
  const created = await mhvJson(demo, 'tc', 'Fix auth bug', '--priority', 'high', '--label', 'auth')
  expect(created.task).toMatchObject({ ref: 'demo#1', number: 1, status: 'pending', labels: ['auth'] })
  const started = await mhvJson(demo, 'start', '1')
  expect(started.worktree).toBe(join(demo, '..', 'demo.worktrees', '1-fix-auth-bug'))
  expect(existsSync(started.worktree)).toBe(true)
  expect(git(started.worktree, 'branch', '--show-current')).toBe('task/1')
  const done = await mhvJson(started.worktree, 'done')
  expect(done.task).toMatchObject({ status: 'completed', commit: git(demo, 'rev-parse', 'task/1') })
  expect((await mhvJson(demo, 'tl')).tasks).toEqual([])
  expect((await mhvJson(demo, 'tl', '--status', 'all')).total).toBe(1)
})

test('the built program answers as a process', async () => {
  const demo = temporaryRepository()
  expect((await mhvProcess(demo, ['init'])).code).toBe(0)
  const { code, out } = await mhvProcess(demo, ['tl', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({ schema: 1, tasks: [], total: 0, problems: [] })
})
