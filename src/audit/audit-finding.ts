import type { Finding, FindingCode } from '../doctor/finding.ts'

export type AuditCode =
  | FindingCode
  | 'ROOT_FOREIGN'
  | 'HISTORY_CUT'
  | 'MERGE_FOREIGN'
  | 'MERGE_ADDS'
  | 'FORMAT_LOWERED'
  | 'SIGNATURE_BAD'
  | 'SIGNATURE_UNKNOWN'
  | 'SIGNATURE_MISSING'
  | 'SIGNER_DIFFERS'

export interface AuditFinding {
  readonly code: AuditCode
  /** An error breaks what the log promises; a warning could not be told, or is worth knowing. */
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** Where it is, as far as it has a place. */
  readonly commit: string | null
  readonly path: string | null
  readonly event: string | null
  /** The command that shows or mends it. */
  readonly fix: string
}

type Place = Partial<Pick<AuditFinding, 'commit' | 'path' | 'event' | 'fix'>>

/** A finding at a place of the history; the step shows the commit unless another is given. */
export function found(
  code: AuditCode,
  severity: AuditFinding['severity'],
  message: string,
  { commit = null, path = null, event = null, fix }: Place,
): AuditFinding {
  const shown = commit ? `git show ${commit}${path ? ` -- ':/${path}'` : ''}` : 'mhv doctor'
  return { code, severity, message, commit, path, event, fix: fix ?? shown }
}

/** What the doctor says of the log as a whole. */
export const ofDoctor = ({ code, severity, message, fix }: Finding): AuditFinding =>
  found(code, severity, message, { fix })

export const shortId = (commit: string): string => commit.slice(0, 12)
