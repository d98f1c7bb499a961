import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

async function repositoryWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  for (const title of titles) await mhv(demo, 'tc', title)
  return demo
}

test('start makes a claimed branch and a worktree beside the repository, and leaves everything else alone', async () => {
  const demo = await repositoryWith('Fix the “auth” bug, über alles!')
  writeFileSync(join(demo, 'unsaved.txt'), 'mine')
  const head = readFileSync(join(demo, '.git', 'HEAD'), 'utf8')
  const { task, branch, worktree, changed } = await mhvJson(demo, 'start', '1')
  expect(task).toMatchObject({ status: 'in_progress', branch: 'task/1', assignee: 'Ann <ann@example.com>' })
  expect({ branch, changed }).toEqual({ branch: 'task/1', changed: true })
  expect(worktree).toBe(join(demo, '..', 'demo.worktrees', '1-fix-the-auth-bug-uber-alles'))
  expect(git(demo, 'config', 'branch.task/1.mtosTask')).toBe(task.id)
  expect(readFileSync(join(demo, '.git', 'HEAD'), 'utf8')).toBe(head)
  expect(git(demo, 'status', '--porcelain')).toBe('?? unsaved.txt')
})

test('start again says where the worktree is and changes nothing', async () => {
  const demo = await repositoryWith('A')
  const { worktree } = await mhvJson(demo, 'start', '1')
  const tip = git(demo, 'rev-parse', 'refs/mtos/tasks')
  const again = await mhv(worktree, 'start', '1')
  expect(again.code).toBe(0)
  expect(again.out).toMatch(/#1 is started already: A/)
  expect(again.out).toContain(worktree)
  expect(git(demo, 'rev-parse', 'refs/mtos/tasks')).toBe(tip)
})

test('start takes up a task whose worktree was removed, on the branch that it had', async () => {
  const demo = await repositoryWith('A')
  const { worktree } = await mhvJson(demo, 'start', '1')
  writeFileSync(join(worktree, 'work.txt'), 'work')
  git(worktree, 'add', '.')
  git(worktree, 'commit', '--quiet', '--message', 'Work')
  git(demo, 'worktree', 'remove', worktree)
  expect((await mhv(demo, 'switch', '1')).err).toMatch(/#1 has no worktree/)
  const again = await mhvJson(demo, 'start', '1')
  expect(again).toMatchObject({ worktree, branch: 'task/1', changed: true })
  expect(readFileSync(join(worktree, 'work.txt'), 'utf8')).toBe('work')
})

test('start says that a worktree of the task that was removed could be brought back', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'start', '2')
  await mhv(demo, 'worktree', 'remove', '2')
  expect((await mhv(demo, 'start', '1')).err).not.toContain('in the trash')
  await mhv(demo, 'worktree', 'remove', '1')
  expect((await mhv(demo, 'start', '1')).err).toContain(
    'in the trash, and mhv worktree undo 1 would bring it back',
  )
  expect((await mhv(demo, 'start', '1')).err).not.toContain('in the trash')
})

test('undo of a start says that branch and worktree stay, and the next start takes them up', async () => {
  const demo = await repositoryWith('A', 'B')
  const { worktree } = await mhvJson(demo, 'start', '1', '--branch', 'fix/a')
  expect((await mhv(demo, 'undo')).out).toContain('; branch fix/a and its worktree stay: A')
  const { task } = await mhvJson(demo, 'task', 'show', '1')
  expect(task).toMatchObject({ status: 'pending', branch: null, started_at: null, assignee: null })
  expect(JSON.parse((await mhv(demo, 'task', 'export')).out.split('\n')[0]!)).toMatchObject({
    started_at: null,
  })
  expect(await mhvJson(demo, 'start', '1')).toMatchObject({ branch: 'fix/a', worktree })
  await mhv(demo, 'start', '2', '--no-worktree')
  expect((await mhvJson(demo, 'undo')).left_behind).toEqual([{ branch: 'task/2', worktree: null }])
})

test('--branch, --path and --base are taken at their word', async () => {
  const demo = await repositoryWith('A')
  const first = git(demo, 'rev-parse', 'HEAD')
  git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Second')
  const path = join(demo, '..', 'elsewhere')
  const { branch, worktree, task } = await mhvJson(
    demo,
    'start',
    '1',
    '--branch',
    'fix/auth',
    '--path',
    path,
    '--base',
    'HEAD~1',
  )
  expect({ branch, worktree, known: task.branch }).toEqual({
    branch: 'fix/auth',
    worktree: path,
    known: 'fix/auth',
  })
  expect(git(worktree, 'rev-parse', 'HEAD')).toBe(first)
  expect((await mhvJson(worktree, 'current')).task.number).toBe(1)
})

