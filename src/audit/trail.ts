import type { StoredEvent } from '../../schemas/event.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { alone } from '../store/grow-task-file.ts'
import type { Brought } from './audit-log.ts'

/** One event of the log, with the commit that brought it; keys as they are published. */
export interface TrailEntry {
  readonly at: string
  readonly by: string
  readonly task: string
  /** As the task is called now; null for one that is not here or cannot be read. */
  readonly number: number | null
  readonly title: string | null
  readonly kind: string
  readonly event: string
  readonly task_id: string
  readonly commit: string
  readonly author: string
  readonly committed_at: string
  readonly signature: string
  readonly signer: string | null
  readonly data: Readonly<Record<string, unknown>>
}

/** What of the trail is asked for; null for all. */
export interface TrailFilter {
  /** Part of a name or address. */
  readonly actor: string | null
  readonly tasks: ReadonlySet<string> | null
  readonly kinds: ReadonlySet<string> | null
  /** Milliseconds since 1970: from the one on, before the other. */
  readonly since: number | null
  readonly until: number | null
}

function isAsked(task: string, event: StoredEvent, filter: TrailFilter): boolean {
  const time = Date.parse(event.at)
  return (
    (filter.tasks === null || filter.tasks.has(task)) &&
    (filter.kinds === null || filter.kinds.has(event.kind)) &&
    (filter.actor === null || event.by.toLowerCase().includes(filter.actor.toLowerCase())) &&
    (filter.since === null || time >= filter.since) &&
    (filter.until === null || time < filter.until)
  )
}

/**
 * A function that turns what commits brought into entries of the trail, each event once: two clones that imported the
 * same thing have both brought it, and the earlier commit counts.
 */
export function openTrail(
  view: Snapshot,
  repository: string,
  filter: TrailFilter,
): (brought: Brought) => TrailEntry[] {
  const seen = new Set<string>()
  const slots = new Map<string, number>()
  view.willRead('heads', view.slots)
  for (let slot = 0; slot < view.slots; slot++) slots.set(view.head(slot).id, slot)
  return ({ task, events, commit, signature }) => {
    const slot = slots.get(task)
    const number = slot === undefined ? null : view.number(slot)
    const entries: TrailEntry[] = []
    for (const event of events) {
      if (seen.has(event.id) || !isAsked(task, event, filter)) continue
      seen.add(alone(event.id))
      entries.push({
        at: event.at,
        by: event.by,
        task: number === null ? task : `${repository}#${number}`,
        number,
        title: slot === undefined ? null : view.head(slot).title,
        kind: event.kind,
        event: event.id,
        task_id: task,
        commit: commit.id,
        author: `${commit.author.name} <${commit.author.email}>`,
        committed_at: new Date(commit.committer.time * 1000).toISOString(),
        signature: signature.state,
        signer: signature.signer || null,
        data: event.data,
      })
    }
    return entries
  }
}

const COLUMNS = [
  'at', 'by', 'task', 'number', 'title', 'kind', 'event', 'task_id', 'commit', 'author', 'committed_at', 'signature',
  'signer', 'data',
] as const // biome-ignore format: a list

/** Lines of CSV, ended as spreadsheets expect. A cell that a spreadsheet would take for a formula gets a quote in front. */
async function csv(rows: readonly (readonly unknown[])[]): Promise<string> {
  const { default: Papa } = await import('papaparse')
  return `${Papa.unparse([...rows], { newline: '\r\n', escapeFormulae: true })}\r\n`
}

export const trailHead = (): Promise<string> => csv([COLUMNS])

/** Entries as lines of CSV; what an event says is JSON in its last cell. */
export const trailCsv = (entries: readonly TrailEntry[]): Promise<string> =>
  csv(
    entries.map((entry) =>
      COLUMNS.map((key) => (key === 'data' ? JSON.stringify(entry.data) : (entry[key] ?? ''))),
    ),
  )
