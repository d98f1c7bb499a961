import { NOTHING } from './error-page.ts'

export const TASK_PAGES = {
  TASK_NOT_FOUND: {
    why: 'The number was mistyped, belongs to another repository, or to a task that somebody else made and that is not fetched yet: mhv sync brings those. A task that was deleted is not found either; mhv task list --deleted shows it, and mhv task restore brings it back. Of another repository write its name in front, as in crackerjack#12.',
    kept: NOTHING,
    see: ['AMBIGUOUS_NUMBER', 'UNKNOWN_REPOSITORY', 'mhv task search --help'],
  },
  AMBIGUOUS_NUMBER: {
    why: 'Two clones gave the same number to different tasks before they heard of each other, and syncing settled it by giving one of them another number. The old number stays as an alias; where several tasks have had it and none has it now, it is not guessed which one you mean. The id of a task, which the steps show, is never ambiguous.',
    kept: NOTHING,
    see: ['TASK_NOT_FOUND', 'mhv sync --help'],
  },
  ILLEGAL_MOVE: {
    why: 'Not every status leads to every other: what is completed or cancelled has to be reopened before it is started again, and what is not blocked cannot be unblocked. Often somebody else has moved the task meanwhile, which mhv task history shows. The steps are the moves that are possible from where the task is now.',
    kept: NOTHING,
    helps: ['mhv task show NUMBER', 'mhv task reopen NUMBER', 'mhv task unblock NUMBER'],
    see: ['TASK_BLOCKED', 'WAITING_FOR_DEPENDENCIES', 'INCOMPLETE'],
  },
  WAITING_FOR_DEPENDENCIES: {
    why: 'The task depends on others that are not completed, so that work on it would probably have to be done twice. Start one that is ready instead, or take the dependency away with mhv task depend --remove where it was wrong. With --force the task starts all the same.',
    kept: NOTHING,
    see: ['DEPENDENCY_CYCLE', 'mhv graph --help', 'mhv next --help'],
  },
  TASK_BLOCKED: {
    why: 'Somebody said with mhv task block that work on the task cannot go on, and gave a reason, which the error repeats. Where the reason is gone, unblock the task; it then is what it was before. --force starts it in spite of it.',
    kept: NOTHING,
    see: ['WAITING_FOR_DEPENDENCIES', 'mhv task block --help'],
  },
  INCOMPLETE: {
    why: 'Acceptance criteria that nobody has checked, subtasks that are open or dependencies that are not done speak against the task being done. Check a criterion with mhv task check once it is met. Where the rest does not matter any more, --force with --reason completes the task, and both are kept as evidence.',
    kept: NOTHING,
    see: ['GATE_FAILED', 'mhv task check --help', 'mhv done --help'],
  },
  DEPENDENCY_CYCLE: {
    why: 'Each task of the cycle would wait for the next, so that none could ever be started. Usually one of the dependencies was put the wrong way round: mhv task depend 2 --on 1 says that 1 comes first. Take that one away with --remove, then try again. Cycles that arise when two people edit at once are kept, and mhv doctor names them.',
    kept: NOTHING,
    helps: ['mhv graph', 'mhv task depend NUMBER --on OTHER --remove'],
    see: ['WAITING_FOR_DEPENDENCIES', 'mhv graph --help'],
  },
  NOTHING_TO_UNDO: {
    why: 'Undo takes back your own last command on a task, one at a time. Here everything has been taken back already, or somebody else has changed the same fields since, and their change is not undone in passing. What was deleted comes back with mhv task restore, and a single field is set again with mhv task edit.',
    kept: NOTHING,
    see: ['PART_OF_CHANGE', 'mhv task history --help'],
  },
  PART_OF_CHANGE: {
    why: 'The last command changed tasks of several repositories at once, and undo works in one. To take it back here alone would leave the other half of the change, which nobody has asked for. The steps take back every part, one repository after the other.',
    kept: NOTHING,
    see: ['SAGA_UNFINISHED', 'NOTHING_TO_UNDO'],
  },
  CONDITION_MET: {
    why: 'The command was asked to fail when a task is in a certain state, as a job of continuous integration does, and at least one is. The list above the error names them. Nothing is wrong with the program or the repository: the tasks have to be dealt with, or the condition has to be another.',
    kept: 'Nothing was changed; the list was printed as usual.',
    see: ['mhv task list --help'],
  },
  CONFLICT_NOT_FOUND: {
    why: 'A lost change has the id that mhv conflicts prints, of which a beginning is enough as long as it fits one only. Somebody may have settled it already, here or in another clone: mhv conflicts --settled lists those too.',
    kept: NOTHING,
    see: ['CONFLICT_STANDS'],
  },
  CONFLICT_STANDS: {
    why: 'Most fields that lost against a concurrent change can be set again, but not all: a number is given by syncing, a branch by a start, and a criterion that was removed is no longer there to be met. What can be done instead is an ordinary command, such as mhv start with the branch that you want.',
    kept: NOTHING,
    see: ['CONFLICT_NOT_FOUND', 'BRANCH_TAKEN', 'mhv task history --help'],
  },
}
