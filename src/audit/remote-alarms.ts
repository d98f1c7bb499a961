import { isAncestor, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { trackingRef } from '../store/initialise.ts'
import { type AuditFinding, found, shortId } from './audit-finding.ts'

/** That a remote's log was seen to be less than it had been. */
export interface SeenAlarm {
  /** When it was noticed, ISO 8601. */
  readonly at: string
  readonly remote: string
  readonly what: 'rewound' | 'deleted' | 'replaced'
  /** The tip that had been seen there, and the one that was there then. */
  readonly from: string
  readonly to: string | null
}

const WHAT = { rewound: 'was moved back', deleted: 'was gone', replaced: 'was another one' } as const

/** What remotes have done to their logs. Where what had been seen is in the log again, it is only worth knowing. */
export async function alarmFindings(
  repository: Repository,
  alarms: readonly SeenAlarm[],
): Promise<AuditFinding[]> {
  const findings: AuditFinding[] = []
  for (const { at, remote, what, from, to } of alarms) {
    const is = await readRef(repository, trackingRef(remote))
    const isBack = is !== null && (await isAncestor(repository, from, is))
    const then = `On ${at} the log of ${remote} ${WHAT[what]}: ${shortId(from)} had been seen there${to ? `, ${shortId(to)} was there then` : ''}`
    const message = isBack ? `${then}. It holds that again.` : `${then}.`
    const fix = to ? `git log --oneline ${to}..${from}` : `git log --oneline ${from}`
    findings.push(found('REMOTE_REWOUND', isBack ? 'warning' : 'error', message, { commit: from, fix }))
  }
  return findings
}
