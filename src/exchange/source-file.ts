import { MhvError } from '../errors.ts'
import { canonicalJson } from '../merge/canonical-json.ts'
import type { Fault, ReadRecords, SourceRecord, Warning } from './source-record.ts'
import { readSourceTask, type SourceTask } from './source-task.ts'

/** What a file holds, checked as far as that goes without the repository. */
export interface SourceFile {
  readonly tasks: readonly SourceTask[]
  readonly faults: readonly Fault[]
  readonly warnings: readonly Warning[]
}

/** @param system the system's name where the file does not say it */
export function readSourceFile(read: ReadRecords, system: string): SourceFile {
  const tasks: SourceTask[] = []
  const faults: Fault[] = [...read.faults]
  const warnings: Warning[] = [...(read.warnings ?? [])]
  const first = new Map<string, SourceRecord>()
  for (const record of read.records) {
    const result = readSourceTask(record, system)
    if ('faults' in result) {
      for (const fault of result.faults) faults.push(fault)
      continue
    }
    const { task } = result
    const earlier = first.get(task.key)
    // Pages of a list that grew while it was read have the last of one again on the next.
    if (earlier && canonicalJson(earlier.value) === canonicalJson(record.value)) continue
    if (earlier) faults.push({ place: task.place, field: 'id', rule: `is the one of ${earlier.place} again` })
    else first.set(task.key, record)
    tasks.push(task)
    for (const warning of result.warnings) warnings.push(warning)
  }
  return { tasks, faults, warnings }
}

/** Errors: IMPORT_REJECTED with every fault of a file; none without faults. */
export function requireNoFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw rejection(faults)
}

const MOST_NAMED = 20

const lineOf = ({ place }: Fault) => Number(/\d+/.exec(place)?.[0] ?? 0)

function rejection(found: readonly Fault[]): MhvError {
  const faults = [...found].sort((a, b) => lineOf(a) - lineOf(b))
  const places = new Set(faults.map(({ place }) => place)).size
  const named = faults.slice(0, MOST_NAMED).map(({ place, field, value, rule }) => {
    const word = value === undefined ? '' : ` (it is “${value}”)`
    return `  ${place}: ${field} ${rule}${word}`
  })
  const more = faults.length > MOST_NAMED ? [`  … and ${faults.length - MOST_NAMED} more`] : []
  const what = places === 1 ? 'One place' : `${places} places`
  const summary =
    faults.length === places
      ? `${what} in the file cannot be imported, so nothing was:`
      : `The file has ${faults.length} mistakes in ${places === 1 ? 'one place' : what}, so nothing was imported:`
  return new MhvError('IMPORT_REJECTED', [summary, ...named, ...more].join('\n'), {
    data: { faults: faults.slice(0, MOST_NAMED), total: faults.length },
  })
}
