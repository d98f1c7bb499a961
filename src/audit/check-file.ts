import type { StoredEvent } from '../../schemas/event.ts'
import { eventTexts, missingEvents, readVersion } from '../doctor/file-version.ts'
import type { ReadTask } from '../store/task-file.ts'
import { taskIdOf } from '../store/task-path.ts'
import { formatOf, ROOT } from '../store/task-store.ts'
import { orderLog } from '../tasks/fold.ts'
import { type AuditFinding, found, shortId } from './audit-finding.ts'
import type { FileStep } from './file-steps.ts'
import type { Versions } from './read-versions.ts'

/** What is wrong with what a commit made of a file, and the events that it brought. */
export interface FileChecked {
  readonly findings: readonly AuditFinding[]
  readonly events: readonly StoredEvent[]
}

const NOTHING: FileChecked = { findings: [], events: [] }
const told = ({ id, kind, by }: StoredEvent) => `event ${id} (${kind} by ${by})`
const by = ({ commit }: FileStep) =>
  `the commit ${shortId(commit.id)} of ${commit.author.name} <${commit.author.email}>`

/** Looks at what a commit made of a file. @param versions prepared for the step */
export async function checkFile(step: FileStep, versions: Versions): Promise<FileChecked> {
  const { commit, path, now, befores } = step
  const place = { commit: commit.id, path }
  const isNew = !befores.includes(now)
  if (path === ROOT.file) return { ...NOTHING, findings: settingsFindings(step, versions) }
  const id = taskIdOf(path)
  if (!id) {
    const message = `${path}: ${by(step)} put a file there that belongs to no task.`
    return isNew && now ? { ...NOTHING, findings: [found('STRAY_FILE', 'warning', message, place)] } : NOTHING
  }
  if (now === null) {
    const message = `${path}: ${by(step)} took the file of task ${id} out of the log.`
    return { ...NOTHING, findings: [found('TASK_GONE', 'error', message, place)] }
  }
  const version = isNew ? await versions.read(path, now, befores[0] ?? null) : null
  if (version?.added && befores.length === 1) {
    const { added: events } = version
    return { findings: quarantined(step, events, version.read as ReadTask), events }
  }
  const text = versions.text(path, now)
  if (text === null) {
    const message = `${path}: the file as ${by(step)} left it is missing or damaged.`
    return {
      ...NOTHING,
      findings: [found('OBJECT_MISSING', 'error', message, { ...place, fix: 'git fsck --full' })],
    }
  }
  const older = [...new Set(befores)].filter((before) => before !== null && before !== now) as string[]
  const findings = await lostFindings(step, text, older, versions)
  if (!version) return { ...NOTHING, findings }
  if ('unreadable' in version.read) {
    const message = `${path}: since ${by(step)} it cannot be read: ${version.read.unreadable}.`
    return { ...NOTHING, findings: [...findings, found('TASK_UNREADABLE', 'error', message, place)] }
  }
  const { log, faults } = version.read
  const known = new Set(older.flatMap((before) => eventIds(versions.text(path, before) ?? '')))
  const events = log.events.filter((event) => !known.has(event.id))
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
  return { findings: [...findings, ...quarantined(step, events, version.read)], events }
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
  text: string,
  older: readonly string[],
  versions: Versions,
): Promise<AuditFinding[]> {
  const { path, commit } = step
  const whole = new Set(eventTexts(text))
  const suspects = older.flatMap((before) => versions.text(path, before) ?? [])
  const lost = suspects.filter((before) => eventTexts(before).some((event) => !whole.has(event)))
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
    const text = object === null ? null : versions.text(path, object)
    return text === null ? null : formatOf(text)
  }
  const is = formatAt(now)
  const was = Math.max(0, ...befores.map((before) => formatAt(before) ?? 0))
  if (is !== null && is >= was) return []
  const what = is === null ? 'names no format any more' : `went from format ${was} to ${is}`
  const message = `${path} ${what} since ${by(step)}.`
  return [found(is === null ? 'NOT_A_LOG' : 'FORMAT_LOWERED', 'error', message, { commit: commit.id, path })]
}
