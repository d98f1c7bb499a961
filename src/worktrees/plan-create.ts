import { MhvError, shellWord } from '../errors.ts'
import { findAgain, type Worktree, whereabouts } from './missing-worktree.ts'
import { blockedBy, exclusionFor, placeFor } from './place-worktree.ts'
import { firstFree, type StartFacts, type StartPlan } from './start-request.ts'

export interface CreateWishes {
  readonly path?: string
  /** What a new branch begins at. */
  readonly base?: string
  readonly track?: boolean
}

/** The same request once more, at another place. */
const createCommand = (branch: string, { path, base }: CreateWishes): string =>
  [
    `mhv worktree create ${shellWord(branch)}`,
    ...(path === undefined ? [] : [`--path ${shellWord(path)}`]),
    ...(base === undefined ? [] : [`--base ${shellWord(base)}`]),
  ].join(' ')

/** Errors: WORKTREE_MISSING, WORKTREE_EXISTS. */
function requireUsable(branch: string, own: Worktree, wishes: CreateWishes, facts: StartFacts): void {
  if (own.state !== 'there') {
    const isCutOff = own.state === 'cut off' && own.movedTo === null
    const where = isCutOff ? 'no worktree any more: its .git file is gone' : whereabouts(own)
    throw new MhvError('WORKTREE_MISSING', `The worktree of ${branch} at ${own.path} is ${where}.`, {
      recovery: [...findAgain(own), createCommand(branch, wishes)],
      data: { path: own.path, moved_to: own.movedTo },
    })
  }
  if (!own.isMain && (wishes.path === undefined || facts.isSamePath(wishes.path, own.path))) return
  const { path: _path, ...others } = wishes
  const another = firstFree(`${branch}-2`, (name) => !facts.branches.has(name))
  throw new MhvError('WORKTREE_EXISTS', `The branch ${branch} is checked out at ${own.path} already.`, {
    // A branch has one worktree; what is checked out in the main one can be gone on with on another branch.
    recovery: [
      own.isMain ? createCommand(another, { ...wishes, base: branch }) : createCommand(branch, others),
    ],
    data: { path: own.path },
  })
}

/** Errors: INVALID_INPUT, NO_COMMITS, BRANCH_TAKEN. */
function requireBranch(branch: string, tip: string | null, wishes: CreateWishes, facts: StartFacts): void {
  const { base } = wishes
  if (facts.baseCommit === null && (base !== undefined || tip === null)) {
    if (base === undefined)
      throw new MhvError('NO_COMMITS', 'The repository has no commit that the branch could begin at.')
    throw new MhvError('INVALID_INPUT', `The base ${base} names no commit.`, {
      recovery: ['git branch --all'],
      data: { field: 'base', value: base },
    })
  }
  // The same request again, after it was interrupted, finds the branch where it made it.
  if (tip !== null && base !== undefined && tip !== facts.baseCommit) {
    throw new MhvError('BRANCH_TAKEN', `The branch ${branch} exists, and is not at ${base}.`, {
      recovery: [createCommand(branch, {})],
      data: { branch },
    })
  }
  const blocker = tip === null ? blockedBy(branch, facts.branches) : null
  if (blocker === null) return
  const isFree = (name: string) => !facts.branches.has(name) && !blockedBy(name, facts.branches)
  throw new MhvError('BRANCH_TAKEN', `git cannot have the branch ${branch} beside the branch ${blocker}.`, {
    recovery: [createCommand(firstFree(branch.replaceAll('/', '-'), isFree), wishes)],
    data: { branch, blocker },
  })
}

/**
 * What is still to be done for a worktree of a branch that belongs to no task.
 * @param tip commit that the branch is at; null where it is to be made
 * Errors: BRANCH_TAKEN, WORKTREE_EXISTS, WORKTREE_MISSING, NO_COMMITS, INVALID_INPUT, CONFIG_INVALID.
 */
export function planCreate(
  branch: string,
  tip: string | null,
  wishes: CreateWishes,
  facts: StartFacts,
): StartPlan {
  requireBranch(branch, tip, wishes, facts)
  const own = facts.worktrees.find((worktree) => worktree.branch === branch)
  const isHalf = own?.state === 'unfinished'
  const plan = {
    branch,
    base: tip === null ? facts.baseCommit : null,
    follows: tip === null ? facts.baseRemote : null,
    createBranch: tip === null,
    claimBranch: false,
  }
  if (own && !isHalf) {
    requireUsable(branch, own, wishes, facts)
    return { ...plan, path: own.path, addWorktree: false, unfinished: null, exclude: null }
  }
  const path = wishes.path ?? own?.path ?? placeFor(facts, branch, null)
  if (!isHalf && facts.exists(path)) {
    const free = firstFree(path, (candidate) => !facts.exists(candidate))
    throw new MhvError('WORKTREE_EXISTS', `${path} exists and is not the worktree of ${branch}.`, {
      recovery: [createCommand(branch, { ...wishes, path: free })],
      data: { path },
    })
  }
  return {
    ...plan,
    path,
    addWorktree: true,
    unfinished: own?.path ?? null,
    exclude: exclusionFor(facts, path),
  }
}
