import { taskReference } from '../../schemas/task.ts'
import type { Warn } from './source-record.ts'
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

/** A name of a file, as it was written there. */
export interface Unresolved {
  readonly id: string
  readonly type: string
}

/** A dependency or parent that was found. */
export interface Link {
  readonly name: string
  readonly relation: 'blocks' | 'parent_child'
  readonly id: string
  /** Follows from the file alone, so that every clone writes the same; else it is an event of the importer. */
  readonly isSure: boolean
}

export interface Edges {
  readonly links: readonly Link[]
  /** What the file alone does not resolve, as it was written. */
  readonly unresolved: readonly Unresolved[]
}

const isForeign = (name: string) => name.includes('/') && taskReference.safeParse(name).success

/** Finds what a task's dependencies name, in the file and in the repository. */
export function resolveEdges(task: SourceTask, names: Names, warn: Warn): Edges {
  const links = new Map<string, Link>()
  const unresolved: Unresolved[] = []
  let hasParent = false
  for (const { id: name, type } of task.deps) {
    const key = [`${task.system}:${name}`, name, names.keyOfRef.get(name) ?? ''].find(
      (candidate) => names.inFile.has(candidate) || names.inRepository.has(candidate),
    )
    const fileId = key === undefined ? undefined : names.inFile.get(key)
    const ownId = key === undefined ? undefined : names.inRepository.get(key)
    const isHere = fileId !== undefined && (ownId === undefined || ownId === fileId)
    const isElsewhere = type === 'blocks' && isForeign(name)
    const isSure = isHere || isElsewhere
    const id = isHere ? fileId : (ownId ?? (isElsewhere ? name : undefined))
    if (type !== 'blocks' && type !== 'parent_child') {
      unresolved.push({ id: name, type })
      warn('relation', `its relation ${type} to ${name} is kept as metadata`)
      continue
    }
    const isSecond = type === 'parent_child' && hasParent
    if (!isSure || isSecond) unresolved.push({ id: name, type })
    if (isSecond) warn('second_parent', `it has a second parent ${name}; the first one counts`)
    else if (id === undefined) {
      if (type === 'blocks') warn('dependency', `it depends on ${name}, which is not here; metadata keeps it`)
      else warn('parent', `its parent ${name} is not here; metadata keeps it`)
    } else {
      hasParent ||= type === 'parent_child'
      links.set(`${type} ${id}`, { name, relation: type, id, isSure })
    }
  }
  return { links: [...links.values()], unresolved }
}
