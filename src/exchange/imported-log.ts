import { EVENT_DATA, type EventData, envelope, FOLD_VERSION, type StoredEvent } from '../../schemas/event.ts'
import { draft } from '../tasks/event-kind.ts'
import type { TaskLog } from '../tasks/fold.ts'
import type { Environment } from '../tasks/seal.ts'
import type { Edges, Link } from './resolve-edges.ts'
import { type Digest, sourceUlid } from './source-ids.ts'
import { closedAt, type SourceTask } from './source-task.ts'

type Draft = ReturnType<typeof draft>
interface Moment {
  readonly at: string
  readonly by: string
  readonly draft: Draft
}

/** The id that a task of another system has here, whoever imports it. */
export function importedId(task: SourceTask, digest: Digest): string {
  return sourceUlid(digest, task.fields.created_at ?? null, [task.system, task.id, 'task'])
}

/**
 * The log of an imported task. What the source tells are events with the source's times and people, and ids that follow
 * from them: two clones that import the same file write the same bytes. What only the importer knows, the number and
 * edges to tasks that were here before, follows as events of the importer's own. A source that does not say when the
 * task was created leaves all of it to the importer's time, and only the task's id is the same everywhere.
 */
export function importedLog(
  id: string,
  task: SourceTask,
  edges: Edges,
  number: number,
  environment: Environment,
  digest: Digest,
): TaskLog {
  const isDated = task.fields.created_at !== undefined
  const told = momentsOf(task, edges, task.fields.created_at ?? environment.now, digest)
  const own: Moment[] = [
    ...linkDrafts(edges.links.filter(({ isSure }) => !isSure)),
    draft('TaskRenumbered', { number }),
  ].map((draft) => ({ at: environment.now, by: environment.actor, draft }))
  const events: StoredEvent[] = []
  for (const [i, moment] of [...told, ...own].entries()) {
    const isTold = isDated && i < told.length
    // What the event says is part of its id: a file that has changed since another clone imported it makes a second
    // event, never a second content for the same one.
    const { kind, data } = moment.draft
    const name = [task.system, task.id, i, JSON.stringify([kind, moment.by, data])]
    const eventId = isTold ? sourceUlid(digest, moment.at, name) : environment.newId()
    const event: StoredEvent = {
      id: eventId,
      kind,
      v: FOLD_VERSION,
      after: events.slice(-1).map((event) => event.id),
      clock: i + 1,
      at: moment.at,
      by: moment.by,
      group: events[0]?.id ?? eventId,
      data: data as Record<string, unknown>,
    }
    // What would not be read back is refused as a bug before it is written, as in every other write.
    EVENT_DATA[kind].parse(data)
    envelope.parse(event)
    events.push(event)
  }
  return { id, events }
}

/** What an importer adds to a task that its source does not tell: edges to tasks that are only known here. */
export const linkDrafts = (links: readonly Link[]): Draft[] =>
  links.map(({ relation, id }) =>
    relation === 'blocks' ? draft('DependencyAdded', { depends_on: id }) : draft('ParentSet', { parent: id }),
  )

const later = (a: string, b: string | null | undefined) => (b && b > a ? b : a)

/** What happened to the task according to its source, in order of time. */
function momentsOf(task: SourceTask, edges: Edges, created: string, digest: Digest): Moment[] {
  const { fields } = task
  const { author } = task
  const criteria = (fields.criteria ?? []).map((criterion, i) => ({
    ...criterion,
    id: sourceUlid(digest, fields.created_at ?? null, [task.system, task.id, 'criterion', i]),
  }))
  const first: Moment[] = [
    { at: created, by: author, draft: draft('TaskCreated', createdData(task, edges, criteria)) },
    ...criteria
      .filter(({ evidence }) => evidence)
      .map(({ id: criterion, met, evidence }) => ({
        at: created,
        by: author,
        draft: draft('CriterionChecked', { criterion, met, evidence }),
      })),
  ]
  const comments = (fields.comments ?? []).map(({ text, by, at }) => ({
    at: later(created, at),
    by: by ?? task.system,
    draft: draft('CommentAdded', { text }),
  }))
  return [...first, ...inOrder(comments, statusMoments(task, created))]
}

