import { importedTask, isTaskType } from '../../schemas/exchange.ts'
import type { SourceRecord } from './source-record.ts'
import { isMapping } from './trackers/plain-values.ts'

/** How many records tell what a file holds. */
const LOOKED_AT = 1000

const isSaid = (value: unknown) => value !== undefined && value !== null && value !== ''

/** Which words an import takes; a type that is none of ours would be taken, but is more likely that of something else. */
const WORDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  status: (value) => importedTask.shape.status.safeParse(value).success,
  priority: (value) => importedTask.shape.priority.safeParse(value).success,
  type: (value) => {
    const { data } = importedTask.shape.type.safeParse(value)
    return data !== undefined && isTaskType(data)
  },
}

/**
 * Whether records that no tracker wrote may be tasks, and not other things that have an id and a title: there is a status
 * or a priority, and what they say under these and under type are words that an import takes.
 */
export function couldBeTasks(records: readonly SourceRecord[]): boolean {
  const values = records.slice(0, LOOKED_AT).map(({ value }) => value)
  const isTask = (value: unknown) =>
    isMapping(value) &&
    isSaid(value.id) &&
    isSaid(value.title) &&
    Object.entries(WORDS).every(([field, takes]) => !isSaid(value[field]) || takes(value[field]))
  const saysWork = (value: unknown) => isMapping(value) && (isSaid(value.status) || isSaid(value.priority))
  return values.every(isTask) && values.some(saysWork)
}
