import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

const TASKS = 'refs/mtos/tasks'

/** Runs a command that has to succeed. */
async function run(cwd: string, ...argv: string[]): Promise<string> {
  const { code, out, err } = await mhv(cwd, ...argv)
  if (code !== 0) throw new Error(`mhv ${argv.join(' ')} ended with ${code}: ${err}`)
  return out
}

/** Creates, edits, lists and shows a task in a directory; what it is called must come out of all of them. */
async function useTasks(cwd: string, title = 'Fix auth bug'): Promise<number> {
  const { task } = await mhvJson(cwd, 'tc', title)
  const number = String(task.number)
  await run(cwd, 'task', 'edit', number, '--priority', 'high')
  const listed = await mhvJson(cwd, 'tl')
  expect(listed.problems).toEqual([])
  expect(listed.tasks).toContainEqual(expect.objectContaining({ id: task.id, title, priority: 'high' }))
  expect((await mhvJson(cwd, 'task', 'show', number)).task).toMatchObject({ title, priority: 'high' })
  return task.number
}

const isWhole = (cwd: string) => git(cwd, 'fsck', '--strict', '--no-progress')

/** Sets variables for the time of a test. */
function withEnvironment(variables: Record<string, string>): void {
  Object.assign(process.env, variables)
  onTestFinished(() => {
    for (const name of Object.keys(variables)) delete process.env[name]
  })
}

/** A repository with tasks in it, for others to clone. */
async function withTasks(...initArguments: string[]): Promise<string> {
  const origin = temporaryRepository(...initArguments)
  await run(origin, 'init')
  await useTasks(origin)
  return origin
}

/** Clones with tasks: git brings their ref once `mhv init` has told it to. */
async function cloned(origin: string, ...cloneArguments: string[]): Promise<string> {
  const clone = join(temporaryDirectory(), 'clone')
  execFileSync('git', ['clone', '--quiet', ...cloneArguments, `file://${origin}`, clone], { stdio: 'pipe' })
  await run(clone, 'init')
  git(clone, 'fetch', '--quiet')
  expect(await run(clone, 'init')).toMatch(/Took over the task log/)
  return clone
}

