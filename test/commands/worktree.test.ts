import { execFileSync } from 'node:child_process'
import {
  cpSync,
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
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { addRemote, commitFile, put, snapshotOf, startedTask, stateOf } from '../support/worktrees.ts'

/** Days later than the tests' clock, for the rest of a test. */
function daysLater(days: number): void {
  const before = process.env.MHV_NOW!
  // What files say of their age is the machine's time.
  process.env.MHV_NOW = new Date(Math.max(Date.now(), Date.parse(before)) + days * 86_400_000).toISOString()
  onTestFinished(() => {
    process.env.MHV_NOW = before
  })
}

describe('list', () => {
  test('tells of each worktree what is in it, and of tasks that have none', async () => {
    const { demo, worktree } = await startedTask()
    addRemote(demo)
    commitFile(worktree, 'work.txt', 'work')
    put(worktree, 'kept.txt', 'changed')
    put(worktree, 'new.txt', 'new')
    put(worktree, '.env', 'secret')
    git(demo, 'worktree', 'lock', worktree)
    await mhv(demo, 'tc', 'Elsewhere')
    await mhv(demo, 'start', '2', '--no-worktree')
    git(demo, 'worktree', 'add', '--quiet', '--detach', '../own')
    const listed = await mhvJson(demo, 'wl')
    expect(listed.total).toBe(3)
    expect(listed.worktrees[0]).toMatchObject({ path: demo, is_main: true, branch: 'main', task: null })
    expect(listed.worktrees[1]).toMatchObject({
      path: worktree,
      task: { ref: 'demo#1', number: 1, status: 'in_progress' },
      branch: 'task/1',
      state: 'there',
      locked: true,
      occupied: false,
      ahead: 1,
      behind: 0,
      unpushed: 1,
      dirty: ['kept.txt'],
      staged: [],
      untracked: ['new.txt'],
      ignored: ['.env'],
      merged: 'not merged',
      operation: null,
      orphan: null,
    })
    expect(listed.worktrees[2]).toMatchObject({ branch: null, task: null, orphan: null })
    expect(listed.tasks_without_worktree).toMatchObject([{ ref: 'demo#2', title: 'Elsewhere' }])
    const { out } = await mhv(demo, 'worktree', 'list')
    expect(out).toMatch(/1\s+in_progress\s+task\/1\s+\+1\s+1\s+1\s+1\s+1\s+not merged\s+\S+\s+locked/)
    expect(out).toContain('#2 is in progress without a worktree here (mhv start 2): Elsewhere')
    const said = await mhvProcess(demo, ['wl', '--plain'])
    expect(said.out).toMatch(/^#1; status in_progress; branch task\/1; distance 1 ahead; .*; ignored 1; /m)
  })

  test('fits a terminal of 80 columns', async () => {
    const { demo, worktree } = await startedTask('A title that is long enough to make a long directory name')
    commitFile(worktree, 'work.txt', 'work')
    put(worktree, 'new.txt', 'new')
    git(worktree, 'bisect', 'start')
    const { isTTY, columns } = process.stdout
    Object.assign(process.stdout, { isTTY: true, columns: 80 })
    onTestFinished(() => void Object.assign(process.stdout, { isTTY, columns }))
    const { out } = await mhv(demo, 'wl')
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(out).toContain('bisection')
    // The end of a place tells it from the others; what can be done without goes before it is cut to nothing.
    expect(out).toMatch(/…\S+that-is-long-enough-to-make-a\n/)
    expect(out).not.toContain('AGE')
  })

  test('one that was made for a branch goes by its name', async () => {
    const demo = temporaryRepository()
    await mhv(demo, 'init')
    await mhv(demo, 'wc', 'feature/foo')
    expect(await mhv(demo, 'worktree', 'remove', 'feature/foo')).toMatchObject({ code: 0 })
    expect((await mhvJson(demo, 'wl')).worktrees).toHaveLength(1)
    expect(git(demo, 'branch', '--list', 'feature/foo')).toContain('feature/foo')
  })

  test('names what has lost its task, branch or directory, and why', async () => {
    const { demo, worktree } = await startedTask()
    const lost = '01JF3ZK4Q8M6W2T5V7X9Y0A1BC'
    for (const name of ['claimed', 'headless', 'gone', 'moved', 'cut']) {
      git(demo, 'worktree', 'add', '--quiet', `../${name}`, '-b', name)
    }
    const at = (name: string) => join(dirname(demo), name)
    git(demo, 'config', 'branch.claimed.mtosTask', lost)
    git(demo, 'update-ref', '-d', 'refs/heads/headless')
    renameSync(at('gone'), temporaryDirectory().concat('/gone'))
    renameSync(at('moved'), at('moved-away'))
    renameSync(join(at('cut'), '.git'), join(at('cut'), 'git-file'))
    const { worktrees } = await mhvJson(demo, 'wl')
    const orphans = Object.fromEntries(
      worktrees.map((each: { path: string; orphan: string }) => [each.path, each.orphan]),
    )
    expect(orphans).toEqual({
      [demo]: null,
      [worktree]: null,
      [at('claimed')]: 'task gone',
      [at('headless')]: 'branch gone',
      [at('gone')]: 'directory gone',
      [at('moved')]: 'moved',
      [at('cut')]: 'cut off',
    })
    const { out } = await mhv(demo, 'wl')
    expect(out).toContain(`its task ${lost} is not here`)
    expect(out).toContain(`moved to ${at('moved-away')}`)
  })

  test('works in a layout of a bare repository with worktrees beside it', async () => {
    const { demo } = await startedTask()
    const top = temporaryDirectory()
    git(top, 'clone', '--quiet', '--bare', demo, '.bare')
    git(join(top, '.bare'), 'fetch', '--quiet', 'origin', '+refs/mtos/*:refs/mtos/*')
    writeFileSync(join(top, '.git'), 'gitdir: ./.bare\n')
    git(top, 'worktree', 'add', '--quiet', 'main')
    const { worktree } = await mhvJson(join(top, 'main'), 'start', '1')
    commitFile(worktree, 'work.txt', 'work')
    git(join(top, 'main'), 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
    const { worktrees } = await mhvJson(top, 'wl')
    expect(worktrees.map(({ merged }: { merged: string }) => merged)).toEqual([
      'empty',
      expect.any(String),
      'ancestor',
    ])
    const before = stateOf(join(top, 'main'), worktree)
    expect((await mhvJson(join(top, 'main'), 'done', '1')).worktrees.removed).toMatchObject([
      { path: worktree },
    ])
    expect((await mhv(top, 'worktree', 'undo')).code).toBe(0)
    expect(stateOf(join(top, 'main'), worktree)).toEqual(before)
  })
})

describe('remove', () => {
  test('names every reason, and removes none of several where one has to stay', async () => {
    const { demo, worktree } = await startedTask()
    await mhv(demo, 'tc', 'Clean')
    const { worktree: clean } = await mhvJson(demo, 'start', '2')
    put(worktree, 'new.txt', 'new')
    put(worktree, 'kept.txt', 'changed')
    const { error } = await mhvJson(demo, 'worktree', 'remove', '2', '1')
    expect(error).toMatchObject({
      name: 'WOULD_LOSE',
      recovery: [
        `git -C ${worktree} status`,
        `git -C ${worktree} add --all`,
        `git -C ${worktree} commit -m "…"`,
      ],
      data: { kept: [{ path: worktree, codes: ['changed', 'untracked'] }] },
    })
    expect([existsSync(worktree), existsSync(clean)]).toEqual([true, true])
    expect((await mhvJson(demo, 'worktree', 'remove', clean)).removed).toMatchObject([
      { path: clean, took_branch: false },
    ])
    expect(git(demo, 'branch', '--list', 'task/2')).not.toBe('')
  })

  test('takes changes along when told to, and undo brings them back: index, conflicts, marks and all', async () => {
    const { demo, worktree } = await startedTask()
    put(worktree, 'staged.txt', 'staged')
    git(worktree, 'add', 'staged.txt')
    put(worktree, 'staged.txt', 'and changed')
    put(worktree, 'intended.txt', 'intended')
    git(worktree, 'add', '--intent-to-add', 'intended.txt')
    git(worktree, 'update-index', '--assume-unchanged', 'kept.txt')
    put(worktree, 'kept.txt', 'hidden')
    put(worktree, 'new.txt', 'new')
    commitFile(worktree, 'amended.txt', 'before')
    put(worktree, 'amended.txt', 'after')
    git(worktree, 'commit', '--quiet', '--amend', '--message', 'Amended', 'amended.txt')
    const before = stateOf(demo, worktree)
    const first = git(worktree, 'rev-parse', 'HEAD@{1}')
    const { removed } = await mhvJson(demo, 'worktree', 'remove', '1', '--with-changes')
    expect(removed).toMatchObject([{ path: worktree, took_branch: false }])
    git(demo, 'reflog', 'expire', '--expire=now', '--all')
    git(demo, 'gc', '--quiet', '--prune=now')
    expect(git(demo, 'cat-file', '-t', first)).toBe('commit')
    const back = await mhvJson(demo, 'worktree', 'undo', worktree)
    expect(back).toMatchObject({ worktree, branch: 'task/1', task: 1 })
    expect({ ...stateOf(demo, worktree), reflog: '' }).toEqual({ ...before, reflog: '' })
  })

  test.each(['staged', 'committed'])(
    'undo brings back what a resolved conflict can be undone with: %s',
    async (how) => {
      const { demo, worktree } = await startedTask()
      const sides = ['base', 'ours', 'theirs'].map((side) => {
        put(demo, 'side.log', side)
        return git(demo, 'hash-object', '-w', 'side.log')
      })
      const input = sides.map((id, n) => `100644 ${id} ${n + 1}\tboth.txt\n`).join('')
      execFileSync('git', ['update-index', '--index-info'], { cwd: worktree, input })
      put(worktree, 'both.txt', 'resolved')
      git(worktree, 'add', 'both.txt')
      if (how === 'committed') git(worktree, 'commit', '--quiet', '--message', 'Resolved')
      expect(git(worktree, 'ls-files', '--resolve-undo').split('\n')).toHaveLength(3)
      await mhv(demo, 'worktree', 'remove', '1', '--with-changes')
      git(demo, 'gc', '--quiet', '--prune=now')
      expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
      git(worktree, 'checkout', '--quiet', '--merge', 'both.txt')
      expect(readFileSync(join(worktree, 'both.txt'), 'utf8')).toMatch(/ours\n=+\ntheirs/)
    },
  )

  test('on a disk of its own a worktree stays there, beside where it was', async () => {
    const { demo, worktree } = await startedTask()
    put(worktree, 'new.txt', 'new')
    const before = stateOf(demo, worktree)
    process.env.MHV_FAULT = 'other-disk'
    onTestFinished(() => void delete process.env.MHV_FAULT)
    const { removed } = await mhvJson(demo, 'worktree', 'remove', '1', '--with-changes')
    const aside = join(dirname(worktree), `.mhv-trash-${removed[0].trash}`)
    expect(readFileSync(join(aside, 'new.txt'), 'utf8')).toBe('new')
    expect((await mhv(demo, 'worktree', 'undo')).code).toBe(0)
    expect(stateOf(demo, worktree)).toEqual(before)
    await mhv(demo, 'worktree', 'remove', '1', '--with-changes')
    daysLater(31)
    await mhv(demo, 'worktree', 'prune')
    expect(snapshotOf(dirname(worktree)).filter((line) => line.includes('.mhv-trash'))).toEqual([])
  })

  test('forgets one whose directory is gone, so that it can be brought back', async () => {
    const { demo, worktree } = await startedTask()
    put(worktree, 'staged.txt', 'only staged')
    git(worktree, 'add', 'staged.txt')
    const elsewhere = join(temporaryDirectory(), 'elsewhere')
    renameSync(worktree, elsewhere)
    const { error } = await mhvJson(demo, 'worktree', 'remove', worktree)
    expect(error).toMatchObject({ name: 'WOULD_LOSE', data: { kept: [{ codes: ['staged'] }] } })
    expect(error.message).toMatch(/gone, or was moved .*only in its index: 1 file \(staged\.txt\)/)
    const { out } = await mhv(demo, 'worktree', 'remove', worktree, '--with-changes')
    expect(out).toContain('mhv worktree undo 1, then mhv worktree repair NEW-PATH')
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
    git(demo, 'gc', '--quiet', '--prune=now')
    await mhv(demo, 'worktree', 'undo')
    expect((await mhvJson(demo, 'worktree', 'repair', elsewhere)).moved).toEqual([
      { path: elsewhere, from: worktree },
    ])
    expect(git(elsewhere, 'show', ':staged.txt')).toBe('only staged')
  })

  test('keeps one whose directory is gone while only its log holds a commit', async () => {
    const { demo, worktree } = await startedTask()
    git(worktree, 'switch', '--quiet', '--detach')
    const alone = commitFile(worktree, 'alone.txt', 'alone')
    rmSync(worktree, { recursive: true })
    const detached = await mhvJson(demo, 'worktree', 'remove', worktree)
    expect(detached.error).toMatchObject({ name: 'WOULD_LOSE', recovery: [`git branch NAME ${alone}`] })
    git(demo, 'branch', 'NAME', alone)
    expect((await mhvJson(demo, 'worktree', 'remove', worktree)).error).toBeUndefined()
  })

  test('says that it went where git cannot delete its branch, and undo brings it back under the same lock', async () => {
    const { demo, worktree } = await startedTask()
    commitFile(worktree, 'work.txt', 'work')
    git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
    git(demo, 'config', 'core.packedRefsTimeout', '0')
    const before = stateOf(demo, worktree)
    const lock = join(demo, '.git', 'packed-refs.lock')
    writeFileSync(lock, '')
    const { worktrees } = await mhvJson(demo, 'done', '1')
    expect(worktrees).toMatchObject({ removed: [{ path: worktree, took_branch: false }], kept: [] })
    expect(existsSync(worktree)).toBe(false)
    expect(git(demo, 'branch', '--list', 'task/1')).not.toBe('')
    expect(await mhv(demo, 'worktree', 'undo', '1')).toMatchObject({ code: 0, err: '' })
    expect(stateOf(demo, worktree)).toEqual(before)
    expect((await mhvJson(demo, 'worktree', 'undo', '1')).error.name).toBe('NOTHING_IN_TRASH')
    rmSync(lock)
    await mhv(demo, 'worktree', 'prune')
    expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).toBe('')
    expect(readdirSync(join(demo, '.git', 'mtos-trash'))).toEqual([])
  })

  test('counts what goes along: changes and ignored files', async () => {
    const { demo, worktree } = await startedTask()
    put(worktree, 'kept.txt', 'changed')
    put(worktree, 'new.txt', 'new')
    git(worktree, 'add', 'new.txt')
    put(worktree, 'new.txt', 'newer')
    put(worktree, '.env', 'secret')
    const { out } = await mhv(demo, 'worktree', 'remove', '1', '--with-changes')
    expect(out).toMatch(/ with 2 changed or untracked files and 1 ignored file\. /)
  })
})

describe('undo', () => {
  test('refuses where the place is taken, with the steps that lead out', async () => {
    const { demo, worktree } = await startedTask()
    await mhv(demo, 'worktree', 'remove', '1')
    put(worktree, 'other.txt', 'somebody else’s')
    const { error } = await mhvJson(demo, 'worktree', 'undo', '1')
    expect(error).toMatchObject({ name: 'WORKTREE_EXISTS' })
    expect(error.recovery[0]).toBe(`mv ${worktree} ${worktree}.old`)
    renameSync(worktree, `${worktree}.old`)
    expect((await mhv(demo, ...error.recovery[1].split(' ').slice(1))).code).toBe(0)
    expect(readFileSync(join(worktree, 'kept.txt'), 'utf8')).toContain('one')
  })

  test('moves a worktree away that is in its place, and neither is lost to git', async () => {
    const { demo, worktree } = await startedTask()
    put(worktree, 'first.txt', 'first')
    await mhv(demo, 'worktree', 'remove', '1', '--with-changes')
    await mhv(demo, 'start', '1')
    put(worktree, 'second.txt', 'second')
    git(worktree, 'add', 'second.txt')
    const { error } = await mhvJson(demo, 'worktree', 'undo', '1')
    expect(error.recovery[0]).toBe(`mhv worktree move ${worktree} ${worktree}.old`)
    for (const step of error.recovery) expect((await mhv(demo, ...step.split(' ').slice(1))).code).toBe(0)
    git(demo, 'worktree', 'prune', '--expire=now')
    expect(git(`${worktree}.old`, 'status', '--porcelain')).toBe('A  second.txt')
    expect(git(worktree, 'status', '--porcelain')).toBe('?? first.txt')
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(3)
  })

  test.each([
    ['moved by hand', 'mhv worktree repair'],
    ['deleted by hand', 'mhv worktree remove'],
  ])('never gives git two worktrees of one path: the other was %s', async (how, step) => {
    const { demo, worktree } = await startedTask()
    await mhv(demo, 'worktree', 'remove', '1')
    await mhv(demo, 'start', '1')
    if (how === 'moved by hand') renameSync(worktree, `${worktree}-moved`)
    else rmSync(worktree, { recursive: true })
    const { error } = await mhvJson(demo, 'worktree', 'undo', '1')
    expect(error).toMatchObject({ name: 'WORKTREE_EXISTS' })
    expect(error.recovery[0]).toContain(step)
    for (const each of error.recovery) expect((await mhv(demo, ...each.split(' ').slice(1))).code).toBe(0)
    const paths = git(demo, 'worktree', 'list', '--porcelain').match(/^worktree .*/gm)!
    expect(new Set(paths).size).toBe(paths.length)
    expect(git(worktree, 'status', '--porcelain')).toBe('')
  })

  test.each([
    ['a symbolic link that leads nowhere', (worktree: string) => worktree],
    ['a file above it', (worktree: string) => dirname(worktree)],
  ])('takes %s for taken', async (what, obstacleOf) => {
    const { demo, worktree } = await startedTask()
    await mhv(demo, 'worktree', 'remove', '1')
    const obstacle = obstacleOf(worktree)
    rmSync(obstacle, { recursive: true, force: true })
    if (what === 'a file above it') writeFileSync(obstacle, '')
    else symlinkSync('/nonexistent', obstacle)
    const { error } = await mhvJson(demo, 'worktree', 'undo', '1')
    expect(error).toMatchObject({ name: 'WORKTREE_EXISTS', data: { path: obstacle } })
    expect(error.recovery[0]).toBe(`mv ${obstacle} ${obstacle}.old`)
    renameSync(obstacle, `${obstacle}.old`)
    expect((await mhv(demo, ...error.recovery[1].split(' ').slice(1))).code).toBe(0)
    expect(git(worktree, 'status', '--porcelain')).toBe('')
  })

  test('gives the branch another name where its own is another commit or in use by now', async () => {
    const { demo, worktree } = await startedTask()
    const tip = commitFile(worktree, 'work.txt', 'work')
    git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
    await mhv(demo, 'done', '1')
    git(demo, 'branch', 'task/1', 'main~1')
    const { out } = await mhv(demo, 'worktree', 'undo', '1')
    expect(out).toContain(
      'branch  task/1-2, since task/1 is another commit, in use, or barred by another branch by now',
    )
    expect(git(worktree, 'branch', '--show-current')).toBe('task/1-2')
    expect(git(worktree, 'rev-parse', 'HEAD')).toBe(tip)
    expect(git(worktree, 'status', '--porcelain')).toBe('')
    expect(git(demo, 'config', 'branch.task/1-2.mtosTask')).not.toBe('')
  })

  test.each([
    ['task/1/deep', 'task/1-2'],
    ['task', 'task-1'],
  ])('and where the branch %s bars it: %s', async (barring, name) => {
    const { demo, worktree } = await startedTask()
    const tip = commitFile(worktree, 'work.txt', 'work')
    git(demo, 'merge', '--quiet', '--squash', 'task/1')
    git(demo, 'commit', '--quiet', '--message', 'Squashed')
    await mhv(demo, 'done', '1')
    git(demo, 'branch', barring, 'main')
    const { out } = await mhv(demo, 'worktree', 'undo', '1')
    expect(out).toContain(`branch  ${name}, since task/1 is`)
    expect(git(worktree, 'branch', '--show-current')).toBe(name)
    expect(git(demo, 'rev-parse', name)).toBe(tip)
    expect(git(worktree, 'status', '--porcelain')).toBe('')
    expect(git(demo, 'config', `branch.${name}.mtosTask`)).not.toBe('')
    expect(git(demo, 'reflog', 'show', name)).not.toBe('')
    expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).toBe('')
  })

  test.each([
    ['shorter', 1],
    ['longer', 9],
  ])('keeps its log and that of a branch made under its name since: a %s one', async (_, moves) => {
    const { demo, worktree } = await startedTask()
    for (const name of ['a', 'b', 'c']) commitFile(worktree, name, name)
    const before = git(demo, 'reflog', 'show', 'task/1').split('\n').length
    git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
    await mhv(demo, 'done', '1')
    const made = (n: number) => git(demo, 'commit-tree', 'main^{tree}', '-m', `Lost ${n}`)
    const lost = Array.from({ length: moves }, (_, n) => made(n))
    for (const id of [...lost, 'main^2']) git(demo, 'branch', '--force', '--no-track', 'task/1', id)
    expect((await mhv(demo, 'worktree', 'undo', '1')).code).toBe(0)
    expect(git(worktree, 'branch', '--show-current')).toBe('task/1')
    const log = git(demo, 'reflog', 'show', '--format=%gs', 'task/1').split('\n')
    expect(log).toHaveLength(before + lost.length + 1)
    expect(log.slice(-before + 1)).toContain('commit: Change a')
    git(demo, 'gc', '--quiet', '--prune=now')
    for (const id of lost) expect(git(demo, 'cat-file', '-t', id)).toBe('commit')
  })

  test('brings a worktree back that is then left alone until somebody removes it', async () => {
    const { demo, worktree } = await startedTask()
    commitFile(worktree, 'work.txt', 'work')
    git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
    await mhv(demo, 'done', '1')
    await mhv(demo, 'worktree', 'undo', '1')
    expect((await mhvJson(demo, 'worktree', 'prune')).kept).toMatchObject([{ codes: ['brought back'] }])
    expect((await mhvJson(demo, 'worktree', 'remove', '1')).removed).toMatchObject([{ path: worktree }])
  })

  test('brings back what was removed last, also where the clock stands still', async () => {
    const { demo, worktree } = await startedTask()
    for (let round = 0; round < 4; round++) {
      put(worktree, `${round}.txt`, 'new')
      await mhv(demo, 'worktree', 'remove', '1', '--with-changes')
      if (round < 3) await mhv(demo, 'start', '1')
    }
    for (let round = 3; round >= 0; round--) {
      await mhv(demo, 'worktree', 'undo', '1')
      expect(existsSync(join(worktree, `${round}.txt`))).toBe(true)
      renameSync(worktree, `${worktree}-${round}`)
      await mhv(demo, 'worktree', 'repair')
    }
  })

  test('finds nothing where nothing was removed', async () => {
    const { demo } = await startedTask()
    expect((await mhvJson(demo, 'worktree', 'undo')).error.name).toBe('NOTHING_IN_TRASH')
    expect((await mhvJson(demo, 'worktree', 'undo', '7')).error.name).toBe('NOTHING_IN_TRASH')
  })
})

describe('prune', () => {
  test('says what would go, then removes it, and empties the trash of what is too old', async () => {
    const { demo, worktree } = await startedTask()
    commitFile(worktree, 'work.txt', 'work')
    put(demo, '.mhvrc.yaml', 'worktrees: {remove: never}\n')
    git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'task/1')
    await mhv(demo, 'done', '1')
    put(demo, '.mhvrc.yaml', 'worktrees: {trash: 3d}\n')
    const dry = await mhvJson(demo, 'worktree', 'prune', '--dry-run')
    expect(dry).toMatchObject({ dry_run: true, removed: [{ path: worktree, trash: null }] })
    expect(existsSync(worktree)).toBe(true)
    await mhv(demo, 'worktree', 'prune')
    expect(existsSync(worktree)).toBe(false)
    expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).not.toBe('')
    daysLater(4)
    expect((await mhvJson(demo, 'worktree', 'prune')).emptied).toBe(1)
    expect(git(demo, 'for-each-ref', 'refs/mtos/trash')).toBe('')
    expect((await mhvJson(demo, 'worktree', 'undo')).error.name).toBe('NOTHING_IN_TRASH')
  })

  test('takes orphans only once they are old, and never worktrees that are no task’s', async () => {
    const { demo } = await startedTask()
    git(demo, 'worktree', 'add', '--quiet', '../own', '-b', 'own')
    const lost = join(dirname(demo), 'lost')
    git(demo, 'worktree', 'add', '--quiet', '../lost', '-b', 'lost')
    git(demo, 'config', 'branch.lost.mtosTask', '01ARZ3NDEKTSV4RRFFQ69G5FAV')
    commitFile(lost, 'work.txt', 'work')
    git(demo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'lost')
    expect((await mhvJson(demo, 'worktree', 'prune')).kept).toMatchObject([{ codes: ['young'] }])
    daysLater(8)
    const { removed, kept } = await mhvJson(demo, 'worktree', 'prune')
    expect(removed).toMatchObject([{ path: lost }])
    expect(kept).toEqual([])
    expect(existsSync(join(dirname(demo), 'own'))).toBe(true)
  })

  test('never takes one whose directory may only have been moved, while its task goes on or its index is the only one', async () => {
    const { demo, worktree } = await startedTask()
    const elsewhere = join(temporaryDirectory(), 'elsewhere')
    renameSync(worktree, elsewhere)
    daysLater(80)
    const going = await mhvJson(demo, 'worktree', 'prune')
    expect(going).toMatchObject({ removed: [], kept: [{ codes: ['not there'] }] })
    await mhvJson(demo, 'worktree', 'repair', elsewhere)
    put(elsewhere, 'staged.txt', 'only staged')
    git(elsewhere, 'add', 'staged.txt')
    renameSync(elsewhere, `${elsewhere}-again`)
    mkdirSync(elsewhere)
    renameSync(`${elsewhere}-again`, join(elsewhere, 'deep'))
    await mhv(demo, 'task', 'cancel', '1', '--reason', 'no')
    const staged = await mhvJson(demo, 'worktree', 'prune')
    expect(staged).toMatchObject({ removed: [] })
    git(demo, 'gc', '--quiet', '--prune=now')
    await mhvJson(demo, 'worktree', 'repair', join(elsewhere, 'deep'))
    expect(git(join(elsewhere, 'deep'), 'show', ':staged.txt')).toBe('only staged')
  })

  test('forgets one of a finished task whose directory is gone, and says that it may have been moved', async () => {
    const { demo, worktree } = await startedTask()
    const elsewhere = join(temporaryDirectory(), 'elsewhere')
    renameSync(worktree, elsewhere)
    await mhv(demo, 'task', 'cancel', '1', '--reason', 'no')
    daysLater(80)
    const { out } = await mhv(demo, 'worktree', 'prune')
    expect(out).toContain('If the directory was only moved: mhv worktree undo 1, then mhv worktree repair')
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
  })
})

