import { readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'
import { moveRef, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { TASKS_REF } from './git-store.ts'

export interface DeletedLog {
  /** Where the log was, null where there was none. */
  readonly tip: string | null
  /** Refs of what had been fetched of the remotes' logs. */
  readonly fetched: readonly string[]
}

/** Takes a directory away if nothing but empty directories is in it. */
function removeEmpty(directory: string): void {
  try {
    for (const name of readdirSync(directory)) removeEmpty(join(directory, name))
    rmdirSync(directory)
  } catch {
    // It is not there, is a file, or holds one.
  }
}

/** Deletes the task log of this clone and what was fetched of others. Errors: CONTENTION, STORE_UNWRITABLE, GIT_FAILED. */
export async function deleteLog(repository: Repository): Promise<DeletedLog> {
  const tip = await readRef(repository, TASKS_REF)
  if (tip && !(await moveRef(repository, TASKS_REF, null, tip))) {
    throw new MhvError('CONTENTION', 'The task log moved while it was to be deleted; it is still there.', {
      recovery: ['mhv deinit --delete-log --force'],
    })
  }
  const args = ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/mtos/remotes/']
  const fetched: string[] = []
  for (const line of (await git(args, repository.git)).split('\n').filter(Boolean)) {
    const [ref = '', at = ''] = line.split(' ')
    if (await moveRef(repository, ref, null, at)) fetched.push(ref)
  }
  for (const place of ['refs/mtos', 'logs/refs/mtos']) removeEmpty(join(repository.commonDir, place))
  return { tip, fetched }
}
