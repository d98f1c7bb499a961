import type { StoredEvent } from '../../schemas/event.ts'
import { shellWord } from '../errors.ts'
import { readObjects } from '../git/objects.ts'
import { isPartialClone } from '../git/promised.ts'
import type { Repository } from '../git/repository.ts'
import { eventHistories } from '../store/event-history.ts'
import { eventTexts, missingEvents, readVersion } from '../store/file-version.ts'
import { canonicalEvent } from '../store/task-file.ts'
import { keyOfNode } from '../store/task-path.ts'
import { type Finding, mendable, reported } from './finding.ts'
import type { FileChange } from './read-changes.ts'

/** Older versions of files that are compared unless all are asked for: what a second or two allow. */
const MOST = 5000
/** Versions that are in memory at once; of one file no more are compared unless all are asked for. */
const PIECE = 500

export interface EventsCompared {
  readonly findings: readonly Finding[]
  /** Older versions of files whose events were looked for in the files as they are. */
  readonly compared: number
  /** Older versions that were not looked at: too old, or not fetched. */
  readonly left: number
}

/** The older versions of each file that is there, newest first, and how many were left out. */
function olderVersions(
  current: ReadonlyMap<string, string>,
  changes: readonly FileChange[],
  most: number,
  mostOfOne: number,
): { older: Map<string, Set<string>>; compared: number; left: number } {
  const older = new Map<string, Set<string>>()
  const left = new Set<string>()
  let compared = 0
  for (const { path, before, now } of changes) {
    for (const version of [now, before]) {
      const known = older.get(path)
      if (version === null || !current.has(path) || current.get(path) === version || known?.has(version))
        continue
      if (compared >= most || (known?.size ?? 0) >= mostOfOne) {
        left.add(`${path} ${version}`)
        continue
      }
      older.set(path, (known ?? new Set()).add(version))
      compared++
    }
  }
  return { older, compared, left: left.size }
}

interface History {
  /** The newest commit of the log. */
  readonly tip: string
  readonly path: string
  /** Texts of all versions by object id; null for one that is not here. */
  readonly texts: ReadonlyMap<string, string | null>
  readonly current: string
  readonly older: readonly string[]
  readonly changes: readonly FileChange[]
}

/** The newest commit after which a file did not hold an event any more as it had been. */
async function commitThatLost(history: History, event: StoredEvent): Promise<string> {
  const holds = async (version: string | null) => {
    const text = version === null ? null : history.texts.get(version)
    const held = text ? (await readVersion(history.path, text))?.events.get(event.id) : undefined
    return held !== undefined && canonicalEvent(held) === canonicalEvent(event)
  }
  const own = history.changes.filter(({ path }) => path === history.path)
  for (const { commit, before, now } of own) if ((await holds(before)) && !(await holds(now))) return commit
  return own[0]!.commit
}

const showChange = (commit: string, path: string) => `git show ${commit} -- ${shellWord(`:/${path}`)}`
const told = ({ id, kind, by }: StoredEvent) => `event ${id} (${kind} by ${by})`

async function goneFinding(
  history: History,
  events: readonly StoredEvent[],
  writable: boolean,
): Promise<Finding> {
  const { path } = history
  const commit = await commitThatLost(history, events[0]!)
  const which = events.map(told).join(', ')
  const message = `${path}: ${which} ${events.length === 1 ? 'was' : 'were'} taken out, by the commit ${commit.slice(0, 12)}.`
  if (!writable) return reported('EVENT_GONE', 'error', message, showChange(commit, path))
  const mend = { kind: 'bring-back', id: keyOfNode(path)!, events } as const
  return mendable('EVENT_GONE', 'error', `${message} --fix brings back what older versions hold.`, mend)
}

/** Events that are not what they were first; one that was changed and has been put back is what it has to be. */
async function changedFindings(
  repository: Repository,
  { tip, path }: History,
  changed: readonly StoredEvent[],
  writable: boolean,
): Promise<Finding[]> {
  if (changed.length === 0) return []
  const histories = await eventHistories(repository, tip, path)
  return changed.flatMap(({ id }) => {
    const { first, changedBy, isWhole, isDisputed } = histories.get(id)!
    if (isWhole) return []
    const { commit, by } = changedBy.at(-1)!
    const message = `${path}: ${told(first)} was changed afterwards, by the commit ${commit.slice(0, 12)} of ${by}. Events are never changed`
    if (!writable || isDisputed) {
      const why = isDisputed
        ? `${path}: ${told(first)} came with two contents, the other one by the commit ${commit.slice(0, 12)} of ${by}.`
        : `${message}: the step shows what it was.`
      return [reported('EVENT_CHANGED', 'error', why, showChange(commit, path))]
    }
    const mend = { kind: 'bring-back', id: keyOfNode(path)!, events: [first] } as const
    const how = `${message}: “git show ${commit.slice(0, 12)}” shows what it was, and --fix puts that back.`
    return [mendable('EVENT_CHANGED', 'error', how, mend)]
  })
}

/** What older versions of one file held and the newest does not, or not as it was. */
async function lostEvents(repository: Repository, history: History): Promise<Finding[]> {
  const { path, texts, current, older } = history
  const text = texts.get(current)
  if (!text) return []
  const whole = new Set(eventTexts(text))
  const suspects = older.filter((version) => eventTexts(texts.get(version) ?? '').some((e) => !whole.has(e)))
  const now = suspects.length > 0 ? await readVersion(path, text) : null
  if (!now) return []
  const gone = new Map<string, StoredEvent>()
  let writable = now.writable
  const changed = new Map<string, StoredEvent>()
  for (const version of suspects) {
    const was = await readVersion(path, texts.get(version)!)
    if (!was) continue
    const missing = missingEvents(was, now)
    if (missing.gone.length + missing.changed.length > 0) writable &&= was.writable
    for (const event of missing.gone) if (!gone.has(event.id)) gone.set(event.id, event)
    for (const event of missing.changed) changed.set(event.id, event)
  }
  const found = await changedFindings(repository, history, [...changed.values()], writable)
  if (gone.size > 0) found.push(await goneFinding(history, [...gone.values()], writable))
  return found
}

/**
 * Whether every event that a file has had is still in it with the same bytes. No command of ours takes one away or
 * changes one, so whoever did went round them. Read from the newest back, as many versions as can be without waiting.
 * @param current object ids of the files that there are
 * @param isDeep whether all versions are looked at, however many there are
 */
export async function compareEvents(
  repository: Repository,
  tip: string,
  current: ReadonlyMap<string, string>,
  changes: readonly FileChange[],
  isDeep: boolean,
): Promise<EventsCompared> {
  // git would fetch each version by itself.
  const most = isPartialClone(repository) ? 0 : isDeep ? Number.POSITIVE_INFINITY : MOST
  const { older, compared, left } = olderVersions(current, changes, most, isDeep ? most : PIECE)
  const findings: Finding[] = []
  let piece: [string, Set<string>][] = []
  let size = 0
  const look = async () => {
    const ids = piece.flatMap(([path, versions]) => [current.get(path)!, ...versions])
    const contents = await readObjects(repository, ids)
    const texts = new Map(ids.map((id, i) => [id, contents[i]?.toString('utf8') ?? null]))
    for (const [path, versions] of piece) {
      const history = { tip, path, texts, current: current.get(path)!, older: [...versions], changes }
      findings.push(...(await lostEvents(repository, history)))
    }
    piece = []
    size = 0
  }
  for (const one of older) {
    piece.push(one)
    size += one[1].size + 1
    if (size >= PIECE) await look()
  }
  if (piece.length > 0) await look()
  return { findings, compared, left }
}
