import { MhvError } from '../../errors.ts'
import { localDate } from '../output/clock.ts'
import type { Template } from '../output/read-template.ts'
import type { SearchListing } from './search-listing.ts'
import { taskTemplate, writtenBy } from './task-records.ts'

/** A template for what was found: the fields of tasks, and how well each fits. Errors: INVALID_INPUT, USAGE. */
export function searchTemplate(format: string, json: boolean): Template {
  if (json) throw new MhvError('USAGE', `--json and --format ${format} contradict each other.`)
  return taskTemplate(format, 'mhv search', ['score'])
}

/** What was found as a template has it. */
export function searchWritten({ asked, results }: SearchListing, template: Template): Promise<string> {
  const today = { now: Date.parse(asked.time), date: localDate(asked.time) }
  const entries = results.map(({ entry }) => entry)
  return writtenBy(template, { asked, entries, today }, (i) => ({ score: results[i]!.score.toFixed(4) }))
}
