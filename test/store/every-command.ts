import type { Command } from '../../src/tasks/decide.ts'
import type { TaskState } from '../../src/tasks/task-state.ts'
import { countedId } from './harness.ts'

interface Example {
  /** Commands that the first of two tasks gets before. */
  setUp(ids: readonly string[]): readonly Command[]
  command(ids: readonly string[]): Command
  expected(ids: readonly string[]): object
  /** What giving the command again does: nothing, another event, or a refusal. */
  readonly again: 'nothing' | 'appends' | 'TASK_NOT_FOUND' | 'NOTHING_TO_UNDO' | 'INVALID_INPUT'
}

/** A task with its sets as lists of values. */
export const commandState = (task: TaskState) => ({
  ...task,
  labels: [...task.labels.keys()],
  dependsOn: [...task.dependsOn.keys()],
  links: [...task.links.keys()],
})

const START: Command = {
  kind: 'StartTask',
  branch: 'task/1',
  base: null,
  assignee: 'ann',
  force: false,
  reason: null,
}
const COMPLETE: Command = { kind: 'CompleteTask', commit: null, branch: null, force: false, reason: null }
const CRITERION: Command = { kind: 'AddCriterion', id: countedId(5000), text: 'works' }
const none = () => []
/** The event that creates a task takes the id after the task's own. */
const creationOf = (id: string) => countedId(1 + Number(id.slice(4, 23)))

