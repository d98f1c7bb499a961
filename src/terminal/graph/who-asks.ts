import { MhvError } from '../../errors.ts'
import type { MemberView } from '../../federation/view-members.ts'

/**
 * Whether who asks is the assignee of a task, by its repository and what is stored; null where git knows nobody. Of a
 * repository that is only fetched, as the first that is here says.
 */
export async function whoAsks(
  views: readonly MemberView[],
): Promise<((repository: string, assignee: string) => boolean) | null> {
  const here = views.filter(({ workplace, fetchedAt }) => workplace !== null && fetchedAt === null)
  const identities = await Promise.all(
    here.map(async ({ member, workplace }) => {
      try {
        return [member.name, (await workplace!.store.identity()).email.toLowerCase()] as const
      } catch (error) {
        // Reading needs no identity; without one, no task is anybody else's.
        if (error instanceof MhvError && error.error === 'NO_IDENTITY') return null
        throw error
      }
    }),
  )
  const known = new Map(identities.filter((identity) => identity !== null))
  const [first] = known.values()
  if (first === undefined) return null
  return (repository, assignee) => assignee.toLowerCase().includes(known.get(repository) ?? first)
}
