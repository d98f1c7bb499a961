import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventDraft } from '../../schemas/event.ts'
import type { Status } from '../../schemas/vocabulary.ts'
import type { Command } from '../../src/tasks/decide.ts'
import { draft } from '../../src/tasks/event-kind.ts'
import { fold, type TaskLog } from '../../src/tasks/fold.ts'
import { runs } from '../support/nasty-text.ts'
import {
  after,
  appended,
  create,
  decided,
  knownOf,
  NO_TASK,
  other,
  ulidOf,
  united,
} from '../support/task-log.ts'

const undo: Command = { kind: 'UndoTask' }
const start = (more: object = {}): Command => ({
  kind: 'StartTask', branch: null, base: null, assignee: null, force: false, reason: null, ...more,
}) // biome-ignore format: one line
const complete = (more: object = {}): Command => ({
  kind: 'CompleteTask', commit: null, branch: null, force: false, reason: null, ...more,
}) // biome-ignore format: one line
const block = (reason = 'waits for the vendor'): Command => ({ kind: 'BlockTask', reason })
const unblock: Command = { kind: 'UnblockTask' }
const cancel: Command = { kind: 'CancelTask', reason: 'not needed' }
const reopen: Command = { kind: 'ReopenTask', reason: 'it came back' }
const labels = (add: string[], remove: string[] = []): Command => ({ kind: 'ChangeLabels', add, remove })
const depend = (...on: string[]): Command => ({ kind: 'AddDependency', on })
const undepend = (...on: string[]): Command => ({ kind: 'RemoveDependency', on })
const criterion = (n: number): Command => ({
  kind: 'AddCriterion',
  id: ulidOf(600 + n),
  text: `Criterion ${n}`,
})
const check = (place: number, met: boolean, evidence: string | null): Command => ({
  kind: 'CheckCriterion',
  place,
  met,
  evidence,
})

/** What people see of a task, without the times at which it last changed and without the branch that a completion leaves behind. */
function seen(log: TaskLog) {
  const { updatedAt, statusAt, labels, dependsOn, branch, base, ...rest } = fold(log)
  return { ...rest, labels: [...labels.keys()].sort(), dependsOn: [...dependsOn.keys()].sort() }
}

const created = after(NO_TASK, create())
const failed = appended(after(created, start()), [
  draft('TaskFailed', { commit: 'a'.repeat(40), gates: [{ gate: 'lint', outcome: 'failed' }] }),
])
const rich = after(
  created,
  { kind: 'EditTask', fields: { description: 'Words', deadline: '2026-11-27', estimate: '3h' } },
  { kind: 'AssignTask', assignee: 'ann' },
  { kind: 'SetParent', parent: ulidOf(7) },
  labels(['a', 'b']),
  depend(ulidOf(501), ulidOf(502)),
  criterion(1),
  criterion(2),
  criterion(3),
  check(1, true, 'seen'),
  check(2, true, 'measured'),
)

const CASES: readonly (readonly [string, TaskLog, Command | readonly EventDraft[]])[] = [
  ['every field edited', rich, { kind: 'EditTask', fields: { title: 'T', description: '', type: 'bug', priority: 'low', deadline: null, estimate: null } }],
  ['fields filled that were empty', created, { kind: 'EditTask', fields: { description: 'D', deadline: '2026-11-27', estimate: '1h' } }],
  ['assigned', created, { kind: 'AssignTask', assignee: 'bob' }],
  ['assigned to another', rich, { kind: 'AssignTask', assignee: 'bob' }],
  ['assignment taken away', rich, { kind: 'AssignTask', assignee: null }],
  ['labels added and removed', rich, labels(['c', 'd'], ['a'])],
  ['all labels removed', rich, labels([], ['a', 'b'])],
  ['a comment', rich, { kind: 'AddComment', text: 'Words' }],
  ['dependencies added', rich, depend(ulidOf(503), `crackerjack/${ulidOf(504)}`)],
  ['dependencies removed', rich, undepend(ulidOf(501), ulidOf(502))],
  ['another parent', rich, { kind: 'SetParent', parent: ulidOf(8) }],
  ['no parent', rich, { kind: 'SetParent', parent: null }],
  ['a criterion added', rich, criterion(4)],
  ['a criterion checked', rich, check(3, true, null)],
  ['a criterion unchecked', rich, check(2, false, null)],
  ['other evidence', rich, check(2, true, 'better')],
  ['the first criterion removed', rich, { kind: 'RemoveCriterion', place: 1 }],
  ['a criterion in between removed', rich, { kind: 'RemoveCriterion', place: 2 }],
  ['started', rich, start({ force: true })],
  ['started, unassigned before', created, start({ assignee: 'ann', branch: 'task/12', base: 'b'.repeat(40) })],
  ['started after a reopening with a reason', after(created, cancel, reopen), start()],
  ['started again after gates failed', failed, start()],
  ['started although blocked', after(rich, block()), start({ force: true, reason: 'urgent', assignee: 'bob' })],
  ['start taken back', after(created, start({ force: true, reason: 'urgent' })), { kind: 'RevertStart', reason: 'later' }],
  ['blocked', created, block()],
  ['blocked while in progress for a reason', after(created, start({ reason: 'urgent' })), block()],
  ['blocked for another reason', after(created, block()), block('something else')],
  ['unblocked', after(created, start(), block()), unblock],
  ['completed', after(created, start({ reason: 'urgent' })), complete({ commit: 'c'.repeat(40), branch: 'task/12' })],
  ['completed after gates failed', failed, complete({ commit: 'c'.repeat(40) })],
  ['completed with its gates', failed, [draft('TaskCompleted', { gates: [{ gate: 'lint', outcome: 'passed' }] })]],
  ['gates failed', after(created, start({ reason: 'urgent' })), [draft('TaskFailed', { commit: 'd'.repeat(40), gates: [{ gate: 'lint', outcome: 'failed' }] })]],
  ['cancelled', created, cancel],
  ['cancelled while blocked', after(created, block()), cancel],
  ['cancelled after gates failed', failed, cancel],
  ['a completed task reopened', after(created, start(), complete({ commit: 'c'.repeat(40) })), reopen],
  ['a cancelled task reopened', after(created, cancel), reopen],
  ['deleted', rich, { kind: 'DeleteTask', reason: 'a duplicate' }],
  ['restored', after(rich, { kind: 'DeleteTask', reason: null }), { kind: 'RestoreTask' }],
] // biome-ignore format: a table

