import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

async function repositoryWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  for (const title of titles) await mhv(demo, 'tc', title)
  return demo
}

const paste = (demo: string, step: string) => {
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${step}`], { encoding: 'utf8' })
  return mhvJson(demo, ...words.trim().split('\n').slice(1))
}

test('a started task without a worktree gets one, and stays as it is', async () => {
  const demo = await repositoryWith('Fix auth')
  await mhv(demo, 'start', '1', '--no-worktree')
  await mhv(demo, 'task', 'block', '1', '--reason', 'vendor')
  const tip = git(demo, 'rev-parse', 'refs/mtos/tasks')
  const made = await mhvJson(demo, 'wc', '1')
  const worktree = join(`${demo}.worktrees`, '1-fix-auth')
  expect(made).toMatchObject({ task: { ref: 'demo#1' }, branch: 'task/1', worktree, changed: true })
  expect(made.port).toEqual(expect.any(Number))
  expect(git(worktree, 'branch', '--show-current')).toBe('task/1')
  expect(git(demo, 'rev-parse', 'refs/mtos/tasks')).toBe(tip)
  // By its branch it is the same task, whose worktree is there.
  for (const name of ['1', 'task/1']) {
    expect(await mhvJson(demo, 'wc', name)).toMatchObject({ changed: false, worktree, port: made.port })
  }
})

test('the branch of a completed task can be looked at again; one that is not started is started instead', async () => {
  const demo = await repositoryWith('A', 'B')
  const { worktree } = await mhvJson(demo, 'start', '1')
  await mhv(demo, 'done', '1')
  git(demo, 'worktree', 'remove', worktree)
  expect(await mhvJson(demo, 'wc', '1')).toMatchObject({ worktree, changed: true })
  expect((await mhvJson(demo, 'task', 'show', '1')).task.status).toBe('completed')
  const { error } = await mhvJson(demo, 'wc', '2')
  expect([error.name, error.recovery]).toEqual(['NO_WORKTREE', ['mhv start 2']])
  git(demo, 'worktree', 'remove', worktree)
  git(demo, 'branch', '--delete', 'task/1')
  expect((await mhvJson(demo, 'wc', '1')).error.recovery).toEqual(['mhv task reopen 1'])
})

test('any branch gets a worktree: one that is there, a new one, one that only a remote has', async () => {
  const origin = temporaryRepository()
  git(origin, 'branch', 'theirs/topic')
  const demo = join(origin, '..', 'clone')
  git(origin, 'clone', '--quiet', origin, demo)
  await mhv(demo, 'init')
  git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Ours')
  git(demo, 'branch', 'here', 'HEAD~1')
  const at = async (...argv: string[]) => {
    const { worktree, branch, task, changed } = await mhvJson(demo, 'worktree', 'create', ...argv)
    expect([task, changed, git(worktree, 'branch', '--show-current')]).toEqual([null, true, branch])
    return worktree
  }
  expect(await at('here')).toBe(join(`${demo}.worktrees`, 'here'))
  expect(git(demo, 'rev-parse', 'here')).toBe(git(demo, 'rev-parse', 'HEAD~1'))
  const topic = await at('theirs/topic')
  expect(topic).toBe(join(`${demo}.worktrees`, 'theirs-topic'))
  expect(git(topic, 'rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/theirs/topic')
  await at('new', '--base', 'origin/main')
  expect(git(demo, 'rev-parse', 'new')).toBe(git(demo, 'rev-parse', 'origin/main'))
  expect(git(demo, 'config', '--get-regexp', '^branch\\.')).not.toMatch(/mtostask|branch\.new/)
  // Asked for again, also with the base that it was made at, it is there.
  expect((await mhvJson(demo, 'wc', 'new', '--base', 'origin/main')).changed).toBe(false)
})

test('what stands in the way of a branch’s worktree is named, with a step that leads out', async () => {
  const demo = await repositoryWith()
  git(demo, 'branch', 'topic')
  const taken = join(`${demo}.worktrees`, 'topic')
  mkdirSync(taken, { recursive: true })
  writeFileSync(join(taken, 'mine'), '')
  const { error } = await mhvJson(demo, 'wc', 'topic')
  expect(error.name).toBe('WORKTREE_EXISTS')
  const made = await paste(demo, error.recovery[0])
  expect(made.worktree).toBe(`${taken}-2`)
  expect((await mhvJson(demo, 'wc', 'topic', '--path', taken)).error.name).toBe('WORKTREE_EXISTS')
  expect((await mhvJson(demo, 'wc', 'main')).error.name).toBe('WORKTREE_EXISTS')
  expect((await mhvJson(demo, 'wc', 'new', '--base', 'nowhere')).error.name).toBe('INVALID_INPUT')
  expect((await mhvJson(demo, 'wc', 'bad..name')).error.name).toBe('INVALID_INPUT')
  git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Second')
  expect((await mhvJson(demo, 'wc', 'topic', '--base', 'main')).error.name).toBe('BRANCH_TAKEN')
  const blocked = (await mhvJson(demo, 'wc', 'topic/below')).error
  expect(blocked).toMatchObject({ name: 'BRANCH_TAKEN', data: { blocker: 'topic' } })
  expect((await paste(demo, blocked.recovery[0])).branch).toBe('topic-below')
  renameSync(made.worktree, `${made.worktree}-moved`)
  const missing = (await mhvJson(demo, 'wc', 'topic')).error
  expect([missing.name, missing.data.moved_to]).toEqual(['WORKTREE_MISSING', `${made.worktree}-moved`])
  await paste(demo, missing.recovery[0])
  expect((await paste(demo, missing.recovery[1])).worktree).toBe(`${made.worktree}-moved`)
})

test('a worktree that git refuses leaves no branch behind, but one that was there before stays', async () => {
  const demo = await repositoryWith()
  const file = join(temporaryDirectory(), 'file')
  writeFileSync(file, '')
  const refs = git(demo, 'for-each-ref', 'refs/heads')
  expect((await mhvJson(demo, 'wc', 'new', '--path', join(file, 'below'))).error.code).toMatch(/^MHV-/)
  expect(git(demo, 'for-each-ref', 'refs/heads')).toBe(refs)
  expect(readdirSync(join(file, '..'))).toEqual(['file'])
  git(demo, 'branch', 'old')
  expect((await mhvJson(demo, 'wc', 'old', '--path', join(file, 'below'))).error.code).toMatch(/^MHV-/)
  expect(git(demo, 'branch', '--list', 'old')).not.toBe('')
})

test('a worktree inside the main one is kept out of its files', async () => {
  const demo = await repositoryWith('A', 'B', 'C', 'D')
  const inside = async (path: string, number: string) => {
    writeFileSync(join(demo, '.mhvrc.json'), JSON.stringify({ worktrees: { path } }))
    git(demo, 'add', '.mhvrc.json')
    git(demo, 'commit', '--quiet', '--allow-empty', '--message', path)
    const { worktree } = await mhvJson(demo, 'start', number)
    writeFileSync(join(worktree, 'file'), '')
    expect(git(demo, 'status', '--porcelain')).toBe('')
  }
  const lines = () =>
    readFileSync(join(demo, '.git', 'info', 'exclude'), 'utf8')
      .split('\n')
      .slice(-4)
  await inside('.worktrees/{number}-{slug}', '1')
  await inside('.worktrees/{number}-{slug}', '2')
  expect(lines().filter((line) => line.includes('worktrees'))).toEqual(['/.worktrees/'])
  mkdirSync(join(demo, 'src'))
  writeFileSync(join(demo, 'src', 'kept'), '')
  git(demo, 'add', 'src')
  await inside('src/[{number}] !', '3')
  writeFileSync(join(demo, 'src', 'seen'), '')
  expect(git(demo, 'status', '--porcelain')).toBe('?? src/seen')
  // From inside one, the next goes where it goes from anywhere else.
  const first = join(demo, '.worktrees', '1-a')
  expect((await mhvJson(first, 'start', '4')).worktree).toBe(join(demo, '.worktrees', '4-d'))
})

test('branches without a task are told apart where worktrees are called after numbers', async () => {
  const demo = await repositoryWith('A')
  writeFileSync(join(demo, '.mhvrc.json'), JSON.stringify({ worktrees: { path: '../trees/{number}' } }))
  expect((await mhvJson(demo, 'start', '1')).worktree).toBe(join(demo, '..', 'trees', '1'))
  expect((await mhvJson(demo, 'wc', 'new/topic')).worktree).toBe(join(demo, '..', 'trees', 'new-topic'))
})

test('a worktree inside the git directory is refused, and nothing is made', async () => {
  const demo = await repositoryWith('A')
  const { error } = await mhvJson(demo, 'start', '1', '--path', join(demo, '.git', 'trees', '1'))
  expect([error.name, error.message]).toEqual(['INVALID_INPUT', expect.stringContaining('git directory')])
  expect((await mhvJson(demo, 'task', 'show', '1')).task.status).toBe('pending')
  expect(existsSync(join(demo, '.git', 'trees'))).toBe(false)
})

test('with a bare repository beside its worktrees, ignored files come from where the command runs', async () => {
  const demo = await repositoryWith('A', 'B')
  writeFileSync(join(demo, '.gitignore'), '.env\n')
  writeFileSync(join(demo, '.worktreeinclude'), '.env\n')
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '--message', 'Files')
  const project = join(temporaryDirectory(), 'project')
  mkdirSync(project)
  git(demo, 'clone', '--quiet', '--bare', demo, join(project, '.bare'))
  writeFileSync(join(project, '.git'), 'gitdir: ./.bare\n')
  git(project, 'fetch', '--quiet', demo, 'refs/mtos/*:refs/mtos/*')
  git(project, 'worktree', 'add', '--quiet', 'main')
  const main = join(project, 'main')
  writeFileSync(join(main, '.env'), 'KEY=1')
  const { worktree, copied } = await mhvJson(main, 'start', '1')
  expect([worktree, copied.files]).toEqual([join(project, 'project.worktrees', '1-a'), 1])
  expect(readFileSync(join(worktree, '.env'), 'utf8')).toBe('KEY=1')
  expect(readdirSync(project).sort()).toEqual(['.bare', '.git', 'main', 'project.worktrees'])
  // From the project's directory there are no files to copy.
  expect(await mhvJson(project, 'start', '2')).toMatchObject({ copied: null, changed: true })
})

test('a main worktree whose git directory is elsewhere is not set up as one that was made', async () => {
  const demo = temporaryRepository(`--separate-git-dir=${join(temporaryDirectory(), 'git')}`)
  writeFileSync(join(demo, '.mhvrc.json'), JSON.stringify({ worktrees: { setup: ['touch ../ran'] } }))
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'A')
  await mhv(demo, 'start', '1', '--no-worktree')
  git(demo, 'switch', '--quiet', 'task/1')
  expect(await mhvJson(demo, 'start', '1', '--trust')).toMatchObject({
    worktree: demo,
    port: null,
    changed: false,
  })
  expect(existsSync(join(demo, '..', 'ran'))).toBe(false)
})

test('from a linked worktree, ignored files come from the main one', async () => {
  const demo = await repositoryWith('A', 'B')
  writeFileSync(join(demo, '.gitignore'), '.env\n')
  writeFileSync(join(demo, '.worktreeinclude'), '.env\n')
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '--message', 'Files')
  writeFileSync(join(demo, '.env'), 'main')
  const first = (await mhvJson(demo, 'start', '1')).worktree
  rmSync(join(first, '.env'))
  writeFileSync(join(first, '.env'), 'first')
  const second = (await mhvJson(first, 'start', '2')).worktree
  expect(readFileSync(join(second, '.env'), 'utf8')).toBe('main')
})
