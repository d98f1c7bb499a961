import type { EventDraft } from '../../schemas/event.ts'
import type { Step } from './event-kind.ts'
import { addLinks } from './kinds/links-added.ts'
import { removeLinks } from './kinds/links-removed.ts'
import { deleteTask } from './kinds/task-deleted.ts'
import { registersOf } from './registers.ts'
import type { TaskState } from './task-state.ts'
import { isOfCommand } from './undo.ts'

/** Takes back what one task was told by a change of several repositories that could not be made in all of them. */
export interface TakeBackPart {
  readonly kind: 'TakeBackPart'
  readonly part: 'create' | 'link' | 'unlink'
  readonly link: string
  /** The other parts. */
  readonly to: readonly string[]
}

function draftsOf({ part, link, to }: TakeBackPart, task: TaskState): EventDraft[] {
  if (part === 'create') return deleteTask({ kind: 'DeleteTask', reason: `taken back with ${link}` }, task)
  if (part === 'link') return removeLinks({ kind: 'RemoveLinks', link }, task)
  return addLinks({ kind: 'AddLinks', link, to }, task)
}

/**
 * Unlike an undo, whatever others have set since: half of the change is worse. That the drafts undo the part's events
 * keeps both from being undone once more.
 */
export function takeBackPart(command: TakeBackPart, history: readonly Step[], task: TaskState): EventDraft[] {
  const told = command.part === 'unlink' ? 'LinksRemoved' : 'LinksAdded'
  const own = history.findLast(
    ({ event }) =>
      event.kind === told &&
      registersOf(event).some((register) => register.startsWith(`link ${command.link} `)),
  )
  const undoes = history.flatMap(({ event }) => (isOfCommand(event, own?.event) ? event.id : []))
  return draftsOf(command, task).map((draft) => ({ ...draft, undoes }))
}
