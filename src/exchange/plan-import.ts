import type { Snapshot } from '../snapshot/snapshot.ts'
import type { TaskLog } from '../tasks/fold.ts'
import type { Environment } from '../tasks/seal.ts'
import { cycleFaults, dropLinks, type Linked, linksToDrop, waitsIn } from './break-cycles.ts'
import { addUnreadable, type Found, lookAtFound, sourcesIn } from './found-here.ts'
import { importedId, importedLog } from './imported-log.ts'
import { type Link, resolveEdges } from './resolve-edges.ts'
import { requireNoFaults, type SourceFile } from './source-file.ts'
import type { Digest } from './source-ids.ts'
import type { Warning } from './source-record.ts'
import type { SourceTask } from './source-task.ts'
import { warnOfTimes } from './time-warnings.ts'

export interface PlannedTask {
  readonly id: string
  readonly number: number
  readonly source: SourceTask
  readonly links: readonly Link[]
}

export interface ImportPlan extends Found {
  /** What is written. */
  readonly logs: readonly TaskLog[]
  /** The new tasks. */
  readonly tasks: readonly PlannedTask[]
  /** How many tasks of the file are here already, deleted ones too. */
  readonly unchanged: number
  readonly warnings: readonly Warning[]
}

/**
 * Works out what an import writes; a second one of the same file writes nothing. The links of `late` are not in the logs
 * yet: see addLate.
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
  const isNew = ({ task }: { readonly task: SourceTask }) => !inRepository.has(task.key)
  const warn = ({ place }: SourceTask, kind: Warning['kind'], message: string) =>
    warnings.push({ place, kind, message })
  // Of tasks that are here it was said when they came; what belongs to no task is said each time.
  const placesOfOld = new Set(file.tasks.filter((task) => !isNew({ task })).map(({ place }) => place))
  warnings.push(...file.warnings.filter(({ place }) => !placesOfOld.has(place)))
  const resolved = file.tasks.map((task): Linked => {
    const id = inRepository.get(task.key) ?? inFile.get(task.key)!
    const warnOfNew = (kind: Warning['kind'], message: string) => {
      if (isNew({ task })) warn(task, kind, message)
    }
    warnOfTimes(task, environment.now, warnOfNew)
    return { id, task, edges: resolveEdges(task, { inFile, inRepository, keyOfRef }, warnOfNew) }
  })
  requireNoFaults([...file.faults, ...cycleFaults(resolved.filter(isNew))])
  const idsOfNew = new Set(resolved.filter(isNew).map(({ id }) => id))
  // First by the file alone, so that whoever imports it drops the same; then what only this repository knows.
  const sure = resolved.map(({ edges, ...rest }) => ({
    ...rest,
    edges: { ...edges, links: edges.links.filter(({ isSure }) => isSure) },
  }))
  const linked = dropLinks(
    resolved,
    linksToDrop(sure, () => true, new Map()),
    (task, message, cycle) => {
      // Of tasks that are here it was said when they came.
      if (cycle.some((id) => idsOfNew.has(id))) warn(task, 'cycle', message)
    },
  )
  const found = lookAtFound(
    linked.filter((one) => !isNew(one)),
    view,
  )
  const safe = withOwnLinks(linked.filter(isNew), linked, found, view, (task, message) =>
    warn(task, 'cycle', message),
  )
  const planned = safe.filter(isNew)
  const linksOf = new Map(safe.map(({ id, edges }) => [id, edges.links]))
  return {
    ...found,
    late: found.late
      .map((late) => ({ ...late, links: linksOf.get(late.id)! }))
      .filter(({ links }) => links.length > 0),
    tasks: planned.map(({ id, task, edges }, i) => ({
      id,
      number: view.nextNumber + i,
      source: task,
      links: edges.links,
    })),
    logs: planned.map(({ id, task, edges }, i) =>
      importedLog(id, task, edges, view.nextNumber + i, environment, digest),
    ),
    unchanged: file.tasks.length - planned.length,
    warnings,
  }
}

/** New tasks, and those that get late links with these, without links that close a cycle with what is here. */
function withOwnLinks(
  fresh: readonly Linked[],
  linked: readonly Linked[],
  { late }: Found,
  view: Snapshot,
  warn: (task: SourceTask, message: string) => void,
): readonly Linked[] {
  const lateOf = new Map(late.map(({ id, links }) => [id, links]))
  const later = linked.flatMap((one) => {
    const links = lateOf.get(one.id)
    return links ? [{ ...one, edges: { ...one.edges, links } }] : []
  })
  const isLate = new Set(late.flatMap(({ links }) => links))
  const isOwn = (link: Link) => !link.isSure || isLate.has(link)
  const all = [...fresh, ...later]
  if (!all.some(({ edges }) => edges.links.some(isOwn))) return all
  return dropLinks(all, linksToDrop(all, isOwn, waitsIn(view)), warn)
}

/** The systems that the tasks of a plan come from, for people. */
export function systemsOf({ tasks }: ImportPlan): string {
  const systems = [...new Set(tasks.map(({ source }) => source.system))]
  return systems.length > 3
    ? `${systems.slice(0, 3).join(', ')} and ${systems.length - 3} more`
    : systems.join(', ')
}
