import { expect, test } from 'vitest'
import { MhvError } from '../../src/errors.ts'
import { createEverywhere, linkEverywhere, resumeSaga, type SagaPlace } from '../../src/federation/saga.ts'
import { isHeld, unfinishedSagas } from '../../src/federation/saga-log.ts'
import { findRepository } from '../../src/git/repository.ts'
import { openGitStore } from '../../src/store/git-store.ts'
import { newIds } from '../../src/terminal/task/new-ids.ts'
import { mhvJson } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

const now = '2026-11-20T10:00:00.123Z'
const environment = { now, newId: newIds(now), actor: 'Ann <ann@example.com>' }

async function place(name: string): Promise<SagaPlace & { directory: string }> {
  const directory = temporaryRepository()
  await run(directory, 'init')
  const repository = await findRepository(directory)
  return { name, directory, repository, store: openGitStore(repository, { name }), environment }
}

/** The place, whose store takes no write so many times. */
function refusing(place: SagaPlace, times = Number.POSITIVE_INFINITY): SagaPlace {
  let left = times
  const commit: SagaPlace['store']['commit'] = async (view, batch) => {
    if (left-- > 0) throw new MhvError('REMOTE_REFUSED', 'b takes no tasks.')
    return place.store.commit(view, batch)
  }
  return { ...place, store: { ...place.store, commit } }
}
const tasksOf = async ({ directory }: { directory: string }) =>
  (await mhvJson(directory, 'tl', '--status', 'all')).tasks
const linksOf = async (where: { directory: string }) =>
  (await tasksOf(where)).map(({ links }: { links: unknown }) => links)

test('a task in each repository, linked to each other', async () => {
  const [a, b, c] = [await place('a'), await place('b'), await place('c')]
  await run(b.directory, 'tc', 'Another')
  const { link, tasks } = await createEverywhere([a, b, c], { title: 'Rename it', priority: 'high' }, null)
  expect((await tasksOf(a))[0]).toMatchObject({
    id: tasks[0],
    number: 1,
    title: 'Rename it',
    priority: 'high',
  })
  expect((await tasksOf(b)).find(({ id }: { id: string }) => id === tasks[1])).toMatchObject({ number: 2 })
  expect(await linksOf(c)).toEqual([
    [
      { link, to: `a/${tasks[0]}` },
      { link, to: `b/${tasks[1]}` },
    ],
  ])
  expect(git(a.directory, 'for-each-ref', 'refs/mtos/sagas')).toBe('')
  expect(git(a.directory, 'log', '-1', '--format=%B', 'refs/mtos/tasks')).toContain(`Mtos-Saga: ${link}`)
  expect(git(a.directory, 'fsck', '--strict', '--no-dangling')).toBe('')
})

test('what cannot be done in one is done in none', async () => {
  const [a, b] = [await place('a'), await place('b')]
  const sent = createEverywhere([a, refusing(b)], { title: 'Half' }, null)
  await expect(sent).rejects.toMatchObject({
    error: 'SAGA_TAKEN_BACK',
    message: expect.stringContaining('b takes no tasks'),
  })
  expect(await tasksOf(a)).toEqual([])
  expect(await tasksOf(b)).toEqual([])
  expect(await unfinishedSagas(a.repository)).toEqual([])
})

test('what cannot even be taken back is left to be gone on with', async () => {
  const [a, b] = [await place('a'), await place('b')]
  let isOffline = false
  const first = {
    ...a,
    store: {
      ...a.store,
      commit: ((view, batch) => {
        if (isOffline) throw new MhvError('STORE_UNWRITABLE', 'the disk of a is full.')
        isOffline = true
        return a.store.commit(view, batch)
      }) satisfies SagaPlace['store']['commit'],
    },
  }
  const sent = createEverywhere([first, refusing(b)], { title: 'Half' }, null)
  await expect(sent).rejects.toMatchObject({ error: 'SAGA_UNFINISHED' })
  expect(await tasksOf(a)).toMatchObject([{ title: 'Half' }])
  const [record] = await unfinishedSagas(a.repository)
  expect(record!.saga).toMatchObject({ phase: 'back', why: 'b: b takes no tasks.' })
  expect(isHeld(record!.saga)).toBe(true)
  const end = await resumeSaga(a.repository, record!, async (name) => (name === 'a' ? a : b), null)
  expect(end).toEqual({ why: expect.stringContaining('b takes no tasks'), leftBehind: [] })
  expect(await tasksOf(a)).toEqual([])
  expect(await unfinishedSagas(a.repository)).toEqual([])
})

test('a refusal of any part comes before anything is written', async () => {
  const [a, b] = [await place('a'), await place('b')]
  const { task } = await mhvJson(a.directory, 'tc', 'One')
  const before = git(a.directory, 'rev-parse', 'refs/mtos/tasks')
  const missing = '01JF3ZK4Q8M6W2T5V7X9Y0A1BC'
  await expect(
    linkEverywhere([{ place: a, task: task.id }, { place: b, task: missing }], null),
  ).rejects.toMatchObject({ error: 'TASK_NOT_FOUND' }) // biome-ignore format: one case
  expect(git(a.directory, 'rev-parse', 'refs/mtos/tasks')).toBe(before)
  expect(await unfinishedSagas(a.repository)).toEqual([])
})

test('a link of tasks that are there comes, goes, and comes back when it could not go everywhere', async () => {
  const [a, b] = [await place('a'), await place('b')]
  const one = (await mhvJson(a.directory, 'tc', 'One')).task.id
  const two = (await mhvJson(b.directory, 'tc', 'Two')).task.id
  const parts = (to: SagaPlace) => [
    { place: a, task: one },
    { place: to, task: two },
  ]
  const link = await linkEverywhere(parts(b), null)
  expect(await linksOf(a)).toEqual([[{ link, to: `b/${two}` }]])
  expect(await linksOf(b)).toEqual([[{ link, to: `a/${one}` }]])
  await expect(linkEverywhere(parts(refusing(b, 1)), null, link)).rejects.toMatchObject({
    error: 'SAGA_TAKEN_BACK',
  })
  expect(await linksOf(a)).toEqual([[{ link, to: `b/${two}` }]])
  expect(await linksOf(b)).toEqual([[{ link, to: `a/${one}` }]])
  await linkEverywhere(parts(b), null, link)
  expect([await linksOf(a), await linksOf(b)]).toEqual([[[]], [[]]])
})
