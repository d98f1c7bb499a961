import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, PROGRAM } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

/** A repository with a committed configuration of its worktrees, and tasks. */
async function configured(worktrees: object, ...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  for (const title of titles) await mhv(demo, 'tc', title, '--type', 'bug')
  configure(demo, worktrees)
  return demo
}

function configure(demo: string, worktrees: object): void {
  writeFileSync(join(demo, '.mhvrc.json'), JSON.stringify({ worktrees }))
  git(demo, 'add', '.mhvrc.json')
  git(demo, 'commit', '--quiet', '--message', 'Configuration')
}

const words = (step: string) =>
  execFileSync('sh', ['-c', `printf '%s\\n' ${step}`], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(1)

test('worktree and branch are called as configured', async () => {
  const demo = await configured(
    { path: '../trees/{user}-{type}/{repo}-{branch}', branch: '{type}/{number}-{slug}' },
    'Fix auth',
  )
  expect(await mhvJson(demo, 'start', '1')).toMatchObject({
    branch: 'bug/1-fix-auth',
    worktree: join(demo, '..', 'trees', 'ann-bug', 'demo-bug-1-fix-auth'),
  })
})

test('a template that two tasks would share gives the second what tells it apart', async () => {
  const demo = await configured({ branch: 'fix/{slug}' }, 'Same', 'Same')
  expect((await mhvJson(demo, 'start', '1')).branch).toBe('fix/same')
  expect((await mhvJson(demo, 'start', '2')).branch).toBe('fix/same-2')
})

test('a template with an unknown placeholder is refused before anything is done', async () => {
  const demo = await configured({ path: '../{nmuber}' }, 'A')
  const { error } = await mhvJson(demo, 'start', '1')
  expect([error.name, error.message]).toEqual(['CONFIG_INVALID', expect.stringContaining('{number}')])
  expect((await mhvJson(demo, 'task', 'show', '1')).task.status).toBe('pending')
  expect(git(demo, 'branch', '--list', 'task/*')).toBe('')
})

test('a template that cannot be filled in is told with its file, and the steps lead out', async () => {
  const demo = await configured({ branch: 'x/{nmuber}' }, 'A')
  const { error } = await mhvJson(demo, 'start', '1')
  expect(error.message).toMatch(
    /\.mhvrc\.json: worktrees\.branch: has \{nmuber\}, which is not known there; there are \{number\}/,
  )
  expect(error.message).toContain('as in “branch: task/{number}”')
  expect(error.recovery[0]).toBe('mhv config unset worktrees.branch')
  const made = await mhv(demo, 'wc', '1')
  expect(made.err).toContain('NO_WORKTREE')
  await mhv(demo, 'config', 'unset', 'worktrees.branch')
  // The new worktree has what is committed.
  git(demo, 'commit', '--quiet', '--all', '--message', 'Mend the configuration')
  expect((await mhvJson(demo, 'start', '1')).branch).toBe('task/1')
  configure(demo, { path: '../{slgu}' })
  expect((await mhvJson(demo, 'wc', 'topic')).error.message).toContain(
    'worktrees.path: has {slgu}, which is not known there; there are',
  )
})

test('the base is as configured unless given, and followed only when that is wished for', async () => {
  const origin = temporaryRepository()
  const demo = join(origin, '..', 'clone')
  git(origin, 'clone', '--quiet', origin, demo)
  await mhv(demo, 'init')
  for (const title of ['A', 'B', 'C', 'D']) await mhv(demo, 'tc', title)
  configure(demo, { base: 'origin/main' })
  const [theirs, ours] = [git(demo, 'rev-parse', 'origin/main'), git(demo, 'rev-parse', 'HEAD')]
  await mhv(demo, 'start', '1')
  expect([
    git(demo, 'rev-parse', 'task/1'),
    git(demo, 'config', '--get-all', 'branch.task/1.mtosTask'),
  ]).toEqual([theirs, expect.any(String)])
  expect(() => git(demo, 'rev-parse', 'task/1@{upstream}')).toThrow()
  await mhv(demo, 'start', '2', '--track')
  expect(git(demo, 'rev-parse', '--abbrev-ref', 'task/2@{upstream}')).toBe('origin/main')
  const refused = (await mhvJson(demo, 'start', '3', '--base', 'main', '--track')).error
  expect([refused.name, refused.data.field]).toEqual(['INVALID_INPUT', 'track'])
  await mhv(demo, 'start', '3', '--base', 'main')
  expect(git(demo, 'rev-parse', 'task/3')).toBe(ours)
  configure(demo, { base: 'origin/nowhere' })
  const { error } = await mhvJson(demo, 'start', '4')
  expect(error).toMatchObject({
    name: 'CONFIG_INVALID',
    message: expect.stringContaining('origin/nowhere names no commit. Example: worktrees.base: HEAD'),
    recovery: ['mhv config unset worktrees.base', expect.stringContaining('.mhvrc')],
    data: { field: 'worktrees.base' },
  })
  expect((await mhv(demo, 'config', 'unset', 'worktrees.base')).code).toBe(0)
  expect((await mhv(demo, 'start', '4')).code).toBe(0)
})

test('ignored files that are listed come along, once, and what is there stays', async () => {
  const demo = await configured({}, 'A')
  writeFileSync(join(demo, '.gitignore'), '.env\nnode_modules\n')
  writeFileSync(join(demo, '.worktreeinclude'), '.env\nnode_modules\n')
  writeFileSync(join(demo, '.env'), 'KEY=1')
  mkdirSync(join(demo, 'node_modules', 'a'), { recursive: true })
  writeFileSync(join(demo, 'node_modules', 'a', 'package.json'), '{}')
  git(demo, 'add', '.gitignore', '.worktreeinclude')
  git(demo, 'commit', '--quiet', '--message', 'Ignore')
  const { out, err } = await mhv(demo, 'start', '1')
  expect(out).toContain('started')
  expect(err).toBe('Note: 2 ignored files copied (7 bytes).\n')
  const worktree = join(`${demo}.worktrees`, '1-a')
  expect(readFileSync(join(worktree, '.env'), 'utf8')).toBe('KEY=1')
  expect(readFileSync(join(worktree, 'node_modules', 'a', 'package.json'), 'utf8')).toBe('{}')
  expect(git(worktree, 'status', '--porcelain')).toBe('')
  // Someone who deletes a copy has a reason.
  rmSync(join(worktree, '.env'))
  expect(await mhvJson(demo, 'start', '1')).toMatchObject({ changed: false, copied: null })
  expect(existsSync(join(worktree, '.env'))).toBe(false)
})

test('without a terminal, set-up commands of a repository run only when they are agreed to', async () => {
  const demo = await configured({ setup: ['echo one >> ../ran', 'echo two >> ../ran'] }, 'A', 'B', 'C')
  const ran = join(`${demo}.worktrees`, 'ran')
  const { error } = await mhvJson(demo, 'start', '1')
  expect(error).toMatchObject({
    name: 'NOT_TRUSTED',
    recovery: ['mhv start 1 --trust', 'mhv start 1 --no-setup'],
    data: { commands: ['echo one >> ../ran', 'echo two >> ../ran'] },
  })
  expect((await mhv(demo, 'start', '1')).code).toBe(1)
  expect([existsSync(ran), existsSync(error.data.worktree)]).toEqual([false, true])
  expect((await mhvJson(demo, 'task', 'show', '1')).task.status).toBe('in_progress')
  expect(await mhvJson(demo, ...words(error.recovery[1]))).toMatchObject({
    set_up: { ran: [], skipped: [{}, {}] },
  })
  expect(await mhvJson(demo, ...words(error.recovery[0]))).toMatchObject({
    changed: true,
    set_up: { skipped: [] },
  })
  expect(readFileSync(ran, 'utf8')).toBe('one\ntwo\n')
  expect(await mhvJson(demo, 'start', '1', '--trust')).toMatchObject({ changed: false, set_up: { ran: [] } })
  // The agreement holds for other worktrees, and for exactly these commands.
  expect((await mhvJson(demo, 'start', '2')).set_up.ran).toHaveLength(2)
  configure(demo, { setup: ['echo one >> ../ran', 'echo three >> ../ran'] })
  expect((await mhvJson(demo, 'start', '3')).error.name).toBe('NOT_TRUSTED')
  expect(readFileSync(ran, 'utf8')).toBe('one\ntwo\none\ntwo\n')
})

test('what is asked about and run is what the new worktree has checked out', async () => {
  const demo = await configured({ setup: ['touch ../first'] }, 'A')
  expect((await mhvJson(demo, 'start', '1', '--no-worktree')).branch).toBe('task/1')
  git(demo, 'switch', '--quiet', 'task/1')
  configure(demo, { setup: ['touch ../second'] })
  git(demo, 'switch', '--quiet', 'main')
  const { error } = await mhvJson(demo, 'start', '1')
  expect(error.data.commands).toEqual(['touch ../second'])
  await mhv(demo, 'start', '1', '--trust')
  expect(readdirSync(`${demo}.worktrees`).sort()).toEqual(['1-a', 'second'])
})

test('commands of the user’s own configuration run without being asked about', async () => {
  const demo = await configured({}, 'A')
  process.env.XDG_CONFIG_HOME = temporaryDirectory()
  onTestFinished(() => {
    delete process.env.XDG_CONFIG_HOME
  })
  mkdirSync(join(process.env.XDG_CONFIG_HOME, 'mhv'))
  writeFileSync(
    join(process.env.XDG_CONFIG_HOME, 'mhv', 'config.yaml'),
    'worktrees: {setup: ["touch ../mine"]}\n',
  )
  expect((await mhvJson(demo, 'start', '1')).set_up.ran).toEqual(['touch ../mine'])
  expect(existsSync(join(`${demo}.worktrees`, 'mine'))).toBe(true)
})

test('a set-up command that fails says so, shows what it printed, and is gone on with', async () => {
  const demo = await configured(
    { setup: ['echo first >> ../ran', 'echo trying; test -e ../fixed || exit 7', 'echo last >> ../ran'] },
    'A',
  )
  const { code, err } = await mhv(demo, 'start', '1', '--trust')
  expect(code).toBe(1)
  expect(err).toMatch(/\$ echo first.*\n\$ echo trying.*\ntrying\n/)
  const { error } = await mhvJson(demo, 'start', '1')
  expect(error).toMatchObject({ name: 'SETUP_FAILED', recovery: ['mhv start 1'], data: { exit_code: 7 } })
  expect((await mhvJson(demo, 'task', 'show', '1')).task.status).toBe('in_progress')
  writeFileSync(join(`${demo}.worktrees`, 'fixed'), '')
  expect((await mhvJson(demo, 'start', '1')).set_up.ran).toHaveLength(2)
  expect(readFileSync(join(`${demo}.worktrees`, 'ran'), 'utf8')).toBe('first\nlast\n')
})

test('set-up commands learn where they are, and nothing of the git around them', async () => {
  const demo = await configured({ setup: ['env > ../env; pwd >> ../env'] }, 'A')
  process.env.GIT_INDEX_FILE = '/nowhere/index'
  onTestFinished(() => {
    delete process.env.GIT_INDEX_FILE
  })
  const { task, port, worktree } = await mhvJson(demo, 'start', '1', '--trust')
  const told = readFileSync(join(`${demo}.worktrees`, 'env'), 'utf8').split('\n')
  expect(told).toEqual(
    expect.arrayContaining([
      `MHV_TASK=${task.id}`,
      'MHV_NUMBER=1',
      'MHV_BRANCH=task/1',
      `MHV_WORKTREE=${worktree}`,
      `MHV_MAIN_WORKTREE=${demo}`,
      `MHV_PORT=${port}`,
      realpathSync(worktree),
    ]),
  )
  expect(told.filter((line) => line.startsWith('GIT_'))).toEqual(
    Object.entries(process.env)
      .filter(([name]) => name.startsWith('GIT_') && name !== 'GIT_INDEX_FILE')
      .map(([name, value]) => `${name}=${value}`),
  )
})

test('each worktree has a port of its own, the same on every start, as long as there are some', async () => {
  const demo = await configured({ ports: { first: 4000, count: 2 } }, 'A', 'B', 'C')
  const ports = [(await mhvJson(demo, 'start', '1')).port, (await mhvJson(demo, 'start', '2')).port]
  expect([...ports].sort()).toEqual([4000, 4001])
  const third = await mhvJson(demo, 'start', '3')
  expect([third.port, third.task.status]).toEqual([null, 'in_progress'])
  const said = 'Note: it has no port: other worktrees have all of worktrees.ports.'
  expect((await mhv(demo, 'start', '3')).err).toContain(said)
  expect((await mhv(demo, 'start', '1')).err).not.toContain(said)
  expect((await mhvJson(demo, 'start', '1')).port).toBe(ports[0])
  git(demo, 'worktree', 'remove', join(`${demo}.worktrees`, '2-b'))
  expect((await mhvJson(demo, 'start', '3')).port).toBe(ports[1])
})

test('a worktree made from a sparse one has the same files', async () => {
  const demo = await configured({}, 'A')
  for (const directory of ['wanted', 'other']) {
    mkdirSync(join(demo, directory))
    writeFileSync(join(demo, directory, 'file'), '')
  }
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '--message', 'Directories')
  git(demo, 'sparse-checkout', 'set', 'wanted')
  const { worktree } = await mhvJson(demo, 'start', '1')
  expect(readdirSync(worktree).sort()).toEqual(['.git', '.mhvrc.json', 'wanted'])
  expect(git(worktree, 'sparse-checkout', 'list')).toBe('wanted')
  expect(git(worktree, 'status', '--porcelain')).toBe('')
})

