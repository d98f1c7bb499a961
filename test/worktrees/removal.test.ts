import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load-config.ts'
import { findRepository } from '../../src/git/repository.ts'
import { surveyWorktrees } from '../../src/lifecycle/survey-worktrees.ts'
import { openGitStore } from '../../src/store/git-store.ts'
import { moveToTrash } from '../../src/worktrees/move-to-trash.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { commitFile, put, startedTask, stateOf } from '../support/worktrees.ts'

describe('a finished task whose work is merged', () => {
  test('loses its worktree and branch to the trash, and undo brings all of it back byte for byte', async () => {
    const { demo, worktree } = await startedTask()
    commitFile(worktree, 'work.txt', 'work')
    put(worktree, '.env', 'SECRET=1')
    put(worktree, 'node_modules/x/index.js', 'x')
    git(demo, 'config', 'branch.task/1.description', 'a\nb')
    git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
    const before = stateOf(demo, worktree)
    const done = await mhv(demo, 'done', '1')
    expect(done.err).toBe('')
    expect(done.out).toContain(
      `The worktree ${worktree} went with branch task/1 and 2 ignored files. To have it back: mhv worktree undo 1`,
    )
    expect(existsSync(worktree)).toBe(false)
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
    expect(git(demo, 'branch', '--list', 'task/1')).toBe('')
    expect(git(demo, 'config', '--list')).not.toContain('branch.task/1')
    expect((await mhvJson(demo, 'worktree', 'list', '--trash')).trash).toMatchObject([
      { path: worktree, branch: 'task/1', took_branch: true, kept_until: '2026-12-20T10:00:00.123Z' },
    ])
    git(demo, 'gc', '--quiet', '--prune=now')
    const back = await mhv(demo, 'worktree', 'undo', '1')
    expect(back).toMatchObject({ code: 0, err: '' })
    expect(stateOf(demo, worktree)).toEqual(before)
    expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).toBe('')
  })

  test.each(['cancel', 'delete'])('goes when the task is ended by %s', async (verb) => {
    const { demo, worktree } = await startedTask()
    commitFile(worktree, 'work.txt', 'work')
    git(demo, 'merge', '--quiet', 'task/1')
    const ended = await mhvJson(demo, 'task', verb, '1', '--reason', 'no')
    expect(ended.worktrees.kept).toEqual([])
    expect(ended.worktrees.removed).toMatchObject([{ path: worktree, number: 1, took_branch: true }])
    expect(existsSync(worktree)).toBe(false)
  })

  test('goes with submodules whose commits are all pushed, and they work again after undo', async () => {
    const { demo, worktree } = await startedTask()
    const source = join(temporaryDirectory(), 'source')
    git(demo, 'init', '--quiet', source)
    commitFile(source, 'lib.txt', 'lib')
    git(worktree, 'submodule', '--quiet', 'add', source, 'lib')
    git(worktree, 'commit', '--quiet', '--message', 'Add lib')
    git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
    const before = stateOf(demo, worktree)
    expect((await mhvJson(demo, 'done', '1')).worktrees).toMatchObject({
      removed: [{ path: worktree }],
      kept: [],
    })
    await mhv(demo, 'worktree', 'undo')
    expect(stateOf(demo, worktree)).toEqual(before)
    expect(git(join(worktree, 'lib'), 'status', '--porcelain')).toBe('')
  })
})

test('what is written while a worktree is about to go is noticed, and it is put back', async () => {
  const { demo, worktree } = await startedTask()
  const repository = await findRepository(demo)
  const { config } = await loadConfig(null)
  const survey = await surveyWorktrees(repository, openGitStore(repository), config, false)
  const facts = await survey.inspect(survey.worktrees[1]!, true)
  const outcome = await moveToTrash(repository, facts, {
    id: '01JF3ZK4Q8M6W2T5V7X9Y0A1BC',
    at: '2026-11-20T10:00:00.123Z',
    task: null,
    takesBranch: true,
    // The last look finds nothing, and then somebody writes.
    reasonsNow: async () => {
      put(worktree, 'late.txt', 'late')
      return []
    },
  })
  expect(outcome).toMatchObject([{ code: 'changed' }])
  expect(git(worktree, 'status', '--porcelain')).toBe('?? late.txt')
  expect(git(demo, 'branch', '--list', 'task/1')).not.toBe('')
  expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).toBe('')
  expect(readdirSync(join(demo, '.git', 'mtos-trash'))).toEqual([])
})
