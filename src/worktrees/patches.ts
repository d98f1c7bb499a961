import { createHash } from 'node:crypto'
import type { Repository } from '../git/repository.ts'
import { git, gitFailure, runGit } from '../git/run.ts'

/** How a change is printed, whatever the user has configured: the same change has to give the same text. */
const AS_IS = [
  ...['--full-index', '--binary', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'],
  ...['--src-prefix=a/', '--dst-prefix=b/', '-U3', '--diff-algorithm=myers', '--no-indent-heuristic'],
  ...['--submodule=short', '--ignore-submodules=none', '--inter-hunk-context=0'],
]

/** Above so many paths a search in the target's history is not narrowed to them. */
const MOST_PATHS = 500

/**
 * A change as such: without line numbers, and without the ids of whole files, except where those are all that tells one
 * binary file from another. `git patch-id` passes over white space, which may be all that a commit is about.
 */
function digest(patch: string): string {
  const kept: string[] = []
  let index = ''
  for (const line of patch.split('\n')) {
    if (line.startsWith('index ')) index = line
    else if (line.startsWith('@@ ')) kept.push('@@')
    else if (line.startsWith('GIT binary patch') || line.startsWith('Binary files ')) kept.push(index, line)
    else kept.push(line)
  }
  return createHash('sha256').update(kept.join('\n').trimEnd()).digest('hex')
}

/** The change between two commits. Errors: GIT_FAILED. */
async function changeBetween(repository: Repository, from: string, to: string): Promise<string> {
  const args = ['diff-tree', '-p', '-r', ...AS_IS, from, to]
  const result = await runGit(args, repository.git)
  if (result.status !== 0) throw gitFailure(args, result)
  return digest(result.stdout.toString('latin1'))
}

/** Changes that a target's history since the merge base holds, with their places: 0 is the newest. */
async function changesOf(
  repository: Repository,
  mergeBase: string,
  target: string,
  paths: readonly string[],
): Promise<Map<string, number>> {
  const narrowed =
    paths.length > MOST_PATHS ? [] : ['--full-diff', '--', ...paths.map((path) => `:(top,literal)${path}`)]
  const mark = 'mhv-commit'
  const args = ['log', '--no-merges', `--format=%x00${mark}`, '-p', ...AS_IS, target, `^${mergeBase}`]
  const result = await runGit([...args, ...narrowed], repository.git)
  if (result.status !== 0) throw gitFailure(args, result)
  const found = new Map<string, number>()
  const patches = result.stdout.toString('latin1').split(`\0${mark}\n`).slice(1)
  for (const [place, patch] of patches.entries()) {
    const change = digest(patch.replace(/^\n/, ''))
    if (!found.has(change)) found.set(change, place)
  }
  return found
}

/**
 * Whether a branch's commits, one by one or all in one, were applied to a target and not taken back there since.
 * Errors: GIT_FAILED.
 */
export async function arrivedAsPatches(
  repository: Repository,
  tip: string,
  target: string,
  mergeBase: string,
): Promise<'rebased' | 'squashed' | 'not merged'> {
  const lines = async (args: readonly string[]) =>
    (await git(args, repository.git)).split('\n').filter(Boolean)
  const commits = await lines(['rev-list', '--parents', tip, `^${target}`])
  const listing = await git(
    ['diff-tree', '-r', '-z', '--name-only', '--no-renames', mergeBase, tip],
    repository.git,
  )
  const net = listing.split('\0').filter(Boolean)
  const there = await changesOf(repository, mergeBase, target, net)
  const nothing = digest('')
  const isThere = async (from: string, to: string): Promise<boolean> => {
    const place = there.get(await changeBetween(repository, from, to))
    if (place === undefined) return false
    const takenBack = there.get(await changeBetween(repository, to, from))
    return takenBack === undefined || takenBack > place
  }
  const areAllThere = async (): Promise<boolean> => {
    let count = 0
    for (const line of commits) {
      const [commit, parent, ...others] = line.split(' ')
      // What somebody did in a merge itself is in no patch.
      if (!parent || others.length > 0) return false
      if ((await changeBetween(repository, parent, commit!)) === nothing) continue
      if (!(await isThere(parent, commit!))) return false
      count++
    }
    return count > 0
  }
  // With one commit, both ways of bringing it over look the same.
  if (await areAllThere()) return 'rebased'
  return net.length > 0 && (await isThere(mergeBase, tip)) ? 'squashed' : 'not merged'
}
