import { describe, expect, test } from 'vitest'
import type { EventDraft } from '../../schemas/event.ts'
import type { ErrorName } from '../../src/errors.ts'
import type { Command } from '../../src/tasks/decide.ts'
import { draft } from '../../src/tasks/event-kind.ts'
import { fold, type TaskLog } from '../../src/tasks/fold.ts'
import type { Known, TaskSummary } from '../../src/tasks/known.ts'
import {
  after,
  appended,
  create,
  decided,
  instantOf,
  knownOf,
  NO_TASK,
  other,
  TASK,
  ulidOf,
  united,
} from '../support/task-log.ts'

const created = after(NO_TASK, create())
const start: Command = {
  kind: 'StartTask',
  branch: 'task/12',
  base: 'b'.repeat(40),
  assignee: 'ann',
  force: false,
  reason: null,
}
const forced: Command = { ...start, force: true, reason: 'urgent' }
const complete: Command = {
  kind: 'CompleteTask',
  commit: 'c'.repeat(40),
  branch: 'task/12',
  force: false,
  reason: null,
}
const block: Command = { kind: 'BlockTask', reason: 'waits' }
const cancel: Command = { kind: 'CancelTask', reason: null }
const reopen: Command = { kind: 'ReopenTask', reason: null }
const unblock: Command = { kind: 'UnblockTask' }
const revertStart: Command = { kind: 'RevertStart', reason: null }
const remove: Command = { kind: 'DeleteTask', reason: null }
const restore: Command = { kind: 'RestoreTask' }

const pending = created
const inProgress = after(created, start)
const blocked = after(created, block)
const completed = after(inProgress, complete)
const failed = appended(inProgress, [draft('TaskFailed', {})])
const cancelled = after(created, cancel)
const deleted = after(created, remove)

const labelled = after(created, { kind: 'ChangeLabels', add: ['a', 'b'], remove: [] })
const labelEvent = labelled.events.at(-1)!.id
const seven = other(7)
const eight = other(8, { dependsOn: [TASK] })
const dependent = after(created, { kind: 'AddDependency', on: [seven.id] })
const dependencyEvent = dependent.events.at(-1)!.id
const LINK = ulidOf(77)
const linked = after(created, { kind: 'AddLinks', link: LINK, to: [`akosha/${TASK}`] })
const unlinked = after(linked, { kind: 'RemoveLinks', link: LINK })
const withCriteria = after(
  created,
  { kind: 'AddCriterion', id: ulidOf(601), text: 'First' },
  { kind: 'AddCriterion', id: ulidOf(602), text: 'Second' },
)
const checked = after(withCriteria, { kind: 'CheckCriterion', place: 2, met: true, evidence: 'seen' })
const itself: TaskSummary = { ...other(12), id: TASK }

interface Refusal {
  readonly refused: ErrorName
  readonly recovery: readonly string[]
}
const refused = (error: ErrorName, ...recovery: string[]): Refusal => ({ refused: error, recovery })
type Row = readonly [
  given: string,
  log: TaskLog,
  when: Command,
  then: Refusal | readonly object[],
  known?: Known,
]
const nothing: readonly object[] = []
const lint = (outcome: string) => ({
  gate: 'lint',
  outcome,
  exit_code: outcome === 'passed' ? 0 : 1,
  seconds: 1.5,
})
const override = { gates: ['lint'], reason: 'the feed is down', approver: 'bob@example.com' }
const fail = { kind: 'FailTask', commit: 'd'.repeat(40), gates: [lint('failed')] } satisfies Command

/** A log in which two writers did not know of each other, and the command that takes what the first one did. */
function clash(
  mine: readonly EventDraft[],
  yours: readonly EventDraft[],
  ...more: readonly (string | TaskLog)[]
): [TaskLog, Command] {
  const fields = more.filter((each) => typeof each === 'string')
  const begun = more.find((each) => typeof each !== 'string') ?? created
  const lost = appended(begun, mine, 3)
  const event = lost.events[begun.events.length]!.id
  return [united(lost, appended(begun, yours, 4)), { kind: 'TakeLostWrite', event, fields }]
}