test('submodules are checked out on request, and one that cannot be is tried again', async () => {
  const library = temporaryRepository()
  writeFileSync(join(library, 'library.c'), '')
  git(library, 'add', '.')
  git(library, 'commit', '--quiet', '--message', 'Library')
  const demo = await configured({}, 'A', 'B')
  git(demo, 'submodule', '--quiet', 'add', library, 'lib')
  git(demo, 'commit', '--quiet', '--message', 'Library')
  const plain = await mhvJson(demo, 'start', '1')
  expect(readdirSync(join(plain.worktree, 'lib'))).toEqual([])
  rmSync(join(demo, '.git', 'modules'), { recursive: true })
  execFileSync('mv', [library, `${library}-away`])
  const { error } = await mhvJson(demo, 'start', '2', '--submodules')
  expect([error.name, error.recovery[1]]).toEqual(['SETUP_FAILED', 'mhv start 2 --submodules'])
  execFileSync('mv', [`${library}-away`, library])
  const { worktree } = await mhvJson(demo, ...words(error.recovery[1]))
  expect(readdirSync(join(worktree, 'lib')).sort()).toEqual(['.git', 'library.c'])
})

test('submodules can be asked for later, and those that are there stay as they are', async () => {
  const library = temporaryRepository()
  const first = git(library, 'rev-parse', 'HEAD')
  writeFileSync(join(library, 'library.c'), '')
  git(library, 'add', '.')
  git(library, 'commit', '--quiet', '--message', 'Library')
  const demo = await configured({}, 'A')
  for (const name of ['lib one', 'other']) git(demo, 'submodule', '--quiet', 'add', library, name)
  git(demo, 'commit', '--quiet', '--message', 'Libraries')
  const { worktree } = await mhvJson(demo, 'start', '1')
  git(worktree, 'submodule', '--quiet', 'update', '--init', 'other')
  git(join(worktree, 'other'), 'checkout', '--quiet', first)
  const asked = await mhvJson(demo, 'start', '1', '--submodules')
  expect(asked).toMatchObject({ changed: true, submodules: ['lib one'] })
  expect(readdirSync(join(worktree, 'lib one')).sort()).toEqual(['.git', 'library.c'])
  expect(git(join(worktree, 'other'), 'rev-parse', 'HEAD')).toBe(first)
  const again = await mhvJson(demo, 'worktree', 'create', '1', '--submodules')
  expect(again).toMatchObject({ changed: false, submodules: [] })
})

