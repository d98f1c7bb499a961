import { encodeSegment } from '../snapshot/segment.ts'
import { memoryHeap, openSnapshot, type Snapshot } from '../snapshot/snapshot.ts'
import { TASKS_REF } from './git-store.ts'
import { absentLog, requireFormat, requireMergeable, rewoundError, rewoundProblem } from './log-errors.ts'
import { type MemoryCommit, type MemoryObjects, memoryObjects } from './memory-objects.ts'
import { mergeTrees } from './merge-trees.ts'
import { type ParsedTasks, parseContents } from './parse-tasks.ts'
import { readLogs } from './read-logs.ts'
import { renderTaskFile } from './task-file.ts'
import { taskPath } from './task-path.ts'
import { MERGE_MESSAGE, type Merged, ROOT, type TaskStore } from './task-store.ts'

/** A clone, as far as its task log goes. */
export interface MemoryRepository {
  readonly name: string
  readonly objects: MemoryObjects
  /** Where the log is, null where there is none yet. */
  tip: string | null
  /** The high-water mark: the newest tip that this clone has seen. */
  seen: string | null
  /** Ends when the last writer that has queued so far has. */
  writers: Promise<unknown>
}

/** A repository without a task log. Those that share objects can merge: what `git fetch` brings is there already. */
export function memoryRepository(name = 'memory', objects = memoryObjects()): MemoryRepository {
  return { name, objects, tip: null, seen: null, writers: Promise.resolve() }
}

/** Another repository with the same log and the same objects. */
export function cloneInMemory(repository: MemoryRepository): MemoryRepository {
  return { ...repository, seen: null, writers: Promise.resolve() }
}

/** Begins the log with the commit that begins every log; nothing where there is one. */
export function beginInMemory(repository: MemoryRepository): void {
  const { identity, time, message, file, content } = ROOT
  const files = new Map([[file, content]])
  repository.tip ??= repository.objects.write({ parents: [], identity, time, message, files }).id
}

const IDENTITY = { name: 'Ann', email: 'ann@example.com', zone: '+0100' }

function settingsAt(objects: MemoryObjects, commit: MemoryCommit): Buffer | null {
  return objects.read([commit.files.get(ROOT.file)?.id ?? ''])[0] ?? null
}

/** The merge commit of two tips; see mergeTips, whose commit for the same tips has the same id. */
async function mergeCommit(objects: MemoryObjects, a: MemoryCommit, b: MemoryCommit) {
  const [first, second] = a.id < b.id ? [a, b] : [b, a]
  for (const side of [first, second]) requireMergeable(side.id, settingsAt(objects, side))
  const base = objects.mergeBase(first.id, second.id)
  const here = objects.changes(base, first.id)
  const there = objects.changes(base, second.id)
  const { files, clashes } = await mergeTrees(here, there, async (ids) => objects.read(ids))
  const request = {
    parents: [first.id, second.id],
    identity: ROOT.identity,
    time: Math.max(first.time, second.time),
    message: MERGE_MESSAGE,
    files,
  }
  return { request, clashes }
}

/**
 * The task log in memory: what the git store does, without processes and files, for tests of long random histories.
 * Equal histories have the ids that git gives them.
 */
export function openMemoryStore(repository: MemoryRepository): TaskStore {
  const { objects } = repository
  const parsed = new Map<string, ParsedTasks>()
  const rewinds = new WeakMap<Snapshot, string>()

  const parse = async (path: string, id: string): Promise<ParsedTasks> => {
    const key = `${path} ${id}`
    const known = parsed.get(key) ?? (await parseContents([{ path, id }], objects.read([id])))
    parsed.set(key, known)
    return known
  }

  const view = async (): Promise<Snapshot> => {
    const { tip, seen } = repository
    if (!tip) throw absentLog(seen)
    const rewound = seen && !objects.isAncestor(seen, tip) ? seen : null
    requireFormat(tip, settingsAt(objects, objects.commit(tip))?.toString('utf8') ?? null)
    if (!rewound) repository.seen = tip
    const entries = [...objects.commit(tip).files].filter(([path]) => path.startsWith('tasks/'))
    const parts = await Promise.all(entries.map(([path, file]) => parse(path, file.id)))
    const segment = encodeSegment(parts.flatMap((part) => part.tasks))
    const problems = parts.flatMap((part) => part.problems)
    const snapshot = openSnapshot({
      tip,
      rows: segment.rows,
      heap: memoryHeap(segment.heap),
      overlays: [],
      problems: rewound ? [...problems, rewoundProblem(TASKS_REF, rewound)] : problems,
      highestNumber: Math.max(segment.highestNumber, ...parts.map((part) => part.reservedNumber)),
    })
    if (rewound) rewinds.set(snapshot, rewound)
    return snapshot
  }

  /** The commit that a view is of. Errors: LOG_REWOUND. */
  const commitOf = (snapshot: Snapshot): MemoryCommit => {
    const rewound = rewinds.get(snapshot)
    if (rewound) throw rewoundError(rewound)
    return objects.commit(snapshot.tip!)
  }

  const moveLog = (from: string, to: string): boolean => {
    if (repository.tip !== from) return false
    repository.tip = to
    return true
  }

  const load: TaskStore['load'] = async (snapshot, ids) => {
    const { files } = objects.commit(snapshot.tip!)
    return readLogs(ids, objects.read(ids.map((id) => files.get(taskPath(id))?.id ?? '')))
  }

  const commit: TaskStore['commit'] = async (snapshot, { message, at, logs, removed = [] }) => {
    const from = commitOf(snapshot)
    requireMergeable(from.id, settingsAt(objects, from))
    const time = Math.floor(Date.parse(at) / 1000)
    const files = new Map(logs.map((log) => [taskPath(log.id), renderTaskFile(log)]))
    const made = objects.write({ parents: [from.id], identity: IDENTITY, time, message, files, removed })
    return moveLog(from.id, made.id) ? view() : 'moved'
  }

  const merge: TaskStore['merge'] = async (snapshot, other) => {
    const ours = commitOf(snapshot)
    const theirs = objects.commit(other)
    const done = async (how: Merged['how'], clashes: Merged['clashes'] = []) => {
      const now = await view()
      const changes = objects.changes(ours.id, now.tip!).filter(({ path }) => path.startsWith('tasks/'))
      return { how, clashes, changed: changes.length, view: now }
    }
    if (objects.isAncestor(theirs.id, ours.id)) return done('there')
    if (objects.isAncestor(ours.id, theirs.id)) {
      return moveLog(ours.id, theirs.id) ? done('forward') : 'moved'
    }
    const { request, clashes } = await mergeCommit(objects, ours, theirs)
    return moveLog(ours.id, objects.write(request).id) ? done('merged', clashes) : 'moved'
  }

  const exclusively: TaskStore['exclusively'] = (work) => {
    const turn = repository.writers.then(work)
    repository.writers = turn.catch(() => {})
    return turn
  }

  return {
    name: repository.name,
    view,
    load,
    commit,
    merge,
    identity: async () => IDENTITY,
    exclusively,
  }
}
