import { expect, test } from 'vitest'
import { type ReadTask, readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { cloneFor, mergeFrom } from '../support/clones.ts'
import { codesOf, commitFile, contentOf, demoWith, idOf, pathOf } from '../support/hand-made.ts'
import { git } from '../support/repository.ts'
import { expectWhole } from '../support/whole.ts'

/** A repository with a task of three comments, and the events of its file. */
async function discussed() {
  const demo = await demoWith('One')
  for (const text of ['first', 'second', 'third']) await mhv(demo, 'task', 'comment', '1', text)
  const id = await idOf(demo, 1)
  const { log } = (await readTaskFile(id, contentOf(demo, id))) as ReadTask
  return { demo, id, path: pathOf(id), log }
}

test('an event that is taken out of a file is missed, and brought back', async () => {
  const { demo, id, path, log } = await discussed()
  const whole = contentOf(demo, id)
  const without = log.events.filter(({ kind, data }) => kind !== 'CommentAdded' || data.text !== 'third')
  expect(without).toHaveLength(log.events.length - 1)
  const commit = commitFile(demo, path, renderTaskFile({ id, events: without }))
  await mhv(demo, 'task', 'comment', '1', 'later')
  const { ok, findings } = await mhvJson(demo, 'doctor')
  expect([ok, codesOf(findings)]).toEqual([false, ['EVENT_GONE']])
  expect(findings[0].message).toContain(commit.slice(0, 12))
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['EVENT_GONE']])
  const { task } = await mhvJson(demo, 'task', 'show', '1')
  const texts = task.comments.map(({ text }: { text: string }) => text)
  expect(texts.sort()).toEqual(['first', 'later', 'second', 'third'])
  expect(contentOf(demo, id).startsWith(whole.slice(0, 40))).toBe(true)
  await expectWhole(demo)
})

test('an event that is changed in a file is an error that names who did it, and is put back', async () => {
  const { demo, id, path, log } = await discussed()
  const changed = (to: string) =>
    renderTaskFile({
      id,
      events: log.events.map((event) =>
        event.data.text === 'second' ? { ...event, data: { ...event.data, text: to } } : event,
      ),
    })
  commitFile(demo, path, changed('never said'))
  commitFile(demo, path, changed('second'))
  const commit = commitFile(demo, path, changed('not said either'))
  await mhv(demo, 'task', 'comment', '1', 'later')
  const { ok, findings } = await mhvJson(demo, 'doctor')
  expect([ok, codesOf(findings)]).toEqual([false, ['EVENT_CHANGED']])
  expect(findings[0]).toMatchObject({ fix: 'mhv doctor --fix', fixable: true })
  expect(findings[0].message).toContain(`by the commit ${commit.slice(0, 12)} of `)
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['EVENT_CHANGED']])
  const { task } = await mhvJson(demo, 'task', 'show', '1')
  const texts = task.comments.map(({ text }: { text: string }) => text)
  expect(texts.sort()).toEqual(['first', 'later', 'second', 'third'])
  await expectWhole(demo)
})

test('an event that came with two contents from two sides stays an error', async () => {
  const demo = await demoWith('One')
  const other = await cloneFor(demo, 'Ben')
  await mhv(demo, 'task', 'comment', '1', 'said')
  const id = await idOf(demo, 1)
  commitFile(other, pathOf(id), contentOf(demo, id).replace('said', 'a lie'))
  await mergeFrom(demo, other)
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect([ok, codesOf(findings)]).toEqual([false, ['EVENT_CHANGED']])
  expect(findings[0].message).toContain('came with two contents')
  expect(findings[0].fixable).toBe(false)
  const { error } = await mhvJson(demo, 'audit')
  expect(codesOf(error.data.findings)).toEqual(['EVENT_CHANGED'])
})

test('events of one task that are changed and taken out are put back together', async () => {
  const { demo, id, path, log } = await discussed()
  const whole = contentOf(demo, id)
  const events = log.events
    .filter(({ data }) => data.text !== 'third')
    .map((event) => (event.data.text === 'second' ? { ...event, data: { text: 'never said' } } : event))
  commitFile(demo, path, renderTaskFile({ id, events }))
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['EVENT_CHANGED', 'EVENT_GONE']])
  expect(contentOf(demo, id)).toBe(whole)
})

test('a file that was taken out and made anew without its events is missed too', async () => {
  const { demo, id, path, log } = await discussed()
  const first = renderTaskFile({ id, events: log.events.filter(({ kind }) => kind !== 'CommentAdded') })
  commitFile(demo, path, null)
  commitFile(demo, path, first)
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['EVENT_GONE']])
  expect((await mhvJson(demo, 'task', 'show', '1')).task.comments).toHaveLength(3)
})

test('what was brought back by hand, or stands in another order, is nothing to tell', async () => {
  const { demo, id, path, log } = await discussed()
  const whole = contentOf(demo, id)
  commitFile(demo, path, renderTaskFile({ id, events: log.events.slice(0, 2) }))
  commitFile(demo, path, whole)
  const { ok, findings, checked } = await mhvJson(demo, 'doctor')
  expect([ok, findings]).toEqual([true, []])
  expect(checked).toMatchObject({ tasks: 1, versions_left: 0 })
  expect(checked.versions).toBeGreaterThanOrEqual(3)
  expect((await mhvJson(demo, 'doctor', '--deep')).ok).toBe(true)
  expect(git(demo, 'rev-list', '--count', 'refs/mtos/tasks')).toBe('7')
})