test('--no-worktree makes the branch only', async () => {
  const demo = await repositoryWith('A')
  expect((await mhvJson(demo, 'start', '1', '--no-worktree')).worktree).toBe(null)
  expect(git(demo, 'branch', '--list', 'task/1')).not.toBe('')
  expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
  git(demo, 'switch', '--quiet', 'task/1')
  expect((await mhvJson(demo, 'done')).task).toMatchObject({
    number: 1,
    status: 'completed',
    branch: 'task/1',
  })
})

test.each([
  ['rebase', (at: string) => expect(() => git(at, 'rebase', 'main')).toThrow()],
  ['bisection', (at: string) => git(at, 'bisect', 'start', 'HEAD', 'HEAD~1')],
])('in the middle of a %s its worktree is found as ever', async (_, begin) => {
  const demo = await repositoryWith('A')
  const { worktree } = await mhvJson(demo, 'start', '1')
  for (const [where, text] of [
    [worktree, 'task'],
    [demo, 'main'],
  ] as const) {
    writeFileSync(join(where, 'same.txt'), text)
    git(where, 'add', '.')
    git(where, 'commit', '--quiet', '-m', text)
  }
  begin(worktree)
  git(worktree, 'checkout', '--quiet', '--force', '--detach')
  expect(await mhvJson(demo, 'start', '1')).toMatchObject({ worktree, branch: 'task/1' })
  expect((await mhvJson(demo, 'worktree', 'create', 'task/1')).worktree).toBe(worktree)
})

test('a branch task/N of somebody else is left alone', async () => {
  const demo = await repositoryWith('Fix auth bug')
  git(demo, 'branch', 'task/1')
  expect((await mhvJson(demo, 'start', '1')).branch).toBe('task/1-fix-auth-bug')
  expect((await mhvJson(demo, 'tc', 'Other')).task.number).toBe(2)
  expect((await mhvJson(demo, 'start', '2', '--branch', 'task/1-fix-auth-bug')).error.name).toBe(
    'BRANCH_TAKEN',
  )
})

test('what stands in the way is named before anything is done, with a step that leads out', async () => {
  const demo = await repositoryWith('A', 'B')
  git(demo, 'branch', 'task')
  const blocked = await mhvJson(demo, 'start', '1')
  expect(blocked.error).toMatchObject({ name: 'BRANCH_TAKEN', recovery: ['mhv start 1 --branch task-1'] })
  expect((await mhvJson(demo, 'task', 'show', '1')).task.status).toBe('pending')
  git(demo, 'branch', '-D', 'task')
  const usual = join(demo, '..', 'demo.worktrees', '1-a')
  mkdirSync(usual, { recursive: true })
  writeFileSync(join(usual, 'mine.txt'), 'mine')
  const taken = await mhvJson(demo, 'start', '1')
  expect(taken.error).toMatchObject({ name: 'WORKTREE_EXISTS', data: { path: usual } })
  expect(readFileSync(join(usual, 'mine.txt'), 'utf8')).toBe('mine')
  const out = execFileSync(
    'sh',
    ['-c', `printf %s ${taken.error.recovery[0].replace(/^mhv start 1 --path /, '')}`],
    { encoding: 'utf8' },
  )
  expect((await mhvJson(demo, 'start', '1', '--path', out)).worktree).toBe(`${usual}-2`)
})

test('a link that leads nowhere is in the way, and the step goes past it', async () => {
  const demo = await repositoryWith('A')
  const usual = join(demo, '..', 'demo.worktrees', '1-a')
  mkdirSync(dirname(usual), { recursive: true })
  symlinkSync('nowhere', usual)
  const { error } = await mhvJson(demo, 'start', '1')
  expect(error).toMatchObject({ name: 'WORKTREE_EXISTS', recovery: [`mhv start 1 --path ${usual}-2`] })
})

