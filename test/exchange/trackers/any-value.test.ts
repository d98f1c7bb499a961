import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTracker, trackerOf } from '../../../src/exchange/read-tracker.ts'
import { readSourceFile } from '../../../src/exchange/source-file.ts'
import { TRACKERS, type Tracker } from '../../../src/exchange/trackers/tracker-task.ts'
import { trackerFile, trackerFixture } from '../../support/trackers.ts'

const runs = { seed: 6, numRuns: process.env.MHV_LONG ? 2000 : 100 }
const JSON_FIXTURES = [
  ['beads', 'beads/issues.jsonl'],
  ['taskwarrior', 'taskwarrior/export.json'],
  ['git-bug', 'git-bug/list.json'],
  ['task-master', 'task-master/tasks.json'],
  ['github', 'github/gh-issues.json'],
  ['github', 'github/rest-issues.json'],
  ['gitlab', 'gitlab/issues.json'],
  ['jira', 'jira/search.json'],
] as const

/** What an import of any text does: records that hold to every rule, or faults by their places; never a bug. */
async function outcome(tracker: Tracker, text: string): Promise<number> {
  const file = readSourceFile(await readTracker(tracker, trackerFile(text)), tracker)
  for (const { place, field, rule } of file.faults) expect(place && field && rule).toBeTruthy()
  return file.tasks.length + file.faults.length
}

test('any JSON is read or refused by every tracker', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const text = JSON.stringify(value)
      expect([...TRACKERS, null]).toContain(trackerOf(trackerFile(text)[0]!))
      for (const tracker of TRACKERS) await outcome(tracker, text)
    }),
    runs,
  )
})

/** The value with the one at a place that is chosen by a number replaced. */
function replaced(value: unknown, at: { left: number }, by: unknown): unknown {
  if (at.left-- === 0) return by
  if (Array.isArray(value)) return value.map((item) => replaced(item, at, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, at, by)]))
}

test.each(JSON_FIXTURES)(
  'a file of %s with any value in any place is read or refused: %s',
  async (tracker, path) => {
    const text = Buffer.from(trackerFixture(path)[0]!.bytes).toString('utf8')
    const whole = path.endsWith('.jsonl')
      ? text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown)
      : (JSON.parse(text) as unknown)
    await fc.assert(
      fc.asyncProperty(fc.nat(400), fc.jsonValue(), async (place, value) => {
        const changed = replaced(whole, { left: place + 1 }, value)
        expect(await outcome(tracker, JSON.stringify(changed))).toBeGreaterThanOrEqual(0)
      }),
      runs,
    )
  },
)
