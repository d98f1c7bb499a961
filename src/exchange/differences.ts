import { canonicalJson } from '../merge/canonical-json.ts'
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
  readonly reason: string | null
  readonly criteria: readonly { readonly text: string; readonly met: boolean }[]
  readonly comments: readonly { readonly text: string }[]
  readonly metadata: Readonly<Record<string, unknown>>
}

export const taskHere = (view: Snapshot, slot: number) =>
  JSON.parse(view.json(slot).toString('utf8')) as TaskHere

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && [...a].sort().every((item, i) => item === [...b].sort()[i])

const criteriaIn = (criteria: TaskHere['criteria']) =>
  criteria.map(({ text, met }) => canonicalJson([text, met]))

/** Whether each text of the file is a comment here; who works here adds more. */
function hasAll(here: TaskHere['comments'], texts: readonly string[]): boolean {
  const left = here.map(({ text }) => text)
  return texts.every((text) => {
    const at = left.indexOf(text)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

/** What an import itself notes, or a tracker at each change of the rest. */
const NOTED = ['deps', 'assumed', 'updated_at']

const metadataThatDiffers = (here: TaskHere['metadata'], metadata: SourceTask['metadata']) =>
  Object.keys(metadata)
    .filter((key) => !NOTED.includes(key) && canonicalJson(metadata[key]) !== canonicalJson(here[key]))
    .map((key) => `metadata.${key}`)

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
    // Why it has another status is part of that.
    ['reason', task.status === here.status && task.reason !== null && task.reason !== here.reason],
    ['deadline', says('deadline') && (fields.deadline ?? null) !== here.deadline],
    ['assignee', says('assignee') && (fields.assignee ?? null) !== here.assignee],
    ['estimate', says('estimate') && (fields.estimate ?? null) !== here.estimate],
    ['labels', says('labels', 'sprint') && !same(task.labels, here.labels)],
    ['depends_on', says('deps', 'depends_on', 'dependencies') && !same(blockers, dependsOn)],
    ['parent', says('deps', 'parent') && above !== parent],
    ['criteria', says('criteria') && !same(criteriaIn(fields.criteria ?? []), criteriaIn(here.criteria))],
    [
      'comments',
      !hasAll(
        here.comments,
        (fields.comments ?? []).map(({ text }) => text),
      ),
    ],
  ]
  return [
    ...differs.flatMap(([field, isSo]) => (isSo ? [field] : [])),
    ...metadataThatDiffers(here.metadata, task.metadata),
  ]
}
