import type { EventDraft, EventKind } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import type { Kind } from './event-kind.ts'
import { KINDS } from './evolve.ts'
import type { Step } from './fold.ts'
import { initialState, type TaskState } from './task-state.ts'

export interface UndoTask {
  readonly kind: 'UndoTask'
}

/**
 * Drafts that take the last command on a task back, newest first; each names what it undoes. A command that has no
 * effect left, or none that can be taken back, is passed over for the one before it.
 * Errors: NOTHING_TO_UNDO.
 */
export function undoTask(_command: UndoTask, history: readonly Step[]): EventDraft[] {
  const now = history.at(-1)?.after ?? initialState('')
  const undone = new Set(history.flatMap(({ event }) => event.undoes ?? []))
  let left = history.filter(({ event }) => !event.undoes && !undone.has(event.id))
  for (let last = left.at(-1); last; last = left.at(-1)) {
    const { id, group } = last.event
    const isOfCommand = ({ event }: Step) => event.id === id || (group !== undefined && event.group === group)
    const drafts = left
      .filter(isOfCommand)
      .reverse()
      .flatMap((step) => takeBack(step, now))
    if (drafts.length > 0) return drafts
    left = left.filter((step) => !isOfCommand(step))
  }
  throw new MhvError('NOTHING_TO_UNDO', `#${now.number} has no command left that can be taken back.`, {
    recovery: [`mhv task history ${now.number}`],
  })
}

function takeBack({ event, before }: Step, now: TaskState): EventDraft[] {
  const kind = KINDS[event.kind] as Kind<EventKind>
  const drafts = kind.revert?.(before, event as never, now) ?? []
  return drafts.map((draft) => ({ ...draft, undoes: [event.id] }))
}
