import { type ErrorName, MhvError, shellWord } from '../errors.ts'
import { readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { readRemoteMark } from '../store/remote-marks.ts'
import { standing } from './count-changes.ts'
import type { RemotePlaces } from './remote-places.ts'

/** Failures after which this repository stands where it stood to the remote. */
const AWAY: ReadonlySet<ErrorName> = new Set([
  'REMOTE_AUTH',
  'REMOTE_UNREACHABLE',
  'REMOTE_TIMEOUT',
  'REMOTE_MISSING',
  'REMOTE_REFUSED',
])

const tasks = (count: number) => (count === 1 ? '1 task' : `${count} tasks`)

/** Whether an error leaves open what the remote has. */
export const isAway = (error: unknown): error is MhvError =>
  error instanceof MhvError && AWAY.has(error.error)

/**
 * Adds to the error of a remote that is away how far apart this repository and it are, and since when that is known.
 * @param received how many tasks were merged all the same, since they had been fetched
 * @param answeredAt when it was fetched from just now, and then did not let itself be pushed to
 */
export async function withStanding(
  repository: Repository,
  { remote, url, custom, branch, prefersBranch, main }: RemotePlaces,
  error: unknown,
  received: number,
  answeredAt: string | null,
): Promise<unknown> {
  if (!isAway(error)) return error
  const ours = await readRef(repository, TASKS_REF)
  if (!ours) return error
  const mark = readRemoteMark(storeDirectory(repository), remote)
  const known = mark?.url === url ? mark : null
  const theirs =
    (prefersBranch ? null : await readRef(repository, custom.trackedTasks)) ??
    (await readRef(repository, branch.trackedTasks)) ??
    known?.tip ??
    null
  const { ahead, behind } = await standing(repository, ours, theirs)
  const reachedAt = answeredAt ?? known?.reachedAt ?? null
  const since = answeredAt
    ? `Fetching from ${remote} worked; pushing did not.`
    : reachedAt
      ? `${remote} last answered at ${reachedAt}.`
      : `${remote} has not answered yet.`
  const apart = [
    ...(ahead > 0 ? [`${tasks(ahead)} changed here ${ahead === 1 ? 'is' : 'are'} not there yet`] : []),
    ...(behind > 0
      ? [`${tasks(behind)} fetched from there ${behind === 1 ? 'is' : 'are'} not merged yet`]
      : []),
  ]
  const merged =
    received > 0 ? `${tasks(received)} that had been fetched ${received === 1 ? 'is' : 'are'} merged. ` : ''
  const how = apart.length > 0 ? `${apart.join('; ')}.` : 'Nothing has changed here since.'
  const again = `mhv sync --remote ${shellWord(remote)}`
  return new MhvError(error.error, `${error.message} ${merged}${how} ${since}`, {
    recovery: error.recovery.map((step) => (step === 'mhv sync' && remote !== main ? again : step)),
    data: { ...error.data, received, ahead, behind, reached_at: reachedAt },
    cause: error,
  })
}
