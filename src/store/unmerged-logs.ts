import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sameTree } from '../git/objects.ts'
import { readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { fetchedLogRefs, isLogTip } from './fetched-log-refs.ts'
import { readRemoteMark } from './remote-marks.ts'

/** What plain `git fetch` has brought of a remote's log and no sync has merged. */
export interface UnmergedLog {
  readonly remote: string
  /** Commits that are not here. */
  readonly changes: number
}

const named = (directory: string) => {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function fetchedRemotes({ commonDir, refsAreFiles }: Repository): ReadonlySet<string> {
  const places = refsAreFiles ? ['refs/mtos/remotes', 'refs/remotes'] : []
  return new Set(places.flatMap((place) => named(join(commonDir, place))))
}

/** How many commits a log has that are not here; 0 where there is nothing to merge, or it is none. */
async function changesIn(repository: Repository, theirs: string, tip: string): Promise<number> {
  const said = await runGit(['rev-list', '--count', theirs, `^${tip}`], repository.git)
  const changes = said.status === 0 ? Number(said.stdout.toString('latin1')) : 0
  // Other merges of the same are nothing to merge.
  if (changes === 0 || (await sameTree(repository, theirs, tip))) return 0
  // Anybody may have a branch of that name.
  return (await isLogTip(repository, theirs)) ? changes : 0
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
    const mark = readRemoteMark(directory, remote)
    for (const ref of fetchedLogRefs(remote, mark)) {
      if (!existsSync(join(repository.commonDir, ref))) continue
      const theirs = await readRef(repository, ref)
      if (theirs === null || theirs === tip || theirs === mark?.tip) continue
      const changes = await changesIn(repository, theirs, tip)
      if (changes === 0) continue
      unmerged.push({ remote, changes })
      break
    }
  }
  return unmerged
}
