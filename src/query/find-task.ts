import { MhvError } from '../errors.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** A task as people name it: its number, or its whole id. */
export type TaskName = number | string

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
  throw new MhvError('AMBIGUOUS_NUMBER', `${shown} could be any of: ${named.join('; ')}.`, {
    recovery: ids.map((id) => `mhv task show ${id}`),
    data: { task: name, ids },
  })
}

/** Where files cannot be read, the task may be in one of them: an id says whether it is, a number does not. */
function notFound({ problems }: Snapshot, name: TaskName, shown: string): MhvError {
  const data = { task: name }
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

/** `findTask`, but refuses a deleted task. Errors: as findTask. */
export function findLiveTask(snapshot: Snapshot, name: TaskName): number {
  const slot = findTask(snapshot, name)
  if (snapshot.flags(slot) & FLAG.DELETED) {
    const number = snapshot.number(slot)
    throw new MhvError('TASK_NOT_FOUND', `#${number} is deleted.`, {
      recovery: [`mhv task restore ${number}`],
    })
  }
  return slot
}
