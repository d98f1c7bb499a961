import { describe, expect, test } from 'vitest'
import { taskPath } from '../../src/store/task-path.ts'
import { change, countingEnvironment, create, errorOf, type StoreHarness } from './harness.ts'
import { pull } from './random-history.ts'

const comment = (text: string) => [{ kind: 'AddComment', text }] as const

/** What every store promises of merging. */
export function describeMergeContract(begun: () => Promise<StoreHarness>): void {
  /** Two clones of a log of one task, and that task's id. */
  const pair = async () => {
    const here = await begun()
    const id = await create(here, 'Fix auth bug')
    return { here, there: await here.clone(), id }
  }

  describe('merge', () => {
    test('of a tip that is part of the log changes nothing', async () => {
      const { here, there, id } = await pair()
      await change(here, [id], comment('x'))
      const tip = await here.tip()
      expect((await pull(here, there)).how).toBe('there')
      expect(await here.tip()).toBe(tip)
    })

    test('of a tip that the log is part of moves the log forward', async () => {
      const { here, there, id } = await pair()
      await change(there, [id], comment('x'))
      const { how, view } = await pull(here, there)
      expect([how, view.tip, await here.tip()]).toEqual(['forward', await there.tip(), await there.tip()])
    })

    test('of two that went their ways keeps every event, and makes the same commit on both clones', async () => {
      const { here, there, id } = await pair()
      await change(here, [id], [{ kind: 'EditTask', fields: { title: 'here' } }, ...comment('from here')])
      await create(here, 'only here')
      await change(there, [id], [{ kind: 'EditTask', fields: { priority: 'high' } }])
      await create(there, 'only there')
      const [ours, theirs] = [await here.tip(), await there.tip()]
      const merged = await pull(here, there)
      expect(merged).toMatchObject({ how: 'merged', clashes: [] })
      await there.moveTo(theirs)
      const before = await there.clone()
      await here.moveTo(ours)
      expect((await pull(before, here)).view.tip).toBe(merged.view.tip)
      const parents = await before.parents(merged.view.tip!)
      expect(parents).toEqual([ours, theirs].sort())
      const store = before.open()
      const { task, log, faults } = (await store.load(merged.view, [id])).get(id)!
      expect(task).toMatchObject({ title: 'here', priority: 'high', comments: [{ text: 'from here' }] })
      expect([log.events.length, faults]).toEqual([4, []])
      expect(merged.view.slots).toBe(3)
    })

    test('of what has been merged already finds nothing to do, on either side', async () => {
      const { here, there, id } = await pair()
      await change(here, [id], comment('x'))
      await change(there, [id], comment('y'))
      await pull(here, there)
      expect((await pull(there, here)).how).toBe('forward')
      expect((await pull(here, there)).how).toBe('there')
      expect(await here.tip()).toBe(await there.tip())
    })

    test('works between logs that share no history', async () => {
      const here = await begun()
      const there = await here.clone()
      await there.moveTo(null)
      await there.put({ 'mtos.yaml': 'colour: blue\nformat: 1\n' })
      await create(here, 'here')
      const both = await create(there, 'there')
      const [ours, theirs] = [await here.tip(), await there.tip()]
      const { how, view } = await pull(here, there)
      expect(how).toBe('merged')
      expect(view.slots).toBe(2)
      expect(view.summary(both)?.title).toBe('there')
      expect(await here.read('mtos.yaml')).toBe('colour: blue\nformat: 1\n')
      const other = await there.clone()
      await here.moveTo(ours)
      await other.moveTo(theirs)
      expect((await pull(other, here)).view.tip).toBe(view.tip)
    })

    test('finds the log moved on when somebody else was faster, and changes nothing', async () => {
      const { here, there, id } = await pair()
      const store = here.open()
      await change(there, [id], comment('theirs'))
      const theirs = await here.fetch(there)
      for (const text of ['first', 'second']) {
        const view = await store.view()
        await change(here, [id], comment(text))
        const tip = await here.tip()
        expect(await store.merge(view, theirs)).toBe('moved')
        expect(await here.tip()).toBe(tip)
      }
    })

    test('of an id with two contents keeps the same one on both sides, and reports it', async () => {
      const { here, there, id } = await pair()
      await change(here, [id], comment('AAA'), countingEnvironment())
      await change(there, [id], comment('ZZZ'), countingEnvironment())
      const merged = await pull(here, there)
      const event = (await here.open().load(merged.view, [id])).get(id)!.log.events[1]!
      expect(merged.clashes).toEqual([{ task: id, event: event.id }])
      expect(event.data.text).toBe('AAA')
    })

    test('takes a task of a newer version from the one side that changed it, and refuses to merge it', async () => {
      const { here, there, id } = await pair()
      const text = await there.read(taskPath(id))
      const newer = text.replace('v: 1', 'v: 99').replace('title: Fix auth bug', 'title: From the future')
      await there.put({ [taskPath(id)]: newer })
      await create(here, 'other')
      expect((await pull(here, there)).how).toBe('merged')
      expect(await here.read(taskPath(id))).toBe(newer)
      const changed = await begun()
      await changed.put({ [taskPath(id)]: text.replace('Fix auth bug', 'Otherwise') })
      const tip = await changed.tip()
      expect(await errorOf(pull(changed, there))).toBe('NEWER_FORMAT')
      expect(await changed.tip()).toBe(tip)
    })

    test('takes over a log of a newer format that it is part of, and refuses to merge with one', async () => {
      const { here, there, id } = await pair()
      await there.put({ 'mtos.yaml': 'format: 2\n' })
      const behind = await here.clone()
      expect((await pull(behind, there)).how).toBe('forward')
      await change(here, [id], comment('x'))
      expect(await errorOf(pull(here, there))).toBe('NEWER_FORMAT')
    })

    test('keeps a file that only one side took away, from whichever side it is seen', async () => {
      const { here, there, id } = await pair()
      await here.put({ [taskPath(id)]: null })
      await create(there, 'other')
      const [a, b] = [await here.clone(), await there.clone()]
      const merged = await pull(a, there)
      expect(merged.view.summary(id)?.title).toBe('Fix auth bug')
      expect((await pull(b, here)).view.tip).toBe(merged.view.tip)
    })

    test('carries files that are no tasks, and names one that both sides changed', async () => {
      const { here, there, id } = await pair()
      await here.put({ 'notes/from here.md': 'here\n' })
      await there.put({ 'notes/"ü"/there.md': 'there\n' })
      const merged = await pull(here, there)
      expect(merged.how).toBe('merged')
      expect(await here.read('notes/"ü"/there.md')).toBe('there\n')
      expect(await here.read('notes/from here.md')).toBe('here\n')
      expect(merged.view.summary(id)?.title).toBe('Fix auth bug')
      await here.put({ 'notes/x': 'a\n' })
      await there.put({ 'notes/x': 'b\n' })
      expect(await errorOf(pull(here, there))).toBe('TASK_UNREADABLE')
    })

    test('refuses a damaged file that both sides changed, and a tip that is no task log', async () => {
      const { here, there, id } = await pair()
      await there.put({ [taskPath(id)]: 'not a task\n' })
      await change(here, [id], comment('x'))
      const tip = await here.tip()
      expect(await errorOf(pull(here, there))).toBe('TASK_UNREADABLE')
      const stranger = await begun()
      await stranger.moveTo(null)
      await stranger.put({ 'README.md': 'a project\n' })
      expect(await errorOf(pull(here, stranger))).toBe('NOT_A_LOG')
      expect(await here.tip()).toBe(tip)
    })
  })
}
