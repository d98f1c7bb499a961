import { MhvError, shellWord } from '../errors.ts'
import { listTree, readObjects, type TreeEntry } from '../git/objects.ts'
import { fetchPromised } from '../git/promised.ts'
import type { Repository } from '../git/repository.ts'
import type { IndexedTask } from '../snapshot/segment.ts'
import type { OnProgress } from '../store/rebuild.ts'
import { type ReadTask, readTaskFile, type UnreadableTask } from '../store/task-file.ts'
import { keyOfNode } from '../store/task-path.ts'
import { ROOT } from '../store/task-store.ts'
import { orderLog } from '../tasks/fold.ts'
import { compareEvents } from './check-events.ts'
import {
  formatFindings,
  goneFindings,
  lastReadable,
  objectFindings,
  promisedFindings,
} from './check-history.ts'
import { type Finding, mendable, reported } from './finding.ts'
import { readChanges } from './read-changes.ts'
import { isStrayCopy } from './stray-copy.ts'

/** Every file of the log as read now, and what is wrong with each. */
export interface FilesRead {
  readonly tasks: readonly IndexedTask[]
  /** Ids of tasks that are here but cannot be read. */
  readonly unreadable: ReadonlySet<string>
  readonly events: number
  readonly findings: readonly Finding[]
  /** Older versions of files whose events were looked for, and how many were not. */
  readonly versions: { readonly compared: number; readonly left: number }
  /** False where the files could not even be found; then nothing can be compared with them. */
  readonly isListed: boolean
}

const PIECE = 1000

interface Collected {
  tasks: IndexedTask[]
  unreadable: Set<string>
  findings: Finding[]
  events: number
}

async function unreadableFinding(
  repository: Repository,
  tip: string,
  path: string,
  id: string,
  why: string,
  text: string | null,
): Promise<Finding> {
  const commit = text === null ? null : await lastReadable(repository, tip, path, id, text)
  if (commit) {
    const message = `${path}: ${why}. All events that it names are in ${commit.slice(0, 12)}, the last commit in which it could be read.`
    return mendable('TASK_UNREADABLE', 'error', message, { kind: 'recover', id, commit })
  }
  const step = text === null ? 'git fsck' : `git log -p refs/mtos/tasks -- ${path}`
  return reported('TASK_UNREADABLE', 'error', `${path}: ${why}.`, step)
}

function readableFindings(path: string, read: ReadTask): Finding[] {
  const { log, task, writable } = read
  if (!writable) {
    const message = `#${task.number} ${task.title} was changed by a newer mhv; it can be read here, and changed once a newer version is installed.`
    return [reported('NEWER_FORMAT', 'warning', message, 'mhv version')]
  }
  const found = orderLog(log).quarantined.map(({ event, why }) =>
    reported(
      'EVENT_QUARANTINED',
      'error',
      `${path}: event ${event.id} (${event.kind} by ${event.by}) is kept but does not count: ${why}.`,
      `git log -p refs/mtos/tasks -- ${path}`,
    ),
  )
  if (read.faults.length > 0) {
    const message = `#${task.number} ${task.title}: ${read.faults.join('; ')}.`
    found.push(mendable('PROJECTION_STALE', 'error', message, { kind: 'rewrite', id: task.id }))
  }
  return found
}

async function strayFinding(repository: Repository, tip: string, path: string): Promise<Finding> {
  const message = `${path} belongs to no task`
  if (await isStrayCopy(repository, tip, path)) {
    const whole = `${message}; all that it holds is in the file of the task that it is a copy of.`
    return mendable('STRAY_FILE', 'error', whole, { kind: 'remove-copy', path })
  }
  return reported(
    'STRAY_FILE',
    'error',
    `${message}.`,
    `git log --stat refs/mtos/tasks -- ${shellWord(`:/${path}`)}`,
  )
}

async function readPiece(
  repository: Repository,
  tip: string,
  entries: readonly TreeEntry[],
  into: Collected,
): Promise<void> {
  const contents = await readObjects(
    repository,
    entries.map((entry) => entry.id),
  )
  for (const [i, { path }] of entries.entries()) {
    const id = keyOfNode(path)
    if (!id) {
      into.findings.push(await strayFinding(repository, tip, path))
      continue
    }
    const content = contents[i]
    const read: ReadTask | UnreadableTask = content
      ? await readTaskFile(id, content.toString('utf8'))
      : { unreadable: 'its object is missing or damaged', number: 0 }
    if ('unreadable' in read) {
      into.unreadable.add(id)
      const text = content ? content.toString('utf8') : null
      into.findings.push(await unreadableFinding(repository, tip, path, id, read.unreadable, text))
    } else {
      into.tasks.push({ task: read.task, writable: read.writable })
      into.events += read.log.events.length
      into.findings.push(...readableFindings(path, read))
    }
  }
}

/** The files below a tip; null where trees are missing. */
async function listFiles(repository: Repository, tip: string): Promise<TreeEntry[] | null> {
  try {
    return await listTree(repository, tip)
  } catch (error) {
    if (error instanceof MhvError && error.error === 'GIT_FAILED') return null
    throw error
  }
}

/** Reads and re-folds every file of a tip, and looks for what older versions held. Errors: GIT_FAILED, GIT_MISSING. */
export async function readFiles(
  repository: Repository,
  tip: string,
  isDeep: boolean,
  onProgress: OnProgress,
): Promise<FilesRead> {
  const absent = await fetchPromised(repository, tip)
  const all = await listFiles(repository, tip)
  const format = await formatFindings(repository, tip)
  const into: Collected = { tasks: [], unreadable: new Set(), findings: format, events: 0 }
  into.findings.push(...(await objectFindings(repository, tip, all !== null)))
  const isLog = all !== null && format.every(({ code }) => code !== 'NOT_A_LOG')
  if (!isLog) return { ...into, versions: { compared: 0, left: 0 }, isListed: false }
  const files = all.filter(({ path, id }) => path !== ROOT.file && !absent.has(id))
  const current = new Map(all.map(({ path, id }) => [path, id]))
  const changes = await readChanges(repository, tip)
  const events = await compareEvents(repository, tip, current, changes, isDeep)
  into.findings.push(
    ...promisedFindings(repository, absent.size),
    ...(await goneFindings(repository, tip, changes, current)),
    ...events.findings,
  )
  for (let at = 0; at < files.length; at += PIECE) {
    await readPiece(repository, tip, files.slice(at, at + PIECE), into)
    onProgress(Math.min(at + PIECE, files.length), files.length)
  }
  return { ...into, versions: events, isListed: true }
}
