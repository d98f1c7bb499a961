import { expect, test } from 'vitest'
import { waitingOn } from '../../src/query/waiting.ts'
import { allSlots, snapshotOf } from '../support/any-snapshot.ts'
import { ulidOf } from '../support/task-log.ts'

test('a task waits for its dependencies that are open, or not here', () => {
  const snapshot = snapshotOf(
    { dependsOn: [2, 3, 4, 5, 6].map(ulidOf).concat(ulidOf(99), 'crackerjack/X') },
    { status: 'completed' },
    { status: 'cancelled' },
    { deleted: true },
    { status: 'failed' },
    {},
    { dependsOn: [ulidOf(2)] },
  )
  const open = [ulidOf(5), ulidOf(6), ulidOf(99), 'crackerjack/X'].sort()
  expect(waitingOn(snapshot, allSlots(snapshot))).toEqual(new Map([[0, open]]))
  expect(waitingOn(snapshot, [5, 6])).toEqual(new Map())
})
