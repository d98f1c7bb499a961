import { FLAG } from '../../snapshot/row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'

/** Refs of the tasks that depend on a task, and of those that are parts of it: the edges seen from their other end. */
export function relationsOf(snapshot: Snapshot, repository: string, id: string) {
  const refs = (slots: readonly number[]) =>
    slots
      .filter((slot) => !(snapshot.flags(slot) & FLAG.DELETED))
      .map((slot) => `${repository}#${snapshot.number(slot)}`)
  return { dependents: refs(snapshot.slotsDependingOn(id)), subtasks: refs(snapshot.slotsWithin(id)) }
}
