import { MhvError } from '../errors.ts'
import type { Member } from './member.ts'
import { refreshLog, type UrlOptions } from './url-cache.ts'
import { forgetUrl } from './url-repository.ts'
import { openUrlStore } from './url-store.ts'
import type { MemberView } from './view-members.ts'

/** Errors by which a repository of ours tells that it is damaged: all that is in it can be had again. */
const DAMAGE = ['GIT_FAILED', 'OBJECT_MISSING', 'LOG_REWOUND']

/**
 * The tasks of a member by its URL, with git: as fetched not long ago, or now. What is old because the remote cannot be
 * asked comes with the reason.
 * Errors: those of the remote, where nothing was ever fetched; NOT_INITIALISED where it keeps no tasks.
 */
export async function viewUrl(member: Member, url: string, options: UrlOptions): Promise<MemberView> {
  const see = async (): Promise<MemberView> => {
    const { repository, state, problem } = await refreshLog(url, options)
    if (problem && !state?.fetchedAt) throw problem
    const store = openUrlStore(url, { name: member.name })
    const snapshot = await store.view()
    if (snapshot.problems.some(({ code }) => code === 'OBJECT_MISSING')) {
      throw new MhvError('OBJECT_MISSING', `Objects are missing in ${repository.commonDir}.`)
    }
    return {
      member,
      snapshot,
      workplace: { repository, store },
      problem: problem && { error: problem.error, message: problem.message },
      fetchedAt: state?.fetchedAt ?? null,
    }
  }
  try {
    return await see()
  } catch (error) {
    if (options.offline || !(error instanceof MhvError) || !DAMAGE.includes(error.error)) throw error
    forgetUrl(url)
    return see()
  }
}
