import { MhvError, shellWord } from '../errors.ts'
import { missingWorktree, type Worktree } from './missing-worktree.ts'
import { slug } from './slug.ts'

/** What the repository looks like before a start. */
export interface StartFacts {
  /** What the directory of the worktrees is called after. */
  readonly repository: string
  readonly isBare: boolean
  /** Directory of the main worktree, or of the bare repository. */
  readonly mainPath: string
  readonly worktrees: readonly Worktree[]
  /** Names of local branches. */
  readonly branches: ReadonlySet<string>
  /** Task ids by the branches that are claimed for them. */
  readonly claims: ReadonlyMap<string, string>
  /** Commit that the base names; null when it names none. */
  readonly baseCommit: string | null
  readonly exists: (path: string) => boolean
  readonly isSamePath: (one: string, other: string) => boolean
  readonly join: (...parts: string[]) => string
}

export interface StartWishes {
  readonly branch?: string
  readonly path?: string
  readonly base?: string
  readonly worktree: boolean
  readonly force?: boolean
}

export interface StartPlan {
  readonly branch: string
  /** Where the worktree is or goes; null without one. */
  readonly path: string | null
  /** Commit that a new branch begins at. */
  readonly base: string | null
  readonly createBranch: boolean
  readonly claimBranch: boolean
  readonly addWorktree: boolean
  /** Where a killed start has left half a worktree, to be cleared before; else null. */
  readonly unfinished: string | null
}

export interface TaskToStart {
  readonly id: string
  readonly number: number
  readonly title: string
  /** The branch that its log records. */
  readonly branch: string | null
  /** Commit that this branch began at, where it is known. */
  readonly base: string | null
  readonly isStarted: boolean
  /** What people call a task by its id. */
  readonly nameOf: (id: string) => string
  /** Whether the log of another task records this branch too. */
  readonly isShared: (branch: string) => boolean
}

/** The same start once more, with other wishes in place of those that cannot be met. */
export function startCommand(
  task: { readonly number: number },
  wishes: StartWishes,
  instead: Partial<StartWishes>,
): string {
  const { branch, path, base, worktree, force } = { ...wishes, ...instead }
  const flags = [
    ...(branch === undefined ? [] : ['--branch', shellWord(branch)]),
    ...(path === undefined ? [] : ['--path', shellWord(path)]),
    ...(base === undefined ? [] : ['--base', shellWord(base)]),
    ...(worktree ? [] : ['--no-worktree']),
    ...(force ? ['--force'] : []),
  ]
  return ['mhv start', task.number, ...flags].join(' ')
}

/** The text itself or with `-2`, `-3` … behind it, whichever is free first. */
function firstFree(text: string, isFree: (candidate: string) => boolean): string {
  if (isFree(text)) return text
  for (let n = 2; ; n++) if (isFree(`${text}-${n}`)) return `${text}-${n}`
}

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

/** The first name that is free or already the task's own. Errors: BRANCH_TAKEN. */
function chooseBranch(task: TaskToStart, wishes: StartWishes, facts: StartFacts): string {
  const isFree = (name: string) => !facts.branches.has(name)
  const isOwn = (name: string) =>
    facts.claims.get(name) === task.id ||
    // A clone has branches but no claims; what the log of this task alone records is its own.
    (name === task.branch && !facts.claims.has(name) && !task.isShared(name))
  if (wishes.branch !== undefined) {
    const owner = facts.claims.get(wishes.branch)
    if (owner && owner !== task.id) {
      const message = `The branch ${wishes.branch} belongs to ${task.nameOf(owner)}.`
      const branch = firstFree(`task/${task.number}`, isFree)
      throw new MhvError('BRANCH_TAKEN', message, {
        recovery: [`mhv task show ${owner}`, startCommand(task, wishes, { branch })],
        data: { branch: wishes.branch, task: owner },
      })
    }
    return wishes.branch
  }
  if (task.branch && isOwn(task.branch) && !isFree(task.branch)) return task.branch
  // A start that was taken back is forgotten by the task, not by its branch; and a branch that was renamed keeps its claim.
  const claimed = [...facts.claims.keys()].find((name) => isOwn(name) && !isFree(name))
  if (claimed) return claimed
  if (task.branch && isFree(task.branch)) return task.branch
  const plain = `task/${task.number}`
  const long = `${plain}-${slug(task.title)}`
  const chosen = [plain, long].find((name) => isOwn(name) || isFree(name))
  if (chosen) return chosen
  const owner = facts.claims.get(plain)
  throw new MhvError(
    'BRANCH_TAKEN',
    `The branches ${plain} (${owner ? `of ${task.nameOf(owner)}` : 'of no task'}) and ${long} exist and are not this task’s.`,
    {
      recovery: [startCommand(task, wishes, { branch: firstFree(plain, isFree) })],
      data: { branches: [plain, long] },
    },
  )
}

