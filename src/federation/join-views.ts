import { AT, FLAG, hashOfId, ROW_INTS } from '../snapshot/row.ts'
import { joined, type Snapshot } from '../snapshot/snapshot.ts'
import { type Elsewhere, type ForeignTask, isReference } from '../tasks/known.ts'
import type { MemberView } from './view-members.ts'

/** Finds slots by id in one step each; a snapshot goes through all of its slots for every question. */
function slotFinder(snapshot: Snapshot): (id: string) => number | undefined {
  let byHash: Map<number, number[]> | null = null
  return (id) => {
    if (byHash === null) {
      byHash = new Map()
      for (let slot = 0; slot < snapshot.slots; slot++) {
        if (snapshot.flags(slot) & FLAG.GONE) continue
        const hash = snapshot.columns[slot * ROW_INTS + AT.ID_HASH]!
        const known = byHash.get(hash)
        if (known) known.push(slot)
        else byHash.set(hash, [slot])
      }
    }
    return byHash.get(hashOfId(id))?.find((slot) => snapshot.head(slot).id === id)
  }
}

interface Joinable {
  readonly name: string
  readonly snapshot: Snapshot
  readonly find: (id: string) => number | undefined
}

/** A task as another repository sees it: what is that one's own goes by its id, all else by references. */
function foreign({ name, snapshot }: Joinable, slot: number, asking: string): ForeignTask {
  const { id, title, parent, dependsOn } = snapshot.head(slot)
  const seen = (other: string) => {
    const reference = isReference(other) ? other : `${name}/${other}`
    return reference.startsWith(`${asking}/`) ? reference.slice(asking.length + 1) : reference
  }
  return {
    repository: name,
    id: `${name}/${id}`,
    number: snapshot.number(slot),
    title,
    status: snapshot.status(slot),
    deleted: (snapshot.flags(slot) & FLAG.DELETED) !== 0,
    parent: parent === '' ? null : seen(parent),
    dependsOn: dependsOn.map(seen),
  }
}

/**
 * The views, each of which knows the tasks of all the others. References may have been stored with a nickname; they are
 * understood either way.
 */
export function joinViews(views: readonly MemberView[]): MemberView[] {
  const byName = new Map<string, Joinable>()
  for (const { member, snapshot } of views) {
    if (!snapshot) continue
    const joinable = { name: member.name, snapshot, find: slotFinder(snapshot) }
    for (const name of [...member.nicknames, member.name]) byName.set(name.toLowerCase(), joinable)
  }
  const elsewhereOf = (asking: string): Elsewhere => {
    const find = (reference: string) => {
      const at = reference.indexOf('/')
      const there = byName.get(reference.slice(0, at).toLowerCase())
      const slot = there?.find(reference.slice(at + 1))
      return there && slot !== undefined ? { there, slot } : undefined
    }
    return {
      task: (reference) => {
        const found = find(reference)
        return found && foreign(found.there, found.slot, asking)
      },
      childrenOf: (reference) => {
        const found = find(reference)
        if (!found) return []
        const { there, slot } = found
        return there.snapshot
          .slotsWithin(there.snapshot.head(slot).id)
          .map((child) => foreign(there, child, asking))
      },
    }
  }
  return views.map((view) =>
    view.snapshot ? { ...view, snapshot: joined(view.snapshot, elsewhereOf(view.member.name)) } : view,
  )
}
