import { OWN_SYSTEM } from '../../schemas/exchange.ts'
import { MhvError } from '../errors.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TaskLog } from '../tasks/fold.ts'
import type { Environment } from '../tasks/seal.ts'
import { importedId, importedLog } from './imported-log.ts'
import { cycleFaults, type Edges, resolveEdges } from './resolve-edges.ts'
import type { Digest } from './source-ids.ts'
import type { Fault, ReadRecords, Warning } from './source-record.ts'
import { readSourceTask, type SourceTask } from './source-task.ts'

/** What a file holds, checked as far as that goes without the repository. */
export interface SourceFile {
  readonly tasks: readonly SourceTask[]
  readonly faults: readonly Fault[]
  readonly warnings: readonly Warning[]
}

export interface ImportPlan {
  readonly logs: readonly TaskLog[]
  /** Of each log. */
  readonly tasks: readonly { readonly id: string; readonly number: number; readonly source: SourceTask }[]
  /** How many tasks of the file are here already. */
  readonly unchanged: number
  readonly warnings: readonly Warning[]
}

/** @param system the system's name where the file does not say it */
export function readSourceFile(read: ReadRecords, system: string): SourceFile {
  const tasks: SourceTask[] = []
  const faults: Fault[] = [...read.faults]
  const warnings: Warning[] = []
  const placeOf = new Map<string, string>()
  for (const record of read.records) {
    const result = readSourceTask(record, system)
    if ('faults' in result) {
      for (const fault of result.faults) faults.push(fault)
      continue
    }
    const { task } = result
    const earlier = placeOf.get(task.key)
    if (earlier) faults.push({ place: task.place, field: 'id', rule: `is the one of ${earlier} again` })
    placeOf.set(task.key, task.place)
    tasks.push(task)
    for (const warning of result.warnings) warnings.push(warning)
  }
  return { tasks, faults, warnings }
}

/** Ids of the tasks of a repository by key: `system:id` of the source that they were imported from. */
function sourcesIn(view: Snapshot): Map<string, string> {
  const ids = new Map<string, string>()
  view.willRead('heads', view.slots)
  for (let slot = 0; slot < view.slots; slot++) {
    if (view.flags(slot) & FLAG.GONE) continue
    const { source, id } = view.head(slot)
    // A task that was made here is its own source: its export finds it again.
    ids.set(source || `${OWN_SYSTEM}:${id}`, id)
  }
  return ids
}

/**
 * Tasks of the file that are here although no source says so: a newer version of the program wrote them, or their file
 * is damaged. To write them anew would lose what is in them.
 */
function addUnreadable(
  inRepository: Map<string, string>,
  tasks: readonly SourceTask[],
  inFile: ReadonlyMap<string, string>,
  view: Snapshot,
): Warning[] {
  const rest = tasks.filter(({ key }) => !inRepository.has(key))
  const here = view.slotsOfIds(rest.map(({ key }) => inFile.get(key)!))
  const damaged = new Set(view.problems.map(({ path }) => path.slice(-31, -5)))
  return rest.flatMap(({ key, place }) => {
    const id = inFile.get(key)!
    if (!here.has(id) && !damaged.has(id)) return []
    inRepository.set(key, id)
    return [{ place, message: 'it is here, but cannot be read in full (mhv doctor); it is left as it is' }]
  })
}

/**
 * Works out what an import writes; a second one of the same file writes nothing.
 * Errors: IMPORT_REJECTED with every fault of the file.
 */
export function planImport(
  file: SourceFile,
  view: Snapshot,
  environment: Environment,
  digest: Digest,
): ImportPlan {
  const inRepository = sourcesIn(view)
  const inFile = new Map(file.tasks.map((task) => [task.key, importedId(task, digest)]))
  const keyOfRef = new Map(file.tasks.flatMap(({ ref, key }) => (ref ? [[ref, key] as const] : [])))
  const warnings = addUnreadable(inRepository, file.tasks, inFile, view)
  const isNew = ({ key }: SourceTask) => !inRepository.has(key)
  const placesOfNew = new Set(file.tasks.filter(isNew).map(({ place }) => place))
  for (const warning of file.warnings) if (placesOfNew.has(warning.place)) warnings.push(warning)
  const planned = file.tasks.filter(isNew).map((task): { id: string; task: SourceTask; edges: Edges } => ({
    id: inFile.get(task.key)!,
    task,
    edges: resolveEdges(task, { inFile, inRepository, keyOfRef }, (warning) => warnings.push(warning)),
  }))
  const faults = [...file.faults, ...cycleFaults(planned)]
  if (faults.length > 0) throw rejection(faults)
  const tasks = planned.map(({ id, task }, i) => ({ id, number: view.nextNumber + i, source: task }))
  return {
    logs: planned.map(({ id, task, edges }, i) =>
      importedLog(id, task, edges, tasks[i]!.number, environment, digest),
    ),
    tasks,
    unchanged: file.tasks.length - planned.length,
    warnings,
  }
}

/** The systems that the tasks of a plan come from, for people. */
export function systemsOf({ tasks }: ImportPlan): string {
  const systems = [...new Set(tasks.map(({ source }) => source.system))]
  return systems.length > 3
    ? `${systems.slice(0, 3).join(', ')} and ${systems.length - 3} more`
    : systems.join(', ')
}

const MOST_NAMED = 20

const lineOf = ({ place }: Fault) => Number(/\d+/.exec(place)?.[0] ?? 0)

function rejection(found: readonly Fault[]): MhvError {
  const faults = [...found].sort((a, b) => lineOf(a) - lineOf(b))
  const places = new Set(faults.map(({ place }) => place)).size
  const named = faults.slice(0, MOST_NAMED).map(({ place, field, rule }) => `  ${place}: ${field} ${rule}`)
  const more = faults.length > MOST_NAMED ? [`  … and ${faults.length - MOST_NAMED} more`] : []
  const what = places === 1 ? 'One place' : `${places} places`
  return new MhvError(
    'IMPORT_REJECTED',
    [`${what} in the file cannot be imported, so nothing was:`, ...named, ...more].join('\n'),
    { data: { faults: faults.slice(0, MOST_NAMED), total: faults.length } },
  )
}
