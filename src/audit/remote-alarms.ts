import { alarmFinding, tasksNamed } from '../doctor/check-remote-logs.ts'
import { shellWord } from '../errors.ts'
import { isAncestor, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { branchTrackingRef, trackingRef } from '../store/fetched-log-refs.ts'
import { storeDirectory } from '../store/git-store.ts'
import { isKnownAlarm, type RemoteAlarm } from '../store/remote-marks.ts'
import { type FetchedAlarm, fetchedAlarms } from '../sync/fetched-alarms.ts'
import { type AuditFinding, found, ofDoctor, shortId } from './audit-finding.ts'

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
  const message = `On ${at} the log of ${remote} had lost or changed events of ${tasksNamed(tasks)}: ${shortId(from)} holds them, ${shortId(to!)} did not.`
  const fix = `git diff ${from} ${to}`
  return found('REMOTE_DAMAGED', 'warning', message, { commit: to, fix })
}

const tips = ({ from, to }: SeenAlarm, now: string) =>
  `${shortId(from)} had been seen there${to ? `, ${shortId(to)} ${now}` : ''}`

/** What no sync has met yet: nobody has noted when, and it is so now. */
function fetchedFinding(alarm: FetchedAlarm): AuditFinding {
  const where = `The log of ${alarm.remote}, as last fetched,`
  if (alarm.what === 'damaged') return ofDoctor(alarmFinding(alarm, where, alarm.tracked))
  const message = `${where} ${WHAT[alarm.what]}: ${tips(alarm, 'is there now')}.`
  const fix = `mhv sync --remote ${shellWord(alarm.remote)}`
  return found('REMOTE_REWOUND', 'error', message, { commit: alarm.from, fix })
}

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
