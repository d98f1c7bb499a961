import { isAncestor, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { trackingRef } from '../store/initialise.ts'
import type { RemoteAlarm } from '../store/remote-marks.ts'
import { type AuditFinding, found, shortId } from './audit-finding.ts'

/** That a remote's log was seen to be less than it had been. */
export type SeenAlarm = Pick<RemoteAlarm, 'at' | 'remote' | 'what' | 'from' | 'to' | 'tasks'>

const WHAT = { rewound: 'was moved back', deleted: 'was gone', replaced: 'was another one' } as const

/** A log that went on without what it had held: what was lost was put back at once. */
function damageFinding({ at, remote, from, to, tasks = [] }: SeenAlarm): AuditFinding {
  const which = tasks.length === 1 ? `task ${tasks[0]}` : `${tasks.length} tasks, ${tasks[0]} among them`
  const message = `On ${at} the log of ${remote} had lost or changed events of ${which}: ${shortId(from)} holds them, ${shortId(to!)} did not.`
  const fix = `git diff ${from} ${to}`
  return found('REMOTE_DAMAGED', 'warning', message, { commit: to, fix })
}

/** What remotes have done to their logs. Where what had been seen is in the log again, it is only worth knowing. */
export async function alarmFindings(
  repository: Repository,
  alarms: readonly SeenAlarm[],
): Promise<AuditFinding[]> {
  const findings: AuditFinding[] = []
  for (const alarm of alarms) {
    const { at, remote, what, from, to } = alarm
    if (what === 'damaged') {
      findings.push(damageFinding(alarm))
      continue
    }
    const is = await readRef(repository, trackingRef(remote))
    const isBack = is !== null && (await isAncestor(repository, from, is))
    const then = `On ${at} the log of ${remote} ${WHAT[what]}: ${shortId(from)} had been seen there${to ? `, ${shortId(to)} was there then` : ''}`
    const message = isBack ? `${then}. It holds that again.` : `${then}.`
    const fix = to ? `git log --oneline ${to}..${from}` : `git log --oneline ${from}`
    findings.push(found('REMOTE_REWOUND', isBack ? 'warning' : 'error', message, { commit: from, fix }))
  }
  return findings
}
