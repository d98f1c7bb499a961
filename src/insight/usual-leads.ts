import { TASK_TYPES, type TaskType } from '../../schemas/vocabulary.ts'
import { AT, FLAG, ROW_INTS } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { HOUR } from './durations.ts'
import { LEAST_FINISHED } from './forecast.ts'
import { medianOf } from './weighted-quantiles.ts'

/** What finished tasks took at the median from their creation to their completion. */
export interface UsualLead {
  readonly hours: number
  readonly count: number
  /** null where those of one type are too few, and all of them are meant. */
  readonly type: TaskType | null
}

/** The usual duration of a task of a type; null where too little is finished. Reads columns alone. */
export function usualLeads(snapshots: readonly Snapshot[]): (type: TaskType) => UsualLead | null {
  const byType = new Map<TaskType, number[]>(TASK_TYPES.map((type) => [type, []]))
  for (const snapshot of snapshots) {
    const { wide, slots } = snapshot
    for (let slot = 0; slot < slots; slot++) {
      if (snapshot.flags(slot) & (FLAG.GONE | FLAG.DELETED) || snapshot.status(slot) !== 'completed') continue
      const [created, completed] = [AT.CREATED, AT.COMPLETED].map((at) => wide[(slot * ROW_INTS + at) / 2]!)
      if (created! > 0 && completed! > created!)
        byType.get(snapshot.type(slot))!.push((completed! - created!) / HOUR)
    }
  }
  const all = [...byType.values()].flat()
  const usual = (hours: readonly number[], type: TaskType | null) =>
    hours.length < LEAST_FINISHED ? null : { hours: medianOf(hours), count: hours.length, type }
  const ofAll = usual(all, null)
  const leads = new Map([...byType].map(([type, hours]) => [type, usual(hours, type) ?? ofAll] as const))
  return (type) => leads.get(type)!
}
