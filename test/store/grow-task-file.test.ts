import fc from 'fast-check'
import { expect, test } from 'vitest'
import { growTaskFile, type ReadTask, readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { compareEvents } from '../../src/tasks/event-order.ts'
import type { TaskLog } from '../../src/tasks/fold.ts'
import { anyLog } from '../support/any-log.ts'
import { appended, create, decided, NO_TASK } from '../support/task-log.ts'

const read = async (id: string, text: string) => (await readTaskFile(id, text)) as ReadTask

test('a file that has grown is read as it would be whole', async () => {
  let grown = 0
  await fc.assert(
    fc.asyncProperty(anyLog, fc.nat(20), async ({ id, events }, cut) => {
      const sorted = [...events].sort(compareEvents)
      const before = renderTaskFile({ id, events: sorted.slice(0, 1 + (cut % sorted.length)) })
      const text = renderTaskFile({ id, events: sorted })
      const earlier = await readTaskFile(id, before)
      if ('unreadable' in earlier) return
      const more = growTaskFile(earlier, before, text)
      if (!more) return
      grown++
      expect(more).toEqual(await readTaskFile(id, text))
    }),
    { seed: 1, numRuns: process.env.MHV_LONG ? 2000 : 200 },
  )
  expect(grown).toBeGreaterThan(50)
})

test('what is not an earlier version and events at its end has to be read whole', async () => {
  const log = appended(NO_TASK, decided(NO_TASK, create()))
  const longer = (from: TaskLog, title: string, writer: number) =>
    appended(from, [{ kind: 'TaskEdited', data: { title } }], writer)
  const [one, two] = [longer(log, 'One', 2), longer(log, 'Two', 3)]
  const [before, text] = [renderTaskFile(one), renderTaskFile(longer(one, 'More', 4))]
  const earlier = await read(log.id, before)
  expect(growTaskFile(earlier, before, text)?.task.title).toBe('More')
  const others = [
    before,
    renderTaskFile(two),
    text.replace('status: pending', 'status: completed'),
    text.replace('title: One', 'title: Won'),
    text.replace('title: More\n', 'title: More\n\n'),
    text.replaceAll('TaskEdited', 'TaskSung'),
    `${text}x`,
    'no task',
  ]
  expect(others.map((other) => growTaskFile(earlier, before, other))).toEqual(others.map(() => null))
  expect(growTaskFile({ ...earlier, faults: ['wrong'] }, before, text)).toBeNull()
})
