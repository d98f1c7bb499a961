import type { TaskEvent } from '../../schemas/event.ts'
import type { TaskState } from './task-state.ts'

export const EDITED_FIELDS = ['title', 'description', 'type', 'priority', 'deadline', 'estimate'] as const

/** The field of which an event of a kind is the only last word. */
export const FIELD_OF = {
  TaskAssigned: 'assignee',
  ParentSet: 'parent',
  TaskStarted: 'status',
  TaskStartReverted: 'status',
  TaskBlocked: 'status',
  TaskUnblocked: 'status',
  TaskCompleted: 'status',
  TaskFailed: 'status',
  TaskCancelled: 'status',
  TaskReopened: 'status',
  TaskRenumbered: 'number',
  TaskDeleted: 'deleted',
  TaskRestored: 'deleted',
} as const

const ITEM = /^(label|dependency|link|criterion|comment) (.+)$/

/** What an event sets, by name: fields, and single items of sets and lists such as `label auth`. None of a creation. */
export function registersOf(event: TaskEvent): string[] {
  switch (event.kind) {
    case 'TaskEdited':
      return EDITED_FIELDS.filter((field) => event.data[field] !== undefined)
    case 'LabelsChanged': {
      const removed = (event.data.remove ?? []).map(({ value }) => value)
      return [...(event.data.add ?? []), ...removed].map((label) => `label ${label}`)
    }
    case 'DependencyAdded':
      return [`dependency ${event.data.depends_on}`]
    case 'DependencyRemoved':
      return event.data.remove.map(({ value }) => `dependency ${value}`)
    case 'LinksAdded':
      return event.data.to.map((other) => `link ${event.data.link} ${other}`)
    case 'LinksRemoved':
      return event.data.remove.map(({ value }) => `link ${value}`)
    case 'CriterionAdded':
      return [`criterion ${event.data.id}`]
    case 'CriterionChecked':
    case 'CriterionRemoved':
      return [`criterion ${event.data.criterion}`]
    case 'CommentAdded':
      return [`comment ${event.id}`]
    case 'CommentRemoved':
      return [`comment ${event.data.comment}`]
    default: {
      const field = FIELD_OF[event.kind as keyof typeof FIELD_OF]
      return field ? [field] : []
    }
  }
}

/** What a task has in a register, as something that can be compared. */
export function contentOf(task: TaskState, register: string): unknown {
  const [, list, item = ''] = ITEM.exec(register) ?? []
  switch (list) {
    case 'label':
      return task.labels.has(item)
    case 'dependency':
      return task.dependsOn.has(item)
    case 'link':
      return task.links.has(item)
    case 'criterion':
      return JSON.stringify(task.criteria.find(({ id }) => id === item) ?? null)
    case 'comment':
      return task.comments.some(({ id }) => id === item)
    default:
      // The reason belongs to the status.
      return register === 'status' ? `${task.status} ${task.reason ?? ''}` : task[register as keyof TaskState]
  }
}

/** The event as far as it sets what is asked for; null where nothing of it is. */
export function narrowed(event: TaskEvent, isAsked: (register: string) => boolean): TaskEvent | null {
  if (!registersOf(event).some(isAsked)) return null
  switch (event.kind) {
    case 'TaskEdited': {
      const data = Object.fromEntries(Object.entries(event.data).filter(([field]) => isAsked(field)))
      return { ...event, data }
    }
    case 'LabelsChanged': {
      const isAskedLabel = (label: string) => isAsked(`label ${label}`)
      const add = (event.data.add ?? []).filter(isAskedLabel)
      const remove = (event.data.remove ?? []).filter(({ value }) => isAskedLabel(value))
      return { ...event, data: { add, remove } }
    }
    case 'DependencyRemoved': {
      const remove = event.data.remove.filter(({ value }) => isAsked(`dependency ${value}`))
      return { ...event, data: { remove } }
    }
    case 'LinksAdded': {
      const { link } = event.data
      return {
        ...event,
        data: { link, to: event.data.to.filter((other) => isAsked(`link ${link} ${other}`)) },
      }
    }
    case 'LinksRemoved': {
      const remove = event.data.remove.filter(({ value }) => isAsked(`link ${value}`))
      return { ...event, data: { remove } }
    }
    default:
      return event
  }
}
