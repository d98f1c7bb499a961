import type { Repository } from '../git/repository.ts'
import { type Deed, type EventHistory, eventHistories } from '../store/event-history.ts'
import { type AuditFinding, found, shortId } from './audit-finding.ts'
import { mendedBy } from './mended-projections.ts'

const OF_EVENTS: ReadonlySet<string> = new Set([
  'EVENT_CHANGED',
  'EVENT_GONE',
  'TASK_GONE',
  'TASK_UNREADABLE',
])

const named = ({ commit, by }: Deed) => `the commit ${shortId(commit)} of ${by}`

/** A finding about events that are what they were first again: then it is only worth knowing. */
function judged(finding: AuditFinding, lost: readonly EventHistory[]): AuditFinding {
  if (lost.length === 0 || lost.some(({ isWhole }) => !isWhole)) return finding
  const restoredBy = lost[0]?.restoredBy
  const how = restoredBy ? `, put back by ${named(restoredBy)}` : ''
  const what = finding.event ? 'It is what it was first again' : 'All its events are what they were again'
  return { ...finding, severity: 'warning', message: `${finding.message} ${what}${how}.` }
}

/** One finding for each commit that made something else of an event than it was first. */
function changes(path: string, event: string, history: EventHistory): AuditFinding[] {
  const { kind, by } = history.first
  return history.changedBy.map((deed) => {
    const message = `${path}: event ${event} (${kind} by ${by}) was changed by ${named(deed)}.`
    const place = { commit: deed.commit, path, event }
    return judged(found('EVENT_CHANGED', 'error', message, place), [history])
  })
}

/** A finding about a file that is what its events make again. */
function mended(finding: AuditFinding, by: Deed | null): AuditFinding {
  if (!by) return finding
  const message = `${finding.message} The file is what they make again since ${named(by)}.`
  return { ...finding, severity: 'warning', message }
}

/**
 * Of what commits lost or left wrong, who did that and whether it has been put right. That a commit holds an event otherwise than a
 * parent of it does not tell: it may be the one that put the event back, or a merge of the two contents.
 * Reads all versions of the files that this is about. Errors: GIT_FAILED.
 */
export async function judgeLost(
  repository: Repository,
  tip: string,
  findings: readonly AuditFinding[],
): Promise<AuditFinding[]> {
  const files = new Map<string, ReadonlyMap<string, EventHistory>>()
  const menders = new Map<string, Deed | null>()
  const changed = new Set<string>()
  const told: AuditFinding[] = []
  for (const finding of findings) {
    const { code, path, event } = finding
    if (path !== null && code === 'PROJECTION_STALE') {
      const by = menders.has(path) ? menders.get(path)! : await mendedBy(repository, tip, path)
      menders.set(path, by)
      told.push(mended(finding, by))
      continue
    }
    if (path === null || !OF_EVENTS.has(code)) {
      told.push(finding)
      continue
    }
    const file = files.get(path) ?? (await eventHistories(repository, tip, path))
    files.set(path, file)
    if (code !== 'EVENT_CHANGED') {
      told.push(judged(finding, event === null ? [...file.values()] : [file.get(event)!]))
    } else if (!changed.has(event!)) {
      changed.add(event!)
      told.push(...changes(path, event!, file.get(event!)!))
    }
  }
  return told
}
