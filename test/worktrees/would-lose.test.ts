import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { addRemote, commitFile, put, type Started, snapshotOf, startedTask } from '../support/worktrees.ts'

/** Runs git where it is meant to stop half-way. */
function gitStops(cwd: string, ...args: string[]): void {
  expect(() => git(cwd, ...args)).toThrow()
}

/** A task whose work is merged, so that only what a case adds can keep its worktree. */
async function mergedTask(): Promise<Started> {
  const started = await startedTask()
  commitFile(started.worktree, 'work.txt', 'work\n')
  git(started.demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
  return started
}

/** A branch whose commit cannot be applied to the worktree's. */
function conflicting({ demo, worktree }: Started): void {
  git(demo, 'branch', 'other', 'HEAD~1')
  const place = join(dirname(worktree), 'other')
  git(demo, 'worktree', 'add', '--quiet', place, 'other')
  commitFile(place, 'work.txt', 'otherwise\n')
  commitFile(place, 'more.txt', 'more\n')
  git(demo, 'worktree', 'remove', place)
}

async function submodule({ worktree }: Started): Promise<string> {
  const source = join(temporaryDirectory(), 'source')
  git(worktree, 'init', '--quiet', source)
  commitFile(source, 'lib.txt', 'lib\n')
  git(worktree, 'submodule', '--quiet', 'add', source, 'lib')
  git(worktree, 'commit', '--quiet', '--message', 'Add lib')
  return join(worktree, 'lib')
}

interface Case {
  readonly what: string
  readonly code: string
  readonly reason: RegExp
  readonly prepare: (started: Started) => void | Promise<void>
  /** Whether what is prepared has to be merged again before the end. */
  readonly mergeAfter?: boolean
}

const CASES: readonly Case[] = [
  {
    what: 'a changed file',
    code: 'changed',
    reason: /1 changed file \(kept\.txt\)/,
    prepare: ({ worktree }) => put(worktree, 'kept.txt', 'mine'),
  },
  {
    what: 'a change that leaves a file as long as it was',
    code: 'changed',
    reason: /kept\.txt/,
    prepare: ({ worktree }) => {
      const path = join(worktree, 'kept.txt')
      writeFileSync(path, readFileSync(path, 'utf8').replace('one', 'uno'))
    },
  },
  {
    what: 'a staged change that is taken back on disk',
    code: 'staged',
    reason: /1 staged file/,
    prepare: ({ worktree }) => {
      const before = readFileSync(join(worktree, 'kept.txt'))
      put(worktree, 'kept.txt', 'staged only')
      git(worktree, 'add', 'kept.txt')
      writeFileSync(join(worktree, 'kept.txt'), before)
    },
  },
  {
    what: 'an untracked file',
    code: 'untracked',
    reason: /1 untracked file \(new\.txt\)/,
    prepare: ({ worktree }) => put(worktree, 'new.txt', 'new'),
  },
  {
    what: 'an untracked file where status is told not to show any',
    code: 'untracked',
    reason: /new\.txt/,
    prepare: ({ demo, worktree }) => {
      git(demo, 'config', 'status.showUntrackedFiles', 'no')
      put(worktree, 'new.txt', 'new')
    },
  },
  {
    what: 'a file that is only intended to be added',
    code: 'changed',
    reason: /new\.txt/,
    prepare: ({ worktree }) => {
      put(worktree, 'new.txt', 'new')
      git(worktree, 'add', '--intent-to-add', 'new.txt')
    },
  },
  ...(['assume-unchanged', 'skip-worktree'] as const).map(
    (flag): Case => ({
      what: `a changed file marked ${flag}`,
      code: 'hidden',
      reason: /not to look at \(kept\.txt\)/,
      prepare: ({ worktree }) => {
        git(worktree, 'update-index', `--${flag}`, 'kept.txt')
        put(worktree, 'kept.txt', 'hidden work')
      },
    }),
  ),
  {
    what: 'a merge in progress',
    code: 'operation',
    reason: /a merge is in progress/,
    prepare: (started) => {
      conflicting(started)
      gitStops(started.worktree, 'merge', 'other')
    },
  },
  {
    what: 'a rebase in progress',
    code: 'operation',
    reason: /a rebase is in progress/,
    prepare: (started) => {
      conflicting(started)
      gitStops(started.worktree, 'rebase', 'other')
    },
  },
  {
    what: 'a cherry-pick in progress',
    code: 'operation',
    reason: /a cherry-pick is in progress/,
    prepare: (started) => {
      conflicting(started)
      gitStops(started.worktree, 'cherry-pick', 'other~1')
    },
  },
  {
    what: 'a revert in progress',
    code: 'operation',
    reason: /a revert is in progress/,
    prepare: ({ worktree }) => {
      git(worktree, 'revert', '--no-commit', 'HEAD')
    },
  },
  {
    what: 'a bisection in progress',
    code: 'operation',
    reason: /a bisection is in progress/,
    prepare: ({ worktree }) => {
      git(worktree, 'bisect', 'start')
    },
  },
  {
    what: 'git am in progress',
    code: 'operation',
    reason: /git am is in progress/,
    prepare: (started) => {
      conflicting(started)
      const patch = join(dirname(started.worktree), 'a.patch')
      writeFileSync(patch, `${git(started.demo, 'format-patch', '--stdout', '-1', 'other~1')}\n`)
      gitStops(started.worktree, 'am', patch)
    },
  },
  {
    what: 'a commit that is merged nowhere',
    code: 'not merged',
    reason: /task\/1 is not merged/,
    prepare: ({ worktree }) => {
      commitFile(worktree, 'more.txt', 'more')
    },
  },
  {
    what: 'a pushed commit that is not merged, where merging is asked for',
    code: 'not merged',
    reason: /task\/1 is pushed, but not merged/,
    prepare: ({ demo, worktree }) => {
      addRemote(demo)
      commitFile(worktree, 'more.txt', 'more')
      git(worktree, 'push', '--quiet', 'origin', 'task/1')
    },
  },
  {
    what: 'a lock',
    code: 'locked',
    reason: /it is locked \(on a stick\)/,
    prepare: ({ demo, worktree }) => {
      git(demo, 'worktree', 'lock', '--reason', 'on a stick', worktree)
    },
  },
  {
    what: 'a process that works in it',
    code: 'occupied',
    reason: /a process works in it \(sleep \d+\)/,
    prepare: async ({ worktree }) => {
      mkdirSync(join(worktree, 'node_modules'))
      const child = spawn('sh', ['-c', 'sleep 60 & echo $!'], {
        cwd: join(worktree, 'node_modules'),
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const [said] = (await once(child.stdout, 'data')) as [Buffer]
      // Its parent ends, so that it is none of this process's own any more.
      await once(child, 'exit')
      onTestFinished(() => void process.kill(Number(said)))
      await sleep(20)
    },
  },
  {
    what: 'a repository among the ignored files',
    code: 'inside',
    reason: /node_modules\/clone/,
    prepare: ({ worktree }) => {
      git(worktree, 'init', '--quiet', 'node_modules/clone')
    },
  },
  {
    what: 'another worktree inside',
    code: 'inside',
    reason: /node_modules\/inner/,
    prepare: ({ worktree }) => {
      git(worktree, 'worktree', 'add', '--quiet', '--detach', 'node_modules/inner')
    },
  },
  {
    what: 'git at work in it',
    code: 'unknown',
    reason: /index\.lock/,
    prepare: ({ demo }) => put(demo, '.git/worktrees/1-fix-auth-bug/index.lock', ''),
  },
  {
    what: 'an index that cannot be read',
    code: 'unknown',
    reason: /not known: which files are changed/,
    prepare: ({ demo }) => put(demo, '.git/worktrees/1-fix-auth-bug/index', 'torn'),
  },
  {
    what: 'another repository in its place',
    code: 'unknown',
    reason: /another repository is at its place now/,
    prepare: ({ worktree }) => {
      renameSync(worktree, `${worktree}.away`)
      git(dirname(worktree), 'init', '--quiet', worktree)
      // Found beside, it would be taken for moved.
      writeFileSync(join(`${worktree}.away`, '.git'), 'gone')
    },
  },
  {
    what: 'a copy that shares its index',
    code: 'copied',
    reason: /copy was copied from it/,
    prepare: ({ worktree }) => cpSync(worktree, `${worktree}-copy`, { recursive: true }),
  },
  {
    what: 'a directory that was moved',
    code: 'not there',
    reason: /it was moved to .*moved/,
    prepare: ({ worktree }) => renameSync(worktree, `${worktree}-moved`),
  },
  {
    what: 'a changed file in a submodule',
    code: 'changed',
    reason: /lib/,
    prepare: async (started) => put(await submodule(started), 'lib.txt', 'mine'),
    mergeAfter: true,
  },
  {
    what: 'a commit that only a submodule has',
    code: 'submodule',
    reason: /the submodule lib has a commit that no remote has/,
    prepare: async (started) => {
      const lib = await submodule(started)
      git(lib, 'switch', '--quiet', '--create', 'topic')
      commitFile(lib, 'lib.txt', 'mine')
      git(started.worktree, 'commit', '--quiet', '--all', '--message', 'Newer lib')
    },
    mergeAfter: true,
  },
  {
    what: 'a commit that a submodule had before it was taken out',
    code: 'submodule',
    reason: /the submodule lib has a commit/,
    prepare: async (started) => {
      const lib = await submodule(started)
      commitFile(lib, 'lib.txt', 'mine')
      git(started.worktree, 'submodule', '--quiet', 'deinit', '--force', 'lib')
    },
    mergeAfter: true,
  },
]

describe('a worktree of a finished task stays as it is', () => {
  test.each(CASES)('with $what', async ({ code, reason, prepare, mergeAfter }) => {
    const started = await mergedTask()
    const { demo, worktree } = started
    await prepare(started)
    if (mergeAfter) git(demo, 'merge', '--quiet', 'task/1')
    const place = existsSync(worktree) ? worktree : `${worktree}-moved`
    const before = [snapshotOf(place), snapshotOf(join(demo, '.git', 'worktrees'))]
    const branches = git(demo, 'for-each-ref', 'refs/heads')
    const done = await mhvJson(demo, 'done', '1')
    expect(done.task.status).toBe('completed')
    expect(done.worktrees.removed).toEqual([])
    const [kept] = done.worktrees.kept
    expect(kept.codes).toContain(code)
    expect(kept.reasons.join('; ')).toMatch(reason)
    expect([snapshotOf(place), snapshotOf(join(demo, '.git', 'worktrees'))]).toEqual(before)
    expect(git(demo, 'for-each-ref', 'refs/heads')).toBe(branches)
    expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).toBe('')
  })

  test('with a detached head whose commits nothing holds', async () => {
    const { demo, worktree } = await mergedTask()
    git(worktree, 'switch', '--quiet', '--detach')
    commitFile(worktree, 'more.txt', 'more')
    const before = snapshotOf(worktree)
    const removed = await mhvJson(demo, 'worktree', 'remove', worktree)
    expect(removed.error).toMatchObject({ name: 'WOULD_LOSE' })
    expect(removed.error.message).toContain('its detached head has 1 commit that no branch holds')
    expect(snapshotOf(worktree)).toEqual(before)
  })

  test('when the command runs inside it; with the shell function the shell moves out first', async () => {
    const { demo, worktree } = await mergedTask()
    const done = await mhv(worktree, 'done')
    expect(done.out).toMatch(/stays at .*: this command runs inside it/)
    expect(existsSync(worktree)).toBe(true)
    const asked = await mhvJson(worktree, 'worktree', 'remove', '1')
    expect(asked.error).toMatchObject({ name: 'WORKTREE_IN_USE', recovery: [`cd ${demo}`] })
    const file = join(temporaryDirectory(), 'cd')
    process.env.MHV_CD_FILE = file
    onTestFinished(() => void delete process.env.MHV_CD_FILE)
    const removed = await mhvJson(worktree, 'worktree', 'prune')
    expect(removed.removed).toMatchObject([{ path: worktree, took_branch: true }])
    expect(readFileSync(file, 'utf8')).toBe(demo)
    expect(existsSync(worktree)).toBe(false)
  })

  test('when worktrees.remove is never', async () => {
    const { demo } = await mergedTask()
    put(demo, '.mhvrc.yaml', 'worktrees: {remove: never}\n')
    const { worktrees } = await mhvJson(demo, 'done', '1')
    expect(worktrees).toMatchObject({ removed: [], kept: [{ codes: ['never'] }] })
  })

  test('except that a pushed one goes where worktrees.remove is pushed', async () => {
    const { demo, worktree } = await startedTask()
    addRemote(demo)
    commitFile(worktree, 'work.txt', 'work')
    git(worktree, 'push', '--quiet', 'origin', 'task/1')
    put(demo, '.mhvrc.yaml', 'worktrees: {remove: pushed}\n')
    const { worktrees } = await mhvJson(demo, 'done', '1')
    expect(worktrees).toMatchObject({ removed: [{ path: worktree, took_branch: true }], kept: [] })
  })
})
