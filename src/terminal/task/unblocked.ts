import { MhvError } from '../../errors.ts'
import type { Unblocked } from '../../federation/unblocked-elsewhere.ts'
import type { TaskReceipt, Written } from '../../handle.ts'
import { unblockedBy } from '../../query/waiting.ts'
import { numbered, type Workplace } from '../places/workplace.ts'

/** How many are named. */
const MOST_NAMED = 20

/** What tasks that have ended were the last in the way of, here and in the other repositories that can be seen. */
export async function unblocked(
  workplace: Workplace,
  { view, result }: Written<readonly TaskReceipt[]>,
): Promise<Unblocked[]> {
  const ended = result.flatMap(({ after, kinds }) => (kinds.length > 0 ? [after.id] : []))
  if (ended.length === 0) return []
  const { store, repository } = workplace
  const here = unblockedBy(view, ended).map((slot) => ({
    ref: `${store.name}#${view.number(slot)}`,
    title: view.head(slot).title,
  }))
  try {
    const { federation } = await workplace.neighbours!()
    const { unblockedElsewhere } = await import('../../federation/unblocked-elsewhere.ts')
    return [...here, ...(await unblockedElsewhere(federation, repository, ended))]
  } catch (error) {
    // The tasks have ended; where nothing tells of other repositories, there is nothing to say of them.
    if (error instanceof MhvError) return here
    throw error
  }
}

/** The same in a line; null for none. */
export function unblockedLine(workplace: Workplace, tasks: readonly Unblocked[]): string | null {
  if (tasks.length === 0) return null
  const own = `${workplace.store.name}#`
  const named = tasks.slice(0, MOST_NAMED).map(({ ref, title }) => {
    const shown = ref.startsWith(own) ? numbered(workplace, ref.slice(own.length)) : ref
    return `${shown} ${title}`
  })
  const more = tasks.length - named.length
  return `Unblocks: ${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}`
}
