import { MhvError } from '../errors.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { MemberWorkplace } from './open-member.ts'
import { refreshLog, type UrlOptions } from './url-cache.ts'
import { forgetUrl } from './url-repository.ts'
import { openUrlStore } from './url-store.ts'

/** Errors by which a repository of ours tells that it is damaged: all that is in it can be had again. */
const DAMAGE = ['GIT_FAILED', 'OBJECT_MISSING', 'LOG_REWOUND']

export interface UrlView {
  readonly snapshot: Snapshot | null
  /** null where there is no git to write with. */
  readonly workplace: MemberWorkplace | null
  /** Why it may be older than was asked for. */
  readonly problem: MhvError | null
  readonly fetchedAt: string | null
}

async function viewWithGit(name: string, url: string, options: UrlOptions): Promise<UrlView> {
  const see = async (): Promise<UrlView> => {
    const { repository, state, problem } = await refreshLog(url, options)
    if (problem && (!state?.fetchedAt || problem.error === 'GIT_MISSING')) throw problem
    const store = openUrlStore(url, { name })
    const snapshot = await store.view()
    if (snapshot.problems.some(({ code }) => code === 'OBJECT_MISSING')) {
      throw new MhvError('OBJECT_MISSING', `Objects are missing in ${repository.commonDir}.`)
    }
    return { snapshot, workplace: { repository, store }, problem, fetchedAt: state?.fetchedAt ?? null }
  }
  try {
    return await see()
  } catch (error) {
    if (options.offline || !(error instanceof MhvError) || !DAMAGE.includes(error.error)) throw error
    forgetUrl(url)
    return see()
  }
}

/**
 * The tasks of a repository by its URL: as fetched not long ago, or now; without git where there is none.
 * Errors: those of the remote, where nothing was ever fetched; NOT_INITIALISED where it keeps no tasks.
 */
export async function viewUrl(name: string, url: string, options: UrlOptions): Promise<UrlView> {
  try {
    return await viewWithGit(name, url, options)
  } catch (error) {
    if (options.offline || !(error instanceof MhvError) || error.error !== 'GIT_MISSING') throw error
    const { viewWithoutGit } = await import('./view-without-git.ts')
    return { ...(await viewWithoutGit(url, options)), workplace: null }
  }
}
