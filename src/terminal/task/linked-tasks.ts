import { MhvError } from '../../errors.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { isReference, shownAs, type TaskSummary } from '../../tasks/known.ts'
import type { Workplace } from '../places/workplace.ts'

/** Another part of what a task is a part of; nothing but its reference is known of one that is not here. */
export interface LinkedTask {
  readonly link: string
  readonly to: string
  readonly ref: string
  readonly title: string | null
  readonly status: string | null
}

interface Links {
  readonly links: readonly { readonly link: string; readonly to: string }[]
}

/** Looks tasks of other repositories up, as far as these are here; what keeps them from being seen is no error. */
async function elsewhereOf(
  { neighbours }: Workplace,
  view: Snapshot,
  references: readonly string[],
): Promise<(reference: string) => TaskSummary | undefined> {
  if (references.length === 0 || !neighbours) return () => undefined
  try {
    const others = await neighbours()
    for (const reference of references) others.seeAlso(reference.replace(/\/.*/, ''))
    const { elsewhere } = await others.join(view)
    return elsewhere.task
  } catch (error) {
    if (error instanceof MhvError) return () => undefined
    throw error
  }
}

/** The tasks that each of some tasks is linked to, in the order of the tasks. */
export async function linkedTasks(
  workplace: Workplace,
  view: Snapshot,
  tasks: readonly Links[],
): Promise<LinkedTask[][]> {
  const all = tasks.flatMap(({ links }) => links.map(({ to }) => to))
  const elsewhere = await elsewhereOf(workplace, view, [...new Set(all.filter(isReference))])
  return tasks.map(({ links }) =>
    links.map(({ link, to }) => {
      const task = isReference(to) ? elsewhere(to) : view.summary(to)
      const ref = task ? `${isReference(to) ? '' : workplace.store.name}${shownAs(task)}` : to
      const status = task ? (task.deleted ? 'deleted' : task.status) : null
      return { link, to, ref, title: task?.title ?? null, status }
    }),
  )
}