const did = (log: TaskLog, deed: Command | readonly EventDraft[]) =>
  appended(log, 'kind' in deed ? decided(log, deed, knownOf(other(7, { id: ulidOf(7) }))) : deed)

describe('undo gives back what was', () => {
  test.each(CASES)('%s', (_what, before, deed) => {
    const done = did(before, deed)
    expect(seen(done)).not.toEqual(seen(before))
    expect(seen(after(done, undo))).toEqual(seen(before))
  })
})

test('undoing a creation deletes the task and nothing more is left to undo', () => {
  const undone = after(created, undo)
  expect(fold(undone).deleted).toBe(true)
  expect(() => decided(undone, undo)).toThrow(expect.objectContaining({ error: 'NOTHING_TO_UNDO' }))
})

test('undo of a task that has no events says that there is nothing', () => {
  expect(() => decided(NO_TASK, undo)).toThrow(expect.objectContaining({ error: 'NOTHING_TO_UNDO' }))
})

test('undo takes back every event of a command, newest first, and names each', () => {
  const blocked = after(created, block())
  const started = after(blocked, start({ force: true, assignee: 'ann' }))
  const drafts = decided(started, undo)
  expect(drafts.map((draft) => draft.kind)).toEqual(['TaskAssigned', 'TaskStartReverted', 'TaskBlocked'])
  const ids = started.events.slice(-3).map((event) => event.id)
  expect(drafts.map((draft) => draft.undoes)).toEqual(ids.reverse().map((id) => [id]))
})

const branched = start({ branch: 'task/12', base: 'b'.repeat(40) })
const takenBack: Command = { kind: 'RevertStart', reason: null }
const traces = (log: TaskLog) => {
  const { status, startedAt, branch, base } = fold(log)
  return { status, startedAt, branch, base }
}

test.each([
  ['by undo', [branched, undo]],
  ['by a command of its own', [branched, takenBack]],
  ['after it was blocked and unblocked', [branched, block(), unblock, takenBack]],
  ['although it was blocked before', [block(), start({ force: true, branch: 'task/12' }), takenBack]],
  ['after it got its branch by a second start', [start(), branched, takenBack]],
  ['and both starts are undone', [start(), branched, undo, undo]],
])('a start that is taken back leaves no trace of it: %s', (_how, commands) => {
  const none = { status: 'pending', startedAt: null, branch: null, base: null }
  expect(traces(after(created, ...commands))).toEqual(none)
})

test('a second start that is taken back leaves the first; and taking back can be undone', () => {
  const earlier = appended(after(created, branched), [draft('TaskFailed', {})])
  expect(traces(after(earlier, start(), undo))).toEqual(traces(earlier))
  expect(traces(after(earlier, start(), takenBack))).toMatchObject({ branch: 'task/12' })
  const started = after(created, branched)
  expect(traces(after(started, takenBack, undo))).toEqual(traces(started))
})

