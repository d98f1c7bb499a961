import { describe, expect, test } from 'vitest'
import type { MhvError } from '../../src/errors.ts'
import { handle, type Request } from '../../src/handle.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { taskPath } from '../../src/store/task-path.ts'
import type { Command } from '../../src/tasks/decide.ts'
import { fold, type TaskLog } from '../../src/tasks/fold.ts'
import { seal } from '../../src/tasks/seal.ts'
import { describeMergeContract } from './contract-merge.ts'
import { COMMANDS, commandState } from './every-command.ts'
import { change, countedId, countingEnvironment, create, errorOf, type StoreHarness } from './harness.ts'

/** What `git rev-parse` says of the first commit of every log; it must not change, ever. */
const ROOT_COMMIT = '411a8cb485651344e504e30df4c720c8a75dda45'

const titles = (view: Snapshot) =>
  Array.from({ length: view.slots }, (_, slot) => [view.number(slot), view.head(slot).title])

const batchOf = (title: string, id = countedId(900)) => {
  const environment = countingEnvironment()
  const log: TaskLog = seal(
    { id, events: [] },
    [{ kind: 'TaskCreated', data: { title, number: 1 } }],
    environment,
  )
  return { message: `TaskCreated #1 ${title}\n`, at: environment.now, logs: [log] }
}

