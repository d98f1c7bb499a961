import { CLOSED_STATUSES } from '../../schemas/vocabulary.ts'
import { FLAG, isClosed } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { findCycles } from './find-cycles.ts'
import type { Edges, Link } from './resolve-edges.ts'
import type { Fault } from './source-record.ts'
import type { SourceTask } from './source-task.ts'

/** A task of the file, with the id that it has here or will have. */
export interface Linked {
  readonly id: string
  readonly task: SourceTask
  readonly edges: Edges
}

/** That one task waits for another before it can be completed: for a dependency, or for a subtask. */
interface Wait {
  readonly to: string
  readonly from: string
  /** null for what is in the repository already. */
  readonly link: Link | null
}

const waitsOf = ({ id, edges }: Linked): Wait[] =>
  edges.links.map((link) =>
    link.relation === 'blocks'
      ? { from: id, to: link.id, link }
      : // A parent waits for its subtasks.
        { from: link.id, to: id, link },
  )

/** What has ended waits for nothing, and nothing for it. */
const hasEnded = ({ task }: Linked) => (CLOSED_STATUSES as readonly string[]).includes(task.status)

/**
 * Links, each with the cycle that it closes as ids, without which no task would wait for itself. A subtask that depends
 * on its parent is common in other tools; here the parent is completed last, so neither could ever be.
 * @param isOptional which links may go; of those in a cycle a dependency goes before a parent
 * @param here what the tasks of the repository wait for
 */
export function linksToDrop(
  tasks: readonly Linked[],
  isOptional: (link: Link) => boolean,
  here: ReadonlyMap<string, readonly string[]>,
): Map<Link, readonly string[]> {
  const waits = new Map<string, Wait[]>()
  const ended = new Set(tasks.filter(hasEnded).map(({ id }) => id))
  for (const wait of tasks.flatMap(waitsOf)) {
    if (ended.has(wait.from) || ended.has(wait.to)) continue
    const known = waits.get(wait.from)
    if (known) known.push(wait)
    else waits.set(wait.from, [wait])
  }
  const dropped = new Map<Link, readonly string[]>()
  const from = (id: string) => [
    ...(waits.get(id) ?? []).filter(({ link }) => !dropped.has(link!)),
    ...(here.get(id) ?? []).map((to): Wait => ({ from: id, to, link: null })),
  ]
  for (let before = -1; before < dropped.size; ) {
    before = dropped.size
    for (const cycle of findCycles(waits.keys(), from)) {
      const links = cycle.flatMap(({ link }) => (link && isOptional(link) ? [link] : []))
      if (links.some((link) => dropped.has(link))) continue
      const goes = links.find(({ relation }) => relation === 'blocks') ?? links[0]
      if (!goes) continue
      const at = cycle.findIndex(({ link }) => link === goes)
      const ordered = [...cycle.slice(at), ...cycle.slice(0, at)]
      dropped.set(
        goes,
        ordered.map((wait) => wait.from),
      )
    }
  }
  return dropped
}

/** What the tasks of a repository wait for: their dependencies and subtasks. */
export function waitsIn(view: Snapshot): Map<string, string[]> {
  const waits = new Map<string, string[]>()
  const add = (from: string, to: string) => {
    const known = waits.get(from)
    if (known) known.push(to)
    else waits.set(from, [to])
  }
  for (let slot = 0; slot < view.slots; slot++) {
    if (!(view.flags(slot) & (FLAG.HAS_DEPENDENCIES | FLAG.HAS_PARENT)) || isClosed(view.packed(slot)))
      continue
    const { id, dependsOn, parent } = view.head(slot)
    for (const other of dependsOn) add(id, other)
    if (parent) add(parent, id)
  }
  return waits
}

/** The tasks without links that would close a cycle; what the file told by these stays as metadata. */
export function dropLinks(
  tasks: readonly Linked[],
  dropped: ReadonlyMap<Link, readonly string[]>,
  warn: (task: SourceTask, message: string, cycle: readonly string[]) => void,
): readonly Linked[] {
  if (dropped.size === 0) return tasks
  const nameOf = new Map(tasks.map(({ id, task }) => [id, task.id]))
  return tasks.map((linked) => {
    const { links, unresolved } = linked.edges
    const gone = links.filter((link) => dropped.has(link))
    for (const link of gone) {
      const way = dropped.get(link)!.map((id) => nameOf.get(id) ?? id)
      const cycle = [...way.slice(0, 8), ...(way.length > 8 ? ['…'] : []), way[0]!].join(' → ')
      const what = link.relation === 'blocks' ? `dependency on ${link.name}` : `parent ${link.name}`
      warn(
        linked.task,
        `its ${what} closes the cycle ${cycle}, in which each waits for the next; metadata keeps it`,
        dropped.get(link)!,
      )
    }
    // The others are there already.
    const sure = gone.filter(({ isSure }) => isSure)
    const kept = sure.map(({ name, relation }) => ({ id: name, type: relation }))
    const edges = {
      links: links.filter((link) => !dropped.has(link)),
      unresolved: [...unresolved, ...kept],
    }
    return { ...linked, edges }
  })
}

/** A fault for each cycle that dependencies alone, or parents alone, close in a file, at the line where it begins. */
export function cycleFaults(tasks: readonly Linked[]): Fault[] {
  const byId = new Map(tasks.map(({ id, task }) => [id, task]))
  const linksOf = (relation: Link['relation']) => {
    const links = new Map(
      tasks.map(({ id, edges }) => [
        id,
        edges.links.filter((link) => link.isSure && link.relation === relation && byId.has(link.id)),
      ]),
    )
    return (id: string) => links.get(id)!.map((link) => ({ to: link.id }))
  }
  return (['blocks', 'parent_child'] as const).flatMap((relation) =>
    findCycles(byId.keys(), linksOf(relation)).map((cycle) => {
      const members = cycle.map(({ to }) => byId.get(to)!)
      members.unshift(members.pop()!)
      const shown = [...members, members[0]!].map(({ id, place }) => `${id} (${place})`)
      const rule = shown.length > 12 ? [...shown.slice(0, 11), `… ${cycle.length} in all`] : shown
      const field = relation === 'blocks' ? 'deps' : 'parent'
      return { place: members[0]!.place, field, rule: `closes a cycle: ${rule.join(' → ')}` }
    }),
  )
}
