import { chmodSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchLayers } from '../../src/searching/search-index.ts'
import { openSearch, searchTasks, similarTasks } from '../../src/searching/search-tasks.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { snapshotOf, type TaskFields } from '../support/any-snapshot.ts'
import { runs } from '../support/nasty-text.ts'
import { temporaryDirectory } from '../support/repository.ts'
import { ulidOf } from '../support/task-log.ts'

const silent = () => {}
const segmentsIn = (directory: string) => readdirSync(directory).filter((name) => name.endsWith('.segment'))
const tasksTitled = (...titles: string[]) => titles.map((title) => ({ title }))

/** What several searches find; with null, by an index made for this alone. */
async function answers(snapshot: Snapshot, directory: string | null) {
  const searched = openSearch([{ name: 'demo', snapshot } as never], () => directory, silent)
  const found = []
  for (const query of ['cursor', 'curs', 'zonne', 'freeze badge panel', 'editor zebra query']) {
    const { numbers, scores, total } = await searchTasks(searched, query, 5, () => true)
    found.push({ query, total, numbers, scores: numbers.map((number) => scores[number]) })
  }
  const { similar } = similarTasks(searched, { title: 'Cursor of the zone' }, () => true)
  return { found, similar }
}

/** Titles of which each may be changed, deleted and restored. */
const TITLES = ['cursor', 'zone', 'badge', 'panel', 'editor', 'zebra', 'query', 'hang'].flatMap((one) =>
  ['cursor', 'zones', 'curses'].map((other) => `${one} ${other}`),
)
type Change =
  | { readonly creates: readonly string[] }
  | { readonly task: number; readonly title: string }
  | { readonly task: number; readonly deletes: boolean }
const title = fc.constantFrom(...TITLES)
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ creates: fc.array(title, { minLength: 1, maxLength: 4 }) }),
  fc.record({ task: fc.nat(30), title }),
  fc.record({ task: fc.nat(30), deletes: fc.boolean() }),
)

function changed(tasks: readonly TaskFields[], change: Change): TaskFields[] {
  if ('creates' in change) return [...tasks, ...tasksTitled(...change.creates)]
  return tasks.map((task, i) => {
    if (i !== change.task % tasks.length) return task
    return 'title' in change ? { ...task, title: change.title } : { ...task, deleted: change.deletes }
  })
}

test('whatever has happened to tasks, the index that was kept answers as one made anew', async () => {
  const directory = temporaryDirectory()
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 25 }), async (changes) => {
      const kept = join(directory, String(run++))
      let tasks: TaskFields[] = tasksTitled('cursor zone', 'zebra editor', 'badge')
      for (const change of changes) {
        tasks = changed(tasks, change)
        const snapshot = snapshotOf(...tasks)
        expect(await answers(snapshot, kept)).toEqual(await answers(snapshot, null))
      }
      expect(segmentsIn(kept).length).toBeLessThanOrEqual(9)
    }),
    runs(25),
  )
})

test('tasks that have moved to other slots are found where they are now', async () => {
  const directory = temporaryDirectory()
  const tasks = TITLES.map((each, i) => ({ title: each, id: ulidOf(100 + i), number: i + 1 }))
  await answers(snapshotOf(...tasks), directory)
  const turned = snapshotOf(...[...tasks].reverse())
  const before = segmentsIn(directory)
  expect(await answers(turned, directory)).toEqual(await answers(turned, null))
  expect(segmentsIn(directory)).toEqual(before)
})

describe('an index that is not as it was written', () => {
  const snapshot = snapshotOf(...tasksTitled(...TITLES))

  test.each<[string, (file: string) => void]>([
    ['empty', (file) => truncateSync(file, 0)],
    ['cut short', (file) => truncateSync(file, 700)],
    ['without its last byte', (file) => truncateSync(file, readFileSync(file).length - 1)],
    ['other bytes', (file) => writeFileSync(file, 'no index at all\n'.repeat(100))],
    [
      'of another version',
      (file) => {
        const bytes = readFileSync(file)
        bytes.writeInt32LE(99, 0)
        writeFileSync(file, bytes)
      },
    ],
  ])('%s: it is made anew', async (_, damage) => {
    const directory = temporaryDirectory()
    const whole = await answers(snapshot, directory)
    const [name] = segmentsIn(directory)
    const bytes = readFileSync(join(directory, name!))
    damage(join(directory, name!))
    expect(await answers(snapshot, directory)).toEqual(whole)
    expect(readFileSync(join(directory, name!))).toEqual(bytes)
  })

  test.each([1, 2, 5, 20, 60])(
    'damaged %i bytes before its end, which only those see who ask for it',
    async (before) => {
      const directory = temporaryDirectory()
      const whole = await answers(snapshot, directory)
      const [name] = segmentsIn(directory)
      const bytes = readFileSync(join(directory, name!))
      const damaged = Buffer.from(bytes)
      damaged[damaged.length - before]! ^= 0xff
      writeFileSync(join(directory, name!), damaged)
      expect(await answers(snapshot, directory)).toEqual(whole)
      expect(await answers(snapshot, directory)).toEqual(whole)
    },
  )

  test('with damaged postings of tasks that have changed since', async () => {
    const directory = temporaryDirectory()
    await answers(snapshot, directory)
    const [name] = segmentsIn(directory)
    const bytes = readFileSync(join(directory, name!))
    bytes.fill(0, bytes.length - 60)
    writeFileSync(join(directory, name!), bytes)
    const changed = snapshotOf(...tasksTitled('zebra one', 'nothing', ...TITLES.slice(2), 'cursor two'))
    expect(await answers(changed, directory)).toEqual(await answers(changed, null))
  })

  test('that cannot be read, or kept, is made for each search', async () => {
    const directory = join(temporaryDirectory(), 'file')
    writeFileSync(directory, 'not a directory')
    expect(await answers(snapshot, directory)).toEqual(await answers(snapshot, null))
    expect(readFileSync(directory, 'utf8')).toBe('not a directory')
  })

  test('among which something else has its name, is passed over', async () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'other.segment'))
    expect(await answers(snapshot, directory)).toEqual(await answers(snapshot, null))
    expect(segmentsIn(directory)).toHaveLength(2)
  })

  test.skipIf(process.getuid?.() === 0)('in a directory that cannot be written serves as it is', async () => {
    const directory = temporaryDirectory()
    const whole = await answers(snapshot, directory)
    chmodSync(directory, 0o500)
    expect(await answers(snapshot, directory)).toEqual(whole)
    chmodSync(directory, 0o700)
  })
})

test('many small segments become one, and none is left of what has gone', async () => {
  const directory = temporaryDirectory()
  let tasks: TaskFields[] = tasksTitled(...Array.from({ length: 100 }, (_, i) => `Task ${i} of the zone`))
  const counts: number[] = []
  for (let i = 0; i < 20; i++) {
    tasks = [...tasks, { title: `Another cursor ${i}` }]
    searchLayers(snapshotOf(...tasks), directory, silent)
    counts.push(segmentsIn(directory).length)
  }
  expect(Math.max(...counts)).toBeLessThanOrEqual(8)
  expect(counts.some((count, i) => i > 0 && count < counts[i - 1]!)).toBe(true)
  const gone = snapshotOf(...tasks.map((task, i) => ({ ...task, title: `Other ${i}` })))
  searchLayers(gone, directory, silent)
  expect(segmentsIn(directory)).toHaveLength(1)
})
