import { MhvError } from '../errors.ts'
import { readRemoteFiles } from '../git/portable.ts'
import { TASKS_BRANCH } from '../store/fetched-log-refs.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { readLogs } from '../store/read-logs.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { UrlOptions } from './url-cache.ts'
import { viewWithoutGit } from './view-without-git.ts'

const writesWithGit = async (): Promise<never> => {
  throw new MhvError('GIT_MISSING', 'There is no git here; without it, tasks can be read and not written.')
}

/** The tasks of a repository that is known by its URL, where there is no git: they can only be read. */
export function openPortableStore(name: string, url: string, options: UrlOptions): TaskStore {
  return {
    name,
    view: async () => {
      const { snapshot, problem } = await viewWithoutGit(url, options)
      if (!snapshot) throw problem!
      return snapshot
    },
    // What is kept here has no histories.
    load: async (_view, ids) => {
      const remote = await readRemoteFiles(url, [TASKS_REF, TASKS_BRANCH])
      const contentOf = (id: string) =>
        remote?.files?.find(({ path }) => path.endsWith(`/${id}.yaml`))?.content
      return readLogs(
        ids,
        ids.map((id) => contentOf(id) ?? null),
      )
    },
    commit: writesWithGit,
    merge: writesWithGit,
    identity: writesWithGit,
    exclusively: writesWithGit,
  }
}
