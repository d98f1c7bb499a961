import { isAncestor, readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { trackingRef } from '../store/initialise.ts'
import { type Finding, quote, reported } from './finding.ts'

/** What the logs that were fetched from the remotes have and the one here has not. */
export async function remoteLogFindings(repository: Repository, tip: string): Promise<Finding[]> {
  const found: Finding[] = []
  for (const remote of await remotes(repository)) {
    const ref = trackingRef(remote)
    const theirs = await readRef(repository, ref)
    if (!theirs || (await isAncestor(repository, theirs, tip))) continue
    if (await isAncestor(repository, tip, theirs)) {
      const message = `The log of ${remote}, as last fetched, has changes that are not taken over yet.`
      found.push(reported('LOG_BEHIND', 'warning', message, 'mhv init'))
    } else {
      const message = `The log of ${remote} and the one here each have what the other lacks. Both are whole, but this version has no command that merges them.`
      const step = `git log --oneline ${TASKS_REF}..${quote(ref)}`
      found.push(reported('LOG_DIVERGED', 'warning', message, step))
    }
  }
  return found
}
