import { MhvError, shellWord } from '../errors.ts'
import { chooseBranch } from './choose-branch.ts'
import { missingWorktree } from './missing-worktree.ts'
import { blockedBy, exclusionFor, placeFor } from './place-worktree.ts'
import {
  firstFree,
  type StartFacts,
  type StartPlan,
  type StartWishes,
  startCommand,
  type TaskToStart,
} from './start-request.ts'

/**
 * Refuses flags that a started task contradicts: taken silently, they would be believed.
 * Errors: STARTED_OTHERWISE with how it is started.
 */
function requireSameStart(task: TaskToStart, wishes: StartWishes, facts: StartFacts): void {
  if (!task.isStarted || task.branch === null) return
  const own = facts.worktrees.find(({ branch, state }) => branch === task.branch && state === 'there')
  const { branch, path, base, worktree } = wishes
  const contradicts =
    (branch !== undefined && branch !== task.branch) ||
    (path !== undefined && own && !facts.isSamePath(path, own.path)) ||
    (base !== undefined && task.base !== null && facts.baseCommit !== task.base) ||
    (!worktree && own && !own.isMain)
  if (!contradicts) return
  const how = [
    `on the branch ${task.branch}`,
    ...(task.base ? [`begun at ${task.base.slice(0, 12)}`] : []),
    own ? `in the worktree ${own.path}` : 'without a worktree',
  ]
  throw new MhvError('STARTED_OTHERWISE', `#${task.number} is started already: ${how.join(', ')}.`, {
    recovery: [`mhv start ${task.number}`, `mhv task show ${task.number}`],
    data: { number: task.number, branch: task.branch, base: task.base, worktree: own?.path ?? null },
  })
}

/**
 * Refuses a second worktree for a task whose own has something else checked out, unless a place for it is named.
 * Errors: WORKTREE_EXISTS, WORKTREE_MISSING.
 */
function requireOnBranch(task: TaskToStart, wishes: StartWishes, facts: StartFacts, branch: string): void {
  const own = facts.worktrees.find(({ madeFor, branch: other }) => {
    const claim = other === null ? undefined : facts.claims.get(other)
    return madeFor === task.id && (claim === undefined || claim === task.id)
  })
  if (!own || (wishes.path !== undefined && !facts.isSamePath(wishes.path, own.path))) return
  if (own.state !== 'there') throw missingWorktree(task.number, own)
  const inIt = `git -C ${shellWord(own.path)}`
  const name = shellWord(branch)
  const isThere = facts.branches.has(branch)
  const what = own.branch === null ? 'its head is detached' : `it has the branch ${own.branch} checked out`
  const free = firstFree(own.path, (candidate) => !facts.exists(candidate))
  throw new MhvError(
    'WORKTREE_EXISTS',
    `The worktree of #${task.number} is at ${own.path}, but ${what} instead of ${branch}.`,
    {
      recovery: [
        // What was committed on a detached head is held by nothing once it is left.
        ...(isThere && own.branch === null ? [`${inIt} log --oneline ${name}..HEAD`] : []),
        isThere ? `${inIt} switch ${name}` : `${inIt} switch --create ${name}`,
        startCommand(task, wishes, { path: free }),
      ],
      data: { path: own.path, branch: own.branch },
    },
  )
}

type PlacedWorktree = Pick<StartPlan, 'path' | 'addWorktree' | 'unfinished' | 'exclude'>

/** Where the worktree is or goes. Errors: WORKTREE_EXISTS, WORKTREE_MISSING, BRANCH_TAKEN, INVALID_INPUT, CONFIG_INVALID. */
function placeWorktree(
  task: TaskToStart,
  wishes: StartWishes,
  facts: StartFacts,
  branch: string,
): PlacedWorktree {
  const path = wishes.path ?? placeFor(facts, branch, task)
  const half = facts.worktrees.find(
    (worktree) =>
      worktree.state === 'unfinished' &&
      (worktree.branch === branch || (worktree.branch === null && facts.isSamePath(worktree.path, path))),
  )
  if (half) {
    const place = wishes.path ?? half.path
    return { path: place, addWorktree: true, unfinished: half.path, exclude: exclusionFor(facts, place) }
  }
  const own = facts.worktrees.find((worktree) => worktree.branch === branch)
  if (own && own.state !== 'there') throw missingWorktree(task.number, own)
  if (own?.isMain && facts.claims.get(branch) !== task.id && branch !== task.branch) {
    throw new MhvError(
      'BRANCH_TAKEN',
      `The branch ${branch} is checked out in the main worktree, so it cannot have another. Work on it there, or take another branch.`,
      {
        recovery: [
          startCommand(task, { worktree: false }, { branch }),
          startCommand(task, { worktree: true }, {}),
        ],
        data: { branch, path: own.path },
      },
    )
  }
  if (own && wishes.path !== undefined && !facts.isSamePath(wishes.path, own.path)) {
    const { path: _path, ...others } = wishes
    throw new MhvError('WORKTREE_EXISTS', `The branch ${branch} is checked out at ${own.path} already.`, {
      recovery: [startCommand(task, others, {})],
      data: { path: own.path },
    })
  }
  if (own) return { path: own.path, addWorktree: false, unfinished: null, exclude: null }
  requireOnBranch(task, wishes, facts, branch)
  if (!facts.exists(path)) {
    return { path, addWorktree: true, unfinished: null, exclude: exclusionFor(facts, path) }
  }
  const free = firstFree(path, (candidate) => !facts.exists(candidate))
  throw new MhvError('WORKTREE_EXISTS', `${path} exists and is not the worktree of ${branch}.`, {
    recovery: [startCommand(task, wishes, { path: free })],
    data: { path },
  })
}

