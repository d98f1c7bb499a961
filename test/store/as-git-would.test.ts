import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run, TASKS, useTasks, withEnvironment, withTasks } from '../support/use-tasks.ts'

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
