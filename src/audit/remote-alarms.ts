import { quote } from '../doctor/finding.ts'
import { isAncestor, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { storeDirectory } from '../store/git-store.ts'
import { branchTrackingRef, trackingRef } from '../store/initialise.ts'
import { isKnownAlarm, type RemoteAlarm } from '../store/remote-marks.ts'
import { type FetchedAlarm, fetchedAlarms } from '../sync/fetched-alarms.ts'
import { type AuditFinding, found, shortId } from './audit-finding.ts'

/** That a remote's log was seen to be less than it had been. */
export type SeenAlarm = Pick<RemoteAlarm, 'at' | 'remote' | 'what' | 'from' | 'to' | 'tasks'>

const WHAT = {
  rewound: 'was moved back',
  deleted: 'was gone',
  replaced: 'was another one',
  damaged: 'was damaged',
} as const

/** A log that went on without what it had held: what was lost was put back at once. */
function damageFinding({ at, remote, from, to, tasks = [] }: SeenAlarm): AuditFinding {
  const which = tasks.length === 1 ? `task ${tasks[0]}` : `${tasks.length} tasks, ${tasks[0]} among them`
  const message = `On ${at} the log of ${remote} had lost or changed events of ${which}: ${shortId(from)} holds them, ${shortId(to!)} did not.`
  const fix = `git diff ${from} ${to}`
  return found('REMOTE_DAMAGED', 'warning', message, { commit: to, fix })
}

const tips = ({ from, to }: SeenAlarm, now: string) =>
  `${shortId(from)} had been seen there${to ? `, ${shortId(to)} ${now}` : ''}`

/** What no sync has met yet: nobody has noted when, and it is so now. */
const fetchedFinding = (alarm: FetchedAlarm): AuditFinding =>
  found(
    'REMOTE_REWOUND',
    'error',
    `The log of ${alarm.remote}, as last fetched, ${WHAT[alarm.what]}: ${tips(alarm, 'is there now')}.`,
    { commit: alarm.from, fix: `mhv sync --remote ${quote(alarm.remote)}` },
  )

/**
 * What remotes have done to their logs. Where what had been seen is in the log again, whatever ref carries it, it is only
 * worth knowing.
 */
export async function alarmFindings(
  repository: Repository,
  alarms: readonly SeenAlarm[],
): Promise<AuditFinding[]> {
  const directory = storeDirectory(repository)
  const fetched = (await fetchedAlarms(repository)).filter((alarm) => !isKnownAlarm(directory, alarm))
  const findings = fetched.map(fetchedFinding)
  for (const alarm of alarms) {
    const { at, remote, what, from, to } = alarm
    if (what === 'damaged') {
      findings.push(damageFinding(alarm))
      continue
    }
    let isBack = false
    for (const ref of [trackingRef(remote), branchTrackingRef(remote)]) {
      const is = await readRef(repository, ref)
      isBack ||= is !== null && (await isAncestor(repository, from, is))
    }
    const then = `On ${at} the log of ${remote} ${WHAT[what]}: ${tips(alarm, 'was there then')}`
    const message = isBack ? `${then}. It holds that again.` : `${then}.`
    const fix = to ? `git log --oneline ${to}..${from}` : `git log --oneline ${from}`
    findings.push(found('REMOTE_REWOUND', isBack ? 'warning' : 'error', message, { commit: from, fix }))
  }
  return findings
}