/** Makes a first commit where there is no directory to commit from: an empty tree, written as files are. */
const FIRST_COMMIT_IN_BARE =
  'git update-ref HEAD "$(git commit-tree -m \'First commit\' "$(git hash-object -t tree -w /dev/null)")"'

/** Errors: INVALID_INPUT, CONFIG_INVALID, NO_COMMITS. */
function requireBase(wishes: StartWishes, facts: StartFacts, createBranch: boolean): void {
  if (facts.baseCommit) return
  if (wishes.base !== undefined) {
    throw new MhvError('INVALID_INPUT', `The base ${wishes.base} names no commit.`, {
      recovery: ['git branch --all'],
      data: { field: 'base', value: wishes.base },
    })
  }
  if (!createBranch) return
  const { base } = facts.settings
  if (base !== undefined) {
    throw new MhvError('CONFIG_INVALID', `worktrees.base: ${base} names no commit.`, {
      recovery: ['git branch --all', 'mhv config show'],
      data: { field: 'worktrees.base', value: base },
    })
  }
  throw new MhvError(
    'NO_COMMITS',
    'The repository has no commit that the branch could begin at.',
    facts.isBare ? { recovery: [FIRST_COMMIT_IN_BARE] } : {},
  )
}

/** Branch of a remote that a new branch is to follow. Errors: INVALID_INPUT where that was asked for and there is none. */
function followed(wishes: StartWishes, facts: StartFacts): string | null {
  if (!(wishes.track ?? facts.settings.track)) return null
  if (facts.baseRemote !== null || wishes.track === undefined) return facts.baseRemote
  const base = wishes.base ?? facts.settings.base ?? 'HEAD'
  throw new MhvError(
    'INVALID_INPUT',
    `${base} is no branch of a remote, which the new branch could follow.`,
    {
      recovery: ['git branch --remotes'],
      data: { field: 'track', value: base },
    },
  )
}

/**
 * What a start still has to do. What is there already is left out, so planning again after a crash resumes.
 * Errors: STARTED_OTHERWISE, BRANCH_TAKEN, WORKTREE_EXISTS, WORKTREE_MISSING, NO_COMMITS, INVALID_INPUT,
 * CONFIG_INVALID.
 */
export function planStart(task: TaskToStart, wishes: StartWishes, facts: StartFacts): StartPlan {
  if (wishes.base !== undefined) requireBase(wishes, facts, false)
  requireSameStart(task, wishes, facts)
  const branch = chooseBranch(task, wishes, facts)
  const createBranch = !facts.branches.has(branch)
  const blocker = createBranch ? blockedBy(branch, facts.branches) : null
  if (blocker) {
    const isFree = (name: string) => !facts.branches.has(name) && !blockedBy(name, facts.branches)
    const free = firstFree(branch.replaceAll('/', '-'), isFree)
    throw new MhvError('BRANCH_TAKEN', `git cannot have the branch ${branch} beside the branch ${blocker}.`, {
      recovery: [startCommand(task, wishes, { branch: free })],
      data: { branch, blocker },
    })
  }
  requireBase(wishes, facts, createBranch)
  return {
    branch,
    base: createBranch ? facts.baseCommit : null,
    follows: createBranch ? followed(wishes, facts) : null,
    createBranch,
    claimBranch: facts.claims.get(branch) !== task.id,
    ...(wishes.worktree
      ? placeWorktree(task, wishes, facts, branch)
      : { path: null, addWorktree: false, unfinished: null, exclude: null }),
  }
}
