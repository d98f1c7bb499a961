import { MhvError } from '../../errors.ts'
import type { Neighbours } from '../../federation/neighbours.ts'
import type { Repository } from '../../git/repository.ts'
import type { Federation, Member } from '../../repos/member.ts'
import { slotsReachingOut } from '../../snapshot/snapshot.ts'
import { joinStore } from '../../store/joined-store.ts'
import type { TaskStore } from '../../store/task-store.ts'
import type { PlaceFlags } from './place-flags.ts'
import type { Workplace } from './workplace.ts'

interface Known {
  readonly flags: PlaceFlags
  /** The federation, and which of its members this is, where that was needed to find it. */
  readonly federation?: Federation
  readonly member?: Member | null
}

/**
 * A repository to work in, whose views know the other repositories' tasks that its own wait for. Nothing of the
 * federation is read, or its code loaded, for a repository whose tasks only know each other.
 */
export function openWorkplace(
  repository: Repository,
  plain: TaskStore,
  { flags, federation, member = null }: Known,
): Workplace & Required<Pick<Workplace, 'neighbours'>> {
  let found: Promise<Neighbours> | null = null
  const find = async () => {
    const [{ neighboursOf }, { federationOf }] = await Promise.all([
      import('../../federation/neighbours.ts'),
      import('./federation-flags.ts'),
    ])
    return neighboursOf(federation ?? (await federationOf(flags, repository)), repository, member)
  }
  const neighbours = () => {
    found ??= find()
    return found
  }
  const store = joinStore(plain, async (view) => {
    if (found === null && slotsReachingOut(view).length === 0) return null
    try {
      return await (await neighbours()).join(view)
    } catch (error) {
      // What the others are is told, and is no reason not to work here.
      if (!(error instanceof MhvError)) throw error
      return (await import('../../federation/neighbours.ts')).joinNothing(view, error)
    }
  })
  return { repository, store, neighbours }
}
