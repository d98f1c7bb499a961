import { MhvError } from '../errors.ts'
import { type CommitRequest, commitFiles } from '../git/fast-import.ts'
import { diffTrees, emptyTree, readObjects, type TreeChange } from '../git/objects.ts'
import { moveRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { gitFailure, runGit } from '../git/run.ts'
import type { Clash } from '../merge/unite-logs.ts'
import { requireMergeable } from './log-errors.ts'
import { mergeTrees } from './merge-trees.ts'
import { MERGE_MESSAGE, type Merged, ROOT } from './task-store.ts'

/** What became of a ref: where it is now, and as `Merged`. */
export type MergedTips = Pick<Merged, 'how' | 'clashes'> & { readonly tip: string }

/** A commit that both tips come from, or null where they share no history. With several, any serves: see mergeTrees. */
async function mergeBase(repository: Repository, a: string, b: string): Promise<string | null> {
  const args = ['merge-base', a, b]
  const result = await runGit(args, repository.git)
  if (result.status > 1) throw gitFailure(args, result)
  return result.stdout.toString('latin1').trim() || null
}

/** When tips were committed, in seconds. Errors: as requireMergeable; GIT_FAILED for one that is not here. */
async function timesOf(repository: Repository, tips: readonly string[]): Promise<number[]> {
  const read = await readObjects(repository, [...tips, ...tips.map((tip) => `${tip}:${ROOT.file}`)])
  return tips.map((tip, i) => {
    const committer = /^committer .* (\d+) [+-]\d{4}$/m.exec(read[i]?.toString('latin1') ?? '')
    if (!committer) throw new MhvError('GIT_FAILED', `There is no commit ${tip} in the repository.`)
    requireMergeable(tip, read[tips.length + i])
    return Number(committer[1])
  })
}

async function changesSince(repository: Repository, base: string, tip: string): Promise<TreeChange[]> {
  const changes = await diffTrees(repository, base, tip)
  if (changes) return changes
  throw new MhvError('GIT_FAILED', `git cannot compare ${base} with ${tip}: objects are missing.`)
}

/** The commit of two tips that have each gone their way. Its bytes are a function of the two alone. */
async function mergeRequest(
  repository: Repository,
  ref: string,
  tips: readonly [string, string],
  base: string | null,
): Promise<{ request: CommitRequest; clashes: readonly Clash[] }> {
  // Sorted, so that two clones that merge the same tips make the same commit, and so come to rest.
  const [first, second] = tips[0] < tips[1] ? tips : [tips[1], tips[0]]
  const times = await timesOf(repository, [first, second])
  const from = base ?? emptyTree(first)
  const [here, there] = await Promise.all([
    changesSince(repository, from, first),
    changesSince(repository, from, second),
  ])
  const { files, clashes } = await mergeTrees(here, there, (ids) => readObjects(repository, ids))
  const { identity } = ROOT
  const time = Math.max(...times)
  return {
    request: { ref, parents: [first, second], identity, time, message: MERGE_MESSAGE, files },
    clashes,
  }
}

/**
 * Brings what another tip holds into a ref of task logs: by moving the ref forward where that is enough, otherwise by a
 * merge commit, which is never signed since every clone has to make the same one. Costs what changed on either side.
 * @param ours where the ref is
 * @param onSpawn called with the id of the git process that writes
 * @returns `moved` when the ref was elsewhere by the time of writing: nothing has changed then
 * Errors: NEWER_FORMAT, NOT_A_LOG, TASK_UNREADABLE, STORE_UNWRITABLE, GIT_FAILED.
 */
export async function mergeTips(
  repository: Repository,
  ref: string,
  ours: string,
  theirs: string,
  onSpawn: (pid: number) => void = () => {},
): Promise<MergedTips | 'moved'> {
  const base = await mergeBase(repository, ours, theirs)
  if (base === theirs) return { tip: ours, how: 'there', clashes: [] }
  if (base === ours) {
    const moved = await moveRef(repository, ref, theirs, ours)
    return moved ? { tip: theirs, how: 'forward', clashes: [] } : 'moved'
  }
  const { request, clashes } = await mergeRequest(repository, ref, [ours, theirs], base)
  // fast-import starts from the first parent, which may be theirs, and moves the ref only if the new commit follows
  // what the ref points to by then: our tip does, whichever place it has among the parents.
  const result = await commitFiles(repository, { ...request, onSpawn })
  return result === 'moved' ? 'moved' : { tip: result.commit, how: 'merged', clashes }
}
