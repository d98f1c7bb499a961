import { logFindings } from '../doctor/check-log.ts'
import { gitFindings } from '../doctor/check-repository.ts'
import type { Finding } from '../doctor/finding.ts'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { hooksStatus } from '../hooks/status.ts'
import { openGitStore, storeDirectory } from '../store/git-store.ts'
import { type Check, critical, ok, warning } from './check.ts'

const asCheck = (name: string, { severity, message, fix, next }: Finding): Check =>
  (severity === 'error' ? critical : warning)(name, message, fix, ...next)

/** What keeps a piece of work from being done, as a check, or what it gives. */
async function attempt<T>(name: string, work: () => Promise<T>): Promise<T | Check> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    return critical(name, error.message, ...error.recovery)
  }
}

const isCheck = (value: object): value is Check => 'state' in value

/** Whether git is here, new enough, and knows who writes. */
export async function gitChecks(repository: Repository): Promise<Check[]> {
  const found = await attempt('git', () => gitFindings(repository))
  if (isCheck(found)) return [found]
  const of = (code: string) => found.filter((finding) => finding.code === code)
  const [old] = of('GIT_TOO_OLD')
  const [unknown] = of('NO_IDENTITY')
  const version = await git(['--version'], repository.git)
  return [
    old ? asCheck('git', old) : ok('git', `${version}.`),
    unknown ? asCheck('identity', unknown) : ok('identity', 'git knows who you are.'),
  ]
}

/** Whether the task log is there, not moved back, and can be read. */
export async function logChecks(repository: Repository): Promise<Check[]> {
  const name = 'task log'
  const log = await attempt(name, () => logFindings(repository, storeDirectory(repository)))
  if (isCheck(log)) return [log]
  if (log.findings.length > 0) return log.findings.map((finding) => asCheck(name, finding))
  const view = await attempt(name, () => openGitStore(repository).view())
  if (isCheck(view)) return [view]
  const [first, ...more] = view.problems
  if (!first) return [ok(name, `${view.slots} ${view.slots === 1 ? 'task' : 'tasks'} can be read.`)]
  const others = more.length > 0 ? ` So it is with ${more.length} more.` : ''
  return [warning(name, `A task cannot be read: ${first.message}${others}`, 'mhv doctor')]
}

/** Whether git runs our hooks in every worktree, found out by asking it to. */
export async function hookChecks(repository: Repository): Promise<Check[]> {
  const status = await attempt('hooks', () => hooksStatus(repository))
  if (isCheck(status)) return [status]
  if (!status.installed) {
    return [warning('hooks', 'No hooks are installed: git push runs no gates.', 'mhv hooks install')]
  }
  const dead = status.worktrees.filter(({ state }) => state !== 'alive')
  const { length } = status.worktrees
  if (dead.length === 0) return [ok('hooks', `They run in ${length} worktree${length === 1 ? '' : 's'}.`)]
  return dead.map(({ path, state }) =>
    critical('hooks', `They do not all run in ${path} (${state}).`, 'mhv hooks status', 'mhv hooks install'),
  )
}
