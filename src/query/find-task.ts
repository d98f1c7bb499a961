import { MhvError } from '../errors.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** A task as people name it: its number, or its whole id. */
export type TaskName = number | string
/** Tasks as people list them; a range may have holes. */
export type TaskNames = readonly (TaskName | { readonly from: number; readonly to: number })[]

/**
 * The slot of a task. A number means the task whose number it is now, otherwise the only one that had it.
 * Errors: TASK_NOT_FOUND; TASK_UNREADABLE; AMBIGUOUS_NUMBER with all that had it.
 */
export function findTask(snapshot: Snapshot, name: TaskName): number {
  const slots =
    typeof name === 'number'
      ? snapshot.slotsOfNumber(name)
      : [snapshot.slotOfId(name)].filter((s) => s !== undefined)
  if (slots.length === 1) return slots[0]!
  const shown = typeof name === 'number' ? `#${name}` : name
  if (slots.length === 0) throw notFound(snapshot, name, shown)
  const ids = slots.map((slot) => snapshot.head(slot).id)
  const named = slots.map(
    (slot) => `#${snapshot.number(slot)} ${snapshot.head(slot).title} (${snapshot.head(slot).id})`,
  )
  // Two that have the number now, and not only had it, were made in clones that did not know of each other.
  const having = slots.filter((slot) => snapshot.number(slot) === name)
  throw new MhvError('AMBIGUOUS_NUMBER', `${shown} could be any of: ${named.join('; ')}.`, {
    recovery: [...ids.map((id) => `mhv task show ${id}`), ...(having.length > 1 ? ['mhv sync'] : [])],
    data: { task: name, ids },
  })
}

/** Where files cannot be read, the task may be in one of them: an id says whether it is, a number does not. */
function notFound({ problems, later }: Snapshot, name: TaskName, shown: string): MhvError {
  const data = { task: name }
  const [slot] = later ? slotsNamed(later.snapshot, [name]) : []
  if (later && slot !== undefined) {
    const created = later.createdOn(slot)
    const why = created === null ? 'it came into the task log later' : `it was created on ${created}`
    const message = `There was no task ${shown} yet at ${later.at}: ${why}.`
    return new MhvError('TASK_NOT_FOUND', message, { recovery: [`mhv task show ${name}`], data })
  }
  const own = problems.find(({ path }) => typeof name === 'string' && path.endsWith(`/${name}.yaml`))
  if (own)
    return new MhvError('TASK_UNREADABLE', `The file of task ${shown} cannot be read: ${own.message}.`, {
      data,
    })
  const unread = problems.filter(({ code }) => code === 'TASK_UNREADABLE' || code === 'OBJECT_MISSING')
  if (unread.length === 0) return new MhvError('TASK_NOT_FOUND', `There is no task ${shown}.`, { data })
  const message = `There is no task ${shown} among those that can be read; ${unread[0]!.path} cannot be${unread.length > 1 ? `, nor ${unread.length - 1} others` : ''}.`
  return new MhvError('TASK_NOT_FOUND', message, { recovery: ['mhv doctor'], data })
}

function requireLive(snapshot: Snapshot, slot: number): number {
  if (snapshot.flags(slot) & FLAG.DELETED) {
    const number = snapshot.number(slot)
    throw new MhvError('TASK_NOT_FOUND', `#${number} is deleted.`, {
      recovery: [`mhv task restore ${number}`],
    })
  }
  return slot
}

/** `findTask`, but refuses a deleted task. Errors: as findTask. */
export const findLiveTask = (snapshot: Snapshot, name: TaskName): number =>
  requireLive(snapshot, findTask(snapshot, name))

/** `findTasks` without deleted ones, which ranges pass over and single names may not name. Errors: as findTask. */
export const findLiveTasks = (snapshot: Snapshot, names: TaskNames): number[] =>
  findTasks(snapshot, names, false).map((slot) => requireLive(snapshot, slot))

/** Slots of the tasks whose numbers are in a range now, in order of numbers. */
function slotsBetween(snapshot: Snapshot, from: number, to: number, withDeleted: boolean): number[] {
  const hidden = FLAG.GONE | (withDeleted ? 0 : FLAG.DELETED)
  const slots: number[] = []
  for (let slot = 0; slot < snapshot.slots; slot++) {
    const number = snapshot.number(slot)
    if (number >= from && number <= to && !(snapshot.flags(slot) & hidden)) slots.push(slot)
  }
  return slots.sort((a, b) => snapshot.number(a) - snapshot.number(b))
}

/** Slots that names match, which may be none: for a filter. */
export function slotsNamed(snapshot: Snapshot, names: TaskNames): number[] {
  return names.flatMap((name) => {
    if (typeof name === 'object') return slotsBetween(snapshot, name.from, name.to, true)
    return typeof name === 'number' ? [...snapshot.slotsOfNumber(name)] : (snapshot.slotOfId(name) ?? [])
  })
}

/**
 * Slots of the tasks that a list names, each once, in its order. A single name has to be a task's; a range means the
 * tasks that there are in it, at least one.
 * @param withDeleted whether a range takes in deleted tasks
 * Errors: as findTask.
 */
export function findTasks(snapshot: Snapshot, names: TaskNames, withDeleted: boolean): number[] {
  // Ids are looked up together: an undone import names thousands.
  const byId = snapshot.slotsOfIds(names.filter((name) => typeof name === 'string'))
  const slots = names.flatMap((name) => {
    if (typeof name === 'string') return byId.get(name) ?? findTask(snapshot, name)
    if (typeof name === 'number') return findTask(snapshot, name)
    const { from, to } = name
    const found = slotsBetween(snapshot, from, to, withDeleted)
    if (found.length > 0) return found
    const data = { task: `${from}-${to}` }
    if (slotsBetween(snapshot, from, to, true).length > 0) {
      throw new MhvError('TASK_NOT_FOUND', `There is no task from #${from} to #${to} that is not deleted.`, {
        recovery: [`mhv task list --deleted --number ${from}-${to}`],
        data,
      })
    }
    if (snapshot.later && slotsBetween(snapshot.later.snapshot, from, to, true).length > 0) {
      throw new MhvError(
        'TASK_NOT_FOUND',
        `There was no task from #${from} to #${to} yet at ${snapshot.later.at}.`,
        { recovery: [`mhv task list --status all --number ${from}-${to}`], data },
      )
    }
    throw new MhvError('TASK_NOT_FOUND', `There is no task from #${from} to #${to}.`, { data })
  })
  return [...new Set(slots)]
}
