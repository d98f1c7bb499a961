import { MhvError } from '../errors.ts'
import type { Criterion, TaskState } from './task-state.ts'

/** The task's criterion at a place counted from 1. Errors: INVALID_INPUT with the places that exist. */
export function criterionAt(task: TaskState, place: number): Criterion {
  const criterion = task.criteria[place - 1]
  if (criterion) return criterion
  const range = task.criteria.length === 0 ? 'it has none' : `it has 1 to ${task.criteria.length}`
  throw new MhvError('INVALID_INPUT', `#${task.number} has no criterion ${place}: ${range}.`, {
    recovery: [`mhv task show ${task.number}`],
    data: { field: 'criterion', value: place },
  })
}
