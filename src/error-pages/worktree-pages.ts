import { NOTHING } from './error-page.ts'

export const WORKTREE_PAGES = {
  WORKTREE_EXISTS: {
    why: 'Where the worktree would go there is already something: a directory of that name, or the branch is checked out elsewhere. mhv never overwrites what it did not make. The step that the error prints takes another place or another branch, goes to the worktree that there is, or puts aside what is in the way; git worktree list shows which worktrees there are.',
    kept: 'Nothing was changed; what is in the way was not touched.',
    see: ['BRANCH_TAKEN', 'WORKTREE_MISSING', 'mhv worktree list --help'],
  },
  BRANCH_TAKEN: {
    why: 'A branch of that name exists and belongs to another task, to no task, or is checked out; or git cannot have it beside another one, as task/1 beside task. A branch that mhv did not make is never taken over. The step starts the task on a name that is free.',
    kept: NOTHING,
    see: ['WORKTREE_EXISTS', 'STARTED_OTHERWISE'],
  },
  NO_WORKTREE: {
    why: 'The task was never started here, was started with --no-worktree, or its worktree was removed after it was done. A clone only knows its own worktrees, not those of colleagues. mhv start makes one; a removed one comes back with mhv worktree undo.',
    kept: NOTHING,
    see: ['WORKTREE_MISSING', 'NOTHING_IN_TRASH', 'mhv start --help'],
  },
  NO_CURRENT_TASK: {
    why: 'Without a task on the command line, mhv takes the one whose branch is checked out. Here it is a branch that no start has made, such as main, or none at all. Name the task, or change to its worktree with mhv switch.',
    kept: NOTHING,
    see: ['NO_WORKTREE', 'mhv current --help'],
  },
  NO_COMMITS: {
    why: 'A branch begins at a commit, and this repository has none yet. Commit what you have, or an empty commit where there is nothing, then start again. Tasks themselves can be made without any commit.',
    kept: NOTHING,
    see: ['BAD_REVISION'],
  },
  WORKTREE_MISSING: {
    why: 'git knows a worktree of the task, but its directory was moved, renamed or deleted without git. Where it was found again, the first step tells git the new place; with mhv worktree repair PATH you can name it yourself. A deleted one is made anew by mhv start; commits are safe in the branch.',
    kept: NOTHING,
    see: ['NO_WORKTREE', 'WORKTREE_EXISTS', 'mhv worktree repair --help'],
  },
  STARTED_OTHERWISE: {
    why: 'The task is in progress already, on a branch or base other than the flags ask for. Its branch is not changed by a second start, since commits may be on it. Without the flags, mhv start goes to what there is; to begin anew, take the start back with mhv undo first.',
    kept: NOTHING,
    see: ['BRANCH_TAKEN', 'ILLEGAL_MOVE'],
  },
  WOULD_LOSE: {
    why: 'In the worktree there is something that only exists there: files that are not committed, commits that no branch holds, an operation in progress, another repository. It is named in the error. Commit it on its branch, or let it go into the trash together with the worktree by --with-changes, from where mhv worktree undo brings it back.',
    kept: 'Nothing was removed.',
    see: ['WORKTREE_IN_USE', 'NOTHING_IN_TRASH', 'mhv worktree remove --help'],
  },
  WORKTREE_IN_USE: {
    why: 'The shell that the command was typed in, an editor, a server or another process has its working directory inside the worktree, and would be left in a directory that is gone. Change to another directory and end what runs there, then try again.',
    kept: NOTHING,
    see: ['WOULD_LOSE', 'NO_DIRECTORY'],
  },
  SETUP_FAILED: {
    why: 'The worktree was made, but a command of worktrees.setup, a copy of ignored files or a submodule failed in it. Mend the cause, which the output above the error tells, and start again: it goes on where it stopped. --no-setup works without.',
    kept: 'The worktree and its branch are there, and the task is started.',
    see: ['NOT_TRUSTED', 'CONFIG_INVALID', 'mhv start --help'],
  },
  NOTHING_IN_TRASH: {
    why: 'Removed worktrees are kept for some days (worktrees.trash) and are then gone for good. There is none of that name, or it has come back already. Commits are not lost with it as long as their branch is there.',
    kept: NOTHING,
    see: ['NO_WORKTREE', 'mhv worktree undo --help'],
  },
  WORKTREE_FIXED: {
    why: 'The worktree cannot be moved as it is: it is the main one, it is locked, it has submodules, or the new place is on another disk. The steps take away what is in the way, or move it by hand in an order that loses nothing.',
    kept: NOTHING,
    see: ['WORKTREE_IN_USE', 'WORKTREE_MISSING', 'mhv worktree move --help'],
  },
}
