import { MhvError } from '../errors.ts'
import { readObjects } from '../git/objects.ts'
import { isPartialClone } from '../git/promised.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { requireFormat } from './log-errors.ts'
import { ROOT } from './task-store.ts'

/** What is said of objects that a partial clone lacks; the step tells why its remote does not give them. */
export function unreachable(): MhvError {
  const message =
    'Tasks have not been fetched yet: this is a partial clone, and the remote that has them cannot be reached.'
  return new MhvError('OBJECT_MISSING', message, { recovery: ['git fetch', 'mhv task list'] })
}

/**
 * The format of the log at a tip.
 * Errors: NOT_A_LOG where the commit is of something else; OBJECT_MISSING where it is not all here.
 */
export async function readFormat(repository: Repository, tip: string): Promise<number> {
  const [commit, settings] = await readObjects(repository, [`${tip}^{commit}`, `${tip}:${ROOT.file}`])
  if (settings) return requireFormat(tip, settings.toString('utf8'))
  const files = commit && (await runGit(['ls-tree', '--name-only', '--full-tree', tip], repository.git))
  const isHere = files ? files.status === 0 : (await readObjects(repository, [tip]))[0] !== null
  if (isHere && !files?.stdout.toString('utf8').split('\n').includes(ROOT.file))
    return requireFormat(tip, null)
  if (isPartialClone(repository)) throw unreachable()
  throw new MhvError(
    'OBJECT_MISSING',
    `Objects of the log’s newest commit ${tip.slice(0, 12)} are missing or damaged.`,
  )
}
