import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findConflicts } from '../../src/audit/find-conflicts.ts'
import { gitHarness } from '../store/harness.ts'
import { type Happening, happenings, idsOf, play, pull } from '../store/random-history.ts'

/** Kinds that can lose, and merges often enough that they do. */
const KINDS = ['pull', 'title', 'assign', 'block', 'pull', 'title', 'delete', 'restore'] as const
const BEGIN = ['create', 'create'].map(
  (kind): Happening => ({ clone: 0, kind: kind as 'create', task: 0, value: 0 }),
)

test('looking only where merges were made finds what looking everywhere finds', async () => {
  let found = 0
  const few = (script: readonly Happening[]) =>
    script.map((each, i) => ({ ...each, kind: KINDS[(each.task + i) % KINDS.length]! }))
  await fc.assert(
    fc.asyncProperty(happenings(2, 24), async (script) => {
      const first = await gitHarness()
      await first.begin()
      await play([first], BEGIN)
      const clones = [first, await first.clone()]
      await play(clones, few(script))
      await pull(first, clones[1]!)
      const store = first.open()
      const view = await store.view()
      const merged = await findConflicts(first.repository, store, view, null)
      const everywhere = await findConflicts(first.repository, store, view, idsOf(view))
      const isMeant = ({ task, write }: (typeof everywhere)[number]) =>
        !task.deleted || write.field === 'deleted'
      expect(merged).toEqual(everywhere.filter(isMeant))
      found += merged.length
    }),
    { seed: 1, numRuns: process.env.MHV_LONG ? 100 : 5 },
  )
  expect(found).toBeGreaterThan(0)
})
