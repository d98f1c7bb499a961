import { MhvError } from '../errors.ts'
import { slug } from './slug.ts'

export interface Worktree {
  readonly path: string
  /** Short name of the branch, or null when detached or bare. */
  readonly branch: string | null
  readonly isMain: boolean
  /** Kept by somebody from being removed, as one on a disk that is not always there. */
  readonly isLocked: boolean
}

/** What the repository looks like before a start. */
export interface StartFacts {
  /** What the directory of the worktrees is called after. */
  readonly repository: string
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
  /** Where a worktree that is not at its path any more has been moved to, as far as that can be seen; else null. */
  readonly movedTo: (path: string) => string | null
  readonly join: (...parts: string[]) => string
}

export interface StartWishes {
  readonly branch?: string
  readonly path?: string
  readonly base?: string
  readonly worktree: boolean
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
}

interface StartedTask {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly branch: string | null
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** The first name that is free or already the task's own. Errors: BRANCH_TAKEN. */
function chooseBranch(task: StartedTask, wishes: StartWishes, facts: StartFacts): string {
  const isOwn = (name: string) => facts.claims.get(name) === task.id
  const isFree = (name: string) => !facts.branches.has(name)
  if (wishes.branch !== undefined) {
    const owner = facts.claims.get(wishes.branch)
    if (owner && owner !== task.id) {
      throw new MhvError('BRANCH_TAKEN', `The branch ${wishes.branch} belongs to another task.`, {
        recovery: [`mhv task show ${owner}`],
        data: { branch: wishes.branch, task: owner },
      })
    }
    return wishes.branch
  }
  if (task.branch && (isOwn(task.branch) || isFree(task.branch))) return task.branch
  // A start that was taken back is forgotten by the task, not by its branch.
  const claimed = [...facts.claims.keys()].find((name) => isOwn(name) && !isFree(name))
  if (claimed) return claimed
  const plain = `task/${task.number}`
  const long = `${plain}-${slug(task.title)}`
  const chosen = [plain, long].find((name) => isOwn(name) || isFree(name))
  if (chosen) return chosen
  throw new MhvError('BRANCH_TAKEN', `The branches ${plain} and ${long} exist and are not this task’s.`, {
    recovery: [`mhv start ${task.number} --branch ${plain}-2`],
    data: { branches: [plain, long] },
  })
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

/**
 * Commands for a worktree whose directory is not where git has it. Removing what git knows of one that was only moved
 * would cost its index and its HEAD, so repairing comes first.
 */
export function findAgain({ path, isLocked }: Worktree, movedTo: string | null): string[] {
  if (movedTo !== null) return [`git worktree repair ${quote(movedTo)}`]
  const unlock = isLocked ? [`git worktree unlock ${quote(path)}`] : []
  const repair = "git worktree repair 'the directory that it was moved to'"
  return [repair, ...unlock, `git worktree remove ${quote(path)}`]
}

/**
 * What a start still has to do. What is there already is left out, so planning again after a crash resumes.
 * Errors: BRANCH_TAKEN, WORKTREE_EXISTS, NO_COMMITS.
 */
export function planStart(task: StartedTask, wishes: StartWishes, facts: StartFacts): StartPlan {
  const branch = chooseBranch(task, wishes, facts)
  const createBranch = !facts.branches.has(branch)
  const blocker = createBranch ? blockedBy(branch, facts.branches) : null
  if (blocker) {
    throw new MhvError('BRANCH_TAKEN', `git cannot have the branch ${branch} beside the branch ${blocker}.`, {
      recovery: [`mhv start ${task.number} --branch ${branch.replaceAll('/', '-')}`],
      data: { branch, blocker },
    })
  }
  if (createBranch && !facts.baseCommit) {
    if (wishes.base !== undefined) {
      throw new MhvError('INVALID_INPUT', `The base ${wishes.base} names no commit.`, {
        recovery: ['git branch --all'],
        data: { field: 'base', value: wishes.base },
      })
    }
    throw new MhvError('NO_COMMITS', 'The repository has no commit that the branch could begin at.')
  }
  const common = {
    branch,
    base: createBranch ? facts.baseCommit : null,
    createBranch,
    claimBranch: facts.claims.get(branch) !== task.id,
  }
  if (!wishes.worktree) return { ...common, path: null, addWorktree: false }
  const own = facts.worktrees.find((worktree) => worktree.branch === branch)
  if (own) {
    if (facts.exists(own.path)) return { ...common, path: own.path, addWorktree: false }
    throw new MhvError(
      'WORKTREE_EXISTS',
      `git has a worktree of ${branch} at ${own.path}, but the directory is not there: moved, or deleted.`,
      {
        recovery: [...findAgain(own, facts.movedTo(own.path)), `mhv start ${task.number}`],
        data: { path: own.path },
      },
    )
  }
  const usual = facts.join(
    facts.mainPath,
    '..',
    `${facts.repository}.worktrees`,
    `${task.number}-${slug(task.title)}`,
  )
  const path = wishes.path ?? usual
  if (facts.exists(path)) {
    throw new MhvError('WORKTREE_EXISTS', `${path} exists and is not the worktree of ${branch}.`, {
      recovery: [`mhv start ${task.number} --path ${quote(`${path}-2`)}`],
      data: { path },
    })
  }
  return { ...common, path, addWorktree: true }
}