const TABLES: Readonly<Record<Command['kind'], readonly Row[]>> = {
  CreateTask: [
    ['nothing', NO_TASK, { kind: 'CreateTask', id: TASK, data: { title: 'T' } }, [draft('TaskCreated', { number: 8, title: 'T' })], knownOf(seven)],
    ['words that said more than the title', NO_TASK, { ...create(), request: { request: 'Fix it by Friday', confidence: 0.9 } } as Command, [draft('TaskCreationRequested', { request: 'Fix it by Friday', confidence: 0.9 }), draft('TaskCreated', { number: 12, title: 'Fix auth bug' })]],
    ['a number asked for', NO_TASK, create(), [draft('TaskCreated', { number: 12, title: 'Fix auth bug' })]],
    ['the task is there already', created, create(), nothing],
    ['a dependency and a parent that are there', NO_TASK, create({ depends_on: [seven.id], parent: eight.id }), [draft('TaskCreated', { number: 12, title: 'Fix auth bug', depends_on: [seven.id], parent: eight.id })], knownOf(seven, eight)],
    ['a dependency in another repository', NO_TASK, create({ depends_on: [`crackerjack/${ulidOf(1)}`] }), [draft('TaskCreated', { number: 12, title: 'Fix auth bug', depends_on: [`crackerjack/${ulidOf(1)}`] })]],
    ['a dependency that is not there', NO_TASK, create({ depends_on: [seven.id] }), refused('TASK_NOT_FOUND', 'mhv task list --status all')],
    ['a parent that is deleted', NO_TASK, create({ parent: seven.id }), refused('TASK_NOT_FOUND', 'mhv task list --status all'), knownOf({ ...seven, deleted: true })],
    ['a dependency on its parent', NO_TASK, create({ depends_on: [seven.id], parent: seven.id }), refused('DEPENDENCY_CYCLE', 'mhv task show 7'), knownOf(seven)],
    ['a dependency that waits for its parent', NO_TASK, create({ depends_on: [eight.id], parent: seven.id }), refused('DEPENDENCY_CYCLE', 'mhv task show 8'), knownOf(seven, { ...eight, dependsOn: [seven.id] })],
    ['a dependency on itself', NO_TASK, create({ depends_on: [TASK] }), refused('DEPENDENCY_CYCLE', 'mhv task show 12'), knownOf(itself)],
  ],
  EditTask: [
    ['other values', created, { kind: 'EditTask', fields: { title: 'New', deadline: '2026-11-27' } }, [draft('TaskEdited', { title: 'New', deadline: '2026-11-27' })]],
    ['some as they are', created, { kind: 'EditTask', fields: { title: 'Fix auth bug', priority: 'high' } }, [draft('TaskEdited', { priority: 'high' })]],
    ['all as they are', created, { kind: 'EditTask', fields: { title: 'Fix auth bug', deadline: null } }, nothing],
    ['deleted', deleted, { kind: 'EditTask', fields: { title: 'New' } }, refused('TASK_NOT_FOUND', 'mhv task restore 12')],
  ],
  AssignTask: [
    ['nobody has it', created, { kind: 'AssignTask', assignee: 'ann' }, [draft('TaskAssigned', { assignee: 'ann' })]],
    ['she has it', inProgress, { kind: 'AssignTask', assignee: 'ann' }, nothing],
    ['she has it', inProgress, { kind: 'AssignTask', assignee: null }, [draft('TaskAssigned', { assignee: null })]],
    ['nobody has it', created, { kind: 'AssignTask', assignee: null }, nothing],
  ],
  ChangeLabels: [
    ['none', created, { kind: 'ChangeLabels', add: ['a', 'a'], remove: [] }, [draft('LabelsChanged', { add: ['a'] })]],
    ['it has them', labelled, { kind: 'ChangeLabels', add: ['a'], remove: ['z'] }, nothing],
    ['it has one', labelled, { kind: 'ChangeLabels', add: ['c'], remove: ['a'] }, [draft('LabelsChanged', { add: ['c'], remove: [{ value: 'a', adds: [labelEvent] }] })]],
    ['both at once', created, { kind: 'ChangeLabels', add: ['a'], remove: ['a'] }, nothing],
  ],
  AddComment: [
    ['any task', completed, { kind: 'AddComment', text: 'Words' }, [draft('CommentAdded', { text: 'Words' })]],
    ['deleted', deleted, { kind: 'AddComment', text: 'Words' }, refused('TASK_NOT_FOUND', 'mhv task restore 12')],
  ],
  AddDependency: [
    ['none', created, { kind: 'AddDependency', on: [seven.id, seven.id] }, [draft('DependencyAdded', { depends_on: seven.id })], knownOf(itself, seven)],
    ['it is there', dependent, { kind: 'AddDependency', on: [seven.id] }, nothing],
    ['two, one of them there', dependent, { kind: 'AddDependency', on: [seven.id, ulidOf(3)] }, [draft('DependencyAdded', { depends_on: ulidOf(3) })]],
    ['the other depends on it', created, { kind: 'AddDependency', on: [eight.id] }, refused('DEPENDENCY_CYCLE', 'mhv task show 8'), knownOf(itself, eight)],
    ['its parent, which waits for its subtasks', created, { kind: 'AddDependency', on: [seven.id] }, refused('DEPENDENCY_CYCLE', 'mhv task show 7'), knownOf({ ...itself, parent: seven.id }, seven)],
    ['the other waits for its parent', created, { kind: 'AddDependency', on: [eight.id] }, refused('DEPENDENCY_CYCLE', 'mhv task show 8'), knownOf({ ...itself, parent: seven.id }, seven, { ...eight, dependsOn: [seven.id] })],
    ['its own subtask', created, { kind: 'AddDependency', on: [seven.id] }, [draft('DependencyAdded', { depends_on: seven.id })], knownOf(itself, { ...seven, parent: TASK })],
    ['itself', created, { kind: 'AddDependency', on: [TASK] }, refused('DEPENDENCY_CYCLE', 'mhv task show 12'), knownOf(itself)],
  ],
  RemoveDependency: [
    ['it is there', dependent, { kind: 'RemoveDependency', on: [seven.id] }, [draft('DependencyRemoved', { remove: [{ value: seven.id, adds: [dependencyEvent] }] })]],
    ['it is not there', created, { kind: 'RemoveDependency', on: [seven.id] }, nothing],
  ],
  AddLinks: [
    ['none, twice the same', created, { kind: 'AddLinks', link: LINK, to: [`akosha/${TASK}`, `akosha/${TASK}`] }, [draft('LinksAdded', { link: LINK, to: [`akosha/${TASK}`] })]],
    ['it is there', linked, { kind: 'AddLinks', link: LINK, to: [`akosha/${TASK}`] }, nothing],
    ['another link to the same task', linked, { kind: 'AddLinks', link: ulidOf(78), to: [`akosha/${TASK}`] }, [draft('LinksAdded', { link: ulidOf(78), to: [`akosha/${TASK}`] })]],
  ],
  RemoveLinks: [
    ['it is there', linked, { kind: 'RemoveLinks', link: LINK }, [draft('LinksRemoved', { remove: [{ value: `${LINK} akosha/${TASK}`, adds: [linked.events.at(-1)!.id] }] })]],
    ['it is not there', linked, { kind: 'RemoveLinks', link: ulidOf(78) }, nothing],
  ],
  SetParent: [
    ['no parent', created, { kind: 'SetParent', parent: seven.id }, [draft('ParentSet', { parent: seven.id })], knownOf(itself, seven)],
    ['no parent', created, { kind: 'SetParent', parent: null }, nothing],
    ['that parent', after(created, { kind: 'SetParent', parent: seven.id }), { kind: 'SetParent', parent: seven.id }, nothing],
    ['that parent', after(created, { kind: 'SetParent', parent: seven.id }), { kind: 'SetParent', parent: null }, [draft('ParentSet', { parent: null })]],
    ['the other is below it', created, { kind: 'SetParent', parent: seven.id }, refused('DEPENDENCY_CYCLE', 'mhv task show 12'), knownOf(itself, { ...seven, parent: TASK })],
    ['it depends on the other', dependent, { kind: 'SetParent', parent: seven.id }, refused('DEPENDENCY_CYCLE', 'mhv task show 12'), knownOf({ ...itself, dependsOn: [seven.id] }, seven)],
    ['the other depends on it', created, { kind: 'SetParent', parent: eight.id }, [draft('ParentSet', { parent: eight.id })], knownOf(itself, { ...eight, dependsOn: [TASK] })],
    ['itself', created, { kind: 'SetParent', parent: TASK }, refused('DEPENDENCY_CYCLE', 'mhv task show 12'), knownOf(itself)],
  ],
  AddCriterion: [
    ['none', created, { kind: 'AddCriterion', id: ulidOf(601), text: 'First' }, [draft('CriterionAdded', { id: ulidOf(601), text: 'First' })]],
    ['one of these words', withCriteria, { kind: 'AddCriterion', id: ulidOf(609), text: 'First' }, nothing],
  ],
  CheckCriterion: [
    ['open', withCriteria, { kind: 'CheckCriterion', place: 2, met: true, evidence: null }, [draft('CriterionChecked', { criterion: ulidOf(602), met: true })]],
    ['open', withCriteria, { kind: 'CheckCriterion', place: 1, met: true, evidence: 'seen' }, [draft('CriterionChecked', { criterion: ulidOf(601), met: true, evidence: 'seen' })]],
    ['met', checked, { kind: 'CheckCriterion', place: 2, met: true, evidence: null }, nothing],
    ['met with this evidence', checked, { kind: 'CheckCriterion', place: 2, met: true, evidence: 'seen' }, nothing],
    ['met with other evidence', checked, { kind: 'CheckCriterion', place: 2, met: true, evidence: 'better' }, [draft('CriterionChecked', { criterion: ulidOf(602), met: true, evidence: 'better' })]],
    ['met', checked, { kind: 'CheckCriterion', place: 2, met: false, evidence: null }, [draft('CriterionChecked', { criterion: ulidOf(602), met: false })]],
    ['no such place', withCriteria, { kind: 'CheckCriterion', place: 3, met: true, evidence: null }, refused('INVALID_INPUT', 'mhv task show 12')],
    ['no criteria at all', created, { kind: 'CheckCriterion', place: 1, met: true, evidence: null }, refused('INVALID_INPUT', 'mhv task show 12')],
  ],
  RemoveCriterion: [
    ['two', withCriteria, { kind: 'RemoveCriterion', place: 1 }, [draft('CriterionRemoved', { criterion: ulidOf(601) })]],
    ['no such place', withCriteria, { kind: 'RemoveCriterion', place: 0 }, refused('INVALID_INPUT', 'mhv task show 12')],
  ],
  StartTask: [
    ['pending', pending, start, [draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40) }), draft('TaskAssigned', { assignee: 'ann' })]],
    ['somebody has it', after(created, { kind: 'AssignTask', assignee: 'bob' }), start, [draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40) })]],
    ['in progress', inProgress, start, nothing],
    ['in progress without a branch', after(created, { ...start, branch: null, base: null }), start, [draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40) })]],
    ['in progress without a branch, by force in spite of a dependency', after(dependent, { ...forced, branch: null, base: null }), start, [draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40) })], knownOf(seven)],
    ['failed', failed, { ...start, branch: null, base: null }, [draft('TaskStarted', {})]],
    ['blocked', blocked, start, refused('TASK_BLOCKED', 'mhv task unblock 12', 'mhv start 12 --force')],
    ['blocked', blocked, forced, [draft('TaskUnblocked', { to: 'in_progress' }), draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40), reason: 'urgent' }), draft('TaskAssigned', { assignee: 'ann' })]],
    ['a dependency is open', dependent, start, refused('WAITING_FOR_DEPENDENCIES', 'mhv task ready', 'mhv start 12 --force'), knownOf(seven)],
    ['a dependency is not here', dependent, start, refused('WAITING_FOR_DEPENDENCIES', 'mhv task ready', 'mhv start 12 --force')],
    ['a dependency is open', dependent, forced, [draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40), reason: 'urgent', forced: [seven.id] }), draft('TaskAssigned', { assignee: 'ann' })], knownOf(seven)],
    ['the dependency is completed', dependent, { ...start, assignee: null }, [draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40) })], knownOf({ ...seven, status: 'completed' })],
    ['the dependency is deleted', dependent, { ...start, assignee: null }, [draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40) })], knownOf({ ...seven, deleted: true })],
    ['completed', completed, start, refused('ILLEGAL_MOVE', 'mhv task reopen 12')],
    ['completed', completed, forced, refused('ILLEGAL_MOVE', 'mhv task reopen 12')],
    ['deleted', deleted, start, refused('TASK_NOT_FOUND', 'mhv task restore 12')],
  ],
  RevertStart: [
    ['in progress', inProgress, { kind: 'RevertStart', reason: 'later' }, [draft('TaskStartReverted', { reason: 'later' })]],
    ['in progress', inProgress, revertStart, [draft('TaskStartReverted', {})]],
    ['pending', pending, revertStart, nothing],
    ['completed', completed, revertStart, refused('ILLEGAL_MOVE', 'mhv task reopen 12')],
    ['blocked', blocked, revertStart, refused('ILLEGAL_MOVE', 'mhv task unblock 12', 'mhv task cancel 12 --reason "…"')],
  ],
  BlockTask: [
    ['pending', pending, block, [draft('TaskBlocked', { reason: 'waits' })]],
    ['in progress', inProgress, block, [draft('TaskBlocked', { reason: 'waits' })]],
    ['blocked for that reason', blocked, block, nothing],
    ['blocked for another reason', blocked, { kind: 'BlockTask', reason: 'other' }, [draft('TaskBlocked', { reason: 'other' })]],
    ['failed', failed, block, refused('ILLEGAL_MOVE', 'mhv start 12', 'mhv done 12', 'mhv task cancel 12 --reason "…"')],
  ],
  UnblockTask: [
    ['blocked while pending', blocked, unblock, [draft('TaskUnblocked', { to: 'pending' })]],
    ['blocked while in progress', after(inProgress, block), unblock, [draft('TaskUnblocked', { to: 'in_progress' })]],
    ['blocked twice while in progress', after(inProgress, block, { kind: 'BlockTask', reason: 'other' }), unblock, [draft('TaskUnblocked', { to: 'in_progress' })]],
    ['pending', pending, unblock, nothing],
    ['in progress', inProgress, unblock, nothing],
    ['completed', completed, unblock, refused('ILLEGAL_MOVE', 'mhv task reopen 12')],
  ],
  CompleteTask: [
    ['in progress', inProgress, complete, [draft('TaskCompleted', { commit: 'c'.repeat(40), branch: 'task/12' })]],
    ['pending, no evidence', pending, { ...complete, commit: null, branch: null }, [draft('TaskCompleted', {})]],
    ['failed', failed, complete, [draft('TaskCompleted', { commit: 'c'.repeat(40), branch: 'task/12' })]],
    ['completed', completed, complete, nothing],
    ['blocked', blocked, complete, refused('ILLEGAL_MOVE', 'mhv task unblock 12', 'mhv task cancel 12 --reason "…"')],
    ['cancelled', cancelled, complete, refused('ILLEGAL_MOVE', 'mhv task reopen 12')],
    ['a dependency is open', dependent, complete, refused('INCOMPLETE', 'mhv task show 12', 'mhv done 12 --force --reason "…"'), knownOf(seven)],
    ['a subtask is open', inProgress, complete, refused('INCOMPLETE', 'mhv task show 12', 'mhv done 12 --force --reason "…"'), knownOf({ ...seven, parent: TASK })],
    ['subtasks are closed or deleted', inProgress, complete, [draft('TaskCompleted', { commit: 'c'.repeat(40), branch: 'task/12' })], knownOf({ ...seven, parent: TASK, deleted: true }, { ...eight, parent: TASK, status: 'cancelled' })],
    ['a criterion is open', checked, complete, refused('INCOMPLETE', 'mhv task check 12 1', 'mhv done 12 --force --reason "…"')],
    ['a criterion is open', checked, { ...complete, force: true, reason: 'enough' }, [draft('TaskCompleted', { commit: 'c'.repeat(40), branch: 'task/12', reason: 'enough', forced: ['criterion 1 “First”'] })]],
    ['a criterion is open', checked, { ...complete, force: true }, refused('INCOMPLETE', 'mhv task check 12 1', 'mhv done 12 --force --reason "…"')],
    ['nothing is open, by force', inProgress, { ...complete, force: true, reason: 'enough' }, [draft('TaskCompleted', { commit: 'c'.repeat(40), branch: 'task/12' })]],
    ['gates passed', inProgress, { ...complete, gates: [lint('passed')] }, [draft('TaskCompleted', { commit: 'c'.repeat(40), branch: 'task/12', gates: [lint('passed')] })]],
    ['gates failed and are overridden', failed, { ...complete, gates: [lint('failed')], override }, [draft('TaskCompleted', { commit: 'c'.repeat(40), branch: 'task/12', gates: [lint('failed')] }), draft('GateOverridden', override)]],
    ['a criterion is open, gates are overridden', checked, { ...complete, reason: 'enough', override }, refused('INCOMPLETE', 'mhv task check 12 1', 'mhv done 12 --force --reason "…"')],
  ],
  FailTask: [
    ['in progress', inProgress, fail, [draft('TaskFailed', { commit: 'd'.repeat(40), gates: [lint('failed')] })]],
    ['failed in the same way', after(inProgress, fail), { ...fail, gates: [{ ...lint('failed'), seconds: 7 }] }, nothing],
    ['failed otherwise', after(inProgress, fail), { ...fail, commit: 'e'.repeat(40) }, [draft('TaskFailed', { commit: 'e'.repeat(40), gates: [lint('failed')] })]],
    ['pending', pending, fail, nothing],
    ['completed', completed, fail, nothing],
  ],
  CancelTask: [
    ['pending', pending, { kind: 'CancelTask', reason: 'old' }, [draft('TaskCancelled', { reason: 'old' })]],
    ['blocked', blocked, cancel, [draft('TaskCancelled', {})]],
    ['cancelled', cancelled, cancel, nothing],
    ['completed', completed, cancel, refused('ILLEGAL_MOVE', 'mhv task reopen 12')],
  ],
  ReopenTask: [
    ['completed', completed, { kind: 'ReopenTask', reason: 'it came back' }, [draft('TaskReopened', { reason: 'it came back' })]],
    ['cancelled', cancelled, reopen, [draft('TaskReopened', {})]],
    ['pending', pending, reopen, nothing],
    ['in progress', inProgress, reopen, nothing],
    ['blocked', blocked, reopen, refused('ILLEGAL_MOVE', 'mhv task unblock 12', 'mhv task cancel 12 --reason "…"')],
    ['failed', failed, reopen, refused('ILLEGAL_MOVE', 'mhv start 12', 'mhv done 12', 'mhv task cancel 12 --reason "…"')],
  ],
  DeleteTask: [
    ['there', created, { kind: 'DeleteTask', reason: 'twice' }, [draft('TaskDeleted', { reason: 'twice' })]],
    ['deleted', deleted, remove, nothing],
  ],
  RestoreTask: [
    ['deleted', deleted, restore, [draft('TaskRestored', {})]],
    ['there', created, restore, nothing],
  ],
  UndoTask: [
    ['assigned', after(created, { kind: 'AssignTask', assignee: 'ann' }), { kind: 'UndoTask' }, [{ kind: 'TaskAssigned', data: { assignee: null } }]],
    ['deleted', deleted, { kind: 'UndoTask' }, [{ kind: 'TaskRestored', data: {} }]],
    ['nothing', NO_TASK, { kind: 'UndoTask' }, refused('NOTHING_TO_UNDO', 'mhv task history 0')],
  ],
  TakeBackPart: [
    ['created', linked, { kind: 'TakeBackPart', part: 'create', link: LINK, to: [] }, [draft('TaskDeleted', { reason: `taken back with ${LINK}` })]],
    ['linked', linked, { kind: 'TakeBackPart', part: 'link', link: LINK, to: [] }, [{ kind: 'LinksRemoved', data: { remove: [{ value: `${LINK} akosha/${TASK}`, adds: [linked.events.at(-1)!.id] }] }}]],
    ['not linked', created, { kind: 'TakeBackPart', part: 'link', link: LINK, to: [] }, nothing],
    ['no longer linked', unlinked, { kind: 'TakeBackPart', part: 'unlink', link: LINK, to: [`akosha/${TASK}`] }, [{ kind: 'LinksAdded', data: { link: LINK, to: [`akosha/${TASK}`] }}]],
    ['linked still', linked, { kind: 'TakeBackPart', part: 'unlink', link: LINK, to: [`akosha/${TASK}`] }, nothing],
    ['deleted', deleted, { kind: 'TakeBackPart', part: 'create', link: LINK, to: [] }, nothing],
  ],
  TakeLostWrite: [
    ['two titles and priorities', ...clash([draft('TaskEdited', { title: 'Mine', priority: 'low' })], [draft('TaskEdited', { title: 'Yours', priority: 'high' })], 'title', 'priority'), [draft('TaskEdited', { title: 'Mine', priority: 'low' })]],
    ['two people', ...clash([draft('TaskAssigned', { assignee: 'ann' })], [draft('TaskAssigned', { assignee: 'ben' })], 'assignee'), [draft('TaskAssigned', { assignee: 'ann' })]],
    ['two parents', ...clash([draft('ParentSet', { parent: seven.id })], [draft('ParentSet', { parent: eight.id })], 'parent'), [draft('ParentSet', { parent: seven.id })], knownOf(itself, seven)],
    ['a parent that it waits for', ...clash([draft('ParentSet', { parent: seven.id })], [draft('ParentSet', { parent: eight.id })], 'parent'), refused('DEPENDENCY_CYCLE', 'mhv task show 12'), knownOf({ ...itself, dependsOn: [seven.id] }, seven)],
    ['a criterion met and not', ...clash([draft('CriterionChecked', { criterion: ulidOf(602), met: true, evidence: 'seen' })], [draft('CriterionChecked', { criterion: ulidOf(602), met: false })], `criterion ${ulidOf(602)}`, withCriteria), [draft('CriterionChecked', { criterion: ulidOf(602), met: true, evidence: 'seen' })]],
    ['a criterion that is gone', ...clash([draft('CriterionChecked', { criterion: ulidOf(602), met: true })], [draft('CriterionChecked', { criterion: ulidOf(602), met: false }), draft('CriterionRemoved', { criterion: ulidOf(602) })], `criterion ${ulidOf(602)}`, withCriteria), refused('CONFLICT_STANDS', 'mhv task history 12', 'mhv conflicts 12')],
    ['a start and a cancellation', ...clash([draft('TaskStarted', { branch: 'task/12' })], [draft('TaskCancelled', {})], 'status'), [draft('TaskReopened', {}), draft('TaskStarted', {})]],
    ['a start and a blocking', ...clash([draft('TaskStarted', { branch: 'task/12' })], [draft('TaskBlocked', { reason: 'waits' })], 'status'), [draft('TaskUnblocked', { to: 'in_progress' })]],
    ['a blocking and a start', ...clash([draft('TaskBlocked', { reason: 'waits' })], [draft('TaskStarted', {})], 'status'), [draft('TaskBlocked', { reason: 'waits' })]],
    ['a cancellation and a start', ...clash([draft('TaskCancelled', { reason: 'no' })], [draft('TaskStarted', {})], 'status'), [draft('TaskCancelled', { reason: 'no' })]],
    ['failed gates and a taking back', ...clash([draft('TaskFailed', { commit: 'd'.repeat(40), gates: [lint('failed')] })], [draft('TaskStartReverted', {}), draft('TaskStarted', {})], 'status', inProgress), [draft('TaskFailed', { commit: 'd'.repeat(40), gates: [lint('failed')] })]],
    ['a completion and a failure', ...clash([draft('TaskCompleted', { commit: 'd'.repeat(40), gates: [lint('passed')] })], [draft('TaskFailed', { commit: 'e'.repeat(40) })], 'status', inProgress), [draft('TaskCompleted', { commit: 'd'.repeat(40), branch: 'task/12', gates: [lint('passed')] })]],
    ['a completion and a blocking', ...clash([draft('TaskCompleted', {})], [draft('TaskBlocked', { reason: 'waits' })], 'status', inProgress), [draft('TaskUnblocked', { to: 'completed' })]],
    ['a cancellation and a completion', ...clash([draft('TaskCancelled', { reason: 'no' })], [draft('TaskCompleted', {})], 'status'), [draft('TaskReopened', {}), draft('TaskCancelled', { reason: 'no' })]],
    ['a completion and a cancellation, waiting for another', ...clash([draft('TaskCompleted', {})], [draft('TaskCancelled', {})], 'status', dependent), refused('INCOMPLETE', 'mhv task show 12', 'mhv done 12 --force --reason "…"'), knownOf(seven)],
    ['failed gates and a completion', ...clash([draft('TaskFailed', { commit: 'd'.repeat(40), gates: [lint('failed')] })], [draft('TaskCompleted', {})], 'status', inProgress), [draft('TaskReopened', {}), draft('TaskStarted', {}), draft('TaskFailed', { commit: 'd'.repeat(40), gates: [lint('failed')] })]],
    ['a taking back and a failure', ...clash([draft('TaskStartReverted', {})], [draft('TaskFailed', { commit: 'd'.repeat(40) })], 'status', inProgress), [draft('TaskStarted', {}), draft('TaskStartReverted', {})]],
    ['a completion, with an open criterion', ...clash([draft('TaskCompleted', {})], [draft('TaskStarted', {})], 'status', withCriteria), refused('INCOMPLETE', 'mhv task check 12 1', 'mhv task check 12 2', 'mhv done 12 --force --reason "…"')],
    ['a completion that was forced', ...clash([draft('TaskCompleted', { reason: 'late', forced: ['criterion 1'] })], [draft('TaskStarted', {})], 'status', withCriteria), [draft('TaskCompleted', { reason: 'late', forced: ['criterion 1 “First”', 'criterion 2 “Second”'] })]],
    ['a taking back and another start', ...clash([draft('TaskStartReverted', {})], [draft('TaskStarted', {})], 'status', inProgress), [draft('TaskStartReverted', {})]],
    ['a deletion and a restoring', ...clash([draft('TaskDeleted', {})], [draft('TaskDeleted', {}), draft('TaskRestored', {})], 'deleted'), [draft('TaskDeleted', {})]],
    ['a restoring and a deletion', ...clash([draft('TaskRestored', {})], [draft('TaskDeleted', {})], 'deleted', deleted), [draft('TaskRestored', {})]],
    ['a title of a deleted task', ...clash([draft('TaskEdited', { title: 'Mine' })], [draft('TaskDeleted', {})], 'title'), refused('TASK_NOT_FOUND', 'mhv task restore 12')],
    ['two numbers', ...clash([draft('TaskRenumbered', { number: 13 })], [draft('TaskRenumbered', { number: 14 })], 'number'), refused('CONFLICT_STANDS', 'mhv task history 14', 'mhv conflicts 14')],
    ['two branches', ...clash([draft('TaskStarted', { branch: 'a' })], [draft('TaskStarted', { branch: 'b' })], 'branch'), refused('CONFLICT_STANDS', 'mhv task history 12', 'mhv conflicts 12')],
  ],
  KeepWinningWrite: [
    ['fields', created, { kind: 'KeepWinningWrite', fields: ['title', 'deadline'] }, [draft('TaskEdited', { title: 'Fix auth bug', deadline: null })]],
    ['a person and a parent', created, { kind: 'KeepWinningWrite', fields: ['assignee', 'parent'] }, [draft('TaskAssigned', { assignee: null }), draft('ParentSet', { parent: null })]],
    ['a criterion', checked, { kind: 'KeepWinningWrite', fields: [`criterion ${ulidOf(602)}`] }, [draft('CriterionChecked', { criterion: ulidOf(602), met: true, evidence: 'seen' })]],
    ['a blocked task', blocked, { kind: 'KeepWinningWrite', fields: ['status'] }, [draft('TaskBlocked', { reason: 'waits' })]],
    ['a task in progress', inProgress, { kind: 'KeepWinningWrite', fields: ['status'] }, [{ kind: 'TaskReopened', data: { to: 'in_progress' } }]],
    ['a deleted task', deleted, { kind: 'KeepWinningWrite', fields: ['deleted'] }, [draft('TaskDeleted', {})]],
    ['a number', created, { kind: 'KeepWinningWrite', fields: ['number'] }, [draft('TaskRenumbered', { number: 12 })]],
    ['a branch', inProgress, { kind: 'KeepWinningWrite', fields: ['branch'] }, [draft('TaskStarted', { branch: 'task/12', base: 'b'.repeat(40) })]],
    ['a branch of a task that has ended', completed, { kind: 'KeepWinningWrite', fields: ['branch'] }, refused('CONFLICT_STANDS', 'mhv task history 12', 'mhv conflicts 12')],
  ],
} // biome-ignore format: a table

