import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { taskOfBranch } from '../../src/terminal/prompt/segment.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

/** What the built program prints for a prompt. */
async function prompt(cwd: string, ...argv: string[]): Promise<string> {
  const { code, out, err } = await mhvProcess(cwd, ['prompt', ...argv])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

async function started(): Promise<{ demo: string; worktree: string }> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'Cut 50% of “it”', '--no-parse', '-c', 'one', '-c', 'two', '-c', 'three')
  await mhv(demo, 'tc', 'Another', '--no-parse')
  const { worktree } = await mhvJson(demo, 'start', '1')
  return { demo, worktree }
}

test('the task of the branch, with its status and criteria, and nothing where there is none', async () => {
  const { demo, worktree } = await started()
  expect(await prompt(worktree)).toBe('#1 in progress 0/3\n')
  await mhv(worktree, 'task', 'check', '1', '1,2')
  expect(await prompt(worktree)).toBe('#1 in progress 2/3\n')
  await mhv(worktree, 'task', 'block', '1', '--reason', 'no key')
  expect(await prompt(worktree)).toBe('#1 blocked 2/3\n')
  // The main worktree's branch belongs to no task; then the other task's.
  expect(await prompt(demo)).toBe('')
  await mhv(demo, 'start', '2', '--no-worktree')
  git(demo, 'switch', '--quiet', 'task/2')
  expect(await prompt(demo)).toBe('#2 in progress\n')
  git(demo, 'switch', '--quiet', '--detach')
  expect(await prompt(demo)).toBe('')
  expect(await prompt(temporaryDirectory())).toBe('')
  expect(await prompt(temporaryRepository())).toBe('')
})

test('a format says what is shown', async () => {
  const { worktree } = await started()
  expect(await prompt(worktree, '--format', '[{number}] {title} on {branch}')).toBe(
    '[1] Cut 50% of “it” on task/1\n',
  )
  expect(await prompt(worktree, '--format={title}', '--shell', 'zsh')).toBe('Cut 50%% of “it”\n')
  expect(await prompt(worktree, '--format={title}', '--shell=bash')).toBe('Cut 50% of “it”\n')
  // The template language of every other command: widths, and what stands for nothing.
  const wide = '[{title:8}|{criteria:5?none}|{branch}]\\{'
  expect(await prompt(worktree, '--format', wide)).toBe('[Cut 50%…|0/3  |task/1]{\n')
  expect((await mhv(worktree, 'prompt', '--format', wide)).out).toBe('[Cut 50%…|0/3  |task/1]{\n')
  await mhv(worktree, 'task', 'edit', '1', '--title', '日本語のタイトル')
  expect(await prompt(worktree, '--format', '{title:8}|')).toBe('日本語… |\n')
  await mhv(worktree, 'task', 'edit', '1', '--title', 'Cut 50% of “it”')
  const segment = {
    number: 1,
    title: 'Cut 50% of “it”',
    status: 'in progress',
    branch: 'task/1',
    criteria: '0/3',
  }
  expect(await mhvJson(worktree, 'prompt')).toEqual({ schema: 1, segment, text: '#1 in progress 0/3' })
  expect((await mhv(worktree, 'prompt')).out).toBe('#1 in progress 0/3\n')
  expect(await mhvJson(temporaryDirectory(), 'prompt')).toEqual({ schema: 1, segment: null, text: '' })
})

test('a format without a value says what stands for it', async () => {
  const { demo } = await started()
  await mhv(demo, 'start', '2', '--no-worktree')
  git(demo, 'switch', '--quiet', 'task/2')
  expect(await prompt(demo, '--format', '{number} {criteria?none} {status}')).toBe('2 none in progress\n')
  expect(await prompt(demo, '--format', '{number} {criteria} {status}')).toBe('2 in progress\n')
})

test('what is wrong with the flags is told, in the same words as everywhere', async () => {
  const { worktree } = await started()
  const wrong = await mhvProcess(worktree, ['prompt', '--format', '{numbr}'])
  expect(wrong).toMatchObject({ code: 2, out: '' })
  expect(wrong.err).toMatch(/There is no field “numbr”; did you mean “number”\?/)
  expect(await mhvProcess(worktree, ['prompt', '--shell', 'tcsh'])).toMatchObject({ code: 2 })
  expect(await mhvProcess(worktree, ['prompt', 'more'])).toMatchObject({ code: 2 })
  expect((await mhvProcess(worktree, ['prompt', '--help'])).out).toMatch(/starship/)
})

test('nothing that is broken reaches the prompt', async () => {
  const { worktree, demo } = await started()
  const mtos = join(demo, '.git', 'mtos')
  const files = readdirSync(mtos).flatMap((name) => (name.startsWith('index.') ? [join(mtos, name)] : []))
  expect(files).toHaveLength(2)
  for (const file of files) {
    const whole = readFileSync(file)
    const middle = whole.length >> 1
    for (const damaged of [whole.subarray(0, middle), Buffer.from(whole).fill(0, middle)]) {
      writeFileSync(file, damaged)
      await prompt(worktree)
    }
    writeFileSync(file, whole)
  }
  expect(await prompt(worktree)).toBe('#1 in progress 0/3\n')
  for (const file of files) rmSync(file)
  expect(await prompt(worktree)).toBe('')
  writeFileSync(join(demo, '.git', 'HEAD'), 'nonsense')
  expect(await prompt(demo)).toBe('')
})

test('a branch’s task is read as git reads it', () => {
  const demo = temporaryRepository()
  const file = join(demo, '.git', 'config')
  const id = '01KAGHC2XVTQ7T2T65PTVYYYYY'
  for (const branch of ['task/1', 'with"quote', 'a.b[c]', 'UPPER', 'upper']) {
    git(demo, 'config', `branch.${branch}.remote`, 'origin')
    expect(taskOfBranch(readFileSync(file, 'utf8'), branch)).toBeNull()
    git(demo, 'config', `branch.${branch}.mtosTask`, `${id.slice(0, -1)}${branch.length}`)
  }
  for (const branch of ['task/1', 'with"quote', 'a.b[c]', 'UPPER', 'upper']) {
    const asGit = git(demo, 'config', `branch.${branch}.mtosTask`)
    expect(taskOfBranch(readFileSync(file, 'utf8'), branch)).toBe(asGit)
  }
  appendFileSync(file, `[branch "late"] MTOSTASK = ${id} # said so\n[other]\n\tmtosTask = no\n`)
  expect(taskOfBranch(readFileSync(file, 'utf8'), 'late')).toBe(id)
  expect(git(demo, 'config', 'branch.late.mtosTask')).toBe(id)
})
