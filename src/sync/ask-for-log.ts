import { MhvError, shellWord } from '../errors.ts'
import { listRemoteRefs } from '../git/remote.ts'
import type { Repository } from '../git/repository.ts'
import { TASKS_BRANCH } from '../store/fetched-log-refs.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { chooseRemotes, readRemoteSettings } from './remote-places.ts'

/** Milliseconds for which somebody who wants to see tasks waits to hear where there are some. */
const PATIENCE = 5_000

/**
 * The error of a repository without a task log, with what its main remote says when it is asked; as it was where no
 * remote is the main one, or it does not answer. A clone brings no log along, so only the remote can tell.
 */
export async function askedForLog(error: MhvError, repository: Repository): Promise<MhvError> {
  // Without names of remotes it says already where a log is, or that there can be none.
  if (error.error !== 'NOT_INITIALISED' || error.data.remotes === undefined) return error
  try {
    const settings = await readRemoteSettings(repository)
    const [remote = ''] = chooseRemotes(settings, [])
    const branch = settings.values.get(`remote.${remote}.mtosref`) ?? TASKS_BRANCH
    const shown = await listRemoteRefs(repository, remote, [TASKS_REF, branch], { timeout: PATIENCE })
    const none = 'This repository has no task log yet'
    if (shown.size === 0) {
      return new MhvError('NOT_INITIALISED', `${none}, and ${remote} has none either.`, {
        recovery: ['mhv init'],
        data: { ...error.data, remote },
      })
    }
    const sync = settings.names.length > 1 ? `mhv sync --remote ${shellWord(remote)}` : 'mhv sync'
    return new MhvError('NOT_INITIALISED', `${none}; ${remote} has one.`, {
      recovery: [sync],
      data: { remote },
    })
  } catch (failure) {
    if (failure instanceof MhvError) return error
    throw failure
  }
}
