import { listTree, readObjects, type TreeEntry } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import type { IndexedTask } from '../snapshot/segment.ts'
import type { OnProgress } from '../store/rebuild.ts'
import { type ReadTask, readTaskFile, type UnreadableTask } from '../store/task-file.ts'
import { taskIdOf } from '../store/task-path.ts'
import { FORMAT, ROOT } from '../store/task-store.ts'
import { orderLog } from '../tasks/fold.ts'
import { type Finding, mendable, quote, reported } from './finding.ts'

/** Every file of the log as read now, and what is wrong with each. */
export interface FilesRead {
  readonly tasks: readonly IndexedTask[]
  /** Ids of tasks that are here but cannot be read. */
  readonly unreadable: ReadonlySet<string>
  readonly events: number
  readonly findings: readonly Finding[]
}

const PIECE = 1000
const NEWER = 'npm install -g mhv@latest'

interface Collected {
  tasks: IndexedTask[]
  unreadable: Set<string>
  findings: Finding[]
  events: number
}

/**
 * The last commit in whose tree the file could be read, if it holds every event that the damaged text still names: what
 * is written from it then loses nothing. Otherwise null.
 */
async function lastReadable(
  repository: Repository,
  tip: string,
  path: string,
  id: string,
  damaged: string,
): Promise<string | null> {
  const named = [...damaged.matchAll(/^ {2}- id: ([0-9A-Z]{26})$/gm)].map((match) => match[1])
  const log = await runGit(['log', '--format=%H', tip, '--', `:/${path}`], repository.git)
  for (const commit of log.stdout.toString('latin1').split('\n').filter(Boolean)) {
    const [content] = await readObjects(repository, [`${commit}:${path}`])
    const read = content && (await readTaskFile(id, content.toString('utf8')))
    if (!read || 'unreadable' in read) continue
    const held = new Set(read.log.events.map((event) => event.id))
    return read.writable && named.every((event) => held.has(event!)) ? commit : null
  }
  return null
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
    const message = `#${task.number} ${task.title} was changed by a newer mhv; it can be read here, not changed.`
    return [reported('NEWER_FORMAT', 'warning', message, NEWER)]
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
    const id = taskIdOf(path)
    if (!id) {
      const message = `${path} belongs to no task.`
      into.findings.push(
        reported('STRAY_FILE', 'error', message, `git log --stat refs/mtos/tasks -- ${quote(path)}`),
      )
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

async function formatFindings(repository: Repository, tip: string): Promise<Finding[]> {
  const args = ['cat-file', 'blob', `${tip}:${ROOT.file}`]
  const result = await runGit(args, repository.git)
  const text = result.status === 0 ? result.stdout.toString('utf8') : ''
  const format = Number(/^format:\s*(\d+)/m.exec(text)?.[1] ?? 0)
  if (format === 0) {
    const message = `${ROOT.file} is missing or says nothing of a format: this may be no task log.`
    return [reported('STRAY_FILE', 'error', message, 'git log --stat refs/mtos/tasks')]
  }
  if (format <= FORMAT) return []
  const message = `The task log is of format ${format}; this version reads it and writes only ${FORMAT}.`
  return [reported('NEWER_FORMAT', 'warning', message, NEWER)]
}

/** Whether everything that the log reaches is in the object database; a partial clone's promises count. */
async function objectFindings(repository: Repository, tip: string): Promise<Finding[]> {
  const args = ['rev-list', '--objects', '--quiet', '--missing=allow-promisor', tip]
  const result = await runGit(args, repository.git)
  if (result.status === 0) return []
  const said = result.stderr.trim().split('\n').at(-1) ?? ''
  const message = `The history of the log is not complete: ${said}`
  return [
    reported(
      'OBJECT_MISSING',
      'error',
      message,
      "git fetch --refetch origin 'refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*'",
    ),
  ]
}

/** Reads and re-folds every file of a tip. Errors: GIT_FAILED where the tip's trees cannot be walked at all. */
export async function readFiles(
  repository: Repository,
  tip: string,
  onProgress: OnProgress,
): Promise<FilesRead> {
  const all = await listTree(repository, tip)
  const files = all.filter((entry) => entry.path !== ROOT.file)
  const into: Collected = { tasks: [], unreadable: new Set(), findings: [], events: 0 }
  into.findings.push(...(await formatFindings(repository, tip)), ...(await objectFindings(repository, tip)))
  for (let at = 0; at < files.length; at += PIECE) {
    await readPiece(repository, tip, files.slice(at, at + PIECE), into)
    onProgress(Math.min(at + PIECE, files.length), files.length)
  }
  return into
}
