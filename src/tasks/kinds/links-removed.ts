import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import { observedAdditions, withRemoved } from '../observed-set.ts'
import type { TaskState } from '../task-state.ts'
import { idOfReference, linkOf } from './links-added.ts'

export interface RemoveLinks {
  readonly kind: 'RemoveLinks'
  readonly link: string
  /** References or ids of tasks: of the link only what leads to them; all of it unless given. */
  readonly to?: readonly string[]
}

export const linksRemoved: Kind<'LinksRemoved'> = {
  evolve: (task, { data }) => ({ ...task, links: withRemoved(task.links, data.remove) }),
  revert: (before, { data }, now) =>
    data.remove
      .filter(({ value }) => before.links.has(value) && !now.links.has(value))
      .map(({ value }) => linkOf(value))
      .map(({ link, to }) => draft('LinksAdded', { link, to: [to] })),
}

export function removeLinks({ link, to }: RemoveLinks, task: TaskState): EventDraft[] {
  const ids = to?.map(idOfReference)
  const own = [...task.links.keys()].filter((value) => {
    const other = linkOf(value)
    return other.link === link && (ids?.includes(idOfReference(other.to)) ?? true)
  })
  const remove = observedAdditions(task.links, own)
  return remove.length === 0 ? [] : [draft('LinksRemoved', { remove })]
}
