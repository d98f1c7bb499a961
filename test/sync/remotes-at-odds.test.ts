import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRemoteAlarms } from '../../src/store/remote-marks.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git } from '../support/repository.ts'
import {
  clones,
  initialised,
  listed,
  networkCommands,
  synced,
  takesBranchesOnly,
  tipOf,
} from '../support/synced-clones.ts'

const alarmsOf = (clone: string) => readRemoteAlarms(join(clone, '.git', 'mtos'))

async function withTasks(...titles: string[]) {
  const shared = clones()
  const a = await initialised(shared, 'a')
  for (const title of titles) await mhv(a, 'tc', title)
  await synced(a)
  return { shared, a }
}

test('a remote that was moved back gets everything again, and an alarm is kept', async () => {
  const { shared, a } = await withTasks('One', 'Two')
  const seen = tipOf(shared.remote)
  git(shared.remote, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/tasks~1')
  const { out, err } = await mhv(a, 'sync')
  expect(out).toBe('origin: sent 1 task\n')
  expect(err).toContain('Warning: the task log of origin had been moved back')
  expect(tipOf(shared.remote)).toBe(seen)
  expect(alarmsOf(a)).toMatchObject([{ remote: 'origin', what: 'rewound', from: seen }])
  expect(await synced(a)).toMatchObject({ alarm: null })
  const { findings } = await mhvJson(a, 'audit')
  expect(findings).toMatchObject([{ code: 'REMOTE_REWOUND', severity: 'warning' }])
})

test('a remote whose log was deleted gets it again, also after a plain git fetch --prune', async () => {
  const { shared, a } = await withTasks('One')
  git(shared.remote, 'update-ref', '-d', 'refs/mtos/tasks')
  git(a, 'fetch', '--quiet', '--prune')
  const { out, err } = await mhv(a, 'sync')
  expect(out).toBe('origin: sent 1 task\n')
  expect(err).toContain('had been deleted')
  expect(err).not.toContain('for the first time')
  expect(alarmsOf(a)).toMatchObject([{ what: 'deleted', to: null }])
  expect(tipOf(shared.remote)).toBe(tipOf(a))
})

test('a remote whose log was replaced is left alone until that is accepted', async () => {
  const { shared, a } = await withTasks('One')
  const other = await withTasks('Of others')
  git(other.a, 'push', '--quiet', '--force', shared.remote, 'refs/mtos/tasks')
  const before = tipOf(a)
  const { error } = await mhvJson(a, 'sync')
  expect(error.name).toBe('REMOTE_REPLACED')
  expect([tipOf(a), tipOf(shared.remote)]).toEqual([before, tipOf(other.a)])
  expect(error.recovery[1]).toBe('mhv sync --remote origin --accept-replaced')
  expect((await mhvJson(a, 'sync')).error.name).toBe('REMOTE_REPLACED')
  expect(await synced(a, '--accept-replaced')).toMatchObject({
    received: 1,
    sent: 1,
    renumbered: [{ from: 1, to: 2 }],
  })
  expect(await listed(a)).toEqual(['1 Of others', '2 One'])
  expect(alarmsOf(a)).toMatchObject([{ what: 'replaced' }])
  expect(await synced(a)).toMatchObject({ alarm: null, sent: 0 })
})

test('a remote at another address is another remote', async () => {
  const { a } = await withTasks('One')
  const elsewhere = clones()
  git(a, 'remote', 'set-url', 'origin', elsewhere.remote)
  expect(await synced(a)).toMatchObject({ sent: 1, alarm: null })
  expect(alarmsOf(a)).toEqual([])
})

test('what is no log is neither taken over nor pushed over', async () => {
  const shared = clones()
  git(shared.remote, 'update-ref', 'refs/mtos/tasks', 'refs/heads/main')
  const fresh = shared.clone('fresh')
  expect((await mhvJson(fresh, 'sync')).error.name).toBe('NOT_A_LOG')
  expect(git(fresh, 'for-each-ref', 'refs/mtos/tasks')).toBe('')
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  expect((await mhvJson(a, 'sync')).error.name).toBe('NOT_A_LOG')
  expect(tipOf(shared.remote)).toBe(git(shared.remote, 'rev-parse', 'main'))
})

test('a ref of the remote that is no log is named by mhv init, with steps that show it', async () => {
  const shared = clones()
  git(shared.remote, 'update-ref', 'refs/mtos/tasks', 'refs/heads/main')
  const a = shared.clone('a')
  git(a, 'fetch', '--quiet', 'origin', '+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*')
  const { error } = await mhvJson(a, 'init')
  expect(error.name).toBe('NOT_A_LOG')
  expect(error.message).toContain('fetched from origin')
  for (const step of error.recovery) git(a, ...step.split(' ').slice(1))
})

test('a log of a newer format is taken over for reading and not pushed over', async () => {
  const { shared, a } = await withTasks('One')
  const b = await initialised(shared, 'b')
  await synced(b)
  const work = join(shared.directory, 'newer')
  git(a, 'worktree', 'add', '--quiet', '--detach', work, 'refs/mtos/tasks')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(work, 'mtos.yaml'), 'format: 2\n')
  git(work, 'commit', '--quiet', '--all', '--message', 'Newer')
  git(work, 'push', '--quiet', shared.remote, 'HEAD:refs/mtos/tasks')
  const newer = tipOf(shared.remote)
  await mhv(b, 'tc', 'Mine')
  expect((await mhvJson(b, 'sync')).error.name).toBe('NEWER_FORMAT')
  expect(tipOf(shared.remote)).toBe(newer)
  const fresh = shared.clone('fresh')
  await synced(fresh)
  expect(await listed(fresh)).toEqual(['1 One'])
})

