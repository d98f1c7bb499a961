import { isUtf8 } from 'node:buffer'
import type { StoredEvent } from '../../schemas/event.ts'
import { eventTexts, missingEvents, readVersion } from '../store/file-version.ts'
import { beginsWith, eventsAt, growTaskFile, type KnownFile } from '../store/grow-task-file.ts'
import { type ReadTask, readTaskFile } from '../store/task-file.ts'
import { keyOfNode } from '../store/task-path.ts'
import { formatOf, ROOT } from '../store/task-store.ts'
import { orderLog } from '../tasks/fold.ts'
import { type AuditFinding, found, shortId } from './audit-finding.ts'
import type { FileStep } from './file-steps.ts'

/** What is wrong with what a commit made of a file, and the events that it brought. */
export interface FileChecked {
  readonly findings: readonly AuditFinding[]
  readonly events: readonly StoredEvent[]
}

const NOTHING: FileChecked = { findings: [], events: [] }
const told = ({ id, kind, by }: StoredEvent) => `event ${id} (${kind} by ${by})`
const by = ({ commit }: FileStep) =>
  `the commit ${shortId(commit.id)} of ${commit.author.name} <${commit.author.email}>`

/** A version of a file, as long as it is needed. */
export interface FileVersion {
  /** null for one that is missing or damaged. */
  readonly bytes: Buffer | null
  /** Where it is what its events make; null where it is not, and undefined until somebody asks. */
  known?: KnownFile | null
}

type Versions = ReadonlyMap<string, FileVersion>

function knownAs(id: string, version: FileVersion): KnownFile | null {
  version.known ??= (version.bytes && growTaskFile(id, null, version.bytes)?.file) ?? null
  return version.known
}

/** Looks at what a commit made of a file. @param versions at least all that the step names */
export async function checkFile(step: FileStep, versions: Versions): Promise<FileChecked> {
  const { commit, path, now, befores } = step
  const place = { commit: commit.id, path }
  const isNew = !befores.includes(now)
  if (path === ROOT.file) return { ...NOTHING, findings: settingsFindings(step, versions) }
  const id = keyOfNode(path)
  if (!id) {
    const message = `${path}: ${by(step)} put a file there that belongs to no task.`
    return isNew && now ? { ...NOTHING, findings: [found('STRAY_FILE', 'warning', message, place)] } : NOTHING
  }
  if (now === null) {
    const message = `${path}: ${by(step)} took the file of task ${id} out of the log.`
    return { ...NOTHING, findings: [found('TASK_GONE', 'error', message, place)] }
  }
  const version = versions.get(now)!
  const { bytes } = version
  if (bytes === null) {
    const message = `${path}: the file as ${by(step)} left it is missing or damaged.`
    return {
      ...NOTHING,
      findings: [found('OBJECT_MISSING', 'error', message, { ...place, fix: 'git fsck --full' })],
    }
  }
  const older = [...new Set(befores)].filter((before) => before !== null && before !== now) as string[]
  const [before] = older
  if (isNew && befores.length === 1) {
    const earlier = before ? knownAs(id, versions.get(before)!) : null
    const more = before && !earlier ? null : growTaskFile(id, earlier, bytes)
    if (more) {
      version.known = more.file
      return { findings: [], events: more.added }
    }
  }
  const olderBytes = older.flatMap((object) => versions.get(object)!.bytes ?? [])
  const findings = await lostFindings(step, bytes, olderBytes)
  return isNew ? checkWhole(step, id, bytes, olderBytes, findings) : { ...NOTHING, findings }
}

