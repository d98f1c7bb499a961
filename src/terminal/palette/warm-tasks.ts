import { readRef } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import { openSnapshot, type Snapshot } from '../../snapshot/snapshot.ts'
import { storeDirectory, TASKS_REF } from '../../store/git-store.ts'
import { loadIndex } from '../../store/index-file.ts'

/** The tasks of a repository as its index has them. */
export interface WarmTasks {
  readonly snapshot: Snapshot | null
  /** Why that is not all; null where it is. */
  readonly note: string | null
}

/**
 * Tasks by the index that is there, which is never made here: that may take seconds, and another command does it.
 * @param called what the repository is called in notes
 */
export async function warmTasks(repository: Repository, called: string): Promise<WarmTasks> {
  const stored = loadIndex(storeDirectory(repository))
  const tip = await readRef(repository, TASKS_REF)
  if (!tip) return { snapshot: null, note: null }
  if (!stored) return { snapshot: null, note: `${called} was not read yet (mhv tl)` }
  const note = stored.tip === tip ? null : `${called} has changed since it was read (mhv tl)`
  return { snapshot: openSnapshot(stored), note }
}