describe('move and repair', () => {
  test('move takes a worktree elsewhere, where nothing speaks against it', async () => {
    const { demo, worktree } = await startedTask()
    put(worktree, 'new.txt', 'new')
    const to = join(temporaryDirectory(), 'new-place')
    expect(await mhvJson(demo, 'worktree', 'move', '1', to)).toMatchObject({ from: worktree, worktree: to })
    expect(git(to, 'status', '--porcelain')).toBe('?? new.txt')
    git(demo, 'worktree', 'lock', to)
    const locked = await mhvJson(demo, 'worktree', 'move', '1', worktree)
    expect(locked.error).toMatchObject({ name: 'WORKTREE_FIXED', recovery: [`git worktree unlock ${to}`] })
    git(demo, 'worktree', 'unlock', to)
    mkdirSync(join(to, 'inner'))
    const inside = await mhvJson(join(to, 'inner'), 'worktree', 'move', '1', worktree)
    expect(inside.error.name).toBe('WORKTREE_IN_USE')
    expect((await mhvJson(demo, 'worktree', 'move', demo, worktree)).error.name).toBe('WORKTREE_FIXED')
  })

  test('repair finds what was moved by hand, and leaves copies alone', async () => {
    const { demo, worktree } = await startedTask()
    git(demo, 'worktree', 'add', '--quiet', '../own', '-b', 'own')
    const own = join(dirname(demo), 'own')
    cpSync(own, `${own}-copy`, { recursive: true })
    put(worktree, 'staged.txt', 'staged')
    git(worktree, 'add', 'staged.txt')
    renameSync(worktree, `${worktree}-moved`)
    const repaired = await mhvJson(demo, 'worktree', 'repair')
    expect(repaired).toMatchObject({
      moved: [{ path: `${worktree}-moved`, from: worktree }],
      copies: [{ path: `${own}-copy`, of: own }],
      cut_off: [],
      unclear: [],
      lost: [],
    })
    expect(git(`${worktree}-moved`, 'status', '--porcelain')).toBe('A  staged.txt')
    expect(git(demo, 'worktree', 'list')).toContain(`${own} `)
    expect((await mhv(demo, 'worktree', 'repair')).out).toContain('is a copy of the worktree')
  })

  test('repair says why a named directory cannot be led back, and what brings it back', async () => {
    const { demo, worktree } = await startedTask()
    const elsewhere = join(temporaryDirectory(), 'elsewhere')
    renameSync(worktree, elsewhere)
    await mhv(demo, 'worktree', 'remove', '1')
    const { error } = await mhvJson(demo, 'worktree', 'repair', elsewhere)
    expect(error).toMatchObject({ name: 'NO_WORKTREE', message: expect.stringContaining('in the trash') })
    for (const step of error.recovery) expect((await mhv(demo, ...step.split(' ').slice(1))).code).toBe(0)
    expect(git(elsewhere, 'status', '--porcelain')).toBe('')
    const none = await mhvJson(demo, 'worktree', 'repair', temporaryDirectory())
    expect(none.error.name).toBe('NO_WORKTREE')
    put(demo, 'lost/.git', `gitdir: ${join(demo, '.git/worktrees/lost')}\n`)
    const lost = await mhvJson(demo, 'worktree', 'repair', join(demo, 'lost'))
    expect(lost.error.message).toMatch(/worktrees\/lost, which is not there/)
  })

  test('a worktree in which the command runs is known to be there, wherever it was moved', async () => {
    const { demo, worktree } = await startedTask()
    const elsewhere = join(temporaryDirectory(), 'elsewhere')
    renameSync(worktree, elsewhere)
    mkdirSync(join(elsewhere, 'inner'))
    const { worktrees } = await mhvJson(join(elsewhere, 'inner'), 'wl')
    expect(worktrees[1]).toMatchObject({ path: worktree, orphan: 'moved', moved_to: elsewhere })
    await mhv(demo, 'task', 'cancel', '1', '--reason', 'no')
    daysLater(80)
    const { removed } = await mhvJson(elsewhere, 'worktree', 'prune')
    expect(removed).toEqual([])
    const { error } = await mhvJson(elsewhere, 'worktree', 'remove', '1')
    expect(error.recovery).toContain(`mhv worktree repair ${elsewhere}`)
    expect((await mhvJson(elsewhere, 'worktree', 'repair')).moved).toEqual([
      { path: elsewhere, from: worktree },
    ])
  })

  test('repair asks where several places may be the one', async () => {
    const { demo, worktree } = await startedTask()
    cpSync(worktree, `${worktree}-a`, { recursive: true })
    renameSync(worktree, `${worktree}-b`)
    const asked = await mhvJson(demo, 'worktree', 'repair')
    expect(asked).toMatchObject({ moved: [], unclear: [{ from: worktree }] })
    const chosen = await mhvJson(demo, 'worktree', 'repair', `${worktree}-b`)
    expect(chosen.moved).toEqual([{ path: `${worktree}-b`, from: worktree }])
  })

  test('repair leads worktrees back after the repository itself was moved', async () => {
    const { demo, worktree } = await startedTask()
    renameSync(demo, `${demo}-2`)
    const { cut_off } = await mhvJson(`${demo}-2`, 'worktree', 'repair')
    expect(cut_off).toEqual([worktree])
    expect(git(worktree, 'branch', '--show-current')).toBe('task/1')
  })
})
