import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compactSegment } from '../../src/snapshot/compact.ts'
import { AT } from '../../src/snapshot/row.ts'
import { encodeSegment, INDEX_SCHEMA, type IndexedTask } from '../../src/snapshot/segment.ts'
import { CorruptIndex, type Overlay, openSnapshot, type Snapshot } from '../../src/snapshot/snapshot.ts'
import {
  appendDelta,
  type IndexMeta,
  isDueForCompaction,
  loadIndex,
  removeIndex,
  type StoredIndex,
  writeBase,
} from '../../src/store/index-file.ts'
import { initialState } from '../../src/tasks/task-state.ts'
import { temporaryDirectory } from '../support/repository.ts'
import { ulidOf } from '../support/task-log.ts'

const tip = (n: number) => String(n).repeat(40)
const task = (n: number, title = `Task ${n}`): IndexedTask => ({
  task: { ...initialState(ulidOf(n)), number: n, title },
  writable: true,
})
const meta = (n: number, more: Partial<IndexMeta> = {}): IndexMeta => ({
  tip: tip(n),
  problems: [],
  highestNumber: n,
  format: 1,
  ...more,
})
const overlay = (slots: readonly number[], ...tasks: IndexedTask[]): Overlay => ({
  segment: encodeSegment(tasks),
  slots,
  gone: [],
})

const titles = (snapshot: Snapshot) =>
  Array.from({ length: snapshot.slots }, (_, slot) => {
    const { title } = JSON.parse(snapshot.json(slot).toString()) as { title: string }
    expect(snapshot.head(slot).title).toBe(title)
    return title
  })
const read = (directory: string): StoredIndex => {
  const index = loadIndex(directory)
  if (!index) throw new Error('no index')
  return index
}

/** An index of two tasks at tip 2, then a third at tip 3 and the first renamed at tip 4. */
function indexed(): string {
  const directory = join(temporaryDirectory(), 'mtos')
  const problem = { path: 'tasks/x', code: 'TASK_UNREADABLE', message: 'it has no events' }
  writeBase(directory, meta(2, { problems: [problem] }), encodeSegment([task(1), task(2)]))
  append(directory, 2, meta(3), overlay([2], task(3)))
  append(directory, 3, meta(4, { format: 2 }), overlay([0], task(1, 'Renamed')))
  return directory
}
function append(directory: string, from: number, meta: IndexMeta, added: Overlay): void {
  appendDelta(directory, read(directory).baseKey, tip(from), meta, added)
}
const base = (directory: string) => join(directory, 'index.base')
const delta = (directory: string) =>
  join(directory, readdirSync(directory).find((name) => name.includes('delta'))!)

test('what is written is read: the base, and the delta’s records over it', () => {
  const directory = indexed()
  const index = read(directory)
  expect(index).toMatchObject({ tip: tip(4), highestNumber: 4, format: 2, problems: [] })
  expect(titles(openSnapshot(index))).toEqual(['Renamed', 'Task 2', 'Task 3'])
  expect(index.deltaBytes).toBe(statSync(delta(directory)).size)
  expect(index.baseBytes).toBe(statSync(base(directory)).size)
})

test('what is no index is none', () => {
  const directory = temporaryDirectory()
  expect(loadIndex(directory)).toBeNull()
  expect(loadIndex(join(directory, 'absent'))).toBeNull()
  for (const text of [
    '',
    '\n',
    'null\n',
    '[]\n',
    '{}\n',
    'no line feed',
    '{"schema":1}\n',
    `${'x'.repeat(20_000)}\n`,
  ]) {
    writeFileSync(base(directory), text)
    expect(loadIndex(directory), text).toBeNull()
  }
})

test('an index of another schema is none', () => {
  const directory = indexed()
  const text = readFileSync(base(directory), 'latin1')
  writeFileSync(base(directory), text.replace(`"schema":${INDEX_SCHEMA}`, '"schema":0'), 'latin1')
  expect(loadIndex(directory)).toBeNull()
})

test('a base that lacks its end, or has more, is none', () => {
  const directory = indexed()
  const bytes = readFileSync(base(directory))
  for (const part of [
    bytes.subarray(0, -1),
    bytes.subarray(0, 100),
    Buffer.concat([bytes, Buffer.from('x')]),
  ]) {
    writeFileSync(base(directory), part)
    expect(loadIndex(directory)).toBeNull()
  }
})

test('a base with very many problems is read: its header may be long', () => {
  const directory = temporaryDirectory()
  const problems = Array.from({ length: 400 }, (_, i) => ({
    path: `tasks/${i}`,
    code: 'X',
    message: 'ä'.repeat(50),
  }))
  writeBase(directory, meta(2, { problems }), encodeSegment([task(1)]))
  expect(read(directory).problems).toEqual(problems)
})