/** Two runs of moments as one: comments stay in their order, moves in theirs, and time decides between them. */
function inOrder(comments: readonly Moment[], moves: readonly Moment[]): Moment[] {
  const merged: Moment[] = []
  const rest = [...moves]
  for (const comment of comments) {
    while (rest[0] && rest[0].at < comment.at) merged.push(rest.shift()!)
    merged.push(comment)
  }
  return [...merged, ...rest]
}

/** An export of ours has what an earlier import did not resolve in its metadata. */
function keptWith({ metadata }: SourceTask, { unresolved }: Edges): unknown[] {
  const earlier = Array.isArray(metadata.deps) ? (metadata.deps as unknown[]) : []
  const texts = new Set(unresolved.map((name) => JSON.stringify(name)))
  return [...earlier.filter((name) => !texts.has(JSON.stringify(name))), ...unresolved]
}

function createdData(
  task: SourceTask,
  edges: Edges,
  criteria: readonly { id: string; text: string; met: boolean }[],
): EventData<'TaskCreated'> {
  const { fields } = task
  const sure = edges.links.filter(({ isSure }) => isSure)
  const dependsOn = sure.filter(({ relation }) => relation === 'blocks').map(({ id }) => id)
  const parent = sure.find(({ relation }) => relation === 'parent_child')?.id
  const metadata =
    edges.unresolved.length > 0 ? { ...task.metadata, deps: keptWith(task, edges) } : task.metadata
  return {
    title: fields.title,
    type: task.type,
    ...(fields.description ? { description: fields.description } : {}),
    // Said even where the source does not, so that our export of the task makes the same event as its source did.
    priority: fields.priority ?? 'medium',
    ...(fields.deadline ? { deadline: fields.deadline } : {}),
    ...(fields.estimate ? { estimate: fields.estimate } : {}),
    ...(fields.assignee ? { assignee: fields.assignee } : {}),
    ...(task.labels.length > 0 ? { labels: [...task.labels] } : {}),
    ...(dependsOn.length > 0 ? { depends_on: dependsOn } : {}),
    ...(parent ? { parent } : {}),
    ...(criteria.length > 0 ? { criteria: criteria.map(({ id, text, met }) => ({ id, text, met })) } : {}),
    source: { system: task.system, id: task.id },
    ...(Object.keys(metadata).length > 0 ? { metadata: { ...metadata } } : {}),
  }
}

/**
 * The moves that lead to the task's status. A source's times may contradict each other: none is before the last. Who
 * made a move is known of an end at most; whoever has the task now need not have been it.
 */
function statusMoments(task: SourceTask, created: string): Moment[] {
  const { fields, status, system, closer } = task
  const moments: Moment[] = []
  let last = created
  const move = (at: string | null | undefined, by: string, draft: Draft) => {
    last = later(last, at)
    moments.push({ at: last, by, draft })
  }
  const why = task.reason ? { reason: task.reason } : {}
  if (fields.started_at || status === 'in_progress') {
    move(fields.started_at, system, draft('TaskStarted', status === 'in_progress' ? why : {}))
  }
  const ended = closedAt(fields) ?? fields.updated_at
  switch (status) {
    case 'pending':
      if (fields.started_at)
        move(
          null,
          system,
          draft('TaskStartReverted', { ...why, started_at: later(created, fields.started_at) }),
        )
      break
    case 'completed':
      move(ended, closer, draft('TaskCompleted', why))
      break
    case 'cancelled':
      move(ended, closer, draft('TaskCancelled', why))
      break
    case 'blocked':
      move(ended, system, draft('TaskBlocked', { reason: task.reason ?? 'blocked' }))
      break
    case 'failed':
      move(ended, system, draft('TaskFailed', {}))
      break
  }
  return moments
}
