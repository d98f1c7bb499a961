import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhvJson } from '../support/cli.ts'
import { gitSays, script } from '../support/hooks.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

/** A repository with hooks, and a finished task whose worktree has a commit. */
async function finished() {
  const demo = temporaryRepository()
  await run(demo, 'init')
  await run(demo, 'hooks', 'install')
  await run(demo, 'tc', 'A task')
  const work: string = (await mhvJson(demo, 'start', '1')).worktree
  writeFileSync(join(work, 'file'), 'content\n')
  git(work, 'add', '.')
  git(work, 'commit', '--quiet', '-m', 'Work')
  await run(demo, 'done', '1')
  expect(existsSync(work)).toBe(true)
  return { demo, work }
}

test('a merge takes the worktree of a finished task away, and says how to have it back', async () => {
  const { demo, work } = await finished()
  const { status, err } = gitSays(demo, ['merge', '--quiet', 'task/1'])
  expect(status).toBe(0)
  expect(err).toMatch(/^mhv: The worktree .*1-a-task went with .*mhv worktree undo 1\n$/)
  expect(existsSync(work)).toBe(false)
  await run(demo, 'worktree', 'undo', '1')
  expect(readFileSync(join(work, 'file'), 'utf8')).toBe('content\n')
})

test('what would be lost stays, without a word from the hook', async () => {
  const { demo, work } = await finished()
  writeFileSync(join(work, 'notes'), 'not committed\n')
  expect(gitSays(demo, ['merge', '--quiet', 'task/1'])).toMatchObject({ status: 0, err: '' })
  expect(readFileSync(join(work, 'notes'), 'utf8')).toBe('not committed\n')
  // A checkout of files alone is none of its business; one of a branch is.
  git(work, 'clean', '--quiet', '--force')
  gitSays(demo, ['checkout', '--quiet', '--', '.'])
  expect(existsSync(work)).toBe(true)
  expect(gitSays(demo, ['checkout', '--quiet', '-b', 'next']).err).toMatch(/went/)
  expect(existsSync(work)).toBe(false)
})

test('a worktree is not taken from under the git that runs in it; the next rebase elsewhere takes it', async () => {
  const { demo, work } = await finished()
  git(demo, '-c', 'core.hooksPath=/dev/null', 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
  expect(gitSays(work, ['checkout', '--quiet', '-B', 'task/1'])).toMatchObject({ status: 0, err: '' })
  expect(existsSync(work)).toBe(true)
  expect(gitSays(demo, ['rebase', '--quiet', '--force-rebase', '--rebase-merges', 'HEAD~1']).status).toBe(0)
  expect(existsSync(work)).toBe(false)
})

test('hooks.cleanup: false leaves worktrees to the commands', async () => {
  const { demo, work } = await finished()
  writeFileSync(join(demo, '.mhvrc.yaml'), 'hooks: {cleanup: false}\n')
  expect(gitSays(demo, ['merge', '--quiet', 'task/1'])).toMatchObject({ status: 0, err: '' })
  expect(existsSync(work)).toBe(true)
})

test('what goes wrong is told in a line and fails no merge; where no tasks are kept there is nothing to tell', async () => {
  const { demo, work } = await finished()
  writeFileSync(join(demo, '.mhvrc.yaml'), 'hooks: 7\n')
  const { status, err } = gitSays(demo, ['merge', '--quiet', 'task/1'])
  expect({ status, err }).toMatchObject({
    status: 0,
    err: expect.stringMatching(/^mhv: worktrees were not looked after: .*\n$/),
  })
  expect(existsSync(work)).toBe(true)
  const plain = temporaryRepository()
  await run(plain, 'hooks', 'install')
  expect(gitSays(plain, ['worktree', 'add', '--quiet', '-b', 'x', join(plain, '..', 'x')])).toMatchObject({
    status: 0,
    err: '',
  })
  expect(gitSays(plain, ['checkout', '--quiet', '-b', 'y'])).toMatchObject({ status: 0, err: '' })
})

test('Node is started only where there are linked worktrees, and never by a git of our own', async () => {
  const demo = temporaryRepository()
  await run(demo, 'init')
  await run(demo, 'tc', 'A task')
  await run(demo, 'hooks', 'install')
  const told = join(temporaryDirectory(), 'told')
  script(`${told}-node`, `#!/bin/sh\necho "$3" >>'${told}'\n`)
  writeFileSync(told, '')
  for (const hook of ['post-checkout', 'post-merge', 'post-rewrite']) {
    const path = join(demo, '.git', 'hooks', hook)
    script(path, readFileSync(path, 'utf8').replace(/^mhv_node=.*$/m, `mhv_node='${told}-node'`))
  }
  git(demo, 'checkout', '--quiet', '-b', 'one')
  git(demo, 'commit', '--quiet', '--amend', '--allow-empty', '-m', 'Amended')
  await run(demo, 'start', '1')
  expect(readFileSync(told, 'utf8')).toBe('')
  git(demo, 'checkout', '--quiet', '-b', 'two')
  git(demo, 'commit', '--quiet', '--amend', '--allow-empty', '-m', 'Again')
  expect(readFileSync(told, 'utf8')).toBe('post-checkout\npost-rewrite\n')
})
