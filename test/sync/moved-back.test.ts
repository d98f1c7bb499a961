import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRemoteAlarms } from '../../src/store/remote-marks.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { commitFile, contentOf, idOf, pathOf } from '../support/hand-made.ts'
import { git } from '../support/repository.ts'
import { clones, initialised, synced, takesBranchesOnly, tipOf } from '../support/synced-clones.ts'

const BRANCH = 'refs/heads/mtos/tasks'

interface Told {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly fix: string
}

async function audited(clone: string): Promise<Told[]> {
  const { findings, error } = await mhvJson(clone, 'audit')
  return findings ?? error.data.findings
}

const diagnosed = async (clone: string, ...flags: string[]): Promise<Told[]> =>
  (await mhvJson(clone, 'doctor', ...flags)).findings

const codes = (findings: readonly Told[]) => findings.map(({ code, severity }) => `${severity} ${code}`)

async function withTasks() {
  const shared = clones()
  const a = await initialised(shared, 'a')
  for (const title of ['One', 'Two', 'Three']) await mhv(a, 'tc', title)
  return { shared, a }
}

/** A host that takes branches only, a clone that is configured for it, and one that has found the branch by itself. */
async function onBranches() {
  const { shared, a } = await withTasks()
  takesBranchesOnly(shared.remote)
  git(a, 'config', 'remote.origin.mtosRef', BRANCH)
  await synced(a)
  const b = shared.clone('b')
  await synced(b)
  return { shared, a, b }
}

