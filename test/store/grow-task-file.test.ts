import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoredEvent } from '../../schemas/event.ts'
import { growTaskFile } from '../../src/store/grow-task-file.ts'
import { readTaskFile, renderTaskFile } from '../../src/store/task-file.ts'
import { compareEvents } from '../../src/tasks/event-order.ts'
import type { TaskLog } from '../../src/tasks/fold.ts'
import { anyLog } from '../support/any-log.ts'
import { appended, create, decided, NO_TASK } from '../support/task-log.ts'

const bytesOf = (id: string, events: readonly StoredEvent[]) => Buffer.from(renderTaskFile({ id, events }))

test('a file that is new or has grown is read as it would be whole', async () => {
  let grown = 0
  await fc.assert(
    fc.asyncProperty(anyLog, fc.nat(20), async ({ id, events }, cut) => {
      const sorted = [...events].sort(compareEvents)
      const bytes = bytesOf(id, sorted)
      const earlier = growTaskFile(id, null, bytesOf(id, sorted.slice(0, 1 + (cut % sorted.length))))
      const more = earlier && growTaskFile(id, earlier.file, bytes)
      if (!more) return
      grown++
      const { file, added } = more
      const log = { id, events: [...earlier.added, ...added] }
      expect(await readTaskFile(id, bytes.toString())).toEqual({
        log,
        task: file.task,
        writable: true,
        faults: [],
      })
      expect(growTaskFile(id, null, bytes)).toEqual({ file, added: log.events })
    }),
    { seed: 1, numRuns: process.env.MHV_LONG ? 2000 : 200 },
  )
  expect(grown).toBeGreaterThan(50)
})

test('what is not an earlier version and events at its end has to be read whole', () => {
  const log = appended(NO_TASK, decided(NO_TASK, create()))
  const longer = (from: TaskLog, title: string, writer: number) =>
    appended(from, [{ kind: 'TaskEdited', data: { title } }], writer)
  const [one, two] = [longer(log, 'One', 2), longer(log, 'Two', 3)]
  const { id, events } = longer(one, 'More', 4)
  const before = bytesOf(id, one.events)
  const bytes = bytesOf(id, events)
  const text = bytes.toString()
  const earlier = growTaskFile(id, null, before)!.file
  expect(growTaskFile(id, earlier, bytes)?.file.task.title).toBe('More')
  const [first, second, third] = events as [StoredEvent, StoredEvent, StoredEvent]
  const last = { ...third, after: [third.id], clock: third.clock + 1 }
  const others = [
    before,
    bytesOf(two.id, two.events),
    // An event that stands there once more, later, and events whose clocks cannot be true.
    Buffer.concat([bytes, Buffer.from(eventText(id, [...events, last]))]),
    bytesOf(id, [first, second, { ...third, clock: 9 }]),
    bytesOf(id, [first, second, { ...third, after: ['01JF3ZK4Q80000000000000000'] }]),
    // Bytes that are no text read like those that stand for them.
    Buffer.from(
      bytesOf(id, longer(one, 'M\ufffdre', 4).events)
        .toString('latin1')
        .replaceAll('ï¿½', 'ÿ'),
      'latin1',
    ),
    ...[
      text.replace('status: pending', 'status: completed'),
      text.replace('title: One', 'title: Won'),
      text.replace('title: More\n', 'title: More\n\n'),
      text.replaceAll('TaskEdited', 'TaskSung'),
      `${text}x`,
      'no task',
    ].map((other) => Buffer.from(other)),
  ]
  expect(others.map((other) => growTaskFile(id, earlier, other))).toEqual(others.map(() => null))
})

/** The last of some events as a file has it, although it could not stand there. */
function eventText(id: string, events: readonly StoredEvent[]): string {
  const text = renderTaskFile({
    id,
    events: [events[0]!, { ...events.at(-1)!, after: [events[0]!.id], clock: 2 }],
  })
  return text.slice(text.lastIndexOf('\n  - id: ') + 1).replace('clock: 2', `clock: ${events.at(-1)!.clock}`)
}
