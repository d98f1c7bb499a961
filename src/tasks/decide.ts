import type { EventDraft, TaskEvent } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import type { Step } from './event-kind.ts'
import { evolve } from './evolve.ts'
import { type AddComment, addComment } from './kinds/comment-added.ts'
import { type AddCriterion, addCriterion } from './kinds/criterion-added.ts'
import { type CheckCriterion, checkCriterion } from './kinds/criterion-checked.ts'
import { type RemoveCriterion, removeCriterion } from './kinds/criterion-removed.ts'
import { type AddDependency, addDependency } from './kinds/dependency-added.ts'
import { type RemoveDependency, removeDependency } from './kinds/dependency-removed.ts'
import { type ChangeLabels, changeLabels } from './kinds/labels-changed.ts'
import { type AddLinks, addLinks } from './kinds/links-added.ts'
import { type RemoveLinks, removeLinks } from './kinds/links-removed.ts'
import { type SetParent, setParent } from './kinds/parent-set.ts'
import { type AssignTask, assignTask } from './kinds/task-assigned.ts'
import { type BlockTask, blockTask } from './kinds/task-blocked.ts'
import { type CancelTask, cancelTask } from './kinds/task-cancelled.ts'
import { type CompleteTask, completeTask } from './kinds/task-completed.ts'
import { type CreateTask, createTask } from './kinds/task-created.ts'
import { type DeleteTask, deleteTask } from './kinds/task-deleted.ts'
import { type EditTask, editTask } from './kinds/task-edited.ts'
import { type FailTask, failTask } from './kinds/task-failed.ts'
import { type ReopenTask, reopenTask } from './kinds/task-reopened.ts'
import { type RestoreTask, restoreTask } from './kinds/task-restored.ts'
import { type RevertStart, revertStart } from './kinds/task-start-reverted.ts'
import { type StartTask, startTask } from './kinds/task-started.ts'
import { statusBeforeBlock, type UnblockTask, unblockTask } from './kinds/task-unblocked.ts'
import type { Known } from './known.ts'
import { commandsToTake, type KeepWinningWrite, keepWinner, type TakeLostWrite } from './settle-lost-write.ts'
import { type TakeBackPart, takeBackPart } from './take-back-part.ts'
import { initialState } from './task-state.ts'
import { type UndoTask, undoTask } from './undo.ts'

export type Command =
  | CreateTask
  | EditTask
  | AssignTask
  | ChangeLabels
  | AddComment
  | AddDependency
  | RemoveDependency
  | AddLinks
  | RemoveLinks
  | SetParent
  | AddCriterion
  | CheckCriterion
  | RemoveCriterion
  | StartTask
  | RevertStart
  | BlockTask
  | UnblockTask
  | CompleteTask
  | FailTask
  | CancelTask
  | ReopenTask
  | DeleteTask
  | RestoreTask
  | UndoTask
  | TakeBackPart
  | TakeLostWrite
  | KeepWinningWrite

const OF_DELETED: readonly Command['kind'][] = ['RestoreTask', 'DeleteTask', 'UndoTask', 'TakeBackPart']

/** Whether a command is meant for a task that is deleted. */
const isOfDeleted = (command: Command) =>
  command.kind === 'TakeLostWrite' || command.kind === 'KeepWinningWrite'
    ? command.fields.includes('deleted')
    : OF_DELETED.includes(command.kind)

/**
 * What a command means for one task: drafts of events, none when it has taken effect already, or a refusal (MhvError).
 * @param history the task's steps so far, empty for a task to be created
 */
export function decide(command: Command, history: readonly Step[], known: Known): EventDraft[] {
  const task = history.at(-1)?.after ?? initialState('')
  if (task.deleted && !isOfDeleted(command)) {
    throw new MhvError('TASK_NOT_FOUND', `#${task.number} is deleted.`, {
      recovery: [`mhv task restore ${task.number}`],
      data: { number: task.number },
    })
  }
  switch (command.kind) {
    case 'CreateTask':
      return history.length > 0 ? [] : createTask(command, known)
    case 'EditTask':
      return editTask(command, task)
    case 'AssignTask':
      return assignTask(command, task)
    case 'ChangeLabels':
      return changeLabels(command, task)
    case 'AddComment':
      return addComment(command)
    case 'AddDependency':
      return addDependency(command, task, known)
    case 'RemoveDependency':
      return removeDependency(command, task)
    case 'AddLinks':
      return addLinks(command, task)
    case 'RemoveLinks':
      return removeLinks(command, task)
    case 'SetParent':
      return setParent(command, task, known)
    case 'AddCriterion':
      return addCriterion(command, task)
    case 'CheckCriterion':
      return checkCriterion(command, task)
    case 'RemoveCriterion':
      return removeCriterion(command, task)
    case 'StartTask':
      return startTask(command, task, known)
    case 'RevertStart':
      return revertStart(command, task, history)
    case 'BlockTask':
      return blockTask(command, task)
    case 'UnblockTask':
      return unblockTask(command, task, statusBeforeBlock(history))
    case 'CompleteTask':
      return completeTask(command, task, known)
    case 'FailTask':
      return failTask(command, task)
    case 'CancelTask':
      return cancelTask(command, task)
    case 'ReopenTask':
      return reopenTask(command, task)
    case 'DeleteTask':
      return deleteTask(command, task)
    case 'RestoreTask':
      return restoreTask(command, task)
    case 'UndoTask':
      return undoTask(command, history)
    case 'TakeBackPart':
      return takeBackPart(command, history, task)
    case 'TakeLostWrite':
      return inTurn(commandsToTake(command, history), history, known)
    case 'KeepWinningWrite':
      return keepWinner(command, history)
  }
}

/** What several commands mean one after the other. An event gets its id and its clock only when it is written. */
function inTurn(commands: readonly Command[], history: readonly Step[], known: Known): EventDraft[] {
  const foreseen = [...history]
  return commands.flatMap((command) => {
    const drafts = decide(command, foreseen, known)
    for (const draft of drafts) {
      const { event: last, after: before } = foreseen.at(-1)!
      const event = { ...last, undoes: [], ...draft } as TaskEvent
      foreseen.push({ event, before, after: evolve(before, event) })
    }
    return drafts
  })
}
