import { describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'

describe('status', () => {
  test('of a repository without tasks', async () => {
    const here = temporaryRepository()
    await mhv(here, 'init')
    expect((await mhv(here, 'status')).out).toBe('demo: nothing is open\n')
  })

  test('counts tasks by state, and lists what is being worked on', async () => {
    const here = temporaryRepository()
    await mhv(here, 'init')
    for (const title of ['Ready', 'Going on', 'Stuck', 'Over', 'Given up'])
      await mhv(here, 'task', 'create', title)
    await mhv(here, 'task', 'create', 'Waits', '--depends-on', '1')
    await mhv(here, 'task', 'create', 'Late', '--deadline', '+1d')
    await mhv(here, 'start', '2', '--no-worktree')
    await mhv(here, 'task', 'block', '3', '--reason', 'the API')
    await mhv(here, 'done', '4')
    await mhv(here, 'task', 'cancel', '5', '--reason', 'no need')
    expect(await mhvJson(here, 'status')).toEqual({
      schema: 1,
      repository: 'demo',
      open: 5,
      ready: 2,
      waiting: 1,
      in_progress: 1,
      blocked: 1,
      failed: 0,
      overdue: 0,
      done_this_week: 1,
      overridden: 0,
      worktrees: { total: 0, attention: 0 },
      problems: [],
    })
    const { out } = await mhv(here, 'status')
    expect(out.split('\n')[0]).toBe(
      'demo: 5 open, 1 blocked, 1 in progress, 2 ready, 1 waiting, 1 done in 7 days',
    )
    expect(out).toMatch(/2\s+in_progress\s+medium\s+Going on\s+task\/2/)
    expect(out).toMatch(/3\s+blocked\s+medium\s+Stuck/)
    expect(out).not.toContain('Ready\n')
  })

  test('what is late is late on the day, and what was done long ago is not told', async () => {
    const here = temporaryRepository()
    await mhv(here, 'init')
    await mhv(here, 'task', 'create', 'Late', '--deadline', '+1d')
    await mhv(here, 'task', 'create', 'Over')
    await mhv(here, 'done', '2')
    const before = process.env.MHV_NOW
    process.env.MHV_NOW = new Date(Date.now() + 8 * 86_400_000).toISOString()
    try {
      expect(await mhvJson(here, 'status')).toMatchObject({ open: 1, overdue: 1, done_this_week: 0 })
    } finally {
      if (before === undefined) delete process.env.MHV_NOW
      else process.env.MHV_NOW = before
    }
  })
})