/** Another branch that git's files and directories of refs keep from existing beside the new one, or null. */
function blockedBy(branch: string, branches: ReadonlySet<string>): string | null {
  const parts = branch.split('/')
  for (let i = 1; i < parts.length; i++) {
    const above = parts.slice(0, i).join('/')
    if (branches.has(above)) return above
  }
  return [...branches].find((other) => other.startsWith(`${branch}/`)) ?? null
}

/** Where the worktree is or goes. Errors: WORKTREE_EXISTS, WORKTREE_MISSING, BRANCH_TAKEN. */
function placeWorktree(
  task: TaskToStart,
  wishes: StartWishes,
  facts: StartFacts,
  branch: string,
): Pick<StartPlan, 'path' | 'addWorktree' | 'unfinished'> {
  const folder = `${facts.repository}.worktrees`
  const path = wishes.path ?? facts.join(facts.mainPath, '..', folder, `${task.number}-${slug(task.title)}`)
  const half = facts.worktrees.find(
    (worktree) =>
      worktree.state === 'unfinished' &&
      (worktree.branch === branch || (worktree.branch === null && facts.isSamePath(worktree.path, path))),
  )
  if (half) return { path: wishes.path ?? half.path, addWorktree: true, unfinished: half.path }
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
  if (own) return { path: own.path, addWorktree: false, unfinished: null }
  if (!facts.exists(path)) return { path, addWorktree: true, unfinished: null }
  const free = firstFree(path, (candidate) => !facts.exists(candidate))
  throw new MhvError('WORKTREE_EXISTS', `${path} exists and is not the worktree of ${branch}.`, {
    recovery: [startCommand(task, wishes, { path: free })],
    data: { path },
  })
}

/** Makes a first commit where there is no directory to commit from: an empty tree, written as files are. */
const FIRST_COMMIT_IN_BARE =
  'git update-ref HEAD "$(git commit-tree -m \'First commit\' "$(git hash-object -t tree -w /dev/null)")"'

/** Errors: INVALID_INPUT, NO_COMMITS. */
function requireBase(wishes: StartWishes, facts: StartFacts, createBranch: boolean): void {
  if (facts.baseCommit) return
  if (wishes.base !== undefined) {
    throw new MhvError('INVALID_INPUT', `The base ${wishes.base} names no commit.`, {
      recovery: ['git branch --all'],
      data: { field: 'base', value: wishes.base },
    })
  }
  if (!createBranch) return
  throw new MhvError(
    'NO_COMMITS',
    'The repository has no commit that the branch could begin at.',
    facts.isBare ? { recovery: [FIRST_COMMIT_IN_BARE] } : {},
  )
}

/**
 * What a start still has to do. What is there already is left out, so planning again after a crash resumes.
 * Errors: STARTED_OTHERWISE, BRANCH_TAKEN, WORKTREE_EXISTS, WORKTREE_MISSING, NO_COMMITS, INVALID_INPUT.
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
    createBranch,
    claimBranch: facts.claims.get(branch) !== task.id,
    ...(wishes.worktree
      ? placeWorktree(task, wishes, facts, branch)
      : { path: null, addWorktree: false, unfinished: null }),
  }
}
