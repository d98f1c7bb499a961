import type { Config } from '../../schemas/config.ts'
import { shellWord } from '../errors.ts'
import type { Worktree } from './missing-worktree.ts'

export type WorktreeSettings = Config['worktrees']

/** What the repository looks like before a start. */
export interface StartFacts {
  /** What the directory of the worktrees is called after. */
  readonly repository: string
  readonly isBare: boolean
  /** Directory of the main worktree, or of the bare repository. */
  readonly mainPath: string
  /** The user's home. */
  readonly home: string
  /** The git directory that all worktrees share. */
  readonly commonDir: string
  readonly worktrees: readonly Worktree[]
  /** Names of local branches. */
  readonly branches: ReadonlySet<string>
  /** Task ids by the branches that are claimed for them. */
  readonly claims: ReadonlyMap<string, string>
  /** Commit that the base names; null when it names none. */
  readonly baseCommit: string | null
  /** What that is called where it is a branch of a remote, `origin/main`; else null. */
  readonly baseRemote: string | null
  /** What is configured for worktrees, and what templates call whoever starts. */
  readonly settings: WorktreeSettings
  readonly user: string
  readonly exists: (path: string) => boolean
  readonly isSamePath: (one: string, other: string) => boolean
  /** A path as seen from a directory. */
  readonly resolve: (from: string, path: string) => string
  /** A path that is below a directory as seen from there; null of any other. */
  readonly below: (directory: string, path: string) => string | null
}

export interface StartWishes {
  readonly branch?: string
  readonly path?: string
  readonly base?: string
  /** Whether a new branch follows the base; as configured unless given. */
  readonly track?: boolean
  readonly worktree: boolean
  readonly force?: boolean
}

/** A worktree inside another one, whose git would take it for files of its own. */
export interface Exclusion {
  /** Top of the outer worktree. */
  readonly outer: string
  /** The inner one's path there. */
  readonly inner: string
}

export interface StartPlan {
  readonly branch: string
  /** Where the worktree is or goes; null without one. */
  readonly path: string | null
  /** Commit that a new branch begins at. */
  readonly base: string | null
  /** Branch of a remote that a new branch follows, or null. */
  readonly follows: string | null
  readonly createBranch: boolean
  readonly claimBranch: boolean
  readonly addWorktree: boolean
  /** Pattern that keeps the worktree out of the files of the one that it goes into; null where it goes into none. */
  readonly exclude: Exclusion | null
  /** Where a killed start has left half a worktree, to be cleared before; else null. */
  readonly unfinished: string | null
}

export interface TaskToStart {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly type: string
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
  const { branch, path, base, track, worktree, force } = { ...wishes, ...instead }
  const flags = [
    ...(branch === undefined ? [] : ['--branch', shellWord(branch)]),
    ...(path === undefined ? [] : ['--path', shellWord(path)]),
    ...(base === undefined ? [] : ['--base', shellWord(base)]),
    ...(track === undefined ? [] : [track ? '--track' : '--no-track']),
    ...(worktree ? [] : ['--no-worktree']),
    ...(force ? ['--force'] : []),
  ]
  return ['mhv start', task.number, ...flags].join(' ')
}

/** The text itself or with `-2`, `-3` … behind it, whichever is free first. */
export function firstFree(text: string, isFree: (candidate: string) => boolean): string {
  if (isFree(text)) return text
  for (let n = 2; ; n++) if (isFree(`${text}-${n}`)) return `${text}-${n}`
}
