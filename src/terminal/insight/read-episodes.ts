import { MhvError } from '../../errors.ts'
import type { MemberView } from '../../federation/view-members.ts'
import { type BlockEpisode, blockEpisodes } from '../../insight/block-episodes.ts'
import { everBlocked } from '../../store/block-history.ts'

/** The times in which tasks of some repositories were blocked. Reads the events of the tasks that ever were, no others. */
export async function readEpisodes(views: readonly MemberView[]): Promise<BlockEpisode[]> {
  const found = await Promise.all(
    views.map(async ({ member, snapshot, workplace }) => {
      if (!snapshot || !workplace) return []
      try {
        const ids = await everBlocked(workplace.repository, snapshot)
        const read = await workplace.store.load(snapshot, ids)
        return [...read].flatMap(([id, { log }]) => blockEpisodes(`${member.name}/${id}`, log))
      } catch (error) {
        // What cannot be read, doctor tells of; the rest can still be learnt from.
        if (error instanceof MhvError) return []
        throw error
      }
    }),
  )
  return found.flat()
}
