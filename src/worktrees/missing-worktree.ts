import { MhvError, shellWord } from '../errors.ts'

export interface Worktree {
  readonly path: string
  /** Short name of the branch, or null when detached or bare. */
  readonly branch: string | null
  readonly isMain: boolean
  /**
   * Whether git finds it where it was: `cut off` is a directory without the file that ties it to the repository,
   * `unfinished` one that git is making still, or was killed at.
   */
  readonly state: 'there' | 'gone' | 'cut off' | 'unfinished'
  /** Where one that is gone has been moved to, as far as that can be seen; else null. */
  readonly movedTo: string | null
  /** Id of the task that it was made for, where that is recorded; it may have something else checked out by now. */
  readonly madeFor: string | null
  /** Kept by somebody from being removed, as one on a disk that is not always there. */
  readonly isLocked: boolean
}

/**
 * Commands for a worktree that git does not find. Removing what git knows of one that was only moved would cost its
 * index and its HEAD, so looking for it comes first; where it is to be repaired is known to its owner alone.
 */
export function findAgain({ path, state, isLocked, movedTo }: Worktree): string[] {
  if (movedTo !== null) return [`mhv worktree repair ${shellWord(movedTo)}`]
  if (state === 'cut off') return ['mhv worktree repair']
  const unlock = isLocked ? [`git worktree unlock ${shellWord(path)}`] : []
  return ['mhv worktree list', ...unlock, `mhv worktree remove ${shellWord(path)}`]
}

/** Where a worktree that git does not find is, in words, and what to do first where only its owner knows. */
export const whereabouts = ({ movedTo, isLocked }: Worktree): string => {
  const where =
    movedTo === null
      ? 'deleted, or moved (then `mhv worktree repair NEW-PATH` inside this repository leads to it; removing it would cost its index)'
      : `moved to ${movedTo}`
  return `${where}${isLocked ? '; it is locked, as one on a disk that is not always there' : ''}`
}

/** The error for a task whose worktree was moved or deleted behind git's back, with the steps that lead out. */
export function missingWorktree(number: number, worktree: Worktree): MhvError {
  const { path, state, movedTo } = worktree
  if (state === 'unfinished') {
    return new MhvError('WORKTREE_MISSING', `The worktree of #${number} at ${path} was never finished.`, {
      recovery: [`mhv start ${number}`],
      data: { path, moved_to: null },
    })
  }
  const message =
    state === 'cut off' && movedTo === null
      ? `${path} is no worktree any more: its .git file is gone.`
      : `The worktree of #${number} is not at ${path} any more: ${whereabouts(worktree)}.`
  return new MhvError('WORKTREE_MISSING', message, {
    recovery: [...findAgain(worktree), `mhv start ${number}`],
    data: { path, moved_to: movedTo },
  })
}