describe('any flipped bit', () => {
  const flip = (file: string, at: number, bit: number) => {
    const bytes = readFileSync(file)
    bytes[at]! ^= 1 << bit
    writeFileSync(file, bytes)
  }

  test('in the base ends in no index, or is noticed when the text is read', () => {
    const directory = indexed()
    const whole = readFileSync(base(directory))
    const { columns, wide } = openSnapshot({ ...read(directory), overlays: [] })
    const heapAt = whole.length - Number(/"heap":(\d+)/.exec(whole.toString('latin1'))![1])
    const hidden = [
      { at: columns[AT.HEAD]!, length: columns[AT.HEAD_LENGTH]! },
      { at: wide[AT.JSON / 2]!, length: columns[AT.JSON_LENGTH]! },
    ].map(({ at, length }) => ({ from: heapAt + at, to: heapAt + at + length }))
    for (let at = 0; at < whole.length; at++) {
      flip(base(directory), at, at % 8)
      const index = loadIndex(directory)
      if (index) {
        const snapshot = openSnapshot(index)
        const texts = () => [0, 1, 2].map((slot) => [snapshot.head(slot), snapshot.json(slot)])
        // The first task’s texts are hidden below the delta’s: nobody reads what is wrong there.
        if (hidden.some(({ from, to }) => at >= from && at < to))
          expect(titles(snapshot)).toEqual(['Renamed', 'Task 2', 'Task 3'])
        else expect(texts, String(at)).toThrow(CorruptIndex)
      }
      writeFileSync(base(directory), whole)
    }
  })

  test('in the delta leaves the records before it', () => {
    const directory = indexed()
    const whole = readFileSync(delta(directory))
    const second = whole.indexOf(`"from":"${tip(3)}"`)
    expect(second).toBeGreaterThan(0)
    const states = [
      { tip: tip(2), titles: ['Task 1', 'Task 2'] },
      { tip: tip(3), titles: ['Task 1', 'Task 2', 'Task 3'] },
    ]
    for (let at = 0; at < whole.length; at++) {
      flip(delta(directory), at, at % 8)
      const index = read(directory)
      const state = { tip: index.tip, titles: titles(openSnapshot(index)) }
      expect(states, String(at)).toContainEqual(state)
      if (at >= second) expect(state.tip).toBe(tip(3))
      // Nothing may be added behind it, where it could not be reached.
      expect(isDueForCompaction(index)).toBe(true)
      writeFileSync(delta(directory), whole)
    }
  })
})

test('a torn tail ends the chain: whatever part of the last record is there', () => {
  const directory = indexed()
  const whole = readFileSync(delta(directory))
  const first = read(directory).deltaBytes
  expect(first).toBe(whole.length)
  for (let size = 0; size < whole.length; size++) {
    writeFileSync(delta(directory), whole.subarray(0, size))
    const index = read(directory)
    expect([tip(2), tip(3)]).toContain(index.tip)
    expect(index.tip === tip(3) || titles(openSnapshot(index)).length === 2).toBe(true)
  }
})

test('a record that does not connect is passed over, and one behind it that does counts', () => {
  const directory = indexed()
  append(directory, 8, meta(9), overlay([1], task(2, 'Astray')))
  append(directory, 4, meta(5), overlay([1], task(2, 'Connected')))
  const index = read(directory)
  expect(index.tip).toBe(tip(5))
  expect(titles(openSnapshot(index))).toEqual(['Renamed', 'Connected', 'Task 3'])
  expect(isDueForCompaction(index)).toBe(false)
})

test('what two processes added for the same change counts once', () => {
  const directory = indexed()
  append(directory, 4, meta(5), overlay([3], task(4)))
  append(directory, 4, meta(5), overlay([3], task(4)))
  expect(titles(openSnapshot(read(directory)))).toEqual(['Renamed', 'Task 2', 'Task 3', 'Task 4'])
})

test('a new base replaces all, and takes the deltas of others away', () => {
  const directory = indexed()
  writeBase(directory, meta(4), compactSegment(openSnapshot(read(directory))))
  expect(readdirSync(directory)).toEqual(['index.base'])
  const index = read(directory)
  expect(index).toMatchObject({ tip: tip(4), overlays: [], deltaBytes: 0 })
  expect(titles(openSnapshot(index))).toEqual(['Renamed', 'Task 2', 'Task 3'])
})

test('a delta grows until it is large beside its base', () => {
  const index = (deltaBytes: number, baseBytes: number) => ({ deltaBytes, baseBytes }) as StoredIndex
  expect(isDueForCompaction(index(131_072, 0))).toBe(false)
  expect(isDueForCompaction(index(131_073, 0))).toBe(true)
  expect(isDueForCompaction(index(1_000_000, 10_000_000))).toBe(false)
  expect(isDueForCompaction(index(1_000_001, 10_000_000))).toBe(true)
})

test('removing it leaves what is not the index', () => {
  const directory = indexed()
  mkdirSync(join(directory, 'other'))
  appendFileSync(join(directory, 'lock'), '')
  removeIndex(directory)
  expect(readdirSync(directory).sort()).toEqual(['lock', 'other'])
  removeIndex(join(directory, 'absent'))
})
