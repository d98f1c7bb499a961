/** Exit codes: 1 refused or failed, 2 wrong usage or bad input, 3 a gate failed, 4 contention not resolved in time. */
export type ExitCode = 1 | 2 | 3 | 4

export interface ErrorEntry {
  readonly code: `MHV-${string}`
  readonly exit: ExitCode
  /** One sentence: what happened, in general. */
  readonly title: string
  /** Commands that lead out when pasted; an error's own site may give more exact ones. */
  readonly recovery: readonly string[]
}

/** Every error of the program that is not a bug. `mhv explain NAME` and docs/errors.md are made from this table. */
export const ERRORS = {
  NOT_A_REPOSITORY: {
    code: 'MHV-001',
    exit: 1,
    title: 'The directory is not inside a git repository.',
    recovery: ['git init', 'mhv init'],
  },
  NOT_INITIALISED: {
    code: 'MHV-002',
    exit: 1,
    title: 'The repository has no task log yet.',
    recovery: ['mhv init'],
  },
  TASK_NOT_FOUND: {
    code: 'MHV-003',
    exit: 1,
    title: 'No task has that number or id.',
    recovery: ['mhv task list --status all'],
  },
  AMBIGUOUS_NUMBER: {
    code: 'MHV-004',
    exit: 1,
    title: 'Several tasks have had that number; none has it now.',
    recovery: ['mhv task list --status all --columns number,id,title'],
  },
  ILLEGAL_MOVE: {
    code: 'MHV-005',
    exit: 1,
    title: 'The task cannot move from its status to the one asked for.',
    recovery: ['mhv task list --status all'],
  },
  WAITING_FOR_DEPENDENCIES: {
    code: 'MHV-006',
    exit: 1,
    title: 'Tasks that this one depends on are not completed.',
    recovery: ['mhv task ready'],
  },
  TASK_BLOCKED: {
    code: 'MHV-007',
    exit: 1,
    title: 'Somebody has said that the task is blocked.',
    recovery: ['mhv task list --status blocked'],
  },
  INCOMPLETE: {
    code: 'MHV-008',
    exit: 1,
    title: 'Subtasks, dependencies or acceptance criteria of the task are still open.',
    recovery: ['mhv task list --columns number,status,waiting_on,title'],
  },
  DEPENDENCY_CYCLE: {
    code: 'MHV-009',
    exit: 1,
    title: 'The dependency or parent would close a cycle.',
    recovery: ['mhv task list --columns number,depends_on,parent,title'],
  },
  NOTHING_TO_UNDO: {
    code: 'MHV-010',
    exit: 1,
    title: 'There is no command on the task that can be taken back.',
    recovery: ['git log --oneline refs/mtos/tasks'],
  },
  INVALID_INPUT: {
    code: 'MHV-011',
    exit: 2,
    title: 'A value breaks the rule of its field.',
    recovery: ['mhv help'],
  },
  USAGE: {
    code: 'MHV-012',
    exit: 2,
    title: 'The command line has a flag, an argument or a command that does not exist, or lacks one.',
    recovery: ['mhv help'],
  },
  DEADLINE_PAST: {
    code: 'MHV-013',
    exit: 2,
    title: 'The deadline has passed already.',
    recovery: ['mhv help'],
  },
  IMPORT_REJECTED: {
    code: 'MHV-014',
    exit: 2,
    title: 'The file to import has lines that cannot be read; nothing was imported.',
    recovery: ['mhv task import --help'],
  },
  NEWER_FORMAT: {
    code: 'MHV-015',
    exit: 1,
    title: 'A newer version of mhv wrote this; here it can be read but not changed.',
    recovery: ['mhv version'],
  },
  TASK_UNREADABLE: {
    code: 'MHV-016',
    exit: 1,
    title: 'The stored file of the task is damaged.',
    recovery: ['mhv doctor'],
  },
  STORE_UNWRITABLE: {
    code: 'MHV-017',
    exit: 1,
    title: 'git could not write to the repository.',
    recovery: ['git count-objects -v', 'df -h .'],
  },
  LOG_REWOUND: {
    code: 'MHV-018',
    exit: 1,
    title: 'The task log was moved back to before changes that this clone has already seen.',
    recovery: ['mhv doctor', 'mhv doctor --fix'],
  },
  CONTENTION: {
    code: 'MHV-019',
    exit: 4,
    title: 'Other processes kept writing to the task log until the time was up.',
    recovery: ['mhv doctor --fix'],
  },
  NO_IDENTITY: {
    code: 'MHV-020',
    exit: 1,
    title: 'git does not know who you are.',
    recovery: ['git config user.name "Your Name"', 'git config user.email you@example.com'],
  },
  GIT_FAILED: {
    code: 'MHV-021',
    exit: 1,
    title: 'A git command failed.',
    recovery: ['git fsck'],
  },
  GIT_MISSING: {
    code: 'MHV-022',
    exit: 1,
    title: 'There is no git, or one older than 2.38.',
    recovery: ['git --version'],
  },
  WORKTREE_EXISTS: {
    code: 'MHV-023',
    exit: 1,
    title: 'Something that is not the task’s worktree is already where it would go.',
    recovery: ['git worktree list'],
  },
  BRANCH_TAKEN: {
    code: 'MHV-024',
    exit: 1,
    title: 'The branch exists and belongs to something else, or its name is blocked by another branch.',
    recovery: ['git branch --list'],
  },
  NO_WORKTREE: {
    code: 'MHV-025',
    exit: 1,
    title: 'The task has no worktree.',
    recovery: ['git worktree list'],
  },
  NO_CURRENT_TASK: {
    code: 'MHV-026',
    exit: 1,
    title: 'The checked-out branch belongs to no task.',
    recovery: ['mhv task list'],
  },
  NO_COMMITS: {
    code: 'MHV-027',
    exit: 1,
    title: 'The repository has no commit yet that a branch could start from.',
    recovery: ['git commit --allow-empty -m "First commit"'],
  },
  BAD_REVISION: {
    code: 'MHV-028',
    exit: 2,
    title: 'The point in time is neither a date nor a commit of the task log.',
    recovery: ['git log --oneline refs/mtos/tasks'],
  },
  DOCTOR_FOUND: {
    code: 'MHV-029',
    exit: 1,
    title: 'The doctor found something wrong.',
    recovery: ['mhv doctor'],
  },
  UNKNOWN_CODE: {
    code: 'MHV-030',
    exit: 2,
    title: 'No error has that code or name.',
    recovery: ['mhv explain'],
  },
  NOT_A_LOG: {
    code: 'MHV-031',
    exit: 1,
    title: 'What refs/mtos/tasks points to is no task log that this version knows.',
    recovery: ['mhv doctor', 'git log --stat refs/mtos/tasks'],
  },
  OBJECT_MISSING: {
    code: 'MHV-032',
    exit: 1,
    title: 'Objects of the task log are not in the repository, or are damaged.',
    recovery: ['mhv doctor'],
  },
  NO_DIRECTORY: {
    code: 'MHV-033',
    exit: 2,
    title: 'The directory that -C names cannot be entered, or the working directory is gone.',
    recovery: ['pwd', 'mhv help'],
  },
  OUTPUT_FAILED: {
    code: 'MHV-034',
    exit: 1,
    title: 'The answer could not be written to standard output. What the command was to change is changed.',
    recovery: ['df -h .', 'mhv task list'],
  },
  WORKTREE_MISSING: {
    code: 'MHV-035',
    exit: 1,
    title: 'git knows a worktree of the task, but it was moved or deleted by hand.',
    recovery: ['mhv worktree list', 'mhv worktree repair'],
  },
  STARTED_OTHERWISE: {
    code: 'MHV-036',
    exit: 1,
    title: 'The task is started already, and not in the way that the flags ask for.',
    recovery: ['mhv task list --status in_progress --columns number,branch,title'],
  },
  EDITOR_FAILED: {
    code: 'MHV-037',
    exit: 1,
    title: 'The editor failed; nothing was changed.',
    recovery: ['git var GIT_EDITOR'],
  },
  CONFIG_INVALID: {
    code: 'MHV-038',
    exit: 1,
    title: 'The configuration cannot be read, or a value in it breaks its rule.',
    recovery: ['mhv config show'],
  },
  GATE_FAILED: {
    code: 'MHV-039',
    exit: 3,
    title: 'A required quality gate failed.',
    recovery: ['mhv gate run'],
  },
  GATE_NOT_STARTED: {
    code: 'MHV-040',
    exit: 1,
    title: 'A required quality gate could not be started, so that it says nothing about the work.',
    recovery: ['mhv preflight', 'mhv config show'],
  },
  GATES_UNPROVEN: {
    code: 'MHV-041',
    exit: 3,
    title: 'Commits or completed tasks have neither a record of passed gates nor an override.',
    recovery: ['mhv gate verify --rerun'],
  },
  UNKNOWN_GATE: {
    code: 'MHV-042',
    exit: 2,
    title: 'No gate has that name.',
    recovery: ['mhv config show'],
  },
  PREFLIGHT_FAILED: {
    code: 'MHV-043',
    exit: 1,
    title: 'Something that has to be true before work is saved is not.',
    recovery: ['mhv preflight'],
  },
  WOULD_LOSE: {
    code: 'MHV-044',
    exit: 1,
    title: 'Removing the worktree would lose work, or it cannot be told whether it would; it stays.',
    recovery: ['mhv worktree list', 'git worktree list'],
  },
  WORKTREE_IN_USE: {
    code: 'MHV-045',
    exit: 1,
    title: 'The shell, or another process, is inside the worktree.',
    recovery: ['mhv worktree list'],
  },
  SETUP_FAILED: {
    code: 'MHV-046',
    exit: 1,
    title: 'A set-up command of the new worktree failed; the worktree is there.',
    recovery: ['mhv worktree list'],
  },
  NOT_TRUSTED: {
    code: 'MHV-047',
    exit: 1,
    title: 'What the repository’s configuration would run has not been agreed to, or has changed since.',
    recovery: ['mhv config trust'],
  },
  HOOKS_BROKEN: {
    code: 'MHV-048',
    exit: 1,
    title: 'Hooks are not installed, or do not run in every worktree.',
    recovery: ['mhv hooks install', 'mhv hooks status'],
  },
  NOTHING_IN_TRASH: {
    code: 'MHV-049',
    exit: 1,
    title: 'There is no removed worktree of that name to bring back.',
    recovery: ['mhv worktree list --trash'],
  },
  NO_GATES_FOUND: {
    code: 'MHV-053',
    exit: 1,
    title: 'Nothing was found that a quality gate could run.',
    recovery: ['mhv gate init --help'],
  },
  CONFIG_EXISTS: {
    code: 'MHV-054',
    exit: 1,
    title: 'There is a configuration already, which is never overwritten.',
    recovery: ['mhv config show', 'mhv gate init --dry-run'],
  },
  WORKTREE_FIXED: {
    code: 'MHV-059',
    exit: 1,
    title: 'The worktree cannot be moved.',
    recovery: ['mhv worktree list'],
  },
  STATE_UNWRITABLE: {
    code: 'MHV-063',
    exit: 1,
    title: 'What mhv keeps for this user, outside of repositories, cannot be written.',
    recovery: ['ls -ld "$HOME/.local/state" "$XDG_STATE_HOME"', 'df -h "$HOME"'],
  },
} as const satisfies Record<string, ErrorEntry>
