import { MhvError } from '../errors.ts'
import { withoutCredentials } from '../git/host-credentials.ts'
import { readRemoteFiles } from '../git/portable.ts'
import type { PackedFile } from '../git/read-pack.ts'
import { encodeSegment, type Segment } from '../snapshot/segment.ts'
import { memoryHeap, openSnapshot, type Snapshot } from '../snapshot/snapshot.ts'
import { TASKS_BRANCH } from '../store/fetched-log-refs.ts'
import { TASKS_REF } from '../store/git-store.ts'
import type { IndexMeta } from '../store/index-file.ts'
import { requireFormat } from '../store/log-errors.ts'
import { parseContents } from '../store/parse-tasks.ts'
import { ROOT } from '../store/task-store.ts'
import { readCachedView, writeCachedView } from './portable-cache.ts'
import { hostOf, type Reach } from './reach-hosts.ts'

export interface PortableRequest {
  readonly url: string
  /** Where what was read of this address is kept, and of nothing else. */
  readonly directory: string
  /** ISO 8601. */
  readonly now: string
  /** Milliseconds for which what was fetched counts as new, so that nothing is asked at all. */
  readonly maxAge?: number
  /** Milliseconds of silence after which a request is given up. */
  readonly timeout?: number
  /** Where tokens are looked for. */
  readonly environment?: NodeJS.ProcessEnv
  /** How the network is used where several repositories are read; without it, at once and one time. */
  readonly reach?: Reach
}

const atOnce: Reach = (_, work) => work()

/** The tasks of a remote as far as they can be seen: fetched just now, or earlier. */
export interface PortableView {
  /** null where nothing can be shown. */
  readonly snapshot: Snapshot | null
  /** When what is shown was last known to be what the remote has, ISO 8601. */
  readonly fetchedAt: string | null
  /** Why nothing newer is shown. */
  readonly problem: MhvError | null
}

interface Read {
  readonly meta: IndexMeta
  readonly segment: Segment
}

/** Folds the files of a log. Errors: NOT_A_LOG. */
async function foldFiles(tip: string, files: readonly PackedFile[]): Promise<Read> {
  const settings = files.find(({ path }) => path === ROOT.file)
  const format = requireFormat(tip, settings?.content.toString('utf8') ?? null)
  const nameOf = ({ path }: PackedFile) => path.slice(path.lastIndexOf('/') + 1)
  const tasks = files
    .filter(({ path }) => path.startsWith('tasks/'))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const parsed = await parseContents(
    tasks,
    tasks.map(({ content }) => content),
  )
  const segment = encodeSegment(parsed.tasks)
  // Nothing is written to what is only read: which numbers unreadable files once had is of no account.
  const highestNumber = Math.max(segment.highestNumber, parsed.reservedNumber)
  return { meta: { tip, problems: parsed.problems, highestNumber, format }, segment }
}

const snapshotOf = ({ meta, segment }: Read) =>
  openSnapshot({ ...meta, rows: segment.rows, heap: memoryHeap(segment.heap), overlays: [] })

/** From 0; an instant in the future is as old as can be, since clocks go wrong. */
function ageOf(fetchedAt: string, now: string): number {
  const age = Date.parse(now) - Date.parse(fetchedAt)
  return age < 0 ? Number.POSITIVE_INFINITY : age
}

/**
 * The tasks of a repository that is known by its URL only, without git: one request where nothing is new, none where what
 * is kept is new enough. What went wrong is told beside what was kept from an earlier time. Never throws an MhvError.
 */
export async function viewPortably(request: PortableRequest): Promise<PortableView> {
  const { directory, now, maxAge = 0, timeout, environment, reach = atOnce } = request
  const url = withoutCredentials(request.url)
  const kept = readCachedView(directory, url)
  if (kept && ageOf(kept.fetchedAt, now) < maxAge) {
    return { snapshot: kept.snapshot, fetchedAt: kept.fetchedAt, problem: null }
  }
  try {
    const remote = await reach(hostOf(url) ?? url, () =>
      readRemoteFiles(request.url, [TASKS_REF, TASKS_BRANCH], {
        known: kept?.tip ?? null,
        ...(timeout === undefined ? {} : { timeout }),
        ...(environment === undefined ? {} : { environment }),
      }),
    )
    if (!remote) throw new MhvError('NOT_INITIALISED', `${url} has no task log, or does not show it.`)
    const { tip, files } = remote
    const read = files && (await foldFiles(tip, files))
    writeCachedView(directory, { url, tip, fetchedAt: now }, read)
    return { snapshot: read ? snapshotOf(read) : kept!.snapshot, fetchedAt: now, problem: null }
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    return { snapshot: kept?.snapshot ?? null, fetchedAt: kept?.fetchedAt ?? null, problem: error }
  }
}
