import { join } from 'node:path'
import { loadConfig } from '../config/load-config.ts'
import { readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { openGitStore, storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { readRemoteMark } from '../store/remote-marks.ts'
import type { Environment } from '../tasks/seal.ts'
import { readRemoteSettings, remotePlaces } from './remote-places.ts'
import type { FirstPush, SyncResult } from './sync-result.ts'

/** Milliseconds for which a push waits for a remote that is silent, and for others that are faster. */
const PATIENCE = 20_000

/** Whether `git push` is to send the tasks along. Errors: CONFIG_INVALID, NOT_TRUSTED. */
export async function publishesTasks(repository: Repository): Promise<boolean> {
  return (await loadConfig(repository.workTree)).config.sync.push
}

/**
 * Files of which one changes whenever the log's ref moves, so that a push which was let through once is not let through
 * unseen while there are tasks to publish. null where refs are no files.
 */
export const filesOfLog = ({ commonDir, refsAreFiles }: Repository): string[] | null =>
  refsAreFiles ? [join(commonDir, TASKS_REF), join(commonDir, 'packed-refs')] : null

/**
 * Sends the tasks to the remote that code is pushed to. Where the remote has them already, as far as is known, nothing
 * goes over the network; and nothing is begun where there is no log, or where the remote has no name.
 * Errors: those of syncRepository.
 */
export async function publishTasks(
  repository: Repository,
  remote: string,
  environment: Environment,
  onFirstPush: (push: FirstPush) => void,
): Promise<SyncResult | null> {
  const tip = await readRef(repository, TASKS_REF)
  if (!tip) return null
  const settings = await readRemoteSettings(repository)
  if (!settings.names.includes(remote)) return null
  const mark = readRemoteMark(storeDirectory(repository), remote)
  const places = await remotePlaces(repository, remote, settings)
  if (mark?.tip === tip && mark.url === places.url) return null
  const store = openGitStore(repository)
  const { syncRepository } = await import('./sync-repository.ts')
  return syncRepository(repository, store, places, {
    now: environment.now,
    environment: async () => environment,
    timeout: PATIENCE,
    patience: PATIENCE,
    onFirstPush,
  })
}