test('a worktree that was moved by hand is found beside where it was, and the way out keeps what is in it', async () => {
  const demo = await repositoryWith('A')
  const { worktree } = await mhvJson(demo, 'start', '1')
  writeFileSync(join(worktree, 'mine.txt'), 'mine')
  git(worktree, 'add', 'mine.txt')
  const moved = `${worktree} (moved)`
  renameSync(worktree, moved)
  const { findings } = await mhvJson(demo, 'doctor')
  expect(findings).toMatchObject([{ code: 'WORKTREE_MISSING', message: expect.stringContaining(moved) }])
  const { error } = await mhvJson(demo, 'start', '1')
  expect([error.name, error.recovery[0], error.recovery[1]]).toEqual([
    'WORKTREE_MISSING',
    findings[0].fix,
    'mhv start 1',
  ])
  expect(error.recovery[0]).toBe(`mhv worktree repair '${moved}'`)
  expect((await mhv(demo, 'worktree', 'repair', moved)).code).toBe(0)
  expect((await mhvJson(demo, 'start', '1')).worktree).toBe(moved)
  expect(git(moved, 'diff', '--cached', '--name-only')).toBe('mine.txt')
  expect((await mhvJson(demo, 'doctor')).findings).toEqual([])
})

/** Runs a step as a shell would that finds mhv. */
async function paste(cwd: string, step: string): Promise<void> {
  if (!step.startsWith('mhv ')) return void execFileSync('sh', ['-c', step], { cwd, stdio: 'pipe' })
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${step}`], { encoding: 'utf8' })
  expect(await mhv(cwd, ...words.trim().split('\n').slice(1))).toMatchObject({ code: 0 })
}

test('a worktree that is nowhere to be found: repairing is offered before removing, which works for a locked one too', async () => {
  const demo = await repositoryWith('A')
  const { worktree } = await mhvJson(demo, 'start', '1')
  git(demo, 'worktree', 'lock', worktree)
  rmSync(worktree, { recursive: true })
  const [finding] = (await mhvJson(demo, 'doctor')).findings
  expect([finding.code, finding.message]).toEqual(['WORKTREE_MISSING', expect.stringContaining('locked')])
  const { recovery } = (await mhvJson(demo, 'start', '1')).error
  expect(finding.message).toContain('mhv worktree repair NEW-PATH')
  expect([finding.fix, ...finding.next]).toEqual(recovery.slice(0, -1))
  for (const step of recovery.slice(0, -1)) await paste(demo, step)
  expect((await mhvJson(demo, 'start', '1')).worktree).toBe(worktree)
})

test('a worktree whose directory was deleted by hand is explained, and the way out works', async () => {
  const demo = await repositoryWith('A')
  const { worktree } = await mhvJson(demo, 'start', '1')
  rmSync(worktree, { recursive: true })
  const { error } = await mhvJson(demo, 'start', '1')
  expect(error.name).toBe('WORKTREE_MISSING')
  expect((await mhvJson(demo, 'switch', '1')).error).toEqual(error)
  expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({ worktree, worktree_missing: true })
  expect((await mhv(demo, 'task', 'show', '1')).out).toContain(`${worktree} (missing)`)
  await paste(demo, error.recovery[1])
  expect((await mhvJson(demo, 'start', '1')).worktree).toBe(worktree)
  expect(existsSync(worktree)).toBe(true)
})

test('a worktree that is cut off from the repository is tied to it again as the error says', async () => {
  const demo = await repositoryWith('A')
  const { worktree } = await mhvJson(demo, 'start', '1')
  rmSync(join(worktree, '.git'))
  const { error } = await mhvJson(demo, 'switch', '1')
  expect(error.message).toMatch(/no worktree any more/)
  expect(error.recovery[0]).toBe('mhv worktree repair')
  expect((await mhv(demo, 'worktree', 'repair')).code).toBe(0)
  expect((await mhv(demo, 'switch', '1')).code).toBe(0)
})

test('flags that a started task contradicts are refused with how it is started; the same ones are not', async () => {
  const demo = await repositoryWith('A', 'B')
  const flags = ['--branch', 'fix/a', '--path', join(demo, '..', 'here'), '--base', 'HEAD']
  const { worktree } = await mhvJson(demo, 'start', '1', ...flags)
  const before = git(demo, 'for-each-ref')
  git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'Second')
  for (const other of [
    ['--branch', 'other'],
    ['--path', join(demo, '..', 'there')],
    ['--base', 'HEAD'],
    ['--no-worktree'],
    ['--branch', 'other', '--no-worktree'],
  ]) {
    const { error } = await mhvJson(demo, 'start', '1', ...other)
    expect(error).toMatchObject({ name: 'STARTED_OTHERWISE', data: { branch: 'fix/a', worktree } })
  }
  expect((await mhvJson(demo, 'start', '1', '--base', 'nope')).error.name).toBe('INVALID_INPUT')
  flags[5] = 'HEAD~1'
  for (const same of [flags, []]) expect((await mhvJson(demo, 'start', '1', ...same)).changed).toBe(false)
  git(demo, 'reset', '--quiet', '--hard', 'HEAD~1')
  expect(git(demo, 'for-each-ref')).toBe(before)
})

test('every step that a refused start names works when it is pasted', async () => {
  const demo = await repositoryWith('A', 'B', 'C', 'D')
  const steps = async (...argv: string[]) => (await mhvJson(demo, 'start', ...argv)).error.recovery
  const paste = async (step: string) => {
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${step}`], { encoding: 'utf8' })
    return mhvJson(demo, ...words.trim().split('\n').slice(1))
  }
  const taken = join(demo, '..', "it's taken")
  mkdirSync(taken)
  writeFileSync(join(taken, 'mine'), '')
  writeFileSync(`${taken}-2`, '')
  const [elsewhere] = await steps('1', '--path', taken, '--branch', 'one')
  expect(await paste(elsewhere)).toMatchObject({ worktree: `${taken}-3`, branch: 'one' })
  const owned = await mhvJson(demo, 'start', '2', '--branch', 'one')
  expect(owned.error.message).toBe('The branch one belongs to #1 A.')
  expect(await paste(owned.error.recovery[1])).toMatchObject({ branch: 'task/2' })
  const below = await steps('3', '--path', '/proc/x')
  expect(below).toEqual(['mhv start 3'])
  expect((await paste(below[0])).task.status).toBe('in_progress')
  const [onMain, ofItsOwn] = await steps('4', '--branch', 'main')
  expect((await mhvJson(demo, 'task', 'show', '4')).task.status).toBe('pending')
  expect(await paste(onMain)).toMatchObject({ branch: 'main', worktree: null })
  await mhv(demo, 'undo', '4')
  expect(ofItsOwn).toBe('mhv start 4')
})

