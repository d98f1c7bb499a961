import type { StoredEvent } from '../../schemas/event.ts'
import { formatFindings, objectFindings } from '../doctor/check-history.ts'
import { logFindings } from '../doctor/check-log.ts'
import { fetchPromised } from '../git/promised.ts'
import type { Repository } from '../git/repository.ts'
import { storeDirectory } from '../store/git-store.ts'
import { alone } from '../store/grow-task-file.ts'
import { noLogHere } from '../store/log-elsewhere.ts'
import type { OnProgress } from '../store/rebuild.ts'
import { keyOfNode } from '../store/task-path.ts'
import { type AuditFinding, found, ofDoctor } from './audit-finding.ts'
import { commitFindings } from './check-commit.ts'
import { openChecker } from './check-steps.ts'
import { fileSteps } from './file-steps.ts'
import { type LogCommit, readCommits } from './log-commit.ts'
import { judgeLost } from './lost-events.ts'
import {
  readSignatures,
  type Signature,
  type SignatureState,
  signatureFindings,
  UNSIGNED,
} from './read-signatures.ts'
import { alarmFindings, type SeenAlarm } from './remote-alarms.ts'

/** Events that a commit brought to a task. */
export interface Brought {
  readonly task: string
  readonly events: readonly StoredEvent[]
  readonly commit: LogCommit
  readonly signature: Signature
}

export interface AuditWishes {
  /** Whether commits that people make have to be signed. */
  readonly requireSigned: boolean
  /** What remotes were seen to do to their logs. */
  readonly alarms: readonly SeenAlarm[]
  readonly onProgress: OnProgress
  /** Called with what each commit brought, in their order; an event that two of them brought is given twice. */
  readonly onEvents?: (brought: Brought) => Promise<void>
}

export interface Audit {
  /** Errors first, then in the order of the history. */
  readonly findings: readonly AuditFinding[]
  readonly tip: string | null
  readonly checked: {
    readonly commits: number
    readonly merges: number
    /** Files as commits made them. */
    readonly versions: number
    /** Each once, however often it was brought: one that was taken out and put back was brought twice. */
    readonly events: number
  }
  readonly signatures: Readonly<Record<SignatureState, number>>
}

/** Versions of files that are looked at together; what they brought is in memory at once. */
const PIECE = 5000

/** The repository as its objects say, without what `git replace` shows in their place. */
const asStored = (repository: Repository): Repository => ({
  ...repository,
  git: { ...repository.git, variables: { ...repository.git.variables, GIT_NO_REPLACE_OBJECTS: '1' } },
})

/** Files of the history that a partial clone lacks, and cannot have. */
async function promisedFindings(repository: Repository, tip: string): Promise<AuditFinding[]> {
  const { size } = await fetchPromised(repository, tip, 'history')
  if (size === 0) return []
  const message = `${size} files of the history are not here, as this is a partial clone, and the remote did not give them.`
  return [found('OBJECT_MISSING', 'error', message, { fix: 'git fetch' })]
}

/** What was counted so far, and what was found. */
interface Tally {
  readonly findings: AuditFinding[]
  readonly checked: { commits: number; merges: number; versions: number; events: number }
  readonly signatures: Record<SignatureState, number>
}

async function walk(repository: Repository, tip: string, wishes: AuditWishes, tally: Tally): Promise<void> {
  const { findings, checked, signatures } = tally
  const seen = new Set<string>()
  const check = openChecker(repository)
  let total = 0
  const pieces = readCommits(repository, tip, (commits) => {
    total = commits
  })
  for await (const commits of pieces) {
    const signed = await readSignatures(repository, commits)
    for (const commit of commits) {
      const signature = signed.get(commit.id) ?? UNSIGNED
      checked.commits++
      if (commit.parents.length > 1) checked.merges++
      signatures[signature.state]++
      findings.push(...commitFindings(commit), ...signatureFindings(commit, signature, wishes.requireSigned))
    }
    const steps = await fileSteps(repository, commits)
    for (let at = 0; at < steps.length; at += PIECE) {
      const piece = steps.slice(at, at + PIECE)
      for (const [i, { findings: wrong, events }] of (await check(piece)).entries()) {
        const { commit, path } = piece[i]!
        findings.push(...wrong)
        checked.versions++
        for (const { id } of events) seen.add(alone(id))
        const signature = signed.get(commit.id) ?? UNSIGNED
        const task = keyOfNode(path)
        if (task && events.length > 0) await wishes.onEvents?.({ task, events, commit, signature })
      }
    }
    checked.events = seen.size
    wishes.onProgress(checked.commits, total)
  }
}

/**
 * Walks the whole history of the task log, commit by commit: that it begins where every log does and nothing of it is
 * missing, that it only grew, that each file is what its events make, who signed, and that neither this clone nor a
 * remote was moved back. Changes nothing. Memory does not grow with the length of the history but by some 200 bytes a
 * commit and 100 an event.
 * Errors: NOT_INITIALISED, GIT_FAILED.
 */
export async function auditLog(stored: Repository, wishes: AuditWishes): Promise<Audit> {
  const repository = asStored(stored)
  const tally: Tally = {
    findings: [],
    checked: { commits: 0, merges: 0, versions: 0, events: 0 },
    signatures: { good: 0, bad: 0, unknown: 0, unsigned: 0 },
  }
  const log = await logFindings(repository, storeDirectory(repository))
  if (log.findings.some(({ code }) => code === 'NOT_INITIALISED')) {
    throw await noLogHere(repository)
  }
  tally.findings.push(...log.findings.map(ofDoctor), ...(await alarmFindings(repository, wishes.alarms)))
  if (log.tip) {
    const missing = await objectFindings(repository, log.tip, true)
    const promised = missing.length === 0 ? await promisedFindings(repository, log.tip) : []
    const format = await formatFindings(repository, log.tip)
    tally.findings.push(...[...missing, ...format].map(ofDoctor), ...promised)
    // git follows no further than to what is missing, which is said.
    if (missing.length + promised.length === 0) await walk(repository, log.tip, wishes, tally)
  }
  const findings = log.tip ? await judgeLost(repository, log.tip, tally.findings) : tally.findings
  const rank = ({ severity }: AuditFinding) => (severity === 'error' ? 0 : 1)
  return { ...tally, findings: findings.sort((a, b) => rank(a) - rank(b)), tip: log.tip }
}
