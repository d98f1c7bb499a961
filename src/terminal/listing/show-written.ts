import { entriesOf, onlyPlace } from '../../query/place.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Workplace } from '../base-command.ts'
import { localDate } from '../output/clock.ts'
import { taskTemplate, writtenBy } from './task-records.ts'

/**
 * Tasks of one repository as a template has them, with their descriptions as they are.
 * @param time when the tasks are looked at
 * Errors: INVALID_INPUT.
 */
export function showWritten(
  { store }: Workplace,
  snapshot: Snapshot,
  slots: readonly number[],
  time: string,
  format: string,
): Promise<string> {
  const template = taskTemplate(format, 'mhv task show', ['description'])
  const today = { now: Date.parse(time), date: localDate(time) }
  const places = [onlyPlace(store.name, snapshot)]
  const asked = { asked: { places }, entries: entriesOf(0, slots), today }
  const textOf = (i: number) =>
    JSON.parse(snapshot.json(slots[i]!).toString('utf8')) as { description: string }
  const isAsked = template.fields.includes('description')
  return writtenBy(template, asked, (i) => (isAsked ? { description: textOf(i).description } : {}))
}
