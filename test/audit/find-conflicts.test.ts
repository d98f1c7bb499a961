import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findConflicts } from '../../src/audit/find-conflicts.ts'
import { gitHarness } from '../store/harness.ts'
import { happenings, idsOf, play, pull } from '../store/random-history.ts'

test('looking only where merges were made finds what looking everywhere finds', async () => {
  let found = 0
  const runs = process.env.MHV_LONG ? 40 : 4
  await fc.assert(
    fc.asyncProperty(happenings(3, 60), async (script) => {
      const first = await gitHarness()
      await first.begin()
      const clones = [first, await first.clone(), await first.clone()]
      await play(clones, script)
      for (const other of clones.slice(1)) await pull(first, other)
      const store = first.open()
      const view = await store.view()
      const merged = await findConflicts(first.repository, store, view, null)
      const everywhere = await findConflicts(first.repository, store, view, idsOf(view))
      const isMeant = ({ task, write }: (typeof everywhere)[number]) =>
        !task.deleted || write.field === 'deleted'
      expect(merged).toEqual(everywhere.filter(isMeant))
      found += merged.length
    }),
    { seed: 1, numRuns: runs },
  )
  expect(found).toBeGreaterThan(0)
})
