import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Edges } from './resolve-edges.ts'
import type { SourceTask } from './source-task.ts'

/** What an import has to know of a task that is here, by the index alone. */
export interface TaskHere {
  readonly title: string
  readonly description: string
  readonly type: string
  readonly status: string
  readonly priority: string
  readonly deadline: string | null
  readonly assignee: string | null
  readonly estimate: string | null
  readonly labels: readonly string[]
  readonly metadata: { readonly deps?: unknown }
}

export const taskHere = (view: Snapshot, slot: number) =>
  JSON.parse(view.json(slot).toString('utf8')) as TaskHere

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && [...a].sort().every((item, i) => item === [...b].sort()[i])

/**
 * The fields in which a task here is not what its source says now. A field that the file does not have says nothing;
 * an empty one says that there is nothing.
 */
export function differingFields(
  here: TaskHere,
  { dependsOn, parent }: { readonly dependsOn: readonly string[]; readonly parent: string },
  task: SourceTask,
  { links }: Edges,
): string[] {
  const { fields } = task
  const says = (...names: readonly string[]) => names.some((name) => task.says.has(name))
  const blockers = links.filter(({ relation }) => relation === 'blocks').map(({ id }) => id)
  const above = links.find(({ relation }) => relation === 'parent_child')?.id ?? ''
  const differs: readonly (readonly [string, boolean])[] = [
    ['title', fields.title !== here.title],
    ['description', says('description') && (fields.description ?? '') !== here.description],
    ['type', says('type') && task.type !== here.type],
    ['priority', says('priority') && (fields.priority ?? 'medium') !== here.priority],
    ['status', says('status', 'started_at', 'closed_at') && task.status !== here.status],
    ['deadline', says('deadline') && (fields.deadline ?? null) !== here.deadline],
    ['assignee', says('assignee') && (fields.assignee ?? null) !== here.assignee],
    ['estimate', says('estimate') && (fields.estimate ?? null) !== here.estimate],
    ['labels', says('labels', 'sprint') && !same(task.labels, here.labels)],
    ['depends_on', says('deps', 'depends_on', 'dependencies') && !same(blockers, dependsOn)],
    ['parent', says('deps', 'parent') && above !== parent],
  ]
  return differs.flatMap(([field, isSo]) => (isSo ? [field] : []))
}