test('~/ in the configured path is the user’s home, and another’s is refused', async () => {
  const demo = await configured({ path: '~/{repo}/{number}' }, 'A')
  expect((await mhvJson(demo, 'start', '1')).worktree).toBe(join(process.env.HOME!, 'demo', '1'))
  expect(readdirSync(demo)).not.toContain('~')
  const theirs = await configured({ path: '~ann/{number}' }, 'A')
  const { error } = await mhvJson(theirs, 'start', '1')
  expect(error.name).toBe('CONFIG_INVALID')
})

test('in a terminal the set-up commands are shown and asked about, and a no leaves them', async (context) => {
  if (spawnSync('script', ['--version']).status !== 0) return context.skip()
  const demo = await configured({ setup: ['touch "../ran\u001b[2K"'] }, 'A')
  const answering = (answer: string) =>
    spawnSync('script', ['-qec', `'${process.execPath}' '${PROGRAM}' start 1`, '/dev/null'], {
      cwd: demo,
      input: answer,
      encoding: 'utf8',
    })
  const refused = answering('n\n')
  expect(refused.stdout).toContain('touch "../ran\\u001b[2K"')
  expect(refused.stdout).toContain('NOT_TRUSTED')
  expect(readdirSync(`${demo}.worktrees`)).toEqual(['1-a'])
  const agreed = answering('yes\n')
  expect([agreed.status, agreed.stdout]).toEqual([0, expect.stringContaining('start resumed')])
  expect(readdirSync(`${demo}.worktrees`)).toHaveLength(2)
})
