import type { EventData, EventDraft } from '../../../schemas/event.ts'
import { MhvError } from '../../errors.ts'
import { requireAcyclic } from '../dependency-path.ts'
import { draft, type Kind } from '../event-kind.ts'
import type { Known } from '../known.ts'
import { withAdded } from '../observed-set.ts'

/** `data.number` is given by the decision; ids of dependencies and parent are resolved already. */
export interface CreateTask {
  readonly kind: 'CreateTask'
  readonly id: string
  readonly data: EventData<'TaskCreated'>
  /** The words that the task was asked for in, where they said more than its title. */
  readonly request?: EventData<'TaskCreationRequested'>
}

export const taskCreated: Kind<'TaskCreated'> = {
  evolve: (task, { id, data, at, by }) => ({
    ...task,
    number: data.number ?? task.number,
    title: data.title,
    description: data.description ?? '',
    type: data.type ?? 'task',
    priority: data.priority ?? 'medium',
    deadline: data.deadline ?? null,
    estimate: data.estimate ?? null,
    assignee: data.assignee ?? null,
    labels: withAdded(task.labels, data.labels ?? [], id),
    dependsOn: withAdded(task.dependsOn, data.depends_on ?? [], id),
    parent: data.parent ?? null,
    criteria: (data.criteria ?? []).map((criterion) => ({
      id: criterion.id,
      text: criterion.text,
      met: criterion.met ?? false,
      evidence: null,
    })),
    source: data.source ? { system: data.source.system, id: data.source.id } : task.source,
    metadata: data.metadata ?? task.metadata,
    statusAt: at,
    createdBy: by,
    createdAt: at,
  }),
  revert: () => [draft('TaskDeleted', {})],
}

/** Errors: TASK_NOT_FOUND for a dependency or parent that is not here, DEPENDENCY_CYCLE. */
export function createTask({ id, data, request }: CreateTask, known: Known): EventDraft[] {
  const parent = data.parent ?? null
  for (const other of [...(data.depends_on ?? []), ...(parent ? [parent] : [])]) {
    if (other.includes('/')) continue
    const task = known.summary(other)
    if (!task || task.deleted) throw new MhvError('TASK_NOT_FOUND', `There is no task ${other} to depend on.`)
  }
  for (const other of data.depends_on ?? []) {
    requireAcyclic(known, [...(parent ? [parent] : []), id, other], 'dependency')
  }
  return [
    ...(request ? [draft('TaskCreationRequested', request)] : []),
    draft('TaskCreated', { number: known.nextNumber, ...data }),
  ]
}
