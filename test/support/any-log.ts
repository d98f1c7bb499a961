import * as fc from 'fast-check'
import type { EventData, EventDraft, EventKind } from '../../schemas/event.ts'
import * as rules from '../../schemas/task.ts'
import { PRIORITIES, STATUSES, TASK_TYPES } from '../../schemas/vocabulary.ts'
import type { TaskLog } from '../../src/tasks/fold.ts'
import { anyText } from './nasty-text.ts'
import { appended, NO_TASK, ulidOf, united } from './task-log.ts'

const accepted = (rule: { safeParse(value: unknown): { success: boolean } }, otherwise: string) =>
  anyText.map((text) => (rule.safeParse(text).success ? text : otherwise))

export const anyTitle = accepted(rules.title, 'Fix auth bug')
const description = accepted(rules.description, 'First line\n\nlast line')
const reason = accepted(rules.reason, 'waits for the vendor')
const person = accepted(rules.person, 'ann@example.com')
const label = fc.oneof(fc.constantFrom('auth', 'p0', '1e3', 'yes', 'a#b'), accepted(rules.label, 'api'))
const id = fc.nat(6).map((n) => ulidOf(500 + n))
const reference = fc.oneof(
  id,
  id.map((task) => `crackerjack/${task}`),
)
const commit = fc.constantFrom('1234567890'.repeat(4), 'a1'.repeat(20), '1e3'.repeat(13).padEnd(40, '0'))
const branch = fc.constantFrom('task/12', 'feature/ä', 'x')
const deadline = fc.constantFrom('2026-11-27', '2026-11-27T18:00:00Z', null)
const estimate = fc.constantFrom('3h', '5pt', '0.5d', null)
const status = fc.constantFrom(...STATUSES)
const gates = fc.array(
  fc.record({ gate: fc.constantFrom('lint', 'test'), outcome: fc.constantFrom('passed', 'failed') }),
  { maxLength: 2 },
)
const removals = fc.array(fc.record({ value: label, adds: fc.array(id, { maxLength: 2 }) }), { maxLength: 2 })
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[] = []) =>
  fc.record(model, { requiredKeys: required as never }) as fc.Arbitrary<never>
const fields = {
  title: anyTitle,
  description,
  type: fc.constantFrom(...TASK_TYPES),
  priority: fc.constantFrom(...PRIORITIES),
  deadline,
  estimate,
}

const said = fc.dictionary(
  fc.constantFrom('title', 'labels', 'deadline'),
  fc.option(fc.oneof(anyTitle, fc.array(anyTitle, { maxLength: 2 }))),
)

/** What any event of a kind may carry; keys of a later version among it. */
export const ANY_DATA: { readonly [K in EventKind]: fc.Arbitrary<EventData<K>> } = {
  TaskCreationRequested: some(
    { request: description, confidence: fc.constantFrom(0, 0.5, 1), understood: said, corrected: said },
    ['request', 'confidence'],
  ),
  TaskCreated: some(
    {
      ...fields,
      number: fc.integer({ min: 1, max: 99 }),
      assignee: fc.option(person),
      labels: fc.uniqueArray(label, { maxLength: 3 }),
      depends_on: fc.uniqueArray(reference, { maxLength: 2 }),
      parent: fc.option(id),
      criteria: fc.uniqueArray(
        some<{ id: string; text: string; met: boolean }>({ id, text: reason, met: fc.boolean() }, [
          'id',
          'text',
        ]),
        {
          maxLength: 2,
          selector: ({ id }: { id: string }) => id,
        },
      ),
      source: fc.record({
        system: fc.constant('github'),
        id: reason.map((text) => text.slice(0, 50).trim() || '7'),
      }),
      metadata: fc.dictionary(anyText, fc.oneof(anyText, fc.boolean(), fc.array(anyText, { maxLength: 2 })), {
        maxKeys: 2,
      }),
      later_key: anyText,
    },
    ['title'],
  ),
  TaskEdited: some(fields),
  TaskAssigned: fc.record({ assignee: fc.option(person) }),
  LabelsChanged: some({ add: fc.uniqueArray(label, { maxLength: 2 }), remove: removals }),
  CommentAdded: fc.record({ text: description.map((text) => text || 'A comment') }),
  CommentRemoved: fc.record({ comment: id }),
  DependencyAdded: fc.record({ depends_on: reference }),
  DependencyRemoved: fc.record({ remove: removals }),
  LinksAdded: fc.record({ link: id, to: fc.uniqueArray(reference, { maxLength: 2 }) }),
  LinksRemoved: fc.record({ remove: removals }),
  ParentSet: fc.record({ parent: fc.option(id) }),
  CriterionAdded: some(
    {
      id,
      text: reason,
      met: fc.boolean(),
      evidence: fc.option(reason),
      place: fc.integer({ min: 1, max: 4 }),
    },
    ['id', 'text'],
  ),
  CriterionChecked: some({ criterion: id, met: fc.boolean(), evidence: fc.option(reason) }, [
    'criterion',
    'met',
  ]),
  CriterionRemoved: fc.record({ criterion: id }),
  TaskStarted: some({
    branch: fc.option(branch),
    base: fc.option(commit),
    reason,
    forced: fc.array(
      reason.map((text) => text.slice(0, 200).trim()).filter((text) => text !== ''),
      { maxLength: 2 },
    ),
  }),
  TaskStartReverted: some({ to: status, reason }),
  TaskBlocked: fc.record({ reason }),
  TaskUnblocked: some({ to: status, reason }, ['to']),
  TaskCompleted: some({ commit: fc.option(commit), branch: fc.option(branch), gates, reason }),
  TaskFailed: some({ commit: fc.option(commit), gates }),
  GateOverridden: some(
    { gates: fc.array(fc.constantFrom('lint', 'test'), { maxLength: 2 }), reason, approver: person },
    ['gates', 'reason'],
  ),
  TaskCancelled: some({ reason }),
  TaskReopened: some({ to: status, reason }),
  TaskRenumbered: fc.record({ number: fc.integer({ min: 1, max: 99 }) }),
  TaskDeleted: some({ reason }),
  TaskRestored: fc.constant({}),
}
export const KIND_NAMES = Object.keys(ANY_DATA) as EventKind[]

export const anyDraft = (kind: EventKind) =>
  (ANY_DATA[kind] as fc.Arbitrary<never>).map((data) => ({ kind, data }) as unknown as EventDraft)
const anyDrafts = fc.array(fc.constantFrom(...KIND_NAMES).chain(anyDraft), { minLength: 1, maxLength: 3 })

/** What happens to one of the clones that share a task: it writes, or takes over what another one has. */
const anyDeed = fc.oneof(
  { weight: 3, arbitrary: fc.record({ clone: fc.nat(2), writes: anyDrafts }) },
  { weight: 1, arbitrary: fc.record({ clone: fc.nat(2), merges: fc.nat(2) }) },
)

/** A task's log as three clones make it that write at the same time and exchange what they have now and then. */
export const anyLog: fc.Arbitrary<TaskLog> = fc
  .record({ first: anyDraft('TaskCreated'), deeds: fc.array(anyDeed, { maxLength: 8 }) })
  .map(({ first, deeds }) => {
    const clones = [0, 1, 2].map(() => appended(NO_TASK, [first], 9))
    for (const [i, deed] of deeds.entries()) {
      const log = clones[deed.clone]!
      clones[deed.clone] =
        'writes' in deed ? appended(log, deed.writes, 10 + i) : united(log, clones[deed.merges]!)
    }
    return clones.reduce(united)
  })
