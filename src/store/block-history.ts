import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/**
 * Ids of the tasks that are or were blocked, as far as commits of the log say so: reading every task's events would take
 * a hundred times as long. A history that cannot be read has none.
 */
export async function everBlocked(repository: Repository, snapshot: Snapshot): Promise<string[]> {
  const ids = new Set<string>()
  if (snapshot.tip !== null) {
    const form = '--format=%(trailers:key=Mtos-Task,valueonly,separator=%x2C)'
    const said = await runGit(['log', '--grep=^TaskBlocked ', form, snapshot.tip], repository.git)
    for (const id of said.stdout.toString('utf8').split(/[,\n]/)) if (id) ids.add(id.trim())
  }
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (snapshot.status(slot) === 'blocked' && !(snapshot.flags(slot) & FLAG.GONE)) {
      ids.add(snapshot.head(slot).id)
    }
  }
  return [...ids].filter((id) => {
    const slot = snapshot.slotOfId(id)
    return slot !== undefined && !(snapshot.flags(slot) & (FLAG.DELETED | FLAG.GONE))
  })
}