describe('tasks work', () => {
  test('in a subdirectory', async () => {
    const demo = temporaryRepository()
    const deep = join(demo, 'a', 'b')
    mkdirSync(deep, { recursive: true })
    await run(deep, 'init')
    await useTasks(deep)
    expect((await mhvJson(demo, 'tl')).total).toBe(1)
  })

  test('in linked worktrees, which all see the same ones, wherever init ran', async () => {
    const demo = temporaryRepository()
    const linked = join(demo, '..', 'linked')
    git(demo, 'worktree', 'add', '--quiet', linked)
    await run(linked, 'init')
    await useTasks(demo, 'from main')
    await useTasks(linked, 'from the worktree')
    for (const place of [demo, linked]) expect((await mhvJson(place, 'tl')).total).toBe(2)
    expect((await mhvJson(linked, 'tl')).tasks[0].ref).toMatch(/^demo#/)
  })

  test('in a bare repository, and in a worktree of one', async () => {
    const bare = join(temporaryDirectory(), 'demo.git')
    execFileSync('git', ['clone', '--quiet', '--bare', temporaryRepository(), bare])
    await run(bare, 'init')
    await useTasks(bare)
    const worktree = join(bare, '..', 'worktree')
    git(bare, 'worktree', 'add', '--quiet', worktree)
    await useTasks(worktree, 'from the worktree')
    expect((await mhvJson(bare, 'tl')).tasks.map((task: { ref: string }) => task.ref).sort()).toEqual([
      'demo#1',
      'demo#2',
    ])
  })

  test.each([
    ['git gc', ['gc', '--quiet', '--prune=now']],
    ['git repack -ad', ['repack', '-adq']],
    ['git pack-refs --all', ['pack-refs', '--all']],
    [
      'git maintenance',
      ['maintenance', 'run', '--quiet', '--task=gc', '--task=commit-graph', '--task=loose-objects'],
    ],
  ])('after %s, read and written', async (_name, args) => {
    const demo = await withTasks()
    git(demo, ...args)
    await useTasks(demo, 'after it')
    git(demo, ...args)
    expect((await mhvJson(demo, 'tl')).total).toBe(2)
    expect((await mhvJson(demo, 'tl', '--at', TASKS)).total).toBe(2)
    isWhole(demo)
  })

  test('in a shallow clone', async () => {
    const origin = await withTasks()
    git(origin, 'commit', '--quiet', '--allow-empty', '-m', 'second')
    const clone = await cloned(origin, '--depth=1')
    expect(git(clone, 'rev-parse', '--is-shallow-repository')).toBe('true')
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
    isWhole(clone)
  })

  test('in a clone whose task log itself is shallow', async () => {
    const origin = await withTasks()
    const clone = join(temporaryDirectory(), 'clone')
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${origin}`, clone])
    git(clone, 'fetch', '--quiet', '--depth=1', 'origin', `${TASKS}:${TASKS}`)
    expect(git(clone, 'rev-list', '--count', TASKS)).toBe('1')
    expect(await run(clone, 'init')).toMatch(/keeps tasks already/)
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
  })

  test('in a clone that borrows its objects', async () => {
    const origin = await withTasks()
    const clone = join(temporaryDirectory(), 'clone')
    execFileSync('git', ['clone', '--quiet', '--shared', origin, clone])
    await run(clone, 'init')
    git(clone, 'fetch', '--quiet')
    await run(clone, 'init')
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
    isWhole(clone)
  })

  test('in a partial clone, which fetches what it reads', async () => {
    const origin = await withTasks()
    git(origin, 'config', 'uploadpack.allowFilter', 'true')
    git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
    const clone = await cloned(origin, '--filter=blob:none')
    expect(git(clone, 'rev-list', '--objects', '--missing=print', TASKS)).toMatch(/^\?/m)
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
  })

  test('in a SHA-256 repository, and in a clone of it', async () => {
    const origin = await withTasks('--object-format=sha256')
    expect(git(origin, 'rev-parse', TASKS)).toHaveLength(64)
    isWhole(origin)
    const clone = await cloned(origin)
    await useTasks(clone, 'from the clone')
    expect((await mhvJson(clone, 'tl')).total).toBe(2)
  })

  test('where core.worktree puts the files elsewhere', async () => {
    const demo = temporaryRepository()
    const files = join(demo, '..', 'files')
    mkdirSync(files)
    git(demo, 'config', 'core.worktree', files)
    await run(demo, 'init')
    await useTasks(demo)
  })

  test('with GIT_DIR and GIT_WORK_TREE from outside', async () => {
    const demo = temporaryRepository()
    const elsewhere = temporaryDirectory()
    withEnvironment({ GIT_DIR: join(demo, '.git'), GIT_WORK_TREE: demo })
    await run(elsewhere, 'init')
    await useTasks(elsewhere)
    expect(readFileSync(join(demo, '.git', TASKS), 'utf8')).toMatch(/^[0-9a-f]{40}\n$/)
  })

  test('where .git is a file with a relative path', async () => {
    const demo = temporaryRepository()
    renameSync(join(demo, '.git'), join(demo, '..', 'kept.git'))
    writeFileSync(join(demo, '.git'), 'gitdir: ../kept.git\n')
    mkdirSync(join(demo, 'deep'))
    await run(demo, 'init')
    await useTasks(join(demo, 'deep'))
  })

  test('in a submodule, apart from the repository around it', async () => {
    const outer = temporaryRepository()
    git(
      outer,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      temporaryRepository(),
      'inner',
    )
    await run(outer, 'init')
    await run(join(outer, 'inner'), 'init')
    await useTasks(join(outer, 'inner'), 'inside')
    expect((await mhvJson(outer, 'tl')).total).toBe(0)
    expect((await mhvJson(join(outer, 'inner'), 'tl')).tasks[0].ref).toBe('inner#1')
  })

  test('in a path with spaces, quotes and letters of all kinds', async () => {
    const odd = join(temporaryDirectory(), 'Ein "Ürgewürz" 日本 $HOME `x`')
    execFileSync('git', ['init', '--quiet', odd])
    git(odd, 'commit', '--quiet', '--allow-empty', '-m', 'First commit')
    await run(odd, 'init')
    await useTasks(odd)
    const { worktree } = await mhvJson(odd, 'start', '1')
    expect(relative(join(odd, '..'), worktree)).toMatch(/1-fix-auth-bug$/)
    expect((await mhvJson(worktree, 'current')).task.number).toBe(1)
  })

  test('before the first commit of the project', async () => {
    const empty = join(temporaryDirectory(), 'empty')
    execFileSync('git', ['init', '--quiet', empty])
    await run(empty, 'init')
    await useTasks(empty)
  })
})

describe('the repository that git would take is the one', () => {
  /** A repository whose files belong to somebody else, and a configuration for this user alone. */
  async function foreign(): Promise<string> {
    const demo = await withTasks()
    const config = join(demo, '..', 'gitconfig')
    writeFileSync(config, readFileSync(join(process.env.HOME!, '.gitconfig')))
    withEnvironment({ GIT_CONFIG_GLOBAL: config })
    execFileSync('chown', ['-R', '65534:65534', demo])
    return demo
  }
  const isRoot = process.getuid?.() === 0

  test.skipIf(!isRoot)(
    'of another owner: refused as git refuses it, and used once it is trusted',
    async () => {
      const demo = await foreign()
      for (const argv of [['tl'], ['tc', 'No'], ['doctor']]) {
        const { code, err } = await mhv(demo, ...argv)
        expect([code, err]).toEqual([1, expect.stringMatching(/NOT_A_REPOSITORY: git does not trust/)])
        expect(err).toContain(`git config --global --add safe.directory ${demo}`)
      }
      git(demo, 'config', '--global', '--add', 'safe.directory', demo)
      await useTasks(demo, 'trusted')
      expect((await mhvJson(demo, 'doctor')).ok).toBe(true)
      expect((await mhvJson(demo, 'start', '1')).branch).toBe('task/1')
    },
  )

  test.skipIf(!isRoot)('of another owner, trusted for one command', async () => {
    const demo = await foreign()
    withEnvironment({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' })
    await useTasks(demo, 'trusted')
  })

  test('the base and the current branch are those of the repository that GIT_DIR names', async () => {
    const [one, two] = [await withTasks(), temporaryRepository()]
    git(two, 'commit', '--quiet', '--allow-empty', '-m', 'second')
    for (const elsewhere of [two, temporaryDirectory()]) {
      withEnvironment({ GIT_DIR: join(one, '.git') })
      const { task, worktree } = await mhvJson(elsewhere, 'tc', 'Elsewhere').then(({ task }) =>
        mhvJson(elsewhere, 'start', String(task.number)),
      )
      expect(task.ref).toMatch(/^demo#/)
      expect(relative(join(one, '..'), worktree)).toMatch(/^demo\.worktrees\/\d-elsewhere$/)
      delete process.env.GIT_DIR
      expect(git(worktree, 'rev-parse', 'HEAD')).toBe(git(one, 'rev-parse', 'HEAD'))
      expect((await mhvJson(worktree, 'current')).task.number).toBe(task.number)
    }
    git(one, 'checkout', '--quiet', '--ignore-other-worktrees', 'task/2')
    withEnvironment({ GIT_DIR: join(one, '.git') })
    expect((await mhvJson(two, 'current')).task.number).toBe(2)
    const done = await mhvJson(two, 'done', '2')
    expect(done.task.status, JSON.stringify(done)).toBe('completed')
    expect(git(one, 'show', TASKS)).toContain(git(one, 'rev-parse', 'HEAD'))
  })
})

describe('worktrees are put beside the files and called after their directory', () => {
  const placed = async (cwd: string) => {
    await run(cwd, 'init')
    await run(cwd, 'tc', 'Fix auth bug')
    const { task, worktree } = await mhvJson(cwd, 'start', '1')
    expect((await mhvJson(worktree, 'current')).task.number).toBe(1)
    expect((await mhvJson(cwd, 'start', '1')).worktree).toBe(worktree)
    return { ref: task.ref, place: relative(join(cwd, '..'), worktree) }
  }

  test('in a submodule', async () => {
    const outer = temporaryRepository()
    const allow = ['-c', 'protocol.file.allow=always']
    git(outer, ...allow, 'submodule', '--quiet', 'add', temporaryRepository(), 'inner')
    expect(await placed(join(outer, 'inner'))).toEqual({
      ref: 'inner#1',
      place: 'inner.worktrees/1-fix-auth-bug',
    })
  })

  test('with a git directory of another name elsewhere', async () => {
    const files = join(temporaryDirectory(), 'files')
    execFileSync('git', ['init', '--quiet', '--separate-git-dir', join(temporaryDirectory(), 'kept'), files])
    git(files, 'commit', '--quiet', '--allow-empty', '-m', 'First commit')
    expect(await placed(files)).toEqual({ ref: 'files#1', place: 'files.worktrees/1-fix-auth-bug' })
  })

  test('whatever letters its name has, apart from its neighbour', async () => {
    const parent = temporaryDirectory()
    for (const name of ['漢字', '日本']) {
      const demo = join(parent, name)
      execFileSync('git', ['init', '--quiet', demo])
      git(demo, 'commit', '--quiet', '--allow-empty', '-m', 'First commit')
      expect(await placed(demo)).toEqual({
        ref: 'repository#1',
        place: `${name}.worktrees/1-fix-auth-bug`,
      })
    }
  })
})

describe('who acts is whom git says', () => {
  const lastCommit = (cwd: string) => git(cwd, 'log', '-1', '--format=%an|%ae|%cn|%ce', TASKS)

  test('in a worktree of its own, and where a configuration is included for a branch', async () => {
    const demo = await withTasks()
    const linked = join(demo, '..', 'linked')
    git(demo, 'worktree', 'add', '--quiet', '-b', 'feature', linked)
    git(demo, 'config', 'extensions.worktreeConfig', 'true')
    git(linked, 'config', '--worktree', 'user.name', 'Linked')
    await run(linked, 'tc', 'A')
    expect(lastCommit(demo)).toMatch(/^Linked\|[^|]*\|Linked\|/)
    const included = join(demo, '..', 'included')
    writeFileSync(included, '[user]\n\temail = feature@example.com\n')
    git(demo, 'config', 'includeIf.onbranch:feature.path', included)
    await run(linked, 'tc', 'B')
    expect(lastCommit(demo)).toBe('Linked|feature@example.com|Linked|feature@example.com')
    await run(demo, 'tc', 'C')
    expect(lastCommit(demo)).not.toContain('feature@example.com')
  })

  test('by the environment: the author, the committer, and what is configured for one command', async () => {
    const demo = await withTasks()
    withEnvironment({ GIT_COMMITTER_NAME: 'Robot', GIT_COMMITTER_EMAIL: 'robot@example.com' })
    withEnvironment({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.name', GIT_CONFIG_VALUE_0: 'Cora' })
    await run(demo, 'tc', 'A')
    expect(lastCommit(demo)).toMatch(/^Cora\|[^|]*\|Robot\|robot@example.com$/)
    expect((await mhvJson(demo, 'task', 'show', '2')).task.created_by).toMatch(/^Cora </)
  })
})