test('working on a branch that was there is said in so many words', async () => {
  const demo = await repositoryWith('A')
  const { code, err } = await mhv(demo, 'start', '1', '--branch', 'main', '--no-worktree')
  expect(code).toBe(0)
  expect(err).toMatch(/Note: the branch main was there before/)
  expect((await mhvJson(demo, 'current')).task.number).toBe(1)
})

test('a task’s own branch is known from the log where the clone does not say whose it is', async () => {
  const demo = await repositoryWith('A')
  const { worktree } = await mhvJson(demo, 'start', '1')
  git(demo, 'config', '--unset', 'branch.task/1.mtosTask')
  expect(await mhvJson(demo, 'start', '1')).toMatchObject({ branch: 'task/1', worktree })
  expect((await mhvJson(worktree, 'current')).task.number).toBe(1)
})

test('in a bare repository without commits the step makes one', async () => {
  const bare = join(temporaryDirectory(), 'central.git')
  execFileSync('git', ['init', '--quiet', '--bare', bare])
  await mhv(bare, 'init')
  await mhv(bare, 'tc', 'A')
  const { error } = await mhvJson(bare, 'start', '1')
  expect(error.name).toBe('NO_COMMITS')
  execFileSync('sh', ['-c', error.recovery[0]], { cwd: bare })
  expect((await mhvJson(bare, 'start', '1')).task.status).toBe('in_progress')
})

test('a start that git refuses half-way is taken back', async () => {
  const demo = await repositoryWith('A')
  const file = join(temporaryDirectory(), 'file')
  writeFileSync(file, '')
  const { error } = await mhvJson(demo, 'start', '1', '--path', join(file, 'below'))
  expect(error.code).toMatch(/^MHV-/)
  const { task } = await mhvJson(demo, 'task', 'show', '1')
  expect(task).toMatchObject({ status: 'pending', assignee: null })
  expect((await mhvJson(demo, 'start', '1')).task.status).toBe('in_progress')
})

