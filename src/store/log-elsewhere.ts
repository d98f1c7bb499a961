import { MhvError, shellWord } from '../errors.ts'
import { readRef, remotes } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { branchTrackingRef, isLogTip, plainBranchRef, TASKS_BRANCH, trackingRef } from './fetched-log-refs.ts'
import { ROOT } from './task-store.ts'

/** Where plain `git fetch` and `git clone` leave a remote's log, as a ref of ours or as the branch of a host that takes nothing else. */
const fetchedRefs = (remote: string) => [
  trackingRef(remote),
  branchTrackingRef(remote),
  plainBranchRef(remote, TASKS_BRANCH),
]

/** The tip of a log that was fetched from a host that takes branches only, or null. */
export async function fetchedBranch(repository: Repository, remote: string): Promise<string | null> {
  for (const ref of fetchedRefs(remote).slice(1)) {
    const tip = await readRef(repository, ref)
    if (tip && (await isLogTip(repository, tip))) return tip
  }
  return null
}

/** How many tasks the log at a ref holds; null where there is none. */
async function tasksAt(repository: Repository, ref: string): Promise<number | null> {
  const root = await runGit(['cat-file', '-e', `${ref}:${ROOT.file}`], repository.git)
  if (root.status !== 0) return null
  const listing = await git(['ls-tree', '-r', '--name-only', ref, 'tasks/'], repository.git)
  return listing.split('\n').filter(Boolean).length
}

/** Says of a repository without a log where there is one, as far as that can be told without the network. */
export async function noLogHere(repository: Repository): Promise<MhvError> {
  const names = await remotes(repository)
  const none = 'This repository has no task log yet'
  for (const remote of names) {
    for (const ref of fetchedRefs(remote)) {
      const tasks = await tasksAt(repository, ref)
      if (tasks === null) continue
      const what = tasks === 1 ? '1 task' : `${tasks} tasks`
      return new MhvError('NOT_INITIALISED', `${none}; ${remote} has one with ${what}.`, {
        recovery: [names.length > 1 ? `mhv sync --remote ${shellWord(remote)}` : 'mhv sync'],
        data: { remote, tasks },
      })
    }
  }
  if (names.length === 0) return new MhvError('NOT_INITIALISED', `${none}.`)
  return new MhvError('NOT_INITIALISED', `${none}. If ${names.join(' or ')} has one, mhv sync brings it.`, {
    recovery: ['mhv sync', 'mhv init'],
    data: { remotes: names },
  })
}