test('a host that takes branches only is told from others, and the branch carries the log', async () => {
  const shared = clones()
  takesBranchesOnly(shared.remote)
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  const { error } = await mhvJson(a, 'sync')
  expect(error).toMatchObject({ name: 'REMOTE_REFUSED' })
  expect(error.message).toContain('hook declined')
  expect(error.recovery).toContain('git config remote.origin.mtosRef refs/heads/mtos/tasks')
  git(a, 'config', 'remote.origin.mtosRef', 'refs/heads/mtos/tasks')
  expect(await synced(a)).toMatchObject({ ref: 'refs/heads/mtos/tasks', sent: 1 })
  // Another clone finds it by itself.
  const b = shared.clone('b')
  expect(await synced(b)).toMatchObject({ ref: 'refs/heads/mtos/tasks', adopted: true })
  await mhv(b, 'tc', 'Two')
  expect(await synced(b)).toMatchObject({ ref: 'refs/heads/mtos/tasks', sent: 1 })
  expect(await networkCommands(() => synced(a))).toEqual(['fetch'])
  expect(await listed(a)).toEqual(['1 One', '2 Two'])
})

test('a branch of that name which is no log is nobody’s log', async () => {
  const shared = clones()
  git(shared.remote, 'branch', 'mtos/tasks', 'main')
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  expect(await synced(a)).toMatchObject({ ref: 'refs/mtos/tasks', sent: 1 })
})

test.each(['transfer.hideRefs', 'uploadpack.hideRefs'])(
  '%s is noticed by the first sync, and raises no alarm',
  async (setting) => {
    const shared = clones()
    git(shared.remote, 'config', setting, 'refs/mtos')
    const a = await initialised(shared, 'a')
    await mhv(a, 'tc', 'One')
    const first = await mhv(a, 'sync')
    expect(first.err.match(/for the first time/g)).toHaveLength(1)
    expect(first.err).toContain('REMOTE_REFUSED: origin does not')
    expect(alarmsOf(a)).toEqual([])
    const again = await mhv(a, 'sync')
    expect(again.err).not.toContain('for the first time')
    expect(again.code).toBe(1)
    git(a, 'config', 'remote.origin.mtosRef', 'refs/heads/mtos/tasks')
    expect(await synced(a)).toMatchObject({ sent: 1, alarm: null })
  },
)

