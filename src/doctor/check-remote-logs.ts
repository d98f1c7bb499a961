import { sameTree as haveSameTree } from '../git/objects.ts'
import { isAncestor, readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { trackingRef } from '../store/initialise.ts'
import { type Finding, quote, reported } from './finding.ts'

/** What the logs that were fetched from the remotes have and the one here has not. */
export async function remoteLogFindings(repository: Repository, tip: string): Promise<Finding[]> {
  const found: Finding[] = []
  for (const remote of await remotes(repository)) {
    const ref = trackingRef(remote)
    const theirs = await readRef(repository, ref)
    if (!theirs || (await isAncestor(repository, theirs, tip))) continue
    // The same files by other merges: nothing is to be synced.
    if (await haveSameTree(repository, theirs, tip)) continue
    const sync = `mhv sync --remote ${quote(remote)}`
    if (await isAncestor(repository, tip, theirs)) {
      const message = `The log of ${remote}, as last fetched, has changes that are not taken over yet.`
      found.push(reported('LOG_BEHIND', 'warning', message, sync))
    } else {
      const message = `The log of ${remote}, as last fetched, and the one here each have what the other lacks.`
      found.push(reported('LOG_DIVERGED', 'warning', message, sync))
    }
  }
  return found
}
