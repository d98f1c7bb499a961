import { CLOSED_STATUSES } from '../../schemas/vocabulary.ts'
import type { TaskState } from '../tasks/task-state.ts'
import { type Finding, reported } from './finding.ts'

/** What has ended waits for nothing, and nothing for it. */
const isEnded = ({ status }: TaskState) => (CLOSED_STATUSES as readonly string[]).includes(status)

const named = (task: TaskState) => `#${task.number} ${task.title}`
/** Numbers are what people type, but here they may be what is wrong. */
const typed = (task: TaskState, unique: boolean) =>
  unique && task.number > 0 ? String(task.number) : task.id

function groupBy<K>(tasks: readonly TaskState[], keysOf: (task: TaskState) => readonly K[]) {
  const groups = new Map<K, TaskState[]>()
  for (const task of tasks) {
    for (const key of keysOf(task)) {
      const group = groups.get(key)
      if (group) group.push(task)
      else groups.set(key, [task])
    }
  }
  return groups
}

/** Numbers that are missing, that two tasks have, or that could mean several. */
function numberFindings(tasks: readonly TaskState[]): Finding[] {
  const live = tasks.filter((task) => !task.deleted)
  const found = live
    .filter((task) => task.number === 0)
    .map((task) =>
      reported(
        'NUMBER_MISSING',
        'error',
        `Task ${task.id} “${task.title}” has no number.`,
        `mhv task show ${task.id}`,
      ),
    )
  const byNumber = groupBy(live, (task) => (task.number > 0 ? [task.number] : []))
  for (const [number, holders] of byNumber) {
    if (holders.length < 2) continue
    const all = holders.map((task) => `${task.id} “${task.title}”`).join(', ')
    found.push(
      reported(
        'NUMBER_TAKEN_TWICE',
        'error',
        `#${number} is the number of ${holders.length} tasks: ${all}. Name them by their ids until a sync renumbers all but one.`,
        `mhv task show ${holders[1]!.id}`,
      ),
    )
  }
  const byAlias = groupBy(live, (task) => task.aliases)
  for (const [alias, holders] of byAlias) {
    if (holders.length < 2 || byNumber.has(alias)) continue
    const all = holders.map(named).join(', ')
    found.push(
      reported(
        'ALIAS_AMBIGUOUS',
        'warning',
        `#${alias} was the number of ${all}; it names none of them now.`,
        `mhv task show ${holders[0]!.id}`,
      ),
    )
  }
  return found
}

interface Edge {
  readonly from: TaskState
  readonly to: TaskState
  /** The newest event that made it; empty where a newer program's file does not tell. */
  readonly event: string
}

const newest = (ids: readonly string[]) => [...ids].sort().at(-1) ?? ''

/** Each cycle that a walk along the edges closes, as its edges. */
function cyclesOf(tasks: readonly TaskState[], edgesOf: (task: TaskState) => readonly Edge[]): Edge[][] {
  const cycles: Edge[][] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const start of tasks) {
    if (state.has(start.id)) continue
    const path: Edge[] = []
    const stack = [{ task: start, rest: [...edgesOf(start)] }]
    state.set(start.id, 'open')
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const edge = top.rest.shift()
      if (!edge) {
        state.set(top.task.id, 'done')
        stack.pop()
        path.pop()
      } else if (state.get(edge.to.id) === 'open') {
        const first = path.findIndex((step) => step.from.id === edge.to.id)
        cycles.push(first < 0 ? [edge] : [...path.slice(first), edge])
      } else if (!state.has(edge.to.id)) {
        state.set(edge.to.id, 'open')
        path.push(edge)
        stack.push({ task: edge.to, rest: [...edgesOf(edge.to)] })
      }
    }
  }
  return cycles
}

const shown = (cycle: readonly Edge[]) =>
  [cycle[0]!.from, ...cycle.map((edge) => edge.to)].map((task) => `#${task.number}`).join(' → ')

