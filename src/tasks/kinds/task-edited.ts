import type { EventData, EventDraft } from '../../../schemas/event.ts'
import { draft, type Kind } from '../event-kind.ts'
import { EDITED_FIELDS } from '../registers.ts'
import type { TaskState } from '../task-state.ts'

export interface EditTask {
  readonly kind: 'EditTask'
  readonly fields: EventData<'TaskEdited'>
}

const changed = (task: TaskState, fields: EventData<'TaskEdited'>): Partial<TaskState> =>
  Object.fromEntries(
    EDITED_FIELDS.filter((field) => fields[field] !== undefined && fields[field] !== task[field]).map(
      (field) => [field, fields[field]],
    ),
  )

/** Each field is a register of its own: two concurrent edits of different fields both hold. */
export const taskEdited: Kind<'TaskEdited'> = {
  evolve: (task, { data }) => ({ ...task, ...changed(task, data) }),
  revert: (before, { data }, now) => {
    const fields = Object.fromEntries(
      EDITED_FIELDS.filter((field) => data[field] !== undefined).map((field) => [field, before[field]]),
    )
    return editTask({ kind: 'EditTask', fields }, now)
  },
}

export function editTask({ fields }: EditTask, task: TaskState): EventDraft[] {
  const set = changed(task, fields)
  return Object.keys(set).length === 0 ? [] : [draft('TaskEdited', set as EventData<'TaskEdited'>)]
}
