import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sameTree } from '../git/objects.ts'
import { readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { readRemoteMark } from './remote-marks.ts'

/** What plain `git fetch` has brought of a remote's log and no sync has merged. */
export interface UnmergedLog {
  readonly remote: string
  /** Commits that are not here. */
  readonly changes: number
}

function fetchedRemotes({ commonDir, refsAreFiles }: Repository): string[] {
  if (!refsAreFiles) return []
  try {
    return readdirSync(join(commonDir, 'refs/mtos/remotes'))
  } catch {
    return []
  }
}

/**
 * Logs that were fetched lately and have more than the one here. Every list asks this, so git is asked only of a tip that
 * no sync has seen; and what git has packed since, as it does with what is old, is not looked for.
 * @param directory see storeDirectory
 * @param tip of the log that is here
 */
export async function unmergedLogs(
  repository: Repository,
  directory: string,
  tip: string,
): Promise<UnmergedLog[]> {
  const unmerged: UnmergedLog[] = []
  for (const remote of fetchedRemotes(repository)) {
    const theirs = await readRef(repository, `refs/mtos/remotes/${remote}/tasks`)
    if (theirs === null || theirs === tip || theirs === readRemoteMark(directory, remote)?.tip) continue
    const said = await runGit(['rev-list', '--count', theirs, `^${tip}`], repository.git)
    const changes = Number(said.stdout.toString('latin1'))
    // Other merges of the same are nothing to merge.
    if (said.status !== 0 || changes === 0 || (await sameTree(repository, theirs, tip))) continue
    unmerged.push({ remote, changes })
  }
  return unmerged
}
