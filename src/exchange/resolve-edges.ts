import { taskReference } from '../../schemas/task.ts'
import { findCycles } from './find-cycles.ts'
import type { Fault, Warning } from './source-record.ts'
import type { SourceTask } from './source-task.ts'

/** Where a name leads. A key is `system:id`. */
export interface Names {
  /** Ids that the tasks of the file have here if they are new, by key. */
  readonly inFile: ReadonlyMap<string, string>
  /** Ids of the tasks of the repository, by key. */
  readonly inRepository: ReadonlyMap<string, string>
  /** Keys of the tasks of the file by the ref that our own lists name them by. */
  readonly keyOfRef: ReadonlyMap<string, string>
}

/** The edges of one task, by who can tell them. */
export interface Edges {
  /** Follow from the file alone, so that every clone writes the same. */
  readonly dependsOn: readonly string[]
  readonly parent: string | null
  /** Lead to tasks that only this repository may know: events of the importer, not of the source. */
  readonly addedDependsOn: readonly string[]
  readonly addedParent: string | null
  /** What the file alone does not resolve, as it was written. */
  readonly unresolved: readonly { readonly id: string; readonly type: string }[]
}

const isForeign = (name: string) => name.includes('/') && taskReference.safeParse(name).success

/** Finds what a task's dependencies name, in the file and in the repository. */
export function resolveEdges(task: SourceTask, names: Names, warn: (warning: Warning) => void): Edges {
  const dependsOn = new Set<string>()
  const addedDependsOn = new Set<string>()
  const parents = { parent: null as string | null, addedParent: null as string | null }
  const unresolved: { id: string; type: string }[] = []
  for (const { id: name, type } of task.deps) {
    const key = [`${task.system}:${name}`, name, names.keyOfRef.get(name) ?? ''].find(
      (candidate) => names.inFile.has(candidate) || names.inRepository.has(candidate),
    )
    const fileId = key === undefined ? undefined : names.inFile.get(key)
    const ownId = key === undefined ? undefined : names.inRepository.get(key)
    const isSure = fileId !== undefined && (ownId === undefined || ownId === fileId)
    if (!isSure && !isForeign(name)) unresolved.push({ id: name, type })
    if (type === 'blocks') {
      if (isSure) dependsOn.add(fileId)
      else if (ownId !== undefined) addedDependsOn.add(ownId)
      else if (isForeign(name)) dependsOn.add(name)
      else warn({ place: task.place, message: `it depends on ${name}, which is not here; metadata keeps it` })
    } else if (type === 'parent_child') {
      const id = fileId ?? ownId
      if (parents.parent || parents.addedParent) {
        warn({ place: task.place, message: `it has a second parent ${name}; the first one counts` })
      } else if (id === undefined) {
        warn({ place: task.place, message: `its parent ${name} is not here; metadata keeps it` })
      } else parents[isSure ? 'parent' : 'addedParent'] = isSure ? fileId : (ownId ?? id)
    } else {
      if (isSure) unresolved.push({ id: name, type })
      warn({ place: task.place, message: `its relation ${type} to ${name} is kept as metadata` })
    }
  }
  return { dependsOn: [...dependsOn], ...parents, addedDependsOn: [...addedDependsOn], unresolved }
}

/** A fault for each cycle that the tasks of a file close among themselves, at the line where it begins. */
export function cycleFaults(
  tasks: readonly { readonly id: string; readonly task: SourceTask; readonly edges: Edges }[],
): Fault[] {
  const byId = new Map(tasks.map(({ id, task }) => [id, task]))
  const relations = [
    ['deps', new Map(tasks.map(({ id, edges }) => [id, edges.dependsOn]))],
    ['parent', new Map(tasks.map(({ id, edges }) => [id, edges.parent ? [edges.parent] : []]))],
  ] as const
  return relations.flatMap(([field, edges]) =>
    findCycles(edges).map((cycle) => {
      const members = cycle.map((id) => byId.get(id)!)
      const shown = [...members, members[0]!].map(({ id, place }) => `${id} (${place})`)
      const rule = shown.length > 12 ? [...shown.slice(0, 11), `… ${cycle.length} in all`] : shown
      return { place: members[0]!.place, field, rule: `closes a cycle: ${rule.join(' → ')}` }
    }),
  )
}