test('a remote that plain git fetch shows moved back is an alarm, until a sync has put it right', async () => {
  const { shared, a } = await withTasks()
  await synced(a)
  git(shared.remote, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/tasks~2')
  expect(codes(await diagnosed(a, '--remote'))).toEqual(['error REMOTE_REWOUND'])
  git(a, 'fetch', '--quiet')
  for (const findings of [await audited(a), await diagnosed(a), await diagnosed(a, '--remote')]) {
    expect(codes(findings)).toEqual(['error REMOTE_REWOUND'])
    expect(findings[0]!.message).toContain('was moved back')
    expect(findings[0]!.fix).toBe('mhv sync --remote origin')
  }
  expect((await mhv(a, 'audit')).code).toBe(1)
  await synced(a)
  expect(codes(await audited(a))).toEqual(['warning REMOTE_REWOUND'])
  expect(await diagnosed(a, '--remote')).toEqual([])
})

test('a remote gets the history again that it lost, also where the files are what they were', async () => {
  const { shared, a } = await withTasks()
  const path = pathOf(await idOf(a, 1))
  const whole = contentOf(a, await idOf(a, 1))
  commitFile(a, path, whole.replaceAll('One', 'Owned'))
  commitFile(a, path, whole)
  await synced(a)
  const tip = tipOf(shared.remote)
  git(shared.remote, 'update-ref', 'refs/mtos/tasks', `${tip}~2`)
  expect(await synced(a)).toMatchObject({ alarm: { what: 'rewound' }, sent: 0 })
  expect(tipOf(shared.remote)).toBe(tip)
  expect(codes(await audited(a))).not.toContain('error REMOTE_REWOUND')
})

test('a log that plain git fetch shows deleted or replaced is an alarm too, and told once', async () => {
  const { shared, a } = await withTasks()
  await synced(a)
  git(shared.remote, 'update-ref', '-d', 'refs/mtos/tasks')
  git(a, 'fetch', '--quiet', '--prune')
  for (const findings of [await audited(a), await diagnosed(a), await diagnosed(a, '--remote')]) {
    expect(codes(findings)).toEqual(['error REMOTE_REWOUND'])
  }
  const other = await withTasks()
  git(other.a, 'push', '--quiet', shared.remote, 'refs/mtos/tasks')
  git(a, 'fetch', '--quiet')
  expect(codes(await audited(a))).toEqual(['error REMOTE_REWOUND'])
  for (const findings of [await diagnosed(a), await diagnosed(a, '--remote')]) {
    expect(codes(findings)).toEqual(['error REMOTE_REPLACED'])
  }
  process.env.MHV_NOW = '2026-11-20T11:00:00.000Z'
  expect((await mhvJson(a, 'sync')).error.name).toBe('REMOTE_REPLACED')
  expect(codes(await audited(a))).toEqual(['error REMOTE_REWOUND'])
  expect(codes(await diagnosed(a))).toEqual(['error REMOTE_REPLACED'])
  await synced(a, '--accept-replaced')
  expect(codes(await audited(a))).toContain('warning REMOTE_REWOUND')
})

test.each([
  ['a changed event', (text: string) => text.replaceAll('One', 'Owned')],
  ['an event that is gone', (text: string) => text.slice(0, text.lastIndexOf('\n  - id: ') + 1)],
  ['a file that is gone', () => null],
  ['a file that cannot be read', () => 'no task\n'],
])(
  '%s in what plain git fetch has brought is an alarm, until a sync has put it right',
  async (_what, made) => {
    const { shared, a } = await withTasks()
    await mhv(a, 'comment', '1', 'Mine')
    await synced(a)
    const b = await initialised(shared, 'b')
    await synced(b)
    const id = await idOf(b, 1)
    commitFile(b, pathOf(id), made(contentOf(b, id)))
    await mhv(b, 'tc', 'Four')
    git(b, 'push', '--quiet', 'origin', 'refs/mtos/tasks')
    expect(await audited(a)).toEqual([])
    git(a, 'fetch', '--quiet')
    for (const findings of [await audited(a), await diagnosed(a), await diagnosed(a, '--remote')]) {
      expect(codes(findings)).toEqual(['error REMOTE_DAMAGED'])
      expect(findings[0]!.message).toContain(`of task ${id}`)
      expect(findings[0]!.fix).toBe('mhv sync --remote origin')
    }
    expect((await mhv(a, 'doctor')).code).toBe(1)
    await synced(a)
    expect((await mhv(a, 'audit')).code).toBe(0)
    expect(await diagnosed(a)).toEqual([])
  },
)

test('a damaged log that another clone has put right raises no alarm', async () => {
  const { shared, a } = await withTasks()
  await synced(a)
  const b = await initialised(shared, 'b')
  await synced(b)
  const id = await idOf(b, 1)
  commitFile(b, pathOf(id), contentOf(b, id).replaceAll('One', 'Owned'))
  git(b, 'push', '--quiet', 'origin', 'refs/mtos/tasks')
  const c = shared.clone('c')
  await synced(c)
  await synced(a)
  git(c, 'fetch', '--quiet')
  expect(codes(await diagnosed(c))).toEqual(['error EVENT_CHANGED', 'warning LOG_BEHIND'])
  await synced(c)
  expect(await diagnosed(c)).toEqual([])
})

test('a remote that only grew, or was never synced with, raises no alarm', async () => {
  const { shared, a } = await withTasks()
  await synced(a)
  const b = await initialised(shared, 'b')
  git(b, 'fetch', '--quiet')
  git(shared.remote, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/tasks~1')
  git(b, 'fetch', '--quiet')
  expect(await audited(b)).toEqual([])
  await synced(b)
  await mhv(a, 'tc', 'Four')
  await synced(a)
  git(b, 'fetch', '--quiet')
  expect(await audited(b)).toEqual([])
})

test('a mirror that prunes, and a fetch that cuts the history off, raise no alarm', async () => {
  const { shared, a } = await withTasks()
  await synced(a)
  const mirror = shared.clone('mirror.git', '--mirror')
  await synced(mirror)
  git(mirror, 'fetch', '--quiet', '--prune')
  expect(git(mirror, 'for-each-ref', 'refs/mtos/remotes')).toBe('')
  expect(await audited(mirror)).toEqual([])
  const b = await initialised(shared, 'b')
  git(b, 'remote', 'set-url', 'origin', `file://${shared.remote}`)
  await synced(b)
  await mhv(a, 'tc', 'Four')
  await synced(a)
  git(b, 'fetch', '--quiet', '--depth', '1')
  expect(codes(await audited(b))).not.toContain('error REMOTE_REWOUND')
})

test('on a host that takes branches only a log that was moved back is put right like any other', async () => {
  const { shared, a, b } = await onBranches()
  for (const clone of [a, b]) {
    git(shared.remote, 'update-ref', BRANCH, `${BRANCH}~1`)
    expect(codes(await diagnosed(clone, '--remote'))).toEqual(['error REMOTE_REWOUND'])
    expect(await synced(clone)).toMatchObject({ alarm: { what: 'rewound' }, sent: 1 })
    expect(codes(await audited(clone))).toEqual(['warning REMOTE_REWOUND'])
  }
  expect(await diagnosed(a, '--remote')).toEqual([])
})

test('a branch that plain git fetch shows moved back is an alarm, one that it has not fetched is none', async () => {
  const { shared, a, b } = await onBranches()
  await mhv(a, 'tc', 'Four')
  await synced(a)
  await synced(b)
  expect(await audited(b)).toEqual([])
  git(b, 'fetch', '--quiet')
  expect(await audited(b)).toEqual([])
  git(shared.remote, 'update-ref', BRANCH, `${BRANCH}~1`)
  git(b, 'fetch', '--quiet')
  expect(codes(await audited(b))).toEqual(['error REMOTE_REWOUND'])
  expect(codes(await diagnosed(b, '--remote'))).toEqual(['error REMOTE_REWOUND'])
  await synced(b)
  expect(codes(await audited(b))).toEqual(['warning REMOTE_REWOUND'])
  expect(await diagnosed(b, '--remote')).toEqual([])
})

test('plain git fetch with --prune shows that the branch is gone, also where a sync was the first to bring it', async () => {
  const shared = clones()
  const c = shared.clone('c')
  takesBranchesOnly(shared.remote)
  const a = await initialised(shared, 'a')
  git(a, 'config', 'remote.origin.mtosRef', BRANCH)
  await synced(a)
  const b = shared.clone('b')
  for (const clone of [b, c]) await synced(clone)
  git(shared.remote, 'update-ref', '-d', BRANCH)
  for (const clone of [a, b, c]) {
    expect(await diagnosed(clone)).toEqual([])
    git(clone, 'fetch', '--quiet', '--prune')
    for (const findings of [
      await audited(clone),
      await diagnosed(clone),
      await diagnosed(clone, '--remote'),
    ]) {
      expect(codes(findings)).toEqual(['error REMOTE_REWOUND'])
    }
  }
  await synced(b)
  expect(await diagnosed(b)).toEqual([])
  for (const clone of [a, c]) {
    git(clone, 'fetch', '--quiet')
    expect(await diagnosed(clone)).toEqual([])
  }
})

test('where plain git fetch brings main only, nothing is told of a branch that it does not fetch', async () => {
  const { shared } = await onBranches()
  const c = shared.clone('c', '--single-branch', '--branch', 'main')
  await synced(c)
  git(c, 'fetch', '--quiet', '--prune')
  expect(await diagnosed(c)).toEqual([])
  expect(git(c, 'for-each-ref', 'refs/remotes/origin/mtos')).toBe('')
})

test('a branch that is gone is told, remembered and pushed again, whoever found it by itself', async () => {
  const { shared, b } = await onBranches()
  const tip = tipOf(b)
  git(shared.remote, 'update-ref', '-d', BRANCH)
  expect(codes(await diagnosed(b, '--remote', '--fix'))).toEqual(['warning REMOTE_LACKS_LOG'])
  const { err, code } = await mhv(b, 'sync')
  expect(code).toBe(0)
  expect(err).toContain('had been deleted')
  expect(tipOf(shared.remote, BRANCH)).toBe(tip)
  expect(readRemoteAlarms(join(b, '.git', 'mtos'))).toMatchObject([{ what: 'deleted', from: tip }])
  expect(codes(await audited(b))).toEqual(['warning REMOTE_REWOUND'])
})

test('what mhv init took over from a branch is not told to be behind', async () => {
  const { shared, a } = await onBranches()
  const c = shared.clone('c')
  await mhv(c, 'init')
  expect(await diagnosed(c, '--remote')).toEqual([])
  await mhv(a, 'tc', 'Four')
  await synced(a)
  expect(codes(await diagnosed(c, '--remote'))).toEqual(['warning LOG_BEHIND'])
})
