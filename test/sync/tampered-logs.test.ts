import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRemoteAlarms } from '../../src/store/remote-marks.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { commitFile, contentOf, idOf, pathOf } from '../support/hand-made.ts'
import { git } from '../support/repository.ts'
import { clones, initialised, listed, synced, tipOf, treeOf } from '../support/synced-clones.ts'

async function pair() {
  const shared = clones()
  const a = await initialised(shared, 'a')
  await mhv(a, 'tc', 'One')
  await mhv(a, 'tc', 'Two')
  await synced(a)
  const b = await initialised(shared, 'b')
  await synced(b)
  return { shared, a, b, one: await idOf(a, 1) }
}

const publish = (clone: string) => git(clone, 'push', '--quiet', 'origin', 'refs/mtos/tasks')

test('a task file that somebody removed is put back, told, pushed and remembered', async () => {
  const { shared, a, b, one } = await pair()
  commitFile(b, pathOf(one), null)
  publish(b)
  const { out, err, code } = await mhv(a, 'sync')
  expect([code, out]).toEqual([0, 'origin: sent 1 task\n'])
  expect(err).toBe('Warning: #1 One: file removed in the log of origin; put back. mhv audit says by whom.\n')
  expect(await listed(a)).toEqual(['1 One', '2 Two'])
  expect(tipOf(shared.remote)).toBe(tipOf(a))
  expect(readRemoteAlarms(join(a, '.git', 'mtos'))).toMatchObject([{ what: 'damaged', tasks: [one] }])
  const { ok, findings } = await mhvJson(a, 'audit')
  expect(ok).toBe(true)
  const codes = findings.map(({ code }: { code: string }) => code)
  expect(codes).toEqual(['REMOTE_DAMAGED', 'TASK_GONE'])
  expect(await synced(b)).toMatchObject({ restored: [] })
  expect(await listed(b)).toEqual(['1 One', '2 Two'])
})

test('an event that somebody changed is as it was, everywhere, and clones come to rest', async () => {
  const { a, b, one } = await pair()
  commitFile(b, pathOf(one), contentOf(b, one).replaceAll('One', 'Owned'))
  publish(b)
  expect(await synced(a)).toMatchObject({ restored: [{ task: one, what: 'events changed' }], sent: 1 })
  expect(await listed(a)).toEqual(['1 One', '2 Two'])
  // Here the changed content is what the log had until now; the older one counts all the same.
  expect(await synced(b)).toMatchObject({ restored: [], sent: 0 })
  expect(await listed(b)).toEqual(['1 One', '2 Two'])
  expect(await synced(a)).toMatchObject({ received: 0, sent: 0, restored: [] })
})

test('who takes the log afterwards sees no fault in it, and who changed the event, not who put it back', async () => {
  const { shared, a, b, one } = await pair()
  const evil = commitFile(b, pathOf(one), contentOf(b, one).replaceAll('One', 'Owned'))
  publish(b)
  await synced(a)
  const c = shared.clone('c')
  await synced(c)
  expect(await listed(c)).toEqual(['1 One', '2 Two'])
  expect(await mhvJson(c, 'doctor')).toMatchObject({ ok: true, findings: [] })
  const { ok, findings } = await mhvJson(c, 'audit')
  expect(ok).toBe(true)
  expect(findings).toMatchObject([{ code: 'EVENT_CHANGED', severity: 'warning', commit: evil }])
  expect(findings[0].message).toContain(`put back by the commit ${tipOf(a).slice(0, 12)}`)
})

test('a changed event is as it was also where both sides have gone on', async () => {
  const { a, b, one } = await pair()
  commitFile(b, pathOf(one), contentOf(b, one).replaceAll('One', 'Owned'))
  publish(b)
  await mhv(a, 'comment', '1', 'Mine')
  await synced(a)
  expect(await listed(a)).toEqual(['1 One', '2 Two'])
  await synced(b)
  await synced(a)
  expect(treeOf(a)).toBe(treeOf(b))
  expect(await listed(b)).toEqual(['1 One', '2 Two'])
})

test('a file that cannot be read any more is written again, and one with a second content under an id', async () => {
  const { a, b, one } = await pair()
  const whole = contentOf(b, one)
  commitFile(b, pathOf(one), `title: [\n${whole}`)
  publish(b)
  expect(await synced(a)).toMatchObject({ restored: [{ task: one, what: 'file unreadable' }] })
  await synced(b)
  const event = whole.slice(whole.indexOf('\nevents:\n') + '\nevents:\n'.length)
  commitFile(b, pathOf(one), `${whole}${event.replace('One', 'AAA')}`)
  publish(b)
  expect(await synced(a)).toMatchObject({ restored: [{ task: one, what: 'events changed' }] })
  expect(await listed(a)).toEqual(['1 One', '2 Two'])
})

test('a sync that is ended before it has looked is made up for by the next', async () => {
  const { a, b, one } = await pair()
  commitFile(b, pathOf(one), null)
  publish(b)
  git(a, 'config', 'user.name', '')
  expect((await mhvJson(a, 'sync')).error.name).toBe('NO_IDENTITY')
  git(a, 'config', '--unset', 'user.name')
  expect(await synced(a)).toMatchObject({ restored: [{ task: one, what: 'file removed' }] })
  expect(await listed(a)).toEqual(['1 One', '2 Two'])
})

test('a log that goes back twice in the same way is told twice', async () => {
  const { shared, a } = await pair()
  for (const at of ['2026-11-20T11:00:00.000Z', '2026-11-20T12:00:00.000Z']) {
    git(shared.remote, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/tasks~1')
    process.env.MHV_NOW = at
    await synced(a)
  }
  const alarms = readRemoteAlarms(join(a, '.git', 'mtos'))
  expect(alarms.map(({ what, at }) => `${what} ${at}`)).toEqual([
    'rewound 2026-11-20T11:00:00.000Z',
    'rewound 2026-11-20T12:00:00.000Z',
  ])
})

/** Two clones that gave one number to two tasks; a's is on the remote. */
async function colliding() {
  const shared = clones()
  const a = await initialised(shared, 'a')
  const b = await initialised(shared, 'b')
  await mhv(a, 'tc', 'From a')
  await mhv(b, 'tc', 'From b')
  await synced(a)
  return { shared, b }
}

test('a number that was told is not told again when the remote goes back behind it', async () => {
  const { shared, b } = await colliding()
  const before = tipOf(shared.remote)
  expect(await synced(b)).toMatchObject({ renumbered: [{ from: 1, to: 2 }] })
  git(shared.remote, 'update-ref', 'refs/mtos/tasks', before)
  expect(await synced(b)).toMatchObject({ alarm: { what: 'rewound' }, renumbered: [] })
})

test('new numbers that a sync gave before it was killed are told by the next', async () => {
  const { b } = await colliding()
  const { code } = await mhvProcess(b, ['sync'], { env: { MHV_FAULT: 'after-index' } })
  expect(code).toBe(137)
  expect((await mhv(b, 'sync')).out).toBe('origin: sent 1 task, renumbered 1 task\n  #1 → #2  From b\n')
  expect(await synced(b)).toMatchObject({ renumbered: [], sent: 0 })
})
