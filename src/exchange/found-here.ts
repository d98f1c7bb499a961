import { OWN_SYSTEM } from '../../schemas/exchange.ts'
import { FLAG, type Head } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Linked } from './break-cycles.ts'
import { differingFields, type TaskHere, taskHere } from './differences.ts'
import type { Link, Unresolved } from './resolve-edges.ts'
import type { Warning } from './source-record.ts'
import type { SourceTask } from './source-task.ts'

/** Ids of the tasks of a repository by key: `system:id` of the source that they were imported from. */
export function sourcesIn(view: Snapshot): Map<string, string> {
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
export function addUnreadable(
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
    const message = 'it is here, but cannot be read in full (mhv doctor); it is left as it is'
    return [{ place, kind: 'unreadable', message }]
  })
}

/** A task of the file that is here already. */
export interface FoundHere {
  readonly id: string
  readonly number: number
  readonly place: string
}

/** With other fields than in the file. */
export interface Differing extends FoundHere {
  readonly fields: readonly string[]
}

/** With links that its first import could not resolve, and that lead to tasks now. */
export interface Late extends FoundHere {
  readonly links: readonly Link[]
}

export interface Found {
  readonly deleted: readonly FoundHere[]
  readonly differing: readonly Differing[]
  readonly late: readonly Late[]
}

/** What became here of tasks that were imported before, by the index alone. */
export function lookAtFound(tasks: readonly Linked[], view: Snapshot): Found {
  const slotOf = view.slotsOfIds(tasks.map(({ id }) => id))
  const deleted: FoundHere[] = []
  const differing: Differing[] = []
  const late: Late[] = []
  view.willRead('json', slotOf.size)
  for (const linked of tasks) {
    const slot = slotOf.get(linked.id)
    // A damaged file is in no slot; a newer program's may say more than can be compared.
    if (slot === undefined || view.flags(slot) & FLAG.READ_ONLY) continue
    const found = { id: linked.id, number: view.number(slot), place: linked.task.place }
    if (view.flags(slot) & FLAG.DELETED) {
      deleted.push(found)
      continue
    }
    const here = taskHere(view, slot)
    const head = view.head(slot)
    const links = lateLinks(linked, here, head)
    if (links.length > 0) late.push({ ...found, links })
    const added = (relation: Link['relation']) =>
      links.filter((link) => link.relation === relation).map(({ id }) => id)
    const edges = {
      dependsOn: [...head.dependsOn, ...added('blocks')],
      parent: added('parent_child')[0] ?? head.parent,
    }
    const fields = differingFields(here, edges, linked.task, linked.edges)
    if (fields.length > 0) differing.push({ ...found, fields })
  }
  return { deleted, differing, late }
}

function lateLinks({ edges }: Linked, { metadata }: TaskHere, head: Head): Link[] {
  const kept = Array.isArray(metadata.deps) ? (metadata.deps as readonly (Partial<Unresolved> | null)[]) : []
  return edges.links.filter(({ name, relation, id }) => {
    const isMissing = relation === 'blocks' ? !head.dependsOn.includes(id) : head.parent === ''
    return isMissing && kept.some((dep) => dep?.id === name && dep.type === relation)
  })
}