test('a blocked or waiting task needs --force, and says by what', async () => {
  const demo = await repositoryWith('A', 'B')
  await mhv(demo, 'task', 'depend', '1', '--on', '2')
  expect((await mhv(demo, 'start', '1')).err).toMatch(/#1 waits for #2 B/)
  const { error } = await mhvJson(demo, 'start', '1', '--branch', 'a&b', '--no-worktree')
  expect(error.recovery).toContain("mhv start 1 --branch 'a&b' --no-worktree --force")
  await mhv(demo, 'task', 'block', '2', '--reason', 'vendor')
  expect((await mhv(demo, 'start', '2')).err).toMatch(/#2 is blocked: vendor/)
  expect((await mhvJson(demo, 'start', '2', '--force', '--no-worktree')).task.status).toBe('in_progress')
  const forced = await mhvJson(demo, 'start', '1', '--force', '--reason', 'mocked', '--no-worktree')
  expect(forced.task).toMatchObject({ status: 'in_progress', reason: 'mocked' })
})

test('in a repository without commits there is nothing to branch from, but a task can be done', async () => {
  const demo = join(temporaryDirectory(), 'demo')
  execFileSync('git', ['init', '--quiet', demo])
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'A')
  expect((await mhvJson(demo, 'start', '1')).error.name).toBe('NO_COMMITS')
  expect((await mhvJson(demo, 'start', '1', '--no-worktree')).error.name).toBe('NO_COMMITS')
  expect((await mhvJson(demo, 'done', '1')).task).toMatchObject({ status: 'completed', commit: null })
})

test('from a bare repository the worktree goes beside it', async () => {
  const demo = temporaryRepository()
  const bare = join(demo, '..', 'central.git')
  git(demo, 'clone', '--quiet', '--bare', demo, bare)
  await mhv(bare, 'init')
  await mhv(bare, 'tc', 'A')
  const { worktree } = await mhvJson(bare, 'start', '1')
  expect(worktree).toBe(join(demo, '..', 'central.worktrees', '1-a'))
  expect((await mhvJson(worktree, 'done')).task.ref).toBe('central#1')
})

test('the shell function goes where start and switch say, and hands everything else on', async () => {
  const demo = await repositoryWith('A')
  const { PROGRAM } = await import('../support/cli.ts')
  const bin = temporaryDirectory()
  writeFileSync(join(bin, 'mhv'), `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`, {
    mode: 0o755,
  })
  const script =
    'eval "$(mhv shell-init bash)"\nmhv start 1 >/dev/null; pwd\ncd /; mhv -C "$DEMO" switch 1 >/dev/null; pwd; mhv nope 2>/dev/null; echo $?; set -e; mhv nope 2>/dev/null'
  const leftovers = temporaryDirectory()
  const { stdout: out, status } = spawnSync('bash', ['-c', script], {
    cwd: demo,
    encoding: 'utf8',
    env: { ...process.env, DEMO: demo, PATH: `${bin}:${process.env.PATH}`, TMPDIR: leftovers },
  })
  expect({ status, left: readdirSync(leftovers) }).toEqual({ status: 2, left: [] })
  const worktree = join(demo, '..', 'demo.worktrees', '1-a')
  expect(out.split('\n').slice(0, 3)).toEqual([worktree, worktree, '2'])
  for (const shell of ['zsh', 'fish'])
    expect((await mhv(demo, 'shell-init', shell)).out).toMatch(/MHV_CD_FILE/)
})

test('outside a task’s branch its number is asked for', async () => {
  const demo = await repositoryWith('A')
  expect((await mhvJson(demo, 'current')).error.name).toBe('NO_CURRENT_TASK')
  expect((await mhvJson(demo, 'done')).error.name).toBe('NO_CURRENT_TASK')
  git(demo, 'checkout', '--quiet', '--detach')
  expect((await mhv(demo, 'current')).err).toMatch(/No branch is checked out here/)
})

test('inside a task’s worktree its number may be left out', async () => {
  const demo = await repositoryWith('A', 'B')
  const { worktree } = await mhvJson(demo, 'start', '1')
  await mhv(worktree, 'task', 'comment', 'from inside')
  await mhv(worktree, 'task', 'label', 'auth', 'web')
  await mhv(worktree, 'task', 'assign', 'bob')
  await mhv(worktree, 'task', 'edit', '-c', 'works')
  await mhv(worktree, 'task', 'check', '1')
  await mhv(worktree, 'task', 'depend', '--on', '2')
  expect((await mhvJson(worktree, 'task', 'show')).task).toMatchObject({
    number: 1,
    comments: [{ text: 'from inside' }],
    labels: ['auth', 'web'],
    assignee: 'bob',
    criteria: [{ met: true }],
    depends_on: ['demo#2'],
  })
  expect((await mhvJson(demo, 'task', 'assign', 'bob')).error.name).toBe('NO_CURRENT_TASK')
})

test('a branch that was renamed in its worktree stays the task’s', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'Fix auth bug')
  const { worktree } = await mhvJson(demo, 'start', '1')
  git(worktree, 'branch', '-m', 'renamed')
  expect((await mhvJson(demo, 'switch', '1')).worktree).toBe(worktree)
  expect(await mhvJson(demo, 'start', '1')).toMatchObject({ worktree, branch: 'renamed' })
  expect((await mhvJson(worktree, 'current')).task.number).toBe(1)
  expect(git(demo, 'branch', '--list', 'task/*')).toBe('')
})