describe.each(Object.keys(TABLES) as Command['kind'][])('%s', (kind) => {
  const rows = TABLES[kind].map((row, i) => ({ title: `${i + 1}: given ${row[0]}`, row }))
  test.each(rows)('$title', ({ row: [, log, command, expected, known] }) => {
    if ('refused' in expected) {
      expect(() => decided(log, command, known)).toThrow(
        expect.objectContaining({ error: expected.refused, recovery: expected.recovery }),
      )
    } else {
      const drafts = decided(log, command, known)
      expect(drafts.map(({ kind, data }) => ({ kind, data }))).toEqual(expected)
    }
  })
})

test('refusals name what stands in the way', () => {
  expect(() => decided(dependent, start, knownOf(seven))).toThrow('#12 waits for #7 Task 7.')
  expect(() => decided(blocked, start)).toThrow('#12 is blocked: waits.')
  expect(() => decided(completed, start)).toThrow(
    /cannot become in_progress; from here it can become pending/,
  )
  expect(() => decided(checked, complete)).toThrow('#12 still has open: criterion 1 “First”.')
  const chain = knownOf(itself, { ...seven, dependsOn: [eight.id] }, eight)
  expect(() => decided(created, { kind: 'AddDependency', on: [seven.id] }, chain)).toThrow(
    '#12 → #7 → #8 → #12',
  )
})

test('a start after failed gates keeps the first branch, and the time at which work began', () => {
  const again = after(appended(inProgress, [draft('TaskFailed', {})]), { ...start, branch: null, base: null })
  expect(fold(again)).toMatchObject({ branch: 'task/12', base: 'b'.repeat(40), startedAt: instantOf(1) })
})
