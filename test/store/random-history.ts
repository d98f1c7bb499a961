import fc from 'fast-check'
import { MhvError } from '../../src/errors.ts'
import { handle, write } from '../../src/handle.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import type { TaskStore } from '../../src/store/task-store.ts'
import type { Command } from '../../src/tasks/decide.ts'
import type { TaskLog } from '../../src/tasks/fold.ts'
import { seal } from '../../src/tasks/seal.ts'
import { countedId, type StoreHarness } from './harness.ts'

const KINDS = [
  'pull', 'pull', 'pull', 'pull', 'create', 'create', 'import', 'import', 'renumber', 'title', 'priority', 'assign', 'label', 'unlabel',
  'comment', 'depend', 'undepend', 'parent', 'criterion', 'check', 'start', 'block', 'unblock', 'done', 'cancel',
  'reopen', 'delete', 'restore', 'undo',
] as const // biome-ignore format: a table

/** Something that happens in one of several clones. */
export interface Happening {
  readonly clone: number
  readonly kind: (typeof KINDS)[number]
  readonly task: number
  readonly value: number
}

/** Something that changes tasks in one of several clones, and brings nothing from another. */
export const anyChange = (clones: number): fc.Arbitrary<Happening> =>
  fc.record({
    clone: fc.nat(clones - 1),
    kind: fc.constantFrom(...KINDS.filter((kind) => kind !== 'pull')),
    task: fc.nat(30),
    value: fc.nat(5),
  })

export const happenings = (clones: number, most: number): fc.Arbitrary<Happening[]> =>
  fc.array(
    fc.record({
      clone: fc.nat(clones - 1),
      kind: fc.constantFrom(...KINDS),
      task: fc.nat(30),
      value: fc.nat(5),
    }),
    { minLength: most / 2, maxLength: most, size: 'max' },
  )

/** Ids of all tasks of a view, sorted: places in an index differ between stores. */
export const idsOf = (view: Snapshot) =>
  Array.from({ length: view.slots }, (_, slot) => view.head(slot).id).sort()

function commandOf({ kind, value }: Happening, newId: () => string, ids: readonly string[]): Command {
  const other = ids[value % ids.length]!
  switch (kind) {
    case 'title':
      return { kind: 'EditTask', fields: { title: `title ${value}` } }
    case 'priority':
      return { kind: 'EditTask', fields: { priority: value % 2 ? 'high' : 'low' } }
    case 'assign':
      return { kind: 'AssignTask', assignee: value % 3 ? `person ${value}` : null }
    case 'label':
      return { kind: 'ChangeLabels', add: [`label${value}`], remove: [] }
    case 'unlabel':
      return { kind: 'ChangeLabels', add: [], remove: [`label${value}`] }
    case 'depend':
      return { kind: 'AddDependency', on: [other] }
    case 'undepend':
      return { kind: 'RemoveDependency', on: [other] }
    case 'parent':
      return { kind: 'SetParent', parent: value === 0 ? null : other }
    case 'criterion':
      return { kind: 'AddCriterion', id: newId(), text: `criterion ${value}` }
    case 'check':
      return { kind: 'CheckCriterion', place: 1 + (value % 2), met: value % 3 > 0, evidence: null }
    case 'start':
      return {
        kind: 'StartTask',
        branch: `task/${value}`,
        base: null,
        assignee: null,
        force: true,
        reason: 'x',
      }
    case 'block':
      return { kind: 'BlockTask', reason: `reason ${value}` }
    case 'unblock':
      return { kind: 'UnblockTask' }
    case 'done':
      return { kind: 'CompleteTask', commit: null, branch: null, force: true, reason: 'x' }
    case 'cancel':
      return { kind: 'CancelTask', reason: null }
    case 'reopen':
      return { kind: 'ReopenTask', reason: null }
    case 'delete':
      return { kind: 'DeleteTask', reason: null }
    case 'restore':
      return { kind: 'RestoreTask' }
    case 'undo':
      return { kind: 'UndoTask' }
    default:
      return { kind: 'AddComment', text: `comment ${value}\nfrom somebody\n` }
  }
}

/** A task that every clone imports under the same ids, each with a content of its own. */
function imported({ clone, value }: Happening, number: number): TaskLog {
  const event = {
    id: countedId(90_000 + value),
    kind: 'TaskCreated',
    v: 1,
    after: [],
    clock: 1,
    at: '2020-01-01T00:00:00.000Z',
    by: `Clone ${clone} <clone@example.com>`,
    data: { title: `imported by ${clone}`, number },
  }
  return { id: countedId(80_000 + value), events: [event] }
}

export async function change(
  harness: StoreHarness,
  store: TaskStore,
  happening: Happening,
): Promise<string | null> {
  const { environment } = harness
  if (happening.kind === 'create') {
    const id = environment.newId()
    const commands = (): Command[] => [{ kind: 'CreateTask', id, data: { title: `task ${happening.value}` } }]
    await handle(store, { targets: [], create: id, commands }, environment)
    return id
  }
  if (happening.kind === 'import') {
    const { id } = imported(happening, 1)
    await write(store, environment, async (view) => {
      const logs = view.summary(id) ? [] : [imported(happening, view.nextNumber)]
      return { result: null, logs, message: 'Import\n' }
    })
    return id
  }
  const ids = idsOf(await store.view())
  const id = ids[happening.task % ids.length]
  if (!id) return null
  if (happening.kind === 'renumber') {
    await write(store, environment, async (view) => {
      const { log } = (await store.load(view, [id])).get(id)!
      const renumbered = seal(
        log,
        [{ kind: 'TaskRenumbered', data: { number: view.nextNumber } }],
        environment,
      )
      return { result: null, logs: [renumbered], message: 'Renumber\n' }
    })
    return id
  }
  const commands = [commandOf(happening, environment.newId, ids)]
  await handle(store, { targets: [id], commands: () => commands }, environment)
  return id
}

/** Merges another clone's log into a store. */
export async function pull(into: StoreHarness, from: StoreHarness, store: TaskStore = into.open()) {
  const theirs = await into.fetch(from)
  const merged = await store.merge(await store.view(), theirs)
  if (merged === 'moved') throw new Error('nobody else writes here')
  return merged
}

/** Lets things happen to clones of one log. Returns the ids of all events that were acknowledged, by task. */
export async function play(
  clones: readonly StoreHarness[],
  script: readonly Happening[],
): Promise<Map<string, Set<string>>> {
  const acknowledged = new Map<string, Set<string>>()
  const stores = clones.map((clone) => clone.open())
  for (const happening of script) {
    const [harness, store] = [clones[happening.clone]!, stores[happening.clone]!]
    if (happening.kind === 'pull') {
      const from = clones[(happening.clone + 1 + happening.value) % clones.length]!
      await pull(harness, from, store)
      continue
    }
    try {
      const id = await change(harness, store, happening)
      if (!id) continue
      const { log } = (await store.load(await store.view(), [id])).get(id)!
      const events = acknowledged.get(id) ?? new Set()
      for (const event of log.events) events.add(event.id)
      acknowledged.set(id, events)
    } catch (error) {
      // A command that the task's state refuses is part of life; anything else is not.
      if (!(error instanceof MhvError)) throw error
    }
  }
  return acknowledged
}
