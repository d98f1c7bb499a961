import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeSegment, headsEnd } from '../../src/snapshot/segment.ts'
import { CorruptIndex, openSnapshot } from '../../src/snapshot/snapshot.ts'
import { loadIndex, writeBase } from '../../src/store/index-file.ts'
import { initialState } from '../../src/tasks/task-state.ts'
import { temporaryDirectory } from '../support/repository.ts'

const tasks = Array.from({ length: 50 }, (_, i) => ({
  task: {
    ...initialState(`01JF3ZK4Q8M6W2T5V7X9Y0${String(i).padStart(4, '0')}`),
    number: i + 1,
    title: `Task ${i}`,
  },
  writable: true,
}))
const meta = { tip: 'a'.repeat(40), problems: [], highestNumber: 50, format: 1 }

test('an index read from its file, one by one or at once, is what was written', () => {
  const directory = temporaryDirectory()
  writeBase(directory, meta, encodeSegment(tasks))
  for (const count of [0, 50]) {
    const snapshot = openSnapshot(loadIndex(directory)!)
    snapshot.willRead('heads', count)
    snapshot.willRead('json', count)
    for (let slot = 0; slot < 50; slot++) {
      expect(snapshot.head(slot).title).toBe(`Task ${slot}`)
      expect(JSON.parse(snapshot.json(slot).toString('utf8'))).toMatchObject({ number: slot + 1 })
    }
  }
})

test('a damaged head is noticed, whether it is read alone or with all others', () => {
  const directory = temporaryDirectory()
  const segment = encodeSegment(tasks)
  writeBase(directory, meta, segment)
  const path = join(directory, 'index.base')
  const bytes = readFileSync(path)
  bytes[bytes.length - segment.heap.length + headsEnd(segment.rows) - 40]! ^= 1
  writeFileSync(path, bytes)
  const alone = openSnapshot(loadIndex(directory)!)
  expect(() => alone.head(49)).toThrow(CorruptIndex)
  const together = openSnapshot(loadIndex(directory)!)
  expect(() => together.willRead('heads', 50)).toThrow(CorruptIndex)
})