test('a log that goes on in a branch, since the ref is hidden, was not deleted', async () => {
  const { shared, a } = await withTasks('One')
  git(shared.remote, 'config', 'transfer.hideRefs', 'refs/mtos')
  git(a, 'config', 'remote.origin.mtosRef', 'refs/heads/mtos/tasks')
  expect(await synced(a)).toMatchObject({ sent: 1, alarm: null })
  expect(alarmsOf(a)).toEqual([])
})

test('a remote that is away says how far apart the two are', async () => {
  const { shared, a } = await withTasks('One')
  renameSync(shared.remote, `${shared.remote}.away`)
  await mhv(a, 'tc', 'Two')
  const { error } = await mhvJson(a, 'sync')
  expect(error).toMatchObject({
    name: 'REMOTE_MISSING',
    data: { ahead: 1, behind: 0, reached_at: '2026-11-20T10:00:00.123Z' },
  })
  expect(error.message).toContain(
    '1 task changed here is not there yet. origin last answered at 2026-11-20T10:00:00.123Z.',
  )
  git(a, 'remote', 'set-url', 'origin', 'git://127.0.0.1:1/x.git')
  expect((await mhvJson(a, 'sync')).error.name).toBe('REMOTE_UNREACHABLE')
})

test('a remote that can be fetched from and not pushed to is told from one that is away', async () => {
  const { shared, a } = await withTasks('One')
  const b = await initialised(shared, 'b')
  git(b, 'config', 'remote.origin.pushurl', join(shared.directory, 'nowhere.git'))
  await mhv(b, 'tc', 'Mine')
  const { error } = await mhvJson(b, 'sync')
  expect(error).toMatchObject({ name: 'REMOTE_MISSING', data: { ahead: 1, received: 1 } })
  expect(error.message).toContain('Fetching from origin worked; pushing did not.')
  expect(error.recovery[0]).toMatch(/^git push --dry-run --no-verify origin [0-9a-f]{40}:refs\/mtos\/tasks$/)
  expect(() => git(b, ...error.recovery[0].split(' ').slice(1))).toThrow('nowhere.git')
  git(a, 'remote', 'set-url', 'origin', 'ext::sh -c true')
  const refused = (await mhvJson(a, 'sync')).error
  expect(refused).toMatchObject({ name: 'REMOTE_UNREACHABLE' })
  expect(refused.message).toContain("git cannot speak to origin: transport 'ext' not allowed.")
  expect(refused.recovery).not.toContain('git fsck')
})

test('what plain git fetch has brought is merged while the remote is away', async () => {
  const { shared, a } = await withTasks('One')
  const b = await initialised(shared, 'b')
  await synced(b)
  await mhv(a, 'tc', 'Two')
  await synced(a)
  await mhv(b, 'tc', 'Mine')
  git(b, 'fetch', '--quiet')
  renameSync(shared.remote, `${shared.remote}.away`)
  const { error } = await mhvJson(b, 'sync')
  expect(error).toMatchObject({ name: 'REMOTE_MISSING', data: { received: 1, ahead: 1, behind: 0 } })
  expect(error.message).toContain('1 task that had been fetched is merged. 1 task changed here is not there')
  expect(await listed(b)).toEqual(['1 One', '2 Two', '3 Mine'])
})

test('the doctor finds nothing where the logs hold the same files', async () => {
  const { shared, a } = await withTasks('One')
  const b = await initialised(shared, 'b')
  await synced(b)
  const same = git(b, 'commit-tree', '-p', 'refs/mtos/tasks', '-m', 'Same', 'refs/mtos/tasks^{tree}')
  git(b, 'push', '--quiet', 'origin', `${same}:refs/mtos/tasks`)
  git(a, 'fetch', '--quiet')
  const { findings } = await mhvJson(a, 'doctor')
  expect(findings.map(({ code }: { code: string }) => code)).not.toContain('LOG_BEHIND')
})

