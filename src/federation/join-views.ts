import { type Federation, type Member, memberCalled } from '../repos/member.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Problem } from '../snapshot/segment.ts'
import { joined, type Snapshot, slotsReachingOut } from '../snapshot/snapshot.ts'
import { type Elsewhere, type ForeignTask, isReference } from '../tasks/known.ts'
import type { MemberView } from './view-members.ts'

/** The members whose tasks those of a view depend on. */
export function namedIn(federation: Federation, view: Snapshot): Member[] {
  const references = slotsReachingOut(view).flatMap((slot) => view.head(slot).dependsOn.filter(isReference))
  const names = new Set(references.map((reference) => reference.slice(0, reference.indexOf('/'))))
  return [...names].flatMap((name) => memberCalled(federation, name) ?? [])
}

interface Joinable {
  readonly name: string
  readonly snapshot: Snapshot
}

/** What the tasks of several repositories are to one of them, or to one that is none of them. */
export type Neighbourhood = (asking: string) => Elsewhere

/** The tasks of all views, by references; a reference may have been stored with a nickname, or a name of former times. */
export function neighbourhood(views: readonly MemberView[]): Neighbourhood {
  const byName = new Map<string, Joinable>()
  const joinables = views.flatMap(({ member, snapshot }) =>
    snapshot ? [{ member, joinable: { name: member.name, snapshot } }] : [],
  )
  for (const { member, joinable } of joinables) {
    for (const nickname of member.nicknames) byName.set(nickname.toLowerCase(), joinable)
  }
  for (const { member, joinable } of joinables) byName.set(member.name.toLowerCase(), joinable)
  const ownerOf = (reference: string) => byName.get(reference.slice(0, reference.indexOf('/')).toLowerCase())
  return (asking) => {
    const find = (reference: string) => {
      const there = ownerOf(reference)
      const slot = there?.snapshot.slotOfId(reference.slice(reference.indexOf('/') + 1))
      return there && slot !== undefined ? { there, slot } : undefined
    }
    /** A task as the asking repository sees it: its own go by their ids, all others by references with the proper name. */
    const foreign = ({ name, snapshot }: Joinable, slot: number): ForeignTask => {
      const { id, title, parent, dependsOn } = snapshot.head(slot)
      const seen = (other: string) => {
        const owner = isReference(other) ? (ownerOf(other)?.name ?? other.slice(0, other.indexOf('/'))) : name
        const bare = other.slice(other.indexOf('/') + 1)
        return owner === asking ? bare : `${owner}/${bare}`
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
    return {
      task: (reference) => {
        const found = find(reference)
        return found && foreign(found.there, found.slot)
      },
      childrenOf: (reference) => {
        const found = find(reference)
        if (!found) return []
        const { there, slot } = found
        return there.snapshot.slotsWithin(there.snapshot.head(slot).id).map((child) => foreign(there, child))
      },
    }
  }
}

/**
 * The views, each of which knows the tasks of all the others.
 * @param unseen what is to be told of what a view waits for and cannot be seen
 */
export function joinViews(
  views: readonly MemberView[],
  unseen: (view: MemberView, snapshot: Snapshot, elsewhere: Elsewhere) => readonly Problem[] = () => [],
): MemberView[] {
  const seenFrom = neighbourhood(views)
  return views.map((view) => {
    if (!view.snapshot) return view
    const elsewhere = seenFrom(view.member.name)
    return { ...view, snapshot: joined(view.snapshot, elsewhere, unseen(view, view.snapshot, elsewhere)) }
  })
}
