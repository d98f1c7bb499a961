import type { EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import { removalsSince, withAdded } from '../observed-set.ts'
import type { TaskState } from '../task-state.ts'

export interface AddLinks {
  readonly kind: 'AddLinks'
  /** Id of what the parts make together. */
  readonly link: string
  /** References of the other parts, or ids of those in the same repository. */
  readonly to: readonly string[]
}

/** A link as a task's set holds it: two links may lead to one task. */
const valuesOf = (link: string, to: readonly string[]) => to.map((other) => `${link} ${other}`)

/** Reverses `valuesOf`. */
export function linkOf(value: string): { readonly link: string; readonly to: string } {
  const [link = '', to = ''] = value.split(' ')
  return { link, to }
}

/** The task that a link leads to, whatever its repository is called there: that may be a name of former times. */
export const idOfReference = (to: string): string => to.slice(to.indexOf('/') + 1)

export const linksAdded: Kind<'LinksAdded'> = {
  evolve: (task, { id, data }) => ({
    ...task,
    links: withAdded(task.links, valuesOf(data.link, data.to), id),
  }),
  revert: (before, { data }, now) => {
    const remove = removalsSince(before.links, now.links, valuesOf(data.link, data.to))
    return remove.length > 0 ? [draft('LinksRemoved', { remove })] : []
  },
}

export function addLinks({ link, to }: AddLinks, task: TaskState): EventDraft[] {
  const added = [...new Set(to)].filter((other) => !task.links.has(`${link} ${other}`))
  return added.length > 0 ? [draft('LinksAdded', { link, to: added })] : []
}
