import type { Repository } from '../git/repository.ts'
import type { Member } from '../repos/member.ts'
import { repositoryOf, urlInstead } from '../repos/member-repository.ts'
import { type GitStoreOptions, openGitStore } from '../store/git-store.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { UrlOptions } from './url-cache.ts'

export interface MemberWorkplace {
  readonly repository: Repository
  readonly store: TaskStore
}

/**
 * A member's repository with its store. Through its URL, a write to the store is on the remote when it is done, or was
 * not made; what is read there is as old as the last fetch. Without git it can only be read.
 * Errors: REPOSITORY_MISSING; those of a remote that could not be asked, where nothing of it was ever fetched.
 */
export async function openMember(
  member: Member,
  { maxAge, ...options }: GitStoreOptions & Pick<UrlOptions, 'maxAge'> = {},
): Promise<MemberWorkplace> {
  const url = urlInstead(member)
  if (url !== null) {
    const [{ refreshLog }, { openUrlStore }] = await Promise.all([
      import('./url-cache.ts'),
      import('./url-store.ts'),
    ])
    const limits = maxAge === undefined ? {} : { maxAge }
    const { repository, state, problem } = await refreshLog(url, { insists: true, ...limits })
    if (problem?.error === 'GIT_MISSING') {
      const { openPortableStore } = await import('./portable-store.ts')
      return { repository, store: openPortableStore(member.name, url, limits) }
    }
    if (problem && !state?.fetchedAt) throw problem
    return { repository, store: openUrlStore(url, { ...options, name: member.name }) }
  }
  const repository = await repositoryOf(member)
  return { repository, store: openGitStore(repository, { ...options, name: member.name }) }
}
