import { encodeSegment } from '../../src/snapshot/segment.ts'
import { memoryHeap, openSnapshot, type Snapshot } from '../../src/snapshot/snapshot.ts'
import { initialState, type TaskState } from '../../src/tasks/task-state.ts'
import { ulidOf } from './task-log.ts'

export interface TaskFields extends Omit<Partial<TaskState>, 'labels' | 'dependsOn'> {
  readonly labels?: readonly string[]
  readonly dependsOn?: readonly string[]
}

/** A snapshot of tasks that are numbered and given ids in their order, from 1. */
export function snapshotOf(...tasks: readonly TaskFields[]): Snapshot {
  const segment = encodeSegment(
    tasks.map(({ labels = [], dependsOn = [], ...fields }, i) => ({
      writable: true,
      task: {
        ...initialState(ulidOf(i + 1)),
        number: i + 1,
        title: `Task ${i + 1}`,
        ...fields,
        labels: new Map(labels.map((label) => [label, []])),
        dependsOn: new Map(dependsOn.map((id) => [id, []])),
      },
    })),
  )
  return openSnapshot({
    tip: null,
    rows: segment.rows,
    heap: memoryHeap(segment.heap),
    overlays: [],
    problems: [],
    highestNumber: segment.highestNumber,
  })
}

export const allSlots = (snapshot: Snapshot) => Array.from({ length: snapshot.slots }, (_, slot) => slot)