test('a log that came with a plain clone, as a branch, is named by all, and taken over by mhv init', async () => {
  const { shared } = await withTasks('One')
  git(shared.remote, 'update-ref', 'refs/heads/mtos/tasks', tipOf(shared.remote))
  git(shared.remote, 'update-ref', '-d', 'refs/mtos/tasks')
  const b = shared.clone('b')
  for (const command of ['audit', 'doctor']) {
    const { out, err } = await mhv(b, command)
    expect(out + err).toContain('origin has one with 1 task')
    expect(out + err).toContain('mhv sync')
    expect(out + err).not.toContain('mhv init')
  }
  expect(await mhvJson(b, 'init')).toMatchObject({ log: 'adopted' })
  expect(await listed(b)).toEqual(['1 One'])
})

test('of several remotes one that fails does not keep the others', async () => {
  const { shared, a } = await withTasks('One')
  const second = clones()
  git(a, 'remote', 'add', 'broken', join(shared.directory, 'nowhere.git'))
  git(a, 'remote', 'add', 'second', second.remote)
  const { out, err, code } = await mhv(a, 'sync', '--all-remotes')
  expect(code).toBe(1)
  expect(out).toBe('origin: nothing new\nsecond: sent 1 task\n')
  expect(err).toContain('REMOTE_MISSING: There is no repository at broken')
  const { remotes } = await mhvJson(a, 'sync', '--remote', 'second', '--remote', 'broken')
  expect(remotes).toMatchObject([
    { remote: 'second', sent: 0 },
    { remote: 'broken', error: { name: 'REMOTE_MISSING' } },
  ])
  expect((await mhvJson(a, 'sync', '--remote', 'nope')).error.name).toBe('NO_REMOTE')
})

/** A clone with a second remote, on which somebody gave the number of the clone's task to another one. */
async function withForeignNumber(): Promise<string> {
  const { shared, a } = await withTasks('From a')
  const fork = clones()
  const b = await initialised(shared, 'b')
  for (const clone of [a, b]) git(clone, 'remote', 'add', 'fork', fork.remote)
  await mhv(b, 'tc', 'From b')
  await synced(b, '--remote', 'fork')
  return a
}

test('the way back to a remote that is away leads to that one', async () => {
  const { a } = await withTasks('One')
  git(a, 'remote', 'add', 'bad', 'http://127.0.0.1:9/x.git')
  const { error } = await mhvJson(a, 'sync', '--remote', 'bad')
  expect([error.name, error.recovery.at(-1)]).toEqual(['REMOTE_UNREACHABLE', 'mhv sync --remote bad'])
})

test('only the main remote settles numbers', async () => {
  const a = await withForeignNumber()
  expect(await synced(a, '--remote', 'fork')).toMatchObject({ received: 1, sent: 1, renumbered: [] })
  expect((await listed(a)).sort()).toEqual(['1 From a', '1 From b'])
  const { collisions } = await synced(a, '--remote', 'fork')
  expect(collisions).toMatchObject([{ number: 1 }])
  const ids = collisions[0].tasks.join(', ')
  expect((await mhv(a, 'sync', '--remote', 'fork')).err).toBe(
    `Warning: #1 is the number of 2 tasks now (${ids}); syncing with the main remote settles that: mhv sync\n`,
  )
  expect((await mhvJson(a, 'task', 'show', '1')).error.recovery).toContain('mhv sync')
  expect(await synced(a)).toMatchObject({ collisions: [], renumbered: [{ from: 1, to: 2 }] })
  git(a, 'config', 'mtos.remote', 'nowhere')
  expect((await mhvJson(a, 'sync')).error.name).toBe('NO_REMOTE')
})

