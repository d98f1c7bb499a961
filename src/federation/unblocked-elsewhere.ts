import type { Repository } from '../git/repository.ts'
import { unblockedBy } from '../query/waiting.ts'
import type { Federation } from '../repos/member.ts'
import { CorruptIndex } from '../snapshot/snapshot.ts'
import { joinViews } from './join-views.ts'
import { isSameRepository, viewHere } from './neighbours.ts'

export interface Unblocked {
  readonly ref: string
  readonly title: string
}

/**
 * Tasks of the other repositories whose last open dependencies were tasks of this one that have ended. Of repositories
 * that cannot be seen nothing is said.
 * @param ended ids of tasks
 */
export async function unblockedElsewhere(
  { members }: Federation,
  own: Repository,
  ended: readonly string[],
): Promise<Unblocked[]> {
  const views = await viewHere(members)
  const self = views.find(({ workplace }) => workplace && isSameRepository(workplace.repository, own))?.member
  if (!self) return []
  // Some may have been stored with a name that it had once.
  const references = [self.name, ...self.nicknames].flatMap((name) => ended.map((id) => `${name}/${id}`))
  return joinViews(views).flatMap(({ member, snapshot }) => {
    if (!snapshot || member === self) return []
    try {
      return unblockedBy(snapshot, references).map((slot) => ({
        ref: `${member.name}#${snapshot.number(slot)}`,
        title: snapshot.head(slot).title,
      }))
    } catch (error) {
      // What ended these tasks is written: a run from the beginning would find nothing left to do.
      if (error instanceof CorruptIndex) return []
      throw error
    }
  })
}