function cycleFindings(tasks: readonly TaskState[], byId: ReadonlyMap<string, TaskState>): Finding[] {
  const alive = (id: string | null) => {
    const task = id === null ? undefined : byId.get(id)
    return task && !task.deleted ? task : undefined
  }
  const live = tasks.filter((task) => !task.deleted)
  const dependencies = cyclesOf(live, (from) =>
    [...from.dependsOn].flatMap(([id, adds]) => {
      const to = alive(id)
      return to ? [{ from, to, event: newest(adds) }] : []
    }),
  ).map((cycle) => {
    const last = cycle.reduce((latest, edge) => (edge.event > latest.event ? edge : latest))
    return reported(
      'DEPENDENCY_CYCLE',
      'error',
      `${shown(cycle)} depend on each other, so none can ever start; the newest edge is #${last.from.number} → #${last.to.number}.`,
      `mhv task depend ${last.from.number} --on ${last.to.number} --remove`,
    )
  })
  const parents = cyclesOf(live, (from) => {
    const to = alive(from.parent)
    return to ? [{ from, to, event: '' }] : []
  }).map((cycle) =>
    reported(
      'PARENT_CYCLE',
      'error',
      `${shown(cycle)} are parts of each other, so none can ever be completed.`,
      `mhv task edit ${cycle[0]!.from.number} --parent none`,
    ),
  )
  return [...dependencies, ...parents, ...deadlockFindings(live, alive)]
}

/** Cycles of dependencies and subtasks together: a parent waits for its subtasks, and one of them for the parent. */
function deadlockFindings(
  live: readonly TaskState[],
  alive: (id: string | null) => TaskState | undefined,
): Finding[] {
  const open = live.filter((task) => !isEnded(task))
  const parts = groupBy(open, (task) => (task.parent === null ? [] : [task.parent]))
  return cyclesOf(open, (from) => [
    ...[...from.dependsOn].flatMap(([id, adds]) => {
      const to = alive(id)
      return to && !isEnded(to) ? [{ from, to, event: newest(adds) }] : []
    }),
    ...(parts.get(from.id) ?? []).map((to) => ({ from, to, event: '' })),
  ]).flatMap((cycle) => {
    const dependencies = cycle.filter(({ event }) => event !== '')
    if (dependencies.length === 0 || dependencies.length === cycle.length) return []
    const last = dependencies.reduce((latest, edge) => (edge.event > latest.event ? edge : latest))
    const message = `${shown(cycle)} wait for each other, since a parent waits for its subtasks, so none can ever be completed; the newest dependency is #${last.from.number} → #${last.to.number}.`
    const step = `mhv task depend ${last.from.number} --on ${last.to.number} --remove`
    return [reported('DEPENDENCY_CYCLE', 'error', message, step)]
  })
}

/** Dependencies and parents that are not here, or deleted. Those in other repositories are theirs to check. */
function danglingFindings(
  tasks: readonly TaskState[],
  byId: ReadonlyMap<string, TaskState>,
  unreadable: ReadonlySet<string>,
): Finding[] {
  const found: Finding[] = []
  const count = groupBy(tasks, (task) => [task.number])
  for (const task of tasks) {
    if (task.deleted) continue
    const me = typed(task, count.get(task.number)!.length === 1)
    for (const id of task.dependsOn.keys()) {
      const other = byId.get(id)
      const step = `mhv task depend ${me} --on ${id} --remove`
      if (other?.deleted) {
        const message = `${named(task)} depends on ${named(other)}, which is deleted and holds it up no longer.`
        found.push(reported('DEPENDENCY_DELETED', 'warning', message, step))
      } else if (!other && !id.includes('/') && !unreadable.has(id)) {
        const message = `${named(task)} depends on ${id}, which is not in this repository: it waits for ever.`
        found.push(reported('DEPENDENCY_MISSING', 'error', message, step))
      }
    }
    if (task.parent === null || unreadable.has(task.parent)) continue
    const parent = byId.get(task.parent)
    const step = `mhv task edit ${me} --parent none`
    if (!parent) {
      const message = `${named(task)} is a part of ${task.parent}, which is not in this repository.`
      found.push(reported('PARENT_MISSING', 'error', message, step))
    } else if (parent.deleted) {
      const message = `${named(task)} is a part of ${named(parent)}, which is deleted.`
      found.push(reported('PARENT_DELETED', 'warning', message, step))
    }
  }
  return found
}

/**
 * What is wrong between tasks: numbers, dependencies, parents.
 * @param unreadable ids of tasks that are here but could not be read; they have findings of their own
 */
export function relationFindings(tasks: readonly TaskState[], unreadable: ReadonlySet<string>): Finding[] {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  return [
    ...numberFindings(tasks),
    ...danglingFindings(tasks, byId, unreadable),
    ...cycleFindings(tasks, byId),
  ]
}