/** Looks at a file that is something else than one earlier version with events at its end. */
async function checkWhole(
  step: FileStep,
  id: string,
  bytes: Buffer,
  older: readonly Buffer[],
  lost: readonly AuditFinding[],
): Promise<FileChecked> {
  const { commit, path } = step
  const place = { commit: commit.id, path }
  const findings = [...lost]
  const read = await readTaskFile(id, bytes.toString('utf8'))
  if ('unreadable' in read) {
    const message = `${path}: since ${by(step)} it cannot be read: ${read.unreadable}.`
    return { ...NOTHING, findings: [...findings, found('TASK_UNREADABLE', 'error', message, place)] }
  }
  const known = new Set(older.flatMap((before) => eventIds(before.toString('utf8'))))
  const events = read.log.events.filter((event) => !known.has(event.id))
  const faults = isUtf8(bytes) ? read.faults : [...read.faults, 'it is not UTF-8']
  if (faults.length > 0) {
    const message = `${path}: what ${by(step)} wrote is not what the events make: ${faults.join('; ')}.`
    findings.push(found('PROJECTION_STALE', 'error', message, place))
  }
  if (commit.parents.length > 1) {
    for (const event of events) {
      const message = `${path}: ${told(event)} is in neither of the logs that ${by(step)} merged.`
      findings.push(found('MERGE_ADDS', 'error', message, { ...place, event: event.id }))
    }
  }
  return { findings: [...findings, ...quarantined(step, events, read)], events }
}

const eventIds = (text: string) =>
  eventTexts(text).flatMap((event) => /^ {2}- id: "?([0-9A-Z]{26})/.exec(event)?.[1] ?? [])

/** Events that came with a commit and are set aside, since their clock cannot be true. */
function quarantined(
  { commit, path }: FileStep,
  events: readonly StoredEvent[],
  { log, writable }: ReadTask,
): AuditFinding[] {
  if (!writable || events.length === 0) return []
  const added = new Set(events.map((event) => event.id))
  return orderLog(log)
    .quarantined.filter(({ event }) => added.has(event.id))
    .map(({ event, why }) =>
      found('EVENT_QUARANTINED', 'error', `${path}: ${told(event)} is kept but does not count: ${why}.`, {
        commit: commit.id,
        path,
        event: event.id,
      }),
    )
}

/** Events that a version before held, and the one that a commit made does not, or not as they were. */
async function lostFindings(
  step: FileStep,
  bytes: Buffer,
  older: readonly Buffer[],
): Promise<AuditFinding[]> {
  const { path, commit } = step
  const at = eventsAt(bytes)
  // Where a merge took one side, the other is mostly what it had been before.
  const differing = older.filter((before) => !beginsWith(bytes, at, before, eventsAt(before)))
  if (differing.length === 0) return []
  const text = bytes.toString('utf8')
  const whole = new Set(eventTexts(text))
  const lost = differing
    .map((before) => before.toString('utf8'))
    .filter((before) => eventTexts(before).some((event) => !whole.has(event)))
  const now = lost.length > 0 ? await readVersion(path, text) : null
  if (!now) return []
  const findings = new Map<string, AuditFinding>()
  for (const before of lost) {
    const was = await readVersion(path, before)
    const { gone, changed } = was ? missingEvents(was, now) : { gone: [], changed: [] }
    const place = (event: string) => ({ commit: commit.id, path, event })
    for (const event of gone) {
      const message = `${path}: ${told(event)} was taken out by ${by(step)}.`
      findings.set(event.id, found('EVENT_GONE', 'error', message, place(event.id)))
    }
    for (const event of changed) {
      const message = `${path}: ${told(event)} was changed by ${by(step)}.`
      findings.set(event.id, found('EVENT_CHANGED', 'error', message, place(event.id)))
    }
  }
  return [...findings.values()]
}

/** mtos.yaml says which format the log has, which never goes down. */
function settingsFindings(step: FileStep, versions: Versions): AuditFinding[] {
  const { path, now, befores, commit } = step
  const formatAt = (object: string | null) => {
    const bytes = object === null ? null : versions.get(object)!.bytes
    return bytes && formatOf(bytes.toString('utf8'))
  }
  const is = formatAt(now)
  const was = Math.max(0, ...befores.map((before) => formatAt(before) ?? 0))
  if (is !== null && is >= was) return []
  const what = is === null ? 'names no format any more' : `went from format ${was} to ${is}`
  const message = `${path} ${what} since ${by(step)}.`
  return [found(is === null ? 'NOT_A_LOG' : 'FORMAT_LOWERED', 'error', message, { commit: commit.id, path })]
}
