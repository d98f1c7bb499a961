import type { StoredEvent } from '../../schemas/event.ts'

export const FINDING_CODES = [
  'GIT_TOO_OLD',
  'NO_IDENTITY',
  'NOT_INITIALISED',
  'LOG_GONE',
  'REF_DAMAGED',
  'LOG_REWOUND',
  'LOG_BEHIND',
  'LOG_DIVERGED',
  'REMOTE_AWAY',
  'REMOTE_REFUSES',
  'REMOTE_LACKS_LOG',
  'REMOTE_REPLACED',
  'REMOTE_REWOUND',
  'REMOTE_DAMAGED',
  'MARK_DAMAGED',
  'OBJECT_MISSING',
  'NOT_A_LOG',
  'NEWER_FORMAT',
  'TASK_UNREADABLE',
  'TASK_GONE',
  'STRAY_FILE',
  'PROJECTION_STALE',
  'EVENT_QUARANTINED',
  'EVENT_CHANGED',
  'EVENT_GONE',
  'NUMBER_MISSING',
  'NUMBER_TAKEN_TWICE',
  'ALIAS_AMBIGUOUS',
  'DEPENDENCY_MISSING',
  'DEPENDENCY_DELETED',
  'DEPENDENCY_UNSEEN',
  'DEPENDENCY_CYCLE',
  'PARENT_MISSING',
  'PARENT_DELETED',
  'PARENT_CYCLE',
  'INDEX_WRONG',
  'INDEX_UNWRITABLE',
  'STORE_UNWRITABLE',
  'REFSPEC_MISSING',
  'REFSPEC_NARROW',
  'REFSPEC_DESTRUCTIVE',
  'LOCK_LEFT',
  'SCRATCH_REF_LEFT',
  'FILE_LEFT',
  'CLAIM_WITHOUT_TASK',
  'CLAIM_WITHOUT_BRANCH',
  'BRANCH_GONE',
  'WORKTREE_MISSING',
  'HOOKS_BROKEN',
  'SAGA_UNFINISHED',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** What `--fix` does about a finding. None of these loses anything that somebody has written. */
export type Mend =
  /** The log's ref goes forward to a commit that holds everything that it holds now. */
  | { readonly kind: 'restore-log'; readonly to: string; readonly from: string | null }
  /** The high-water mark is set to where the log is, or taken away with the log itself. */
  | { readonly kind: 'reset-mark'; readonly tip: string | null }
  /** The task's file is written again from its events. */
  | { readonly kind: 'rewrite'; readonly id: string }
  /** The task's file is written again from the events of the last commit in which it could be read. */
  | { readonly kind: 'recover'; readonly id: string; readonly commit: string }
  /** The task's file gets events that older versions of it hold, and it does not, or not as they were. */
  | { readonly kind: 'bring-back'; readonly id: string; readonly events: readonly StoredEvent[] }
  /** mtos.yaml is written again as it was when it last named a format. */
  | { readonly kind: 'restore-settings'; readonly tip: string; readonly text: string }
  /** A copy of a task's file is taken out of the log. */
  | { readonly kind: 'remove-copy'; readonly path: string }
  | { readonly kind: 'rebuild-index' }
  | { readonly kind: 'set-refspec'; readonly remote: string; readonly instead: string | null }
  | { readonly kind: 'break-lock' }
  | { readonly kind: 'delete-ref'; readonly ref: string; readonly at: string }
  | { readonly kind: 'delete-file'; readonly path: string }
  | { readonly kind: 'unclaim'; readonly branch: string }

export interface Finding {
  readonly code: FindingCode
  /** An error makes answers wrong or writes impossible; a warning is worth knowing. */
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** The command that leads out: `mhv doctor --fix` where that mends it. */
  readonly fix: string
  /** Commands that follow, where the first does not lead all the way. */
  readonly next: readonly string[]
  readonly mend?: Mend
}

/** A finding that `--fix` mends. */
export const mendable = (
  code: FindingCode,
  severity: Finding['severity'],
  message: string,
  mend: Mend,
): Finding => ({ code, severity, message, fix: 'mhv doctor --fix', next: [], mend })

/** A finding that needs a decision: `fix` is the command for it, or the first of several. */
export const reported = (
  code: FindingCode,
  severity: Finding['severity'],
  message: string,
  fix: string,
  ...next: string[]
): Finding => ({ code, severity, message, fix, next })
