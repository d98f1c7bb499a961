import type { MemberView } from '../../federation/view-members.ts'
import { type PlainTask, plainTasks } from '../../insight/plain-task.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'

/** The tasks of some repositories as predictions know them. */
export interface PlainViews {
  readonly tasks: readonly PlainTask[]
  /** undefined for one that is deleted. */
  at(snapshot: Snapshot, slot: number): PlainTask | undefined
}

export function plainViews(views: readonly MemberView[]): PlainViews {
  const bySnapshot = new Map(
    views.flatMap(({ member, snapshot }) =>
      snapshot ? [[snapshot, plainTasks(member.name, snapshot)] as const] : [],
    ),
  )
  return {
    tasks: [...bySnapshot.values()].flatMap((tasks) => [...tasks.values()]),
    at: (snapshot, slot) => bySnapshot.get(snapshot)?.get(slot),
  }
}
