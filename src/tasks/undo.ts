import type { EventDraft, EventKind, StoredEvent } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import { draft, type Kind } from './event-kind.ts'
import { KINDS } from './evolve.ts'
import type { Step } from './fold.ts'
import { initialState, type TaskState } from './task-state.ts'

/** Ids of the events that a command wrote; or it made the task, and whatever it wrote went with that. */
export type EventsToUndo = ReadonlySet<string> | 'creation'

export interface UndoTask {
  readonly kind: 'UndoTask'
  /** What to take back; the last command on the task unless given. */
  readonly events?: EventsToUndo
}

/**
 * Drafts that take a command on a task back, newest first; each names what it undoes. Of a command that was named
 * there may be nothing left to take back; the last one is passed over then for the one before it.
 * Errors: NOTHING_TO_UNDO.
 */
export function undoTask({ events }: UndoTask, history: readonly Step[]): EventDraft[] {
  const now = history.at(-1)?.after ?? initialState('')
  const undone = new Set(history.flatMap(({ event }) => event.undoes ?? []))
  let left = history.filter(({ event }) => !event.undoes && !undone.has(event.id))
  if (events) {
    const made = events === 'creation' ? left.find(isCreation)?.event : null
    return takeBack(
      left.filter(({ event }) => (events === 'creation' ? isOfCommand(event, made) : events.has(event.id))),
      now,
    )
  }
  for (let last = left.at(-1); last; last = left.at(-1)) {
    const { event: newest } = last
    const drafts = takeBack(
      left.filter(({ event }) => isOfCommand(event, newest)),
      now,
    )
    if (drafts.length > 0) return drafts
    left = left.filter(({ event }) => !isOfCommand(event, newest))
  }
  throw new MhvError('NOTHING_TO_UNDO', `#${now.number} has no command left that can be taken back.`, {
    recovery: [`mhv task history ${now.number}`],
  })
}

const isCreation = ({ event }: Step) => event.kind === 'TaskCreated'

/** Whether two events were written by one command. */
const isOfCommand = (event: StoredEvent, other: StoredEvent | null | undefined) =>
  event.id === other?.id || (event.group !== undefined && event.group === other?.group)

/** A task whose creation is taken back goes as it is: to restore it brings all of it back, also what an import told. */
function takeBack(steps: readonly Step[], now: TaskState): EventDraft[] {
  if (steps.some(isCreation)) {
    const undoes = steps.map(({ event }) => event.id)
    return now.deleted ? [] : [{ ...draft('TaskDeleted', {}), undoes }]
  }
  return [...steps].reverse().flatMap(({ event, before }) => {
    const kind = KINDS[event.kind] as Kind<EventKind>
    const drafts = kind.revert?.(before, event as never, now) ?? []
    return drafts.map((draft) => ({ ...draft, undoes: [event.id] }))
  })
}
