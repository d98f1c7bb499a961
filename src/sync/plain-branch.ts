import { moveRef, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import type { RemotePlaces } from './remote-places.ts'

/** Where plain `git fetch` puts the branch that carries a log, unless it is configured otherwise. */
export const plainBranchRef = ({ remote, branch }: RemotePlaces): string =>
  branch.tasks.replace('refs/heads/', `refs/remotes/${remote}/`)

/**
 * Moves what plain `git fetch` has brought of the branch on to what a sync has found, as git itself does when it fetches
 * or pushes a branch: what is there later and is older was then fetched later. Where it has brought none, none is made.
 */
export async function moveOnPlainBranch(
  repository: Repository,
  places: RemotePlaces,
  tip: string,
): Promise<void> {
  const plain = plainBranchRef(places)
  const was = await readRef(repository, plain)
  if (was !== null && was !== tip) await moveRef(repository, plain, tip, was)
}
