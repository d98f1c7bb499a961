import { renameSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { commitFile } from '../support/hand-made.ts'
import { git } from '../support/repository.ts'
import { clones, initialised, networkCommands, synced, takesBranchesOnly } from '../support/synced-clones.ts'

interface Found {
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly next: readonly string[]
}

async function found(clone: string, ...flags: string[]): Promise<Found[]> {
  const { findings } = await mhvJson(clone, 'doctor', '--remote', ...flags)
  return findings
}

async function withTask() {
  const shared = clones()
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  return { shared, a }
}

test('only with --remote does the doctor ask remotes, and where all is well it finds nothing', async () => {
  const { a } = await withTask()
  await synced(a)
  expect(await networkCommands(() => mhv(a, 'doctor'))).toEqual([])
  expect(await networkCommands(async () => expect(await found(a)).toEqual([]))).toEqual(['ls-remote'])
})

test('a host that refused the tasks is known without another try, and the step leads out', async () => {
  const { shared, a } = await withTask()
  takesBranchesOnly(shared.remote)
  expect(await found(a)).toEqual([])
  await mhv(a, 'sync')
  const [finding] = await found(a)
  expect(finding).toMatchObject({
    code: 'REMOTE_REFUSES',
    fix: 'git config remote.origin.mtosRef refs/heads/mtos/tasks',
    next: ['mhv sync --remote origin'],
  })
  git(a, ...finding!.fix.split(' ').slice(1))
  await synced(a)
  expect(await found(a)).toEqual([])
})

test.each([
  ['refuses', (remote: string) => takesBranchesOnly(remote), 'does not take'],
  ['hides', (remote: string) => git(remote, 'config', 'uploadpack.hideRefs', 'refs/mtos'), 'does not show'],
])('with --fix a try tells that a host %s refs, and shows it no task', async (_how, make, said) => {
  const { shared, a } = await withTask()
  make(shared.remote)
  const [finding] = await found(a, '--fix')
  expect(finding).toMatchObject({ code: 'REMOTE_REFUSES' })
  expect(finding!.message).toContain(said)
  expect(git(shared.remote, 'for-each-ref', 'refs/mtos')).toBe('')
  expect(git(shared.remote, 'rev-list', '--all', '--count')).toBe('1')
})

test('with --fix a host that takes refs is left as it was', async () => {
  const { shared, a } = await withTask()
  expect(await found(a, '--fix')).toEqual([])
  expect(git(shared.remote, 'for-each-ref', 'refs/mtos')).toBe('')
})

test('a log that is gone there, one that has grown, and a remote that is away are told', async () => {
  const { shared, a } = await withTask()
  await synced(a)
  const b = await initialised(shared, 'b')
  expect((await found(b)).map(({ code }) => code)).toEqual(['LOG_BEHIND'])
  git(shared.remote, 'update-ref', '-d', 'refs/mtos/tasks')
  expect((await found(a)).map(({ code }) => code)).toEqual(['REMOTE_LACKS_LOG'])
  renameSync(shared.remote, `${shared.remote}.away`)
  expect((await found(a)).map(({ code }) => code)).toEqual(['REMOTE_AWAY'])
})

test.each(['tasks', 'gates'])('a %s ref of the remote that is no log is told, by sync too', async (log) => {
  const { shared, a } = await withTask()
  await synced(a)
  const ref = `refs/mtos/${log}`
  git(shared.remote, 'update-ref', ref, 'refs/heads/main')
  const { code } = await mhv(a, 'doctor', '--remote')
  const [finding] = await found(a)
  expect([code, finding!.code]).toEqual([1, 'NOT_A_LOG'])
  expect(finding!.message).toContain(`${ref} of origin`)
  git(a, ...finding!.fix.split(' ').slice(1))
  const { err, code: ended } = await mhv(a, 'sync')
  expect(ended).toBe(1)
  expect(err).toContain(
    log === 'gates' ? 'Tasks were synced.' : 'git show --stat refs/mtos/remotes/origin/tasks',
  )
  expect(err).toContain(`${ref} of origin`)
})

test('a log of a newer format, and one that was replaced, are told with their cause', async () => {
  const { shared, a } = await withTask()
  await synced(a)
  const newer = commitFile(a, 'mtos.yaml', 'format: 2\n')
  git(a, 'push', '--quiet', 'origin', 'refs/mtos/tasks')
  git(a, 'update-ref', 'refs/mtos/tasks', `${newer}~1`)
  const [first] = await found(a)
  expect(first).toMatchObject({ code: 'NEWER_FORMAT', fix: 'mhv version' })
  const other = clones()
  const b = await initialised(other, 'b')
  await mhv(b, 'tc', 'Other')
  git(b, 'push', '--quiet', '--force', shared.remote, 'refs/mtos/tasks')
  const [second] = await found(a)
  expect(second!.code).toBe('REMOTE_REPLACED')
  git(a, ...second!.fix.split(' ').slice(1))
  const { error } = await mhvJson(a, 'sync')
  expect(error.message).toContain('refs/mtos/tasks')
  git(a, ...error.recovery[0].split(' ').slice(1))
})

test('a host that takes branches only from now on, and still shows the ref of ours, keeps no clone from syncing', async () => {
  const { shared, a } = await withTask()
  await synced(a)
  const b = await initialised(shared, 'b')
  await synced(b)
  takesBranchesOnly(shared.remote)
  await mhv(a, 'tc', 'Two')
  expect((await mhvJson(a, 'sync')).error.name).toBe('REMOTE_REFUSED')
  const [refusal] = await found(a)
  expect(refusal).toMatchObject({ code: 'REMOTE_REFUSES', next: ['mhv sync --remote origin'] })
  git(a, ...refusal!.fix.split(' ').slice(1))
  await synced(a)
  expect(await found(a, '--fix')).toEqual([])
  const branch = 'refs/heads/mtos/tasks'
  await mhv(b, 'tc', 'Three')
  expect(await found(b, '--fix')).toMatchObject([{ code: 'LOG_BEHIND', fix: 'mhv sync --remote origin' }])
  expect(await synced(b)).toMatchObject({ ref: branch, received: 1, sent: 1 })
  expect(await found(b, '--fix')).toEqual([])
  const c = shared.clone('c')
  expect(await synced(c)).toMatchObject({ ref: branch, sent: 0 })
  expect(await found(c)).toEqual([])
  expect(await synced(a)).toMatchObject({ received: 1 })
})

test('a log that went on as a ref of ours stays there, whatever branch is beside it', async () => {
  const { shared, a } = await withTask()
  await synced(a)
  git(a, 'push', '--quiet', 'origin', 'refs/mtos/tasks:refs/heads/mtos/tasks')
  await mhv(a, 'tc', 'Two')
  git(a, 'push', '--quiet', 'origin', 'refs/mtos/tasks')
  expect(await synced(shared.clone('b'))).toMatchObject({ ref: 'refs/mtos/tasks', sent: 0 })
  const c = shared.clone('c')
  git(c, 'config', 'remote.origin.mtosRef', 'refs/mtos/tasks')
  git(shared.remote, 'update-ref', 'refs/heads/mtos/tasks', 'refs/mtos/tasks')
  expect(await synced(c)).toMatchObject({ ref: 'refs/mtos/tasks' })
})
