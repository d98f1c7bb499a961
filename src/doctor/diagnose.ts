import type { Repository } from '../git/repository.ts'
import { storeDirectory } from '../store/git-store.ts'
import type { OnProgress } from '../store/rebuild.ts'
import { branchFindings } from './check-branches.ts'
import { hooksFindings } from './check-hooks.ts'
import { indexFindings } from './check-index.ts'
import { leftoverFindings } from './check-leftovers.ts'
import { logFindings } from './check-log.ts'
import { remoteLogFindings } from './check-remote-logs.ts'
import { gitFindings, refspecFindings, unwritableFindings } from './check-repository.ts'
import { sagaFindings } from './check-sagas.ts'
import type { Finding } from './finding.ts'
import { readFiles } from './read-files.ts'
import { relationFindings } from './relations.ts'

export interface Diagnosis {
  /** Errors first. */
  readonly findings: readonly Finding[]
  /** What was looked at; 0 where the log could not be read. */
  readonly checked: {
    readonly tasks: number
    readonly events: number
    /** Older versions of task files that were compared, and those that were not. */
    readonly versions: number
    readonly versions_left: number
    readonly tip: string | null
  }
}

/**
 * Looks at everything that can be wrong with a repository's tasks. Changes nothing.
 * @param isDeep whether every older version of every file is looked at
 * Errors: GIT_FAILED, GIT_MISSING.
 */
export async function diagnose(
  repository: Repository,
  isDeep: boolean,
  onProgress: OnProgress,
): Promise<Diagnosis> {
  const directory = storeDirectory(repository)
  const findings = [
    ...(await gitFindings(repository)),
    ...unwritableFindings(repository),
    ...(await hooksFindings(repository)),
    ...(await sagaFindings(repository)),
  ]
  const log = await logFindings(repository, directory)
  findings.push(
    ...log.findings,
    ...(await leftoverFindings(repository, directory)),
    ...(await refspecFindings(repository)).filter(
      // Nobody has asked for tasks to be fetched where there is no log, and `mhv init` says so itself.
      ({ code }) => log.tip !== null || code !== 'REFSPEC_MISSING',
    ),
  )
  const checked = { tasks: 0, events: 0, versions: 0, versions_left: 0, tip: log.tip }
  if (log.tip) {
    findings.push(...(await remoteLogFindings(repository, log.tip)))
    const files = await readFiles(repository, log.tip, isDeep, onProgress)
    const tasks = files.tasks.map(({ task }) => task)
    findings.push(...files.findings, ...relationFindings(tasks, files.unreadable))
    if (files.isListed) {
      findings.push(
        ...(await indexFindings(repository, directory, log.tip, files)),
        ...(await branchFindings(repository, tasks, files.unreadable)),
      )
    }
    checked.tasks = tasks.length + files.unreadable.size
    checked.events = files.events
    checked.versions = files.versions.compared
    checked.versions_left = files.versions.left
  }
  const rank = ({ severity }: Finding) => (severity === 'error' ? 0 : 1)
  return { findings: findings.sort((a, b) => rank(a) - rank(b)), checked }
}