test('where no remote is the main one, the warning of a double number says how one becomes it', async () => {
  const { shared, a } = await withTasks('From a')
  const b = await initialised(shared, 'b')
  await mhv(b, 'tc', 'From b')
  for (const clone of [a, b]) git(clone, 'remote', 'rename', 'origin', 'up')
  git(b, 'remote', 'add', 'other', shared.remote)
  git(b, 'config', 'mtos.remote', 'other')
  await synced(a)
  git(b, 'config', '--unset', 'mtos.remote')
  const { err } = await mhv(b, 'sync', '--remote', 'up')
  expect(err).toMatch(/a main remote would settle that: git config mtos\.remote up && mhv sync\n$/)
  git(b, 'config', 'mtos.remote', 'up')
  expect(await synced(b)).toMatchObject({ main: 'up', renumbered: [{ from: 1, to: 2 }] })
})

test('the first sync with a remote makes git fetch bring its tasks, and a refspec taken away stays away', async () => {
  const { a } = await withTasks('One')
  const fork = clones()
  git(a, 'remote', 'add', 'fork', fork.remote)
  await synced(a, '--remote', 'fork')
  const refspec = '+refs/mtos/tasks*:refs/mtos/remotes/fork/tasks*'
  expect(git(a, 'config', '--get-all', 'remote.fork.fetch')).toContain(refspec)
  git(a, 'config', '--fixed-value', '--unset', 'remote.fork.fetch', refspec)
  await synced(a, '--remote', 'fork')
  expect(git(a, 'config', '--get-all', 'remote.fork.fetch')).not.toContain(refspec)
})

test('a remote that becomes the main one settles numbers, although nothing is new on either side', async () => {
  const a = await withForeignNumber()
  await synced(a, '--remote', 'fork')
  expect(await synced(a, '--remote', 'fork')).toMatchObject({ received: 0, sent: 0, renumbered: [] })
  git(a, 'config', 'mtos.remote', 'fork')
  expect(await synced(a)).toMatchObject({ sent: 1, renumbered: [{ from: 1, to: 2 }] })
  expect(await synced(a)).toMatchObject({ received: 0, sent: 0, renumbered: [] })
})

test('a sync that is killed between push and mark is as good as done', async () => {
  const { shared, a } = await withTasks('One')
  await mhv(a, 'tc', 'Two')
  const { code } = await mhvProcess(a, ['sync'], { env: { MHV_FAULT: 'after-push' } })
  expect(code).toBe(137)
  expect(tipOf(shared.remote)).toBe(tipOf(a))
  expect(await synced(a)).toMatchObject({ received: 0, sent: 0, alarm: null })
})

test('two syncs of one clone at once, and one beside a plain fetch, all succeed and raise no alarm', async () => {
  const { a } = await withTasks('One')
  await mhv(a, 'tc', 'Two')
  const answers = await Promise.all([
    mhvProcess(a, ['sync']),
    mhvProcess(a, ['sync']),
    mhvProcess(a, ['sync']),
  ])
  expect(answers.map(({ code, err }) => [code, err])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ])
  expect(alarmsOf(a)).toEqual([])
})

test('clones that push at once all arrive, whoever was faster', async () => {
  const shared = clones()
  const all: string[] = []
  for (const name of ['a', 'b', 'c', 'd']) {
    const clone = await initialised(shared, name)
    await mhv(clone, 'tc', `From ${name}`)
    all.push(clone)
  }
  const answers = await Promise.all(all.map((clone) => mhvProcess(clone, ['sync'])))
  expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0])
  for (const clone of all) await synced(clone)
  const lists: string[][] = []
  for (const clone of all) lists.push(await listed(clone))
  expect(new Set(lists[0]!.map((line) => line.split(' ')[0]))).toEqual(new Set(['1', '2', '3', '4']))
  for (const list of lists) expect(list).toEqual(lists[0])
})