/** What every store promises, whatever it keeps its logs in. */
export function describeStoreContract(kind: string, open: () => Promise<StoreHarness>): void {
  const begun = async () => {
    const harness = await open()
    await harness.begin()
    return harness
  }

  describe(`a store in ${kind}`, () => {
    describe('view, load and commit', () => {
      test('a repository without a log says so', async () => {
        expect(await errorOf((await open()).open().view())).toBe('NOT_INITIALISED')
      })

      test('a log begins with the same commit everywhere, empty; beginning again changes nothing', async () => {
        const harness = await begun()
        expect(await harness.tip()).toBe(ROOT_COMMIT)
        await harness.begin()
        const view = await harness.open().view()
        expect([view.tip, view.slots, view.nextNumber, view.problems]).toEqual([ROOT_COMMIT, 0, 1, []])
      })

      test('a commit is in its own view, in the next one and in that of every other handle', async () => {
        const harness = await begun()
        const store = harness.open()
        const view = await store.commit(await store.view(), batchOf('Fix auth bug'))
        if (view === 'moved') throw new Error('nobody else writes here')
        for (const seen of [view, await store.view(), await harness.open().view()]) {
          expect(seen.tip).toBe(await harness.tip())
          expect(titles(seen)).toEqual([[1, 'Fix auth bug']])
          expect(seen.nextNumber).toBe(2)
        }
        expect(await harness.parents(view.tip!)).toEqual([ROOT_COMMIT])
      })

      test('a view stays what it was while the log grows, and so does what is loaded through it', async () => {
        const harness = await begun()
        const store = harness.open()
        const id = await create(harness, 'before')
        const view = await store.view()
        await change(harness, [id], [{ kind: 'EditTask', fields: { title: 'after' } }])
        expect(titles(view)).toEqual([[1, 'before']])
        expect((await store.load(view, [id])).get(id)?.task.title).toBe('before')
        expect((await store.load(await store.view(), [id])).get(id)?.task.title).toBe('after')
      })

      test('loading gives whole logs, and names a task that is not there', async () => {
        const harness = await begun()
        const store = harness.open()
        const id = await create(harness, 'a')
        await change(harness, [id], [{ kind: 'AddComment', text: 'hello' }])
        const view = await store.view()
        const { log, task, writable, faults } = (await store.load(view, [id])).get(id)!
        expect(log.events.map((event) => event.kind)).toEqual(['TaskCreated', 'CommentAdded'])
        expect(task).toEqual(fold(log))
        expect([writable, faults]).toEqual([true, []])
        expect(await errorOf(store.load(view, [id, countedId(5)]))).toBe('TASK_NOT_FOUND')
        expect(await store.load(view, [])).toEqual(new Map())
      })

      test('a commit on a tip that is not the newest any more changes nothing and says that it moved', async () => {
        const harness = await begun()
        const mine = harness.open()
        const view = await mine.view()
        await create(harness, 'theirs')
        const tip = await harness.tip()
        expect(await mine.commit(view, batchOf('mine'))).toBe('moved')
        expect(await harness.tip()).toBe(tip)
        expect(titles(await mine.view())).toEqual([[1, 'theirs']])
      })

      test('the bytes of a file are what its events make, and the author is who git says', async () => {
        const harness = await begun()
        const store = harness.open()
        const id = await create(harness, 'Fix auth bug')
        const { faults } = (await store.load(await store.view(), [id])).get(id)!
        expect(faults).toEqual([])
        expect(await harness.read(taskPath(id))).toMatch(/^id: .*\nnumber: 1\ntitle: Fix auth bug\n/)
        expect(await store.identity()).toMatchObject({ name: 'Ann', email: 'ann@example.com' })
      })
    })

    describe('exclusively', () => {
      test('lets one writer in at a time, whichever handle it uses, and goes on after one that failed', async () => {
        const harness = await begun()
        const [a, b] = [harness.open(), harness.open()]
        let inside = 0
        let most = 0
        const work = async () => {
          most = Math.max(most, ++inside)
          await new Promise((resolve) => setTimeout(resolve, 15))
          inside--
        }
        const failing = a.exclusively(async () => {
          throw new Error('on purpose')
        })
        await expect(failing).rejects.toThrow('on purpose')
        const first = a.exclusively(work)
        while (inside === 0) await new Promise((resolve) => setTimeout(resolve, 1))
        await Promise.all([first, a.exclusively(work), a.exclusively(work), b.exclusively(work)])
        expect(most).toBe(1)
        expect(await a.exclusively(async () => 'result')).toBe('result')
      })
    })

    describe('handle', () => {
      for (const name of Object.keys(COMMANDS) as Command['kind'][]) {
        test(`${name} has its effect, once`, async () => {
          const harness = await begun()
          const store = harness.open()
          const { setUp, command, expected, again } = COMMANDS[name]
          const ids = [await create(harness, 'first'), await create(harness, 'second')]
          for (const before of setUp(ids)) await change(harness, [ids[0]!], [before])
          const target = name === 'CreateTask' ? countedId(3000) : ids[0]!
          const request: Request =
            name === 'CreateTask'
              ? { targets: [], create: target, commands: () => [command(ids)] }
              : { targets: [target], commands: () => [command(ids)] }
          const written = await handle(store, request, harness.environment)
          expect(written.changed).toBe(true)
          const view = await harness.open().view()
          const { task, faults } = (await store.load(view, [target])).get(target)!
          expect(commandState(task)).toMatchObject(expected(ids))
          expect(faults).toEqual([])
          expect(view.head(view.slotOfId(target)!)).toMatchObject({
            title: task.title,
            labels: [...task.labels.keys()].sort(),
          })
          expect(view.status(view.slotOfId(target)!)).toBe(task.status)
          const repeated = await handle(store, request, harness.environment).catch(
            (error: MhvError) => error.error,
          )
          if (again === 'nothing') expect(repeated).toMatchObject({ changed: false })
          else if (again === 'appends') expect(repeated).toMatchObject({ changed: true })
          else expect(repeated).toBe(again)
          if (again !== 'appends') expect(await harness.tip()).toBe(view.tip)
        })
      }

      test('twenty writers at once get twenty numbers', async () => {
        const harness = await begun()
        await Promise.all(Array.from({ length: 20 }, (_, i) => create(harness, `task ${i}`)))
        const view = await harness.open().view()
        const numbers = titles(view).map(([number]) => number as number)
        expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
      })

      test('a batch is all or nothing', async () => {
        const harness = await begun()
        const ids = [await create(harness, 'a'), await create(harness, 'b')]
        await change(harness, [ids[1]!], [{ kind: 'CancelTask', reason: null }])
        const tip = await harness.tip()
        const block = change(harness, ids, [{ kind: 'BlockTask', reason: 'no key' }])
        expect(await errorOf(block)).toBe('ILLEGAL_MOVE')
        expect(await harness.tip()).toBe(tip)
        await change(harness, ids, [{ kind: 'AddComment', text: 'both' }])
        expect(await harness.parents((await harness.tip())!)).toEqual([tip])
      })
    })

    describe('what others left behind', () => {
      test('a log of a newer format is read and not written', async () => {
        const harness = await begun()
        const store = harness.open()
        const id = await create(harness, 'a')
        const tip = await harness.put({ 'mtos.yaml': 'colour: blue\nformat: 2\n' })
        expect(titles(await store.view())).toEqual([[1, 'a']])
        expect(await errorOf(change(harness, [id], [{ kind: 'AddComment', text: 'x' }]))).toBe('NEWER_FORMAT')
        expect(await errorOf(create(harness, 'b'))).toBe('NEWER_FORMAT')
        expect(await harness.tip()).toBe(tip)
      })

      test('a setting and an event’s field that are not known here survive a write', async () => {
        const harness = await begun()
        const id = await create(harness, 'a')
        const text = (await harness.read(taskPath(id))).replace('    data:\n', '    mood: good\n    data:\n')
        await harness.put({ 'mtos.yaml': 'colour: blue\nformat: 1\n', [taskPath(id)]: text })
        await change(harness, [id], [{ kind: 'AddComment', text: 'x' }])
        expect(await harness.read('mtos.yaml')).toBe('colour: blue\nformat: 1\n')
        expect(await harness.read(taskPath(id))).toContain('mood: good')
      })

      test('a task with an event of a newer version is shown as written, named, and not changed; others are', async () => {
        const harness = await begun()
        const store = harness.open()
        const [id, other] = [await create(harness, 'a'), await create(harness, 'b')]
        const text = await harness.read(taskPath(id))
        await harness.put({ [taskPath(id)]: text.replace('kind: TaskCreated', 'kind: TaskTeleported') })
        const view = await store.view()
        expect(titles(view)).toContainEqual([1, 'a'])
        expect(view.problems).toMatchObject([{ path: taskPath(id), code: 'NEWER_FORMAT' }])
        expect(await errorOf(change(harness, [id], [{ kind: 'AddComment', text: 'x' }]))).toBe('NEWER_FORMAT')
        expect((await change(harness, [other], [{ kind: 'AddComment', text: 'x' }])).changed).toBe(true)
      })

      test('a damaged file is named, hides no other, and its number is not given out again', async () => {
        const harness = await begun()
        const store = harness.open()
        const [id] = [await create(harness, 'a'), await create(harness, 'b')]
        await harness.put({ [taskPath(id)]: `id: ${id}\nnumber: 41\ntitle: a\nevents:\n  - {` })
        const view = await store.view()
        expect(titles(view).filter(([number]) => number === 2)).toEqual([[2, 'b']])
        expect(view.problems).toMatchObject([{ path: taskPath(id), code: 'TASK_UNREADABLE' }])
        expect(view.nextNumber).toBe(42)
        expect(await errorOf(store.load(view, [id]))).toBe('TASK_UNREADABLE')
      })

      test('an event that a file holds twice counts once, as the smaller content, and is reported', async () => {
        const harness = await begun()
        const store = harness.open()
        const id = await create(harness, 'a')
        await change(harness, [id], [{ kind: 'AddComment', text: 'bbb' }])
        const text = await harness.read(taskPath(id))
        const twice = text.slice(text.lastIndexOf('  - id: ')).replace('bbb', 'aaa')
        await harness.put({ [taskPath(id)]: text + twice })
        const { task, faults } = (await store.load(await store.view(), [id])).get(id)!
        expect(task.comments).toMatchObject([{ text: 'aaa' }])
        expect(faults).toEqual([
          expect.stringMatching(/^event \w+ stands there with two contents$/),
          'its text is not what its events make',
        ])
      })

      test('a file that somebody took out of the tree is gone from the view', async () => {
        const harness = await begun()
        const store = harness.open()
        const [id, other] = [await create(harness, 'a'), await create(harness, 'b')]
        await store.view()
        await harness.put({ [taskPath(id)]: null })
        const view = await store.view()
        expect([view.slotOfId(id), view.summary(other)?.title]).toEqual([undefined, 'b'])
        expect(await errorOf(store.load(view, [id]))).toBe('TASK_NOT_FOUND')
      })

      test('a log that was moved back is shown with a warning and not written', async () => {
        const harness = await begun()
        const store = harness.open()
        const id = await create(harness, 'a')
        const earlier = await harness.tip()
        await change(harness, [id], [{ kind: 'AddComment', text: 'x' }])
        await harness.moveTo(earlier)
        const view = await store.view()
        expect(titles(view)).toEqual([[1, 'a']])
        expect(view.problems).toMatchObject([{ code: 'LOG_REWOUND' }])
        expect(await errorOf(change(harness, [id], [{ kind: 'AddComment', text: 'y' }]))).toBe('LOG_REWOUND')
        expect(await errorOf(store.merge(view, earlier!))).toBe('LOG_REWOUND')
        expect(await harness.tip()).toBe(earlier)
        await harness.moveTo(null)
        expect(await errorOf(store.view())).toBe('LOG_REWOUND')
      })
    })

    describeMergeContract(begun)
  })
}