/** One example for each command that there is. */
export const COMMANDS: { readonly [K in Command['kind']]: Example } = {
  CreateTask: {
    setUp: none,
    command: ([first, second]) => ({
      kind: 'CreateTask',
      id: countedId(3000),
      data: { title: 'third', priority: 'high', labels: ['auth'], depends_on: [second!], parent: first! },
    }),
    expected: ([first, second]) => ({
      number: 3,
      title: 'third',
      priority: 'high',
      dependsOn: [second],
      parent: first,
    }),
    again: 'nothing',
  },
  EditTask: {
    setUp: none,
    command: () => ({ kind: 'EditTask', fields: { title: 'yes', deadline: '2026-12-24', estimate: '3h' } }),
    expected: () => ({ title: 'yes', deadline: '2026-12-24', estimate: '3h' }),
    again: 'nothing',
  },
  AssignTask: {
    setUp: none,
    command: () => ({ kind: 'AssignTask', assignee: 'ann' }),
    expected: () => ({ assignee: 'ann' }),
    again: 'nothing',
  },
  ChangeLabels: {
    setUp: () => [{ kind: 'ChangeLabels', add: ['old', 'kept'], remove: [] }],
    command: () => ({ kind: 'ChangeLabels', add: ['new'], remove: ['old'] }),
    expected: () => ({ labels: ['kept', 'new'] }),
    again: 'nothing',
  },
  AddComment: {
    setUp: none,
    command: () => ({ kind: 'AddComment', text: 'first line\nsecond line\n' }),
    expected: () => ({ comments: [{ text: 'first line\nsecond line\n' }] }),
    again: 'appends',
  },
  AddDependency: {
    setUp: none,
    command: ([, second]) => ({ kind: 'AddDependency', on: [second!, `crackerjack/${countedId(12)}`] }),
    expected: ([, second]) => ({ dependsOn: [second, `crackerjack/${countedId(12)}`] }),
    again: 'nothing',
  },
  RemoveDependency: {
    setUp: ([, second]) => [{ kind: 'AddDependency', on: [second!] }],
    command: ([, second]) => ({ kind: 'RemoveDependency', on: [second!] }),
    expected: () => ({ dependsOn: [] }),
    again: 'nothing',
  },
  AddLinks: {
    setUp: none,
    command: () => ({ kind: 'AddLinks', link: countedId(70), to: [`crackerjack/${countedId(12)}`] }),
    expected: () => ({ links: [`${countedId(70)} crackerjack/${countedId(12)}`] }),
    again: 'nothing',
  },
  RemoveLinks: {
    setUp: () => [
      { kind: 'AddLinks', link: countedId(70), to: [`crackerjack/${countedId(12)}`] },
      { kind: 'AddLinks', link: countedId(71), to: [`crackerjack/${countedId(12)}`] },
    ],
    command: () => ({ kind: 'RemoveLinks', link: countedId(70) }),
    expected: () => ({ links: [`${countedId(71)} crackerjack/${countedId(12)}`] }),
    again: 'nothing',
  },
  SetParent: {
    setUp: none,
    command: ([, second]) => ({ kind: 'SetParent', parent: second! }),
    expected: ([, second]) => ({ parent: second }),
    again: 'nothing',
  },
  AddCriterion: {
    setUp: none,
    command: () => CRITERION,
    expected: () => ({ criteria: [{ id: countedId(5000), text: 'works', met: false }] }),
    again: 'nothing',
  },
  CheckCriterion: {
    setUp: () => [CRITERION],
    command: () => ({ kind: 'CheckCriterion', place: 1, met: true, evidence: 'ci/42' }),
    expected: () => ({ criteria: [{ met: true, evidence: 'ci/42' }] }),
    again: 'nothing',
  },
  RemoveCriterion: {
    setUp: () => [CRITERION],
    command: () => ({ kind: 'RemoveCriterion', place: 1 }),
    expected: () => ({ criteria: [] }),
    again: 'INVALID_INPUT',
  },
  StartTask: {
    setUp: none,
    command: () => START,
    expected: () => ({ status: 'in_progress', branch: 'task/1', assignee: 'ann' }),
    again: 'nothing',
  },
  RevertStart: {
    setUp: () => [START],
    command: () => ({ kind: 'RevertStart', reason: 'wrong one' }),
    expected: () => ({ status: 'pending', branch: null, startedAt: null }),
    again: 'nothing',
  },
  BlockTask: {
    setUp: none,
    command: () => ({ kind: 'BlockTask', reason: 'no key' }),
    expected: () => ({ status: 'blocked', reason: 'no key' }),
    again: 'nothing',
  },
  UnblockTask: {
    setUp: () => [START, { kind: 'BlockTask', reason: 'no key' }],
    command: () => ({ kind: 'UnblockTask' }),
    expected: () => ({ status: 'in_progress', reason: null }),
    again: 'nothing',
  },
  CompleteTask: {
    setUp: none,
    command: () => ({ ...COMPLETE, commit: 'a'.repeat(40) }),
    expected: () => ({ status: 'completed', commit: 'a'.repeat(40) }),
    again: 'nothing',
  },
  FailTask: {
    setUp: () => [START],
    command: () => ({
      kind: 'FailTask',
      commit: 'a'.repeat(40),
      gates: [{ gate: 'lint', outcome: 'failed', exit_code: 1, cached: false }],
    }),
    expected: () => ({
      status: 'failed',
      commit: 'a'.repeat(40),
      gates: [{ gate: 'lint', outcome: 'failed', exit_code: 1, cached: false }],
    }),
    again: 'nothing',
  },
  CancelTask: {
    setUp: none,
    command: () => ({ kind: 'CancelTask', reason: 'not needed' }),
    expected: () => ({ status: 'cancelled', reason: 'not needed' }),
    again: 'nothing',
  },
  ReopenTask: {
    setUp: () => [COMPLETE],
    command: () => ({ kind: 'ReopenTask', reason: null }),
    expected: () => ({ status: 'pending', completedAt: null }),
    again: 'nothing',
  },
  DeleteTask: {
    setUp: none,
    command: () => ({ kind: 'DeleteTask', reason: null }),
    expected: () => ({ deleted: true }),
    again: 'nothing',
  },
  RestoreTask: {
    setUp: () => [{ kind: 'DeleteTask', reason: null }],
    command: () => ({ kind: 'RestoreTask' }),
    expected: () => ({ deleted: false }),
    again: 'nothing',
  },
  UndoTask: {
    setUp: () => [{ kind: 'EditTask', fields: { title: 'changed' } }],
    command: () => ({ kind: 'UndoTask' }),
    expected: () => ({ title: 'first' }),
    again: 'appends',
  },
  TakeBackPart: {
    setUp: () => [{ kind: 'AddLinks', link: countedId(70), to: [`crackerjack/${countedId(12)}`] }],
    command: () => ({ kind: 'TakeBackPart', part: 'link', link: countedId(70), to: [] }),
    expected: () => ({ links: [] }),
    again: 'nothing',
  },
  TakeLostWrite: {
    setUp: () => [{ kind: 'AssignTask', assignee: 'ann' }],
    command: ([first]) => ({ kind: 'TakeLostWrite', event: creationOf(first!), fields: ['assignee'] }),
    expected: () => ({ assignee: null }),
    again: 'nothing',
  },
  KeepWinningWrite: {
    setUp: () => [{ kind: 'AssignTask', assignee: 'ann' }],
    command: () => ({ kind: 'KeepWinningWrite', fields: ['assignee'] }),
    expected: () => ({ assignee: 'ann' }),
    again: 'appends',
  },
}