/** Commands that are legal now or refused; a refused one is left out. */
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom(
    start(),
    start({ force: true, reason: 'urgent', assignee: 'ann' }),
    complete({ force: true, reason: 'enough' }),
  ),
  fc.constantFrom(block(), block('another'), unblock, cancel, reopen),
  fc.constantFrom<Command>(
    { kind: 'RevertStart', reason: null },
    { kind: 'DeleteTask', reason: null },
    { kind: 'RestoreTask' },
  ),
  fc
    .record({ add: fc.subarray(['a', 'b', 'c']), remove: fc.subarray(['a', 'b', 'c']) })
    .map(({ add, remove }) => labels(add, remove)),
  fc.subarray([ulidOf(501), ulidOf(502)]).map((on) => depend(...on)),
  fc.subarray([ulidOf(501), ulidOf(502)]).map((on) => undepend(...on)),
  fc.nat(3).map(criterion),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.constantFrom(null, 'seen'))
    .map(([place, met, evidence]) => check(place, met, evidence)),
  fc.integer({ min: 1, max: 3 }).map((place): Command => ({ kind: 'RemoveCriterion', place })),
  fc.constantFrom<Command>(
    { kind: 'AssignTask', assignee: 'bob' },
    { kind: 'AssignTask', assignee: null },
    { kind: 'AddComment', text: 'Words' },
  ),
  fc.constantFrom<Command>(
    { kind: 'EditTask', fields: { title: 'Other' } },
    { kind: 'EditTask', fields: { description: 'D' } },
  ),
)

test('undone again and again, any history walks back through all that it was', () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 10 }), (commands) => {
      const states = [seen(created)]
      let log = created
      for (const command of commands) {
        let drafts: EventDraft[]
        try {
          drafts = decided(log, command)
        } catch {
          continue
        }
        if (drafts.length === 0) continue
        log = appended(log, drafts)
        states.push(seen(log))
      }
      for (const state of states.slice(0, -1).reverse()) {
        log = after(log, undo)
        expect(seen(log)).toEqual(state)
      }
    }),
    runs(400),
  )
})

test('after an undo, unblocking still leads to what the task was before it was blocked', () => {
  const returns = (log: TaskLog): Status => fold(after(log, unblock)).status
  expect(returns(after(created, block(), start({ force: true }), undo))).toBe('pending')
  const twice = after(created, block(), unblock, start(), block(), unblock)
  expect(returns(after(twice, undo))).toBe('in_progress')
  expect(returns(after(twice, undo, undo, undo, undo))).toBe('pending')
  expect(returns(after(created, start(), block(), cancel, undo))).toBe('in_progress')
})

test('a number that sync gave is nothing to undo: the command before it is', () => {
  const renumbered = appended(after(created, { kind: 'AssignTask', assignee: 'ann' }), [
    draft('TaskRenumbered', { number: 15 }),
  ])
  expect(fold(after(renumbered, undo))).toMatchObject({ number: 15, assignee: null })
})

test('undoing an addition leaves what somebody else added at the same time', () => {
  const mine = appended(created, decided(created, labels(['p0'])), 2)
  const theirs = appended(created, decided(created, labels(['p0', 'p1'])), 3)
  const both = united(mine, theirs)
  // Theirs is the later in the total order, so it goes first.
  expect(seen(after(both, undo)).labels).toEqual(['p0'])
  expect(seen(after(both, undo, undo)).labels).toEqual([])
})

test('an import that tells what others did is taken back whole', () => {
  const [made, told] = appended(NO_TASK, [
    draft('TaskCreated', { number: 12, title: 'A' }),
    draft('CommentAdded', { text: 'Words' }),
  ]).events
  const log = { id: NO_TASK.id, events: [made!, { ...told!, by: 'Zed <zed@example.com>' }] }
  expect(fold(after(log, { kind: 'UndoTask', events: 'creation' })).deleted).toBe(true)
})

const LINK = ulidOf(77)
const LINKED_TO = [`akosha/${ulidOf(5)}`]
const link: Command = { kind: 'AddLinks', link: LINK, to: LINKED_TO }
const takeBack = (part: 'create' | 'link' | 'unlink'): Command => ({
  kind: 'TakeBackPart',
  part,
  link: LINK,
  to: LINKED_TO,
})

test('a task that was taken back with its change is not brought back by an undo', () => {
  const part = appended(NO_TASK, [
    ...decided(NO_TASK, create()),
    draft('LinksAdded', { link: LINK, to: LINKED_TO }),
  ])
  expect(() => decided(after(part, takeBack('create')), undo)).toThrow(
    expect.objectContaining({ error: 'NOTHING_TO_UNDO' }),
  )
})

test.each([
  ['linking', created, link, 'link'],
  ['unlinking', after(created, link), { kind: 'RemoveLinks', link: LINK }, 'unlink'],
] as const)(
  'of a change that was taken back, %s is not undone: the command before it is',
  (_, given, command, part) => {
    const taken = after(given, { kind: 'EditTask', fields: { title: 'Changed' } }, command, takeBack(part))
    expect([...fold(taken).links.keys()]).toEqual([...fold(given).links.keys()])
    expect(seen(after(taken, undo)).title).toBe('Fix auth bug')
  },
)
