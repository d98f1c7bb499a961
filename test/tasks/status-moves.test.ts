import { describe, expect, test } from 'vitest'
import { STATUSES, type Status } from '../../schemas/vocabulary.ts'
import { draft } from '../../src/tasks/event-kind.ts'
import { fold, type TaskLog } from '../../src/tasks/fold.ts'
import { possibleMoves, requireMove } from '../../src/tasks/status-moves.ts'
import { initialState } from '../../src/tasks/task-state.ts'
import { after, appended, create, NO_TASK } from '../support/task-log.ts'

/** The design's table, but for the way back from blocked, which depends on what the task was. */
const ALLOWED: readonly string[] = [
  'pending → in_progress',
  'pending → blocked',
  'pending → completed',
  'pending → cancelled',
  'in_progress → pending',
  'in_progress → blocked',
  'in_progress → completed',
  'in_progress → failed',
  'in_progress → cancelled',
  'blocked → cancelled',
  'failed → in_progress',
  'failed → completed',
  'failed → cancelled',
  'completed → pending',
  'cancelled → pending',
]

const moves = STATUSES.flatMap((from) => STATUSES.map((to) => ({ move: `${from} → ${to}`, from, to })))

describe('all moves', () => {
  test.each(moves)('$move', ({ move, from, to }) => {
    const task = { ...initialState('x'), number: 12, status: from }
    if (ALLOWED.includes(move)) expect(() => requireMove(task, to)).not.toThrow()
    else {
      expect(() => requireMove(task, to)).toThrow(
        expect.objectContaining({ error: 'ILLEGAL_MOVE', recovery: possibleMoves(task) }),
      )
    }
  })
})

test('what is possible is said in commands', () => {
  const from = (status: Status) => possibleMoves({ ...initialState('x'), number: 12, status })
  expect(from('pending')).toEqual([
    'mhv start 12',
    'mhv task block 12 --reason "…"',
    'mhv done 12',
    'mhv task cancel 12 --reason "…"',
  ])
  expect(from('in_progress')).toEqual([
    'mhv undo 12',
    'mhv task block 12 --reason "…"',
    'mhv done 12',
    'mhv task cancel 12 --reason "…"',
  ])
  expect(from('blocked')).toEqual(['mhv task unblock 12', 'mhv task cancel 12 --reason "…"'])
  expect(from('failed')).toEqual(['mhv start 12', 'mhv done 12', 'mhv task cancel 12 --reason "…"'])
  expect(from('completed')).toEqual(['mhv task reopen 12'])
  expect(from('cancelled')).toEqual(['mhv task reopen 12'])
})

test('a task that is not completed has no end, whichever concurrent event took the status from it', () => {
  const done = appended(after(NO_TASK, create()), [draft('TaskCompleted', {})])
  const events: Readonly<Record<string, TaskLog>> = {
    pending: appended(done, [draft('TaskStartReverted', {})]),
    in_progress: appended(done, [draft('TaskStarted', {})]),
    blocked: appended(done, [draft('TaskBlocked', { reason: 'waits' })]),
    failed: appended(done, [draft('TaskFailed', {})]),
    cancelled: appended(done, [draft('TaskCancelled', {})]),
  }
  for (const [status, log] of Object.entries(events)) {
    expect(fold(log)).toMatchObject({ status, completedAt: null, completedBy: null })
  }
})
