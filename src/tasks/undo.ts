import type { EventDraft, TaskEvent } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import type { Kind } from './event-kind.ts'
import { KINDS } from './evolve.ts'
import type { Step } from './fold.ts'

export interface UndoTask {
  readonly kind: 'UndoTask'
}

/** The last command on the task that is neither an undo nor undone already, as its steps. */
export function lastCommand(history: readonly Step[]): readonly Step[] {
  const undone = new Set(history.flatMap(({ event }) => event.undoes ?? []))
  const candidates = history.filter(({ event }) => !event.undoes && !undone.has(event.id))
  const last = candidates.at(-1)
  if (!last) return []
  const group = last.event.group
  return group ? candidates.filter(({ event }) => event.group === group) : [last]
}

/**
 * Drafts that take the last command on a task back, newest first; each names what it undoes.
 * Errors: NOTHING_TO_UNDO.
 */
export function undoTask(_command: UndoTask, history: readonly Step[]): EventDraft[] {
  const now = history.at(-1)?.after
  const command = lastCommand(history)
  const drafts = [...command].reverse().flatMap(({ event, before }) => {
    const kind = KINDS[event.kind] as Kind<TaskEvent['kind']>
    const back = now && kind.revert ? kind.revert(before, event as never, now) : []
    return back.map((draft) => ({ ...draft, undoes: [event.id] }))
  })
  if (drafts.length === 0) {
    throw new MhvError(
      'NOTHING_TO_UNDO',
      `#${now?.number ?? 0} has no command left that can be taken back.`,
      {
        recovery: now ? [`mhv task history ${now.number}`] : [],
      },
    )
  }
  return drafts
}
