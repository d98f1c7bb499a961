import { join } from 'node:path'
import { faultPoint } from '../fault-point.ts'
import type { Identity } from '../git/identity.ts'
import { isTornRef, readRef, readSwitch } from '../git/refs.ts'
import { type Repository, repositoryName } from '../git/repository.ts'
import { sayWhatIsDone, timed } from '../say-what-is-done.ts'
import type { Problem } from '../snapshot/segment.ts'
import { openSnapshot, type Snapshot } from '../snapshot/snapshot.ts'
import { readHighWater, rewoundFrom, writeHighWater } from './high-water.ts'
import { loadIndex, type StoredIndex } from './index-file.ts'
import { absentLog, requireWritable, rewoundError, rewoundProblem } from './log-errors.ts'
import type { OnProgress } from './rebuild.ts'
import { taskPath } from './task-path.ts'
import type { TaskStore } from './task-store.ts'
import type { WriteLock } from './write-lock.ts'

export const TASKS_REF = 'refs/mtos/tasks'

/** The log of what quality gates said. It begins with the commit that every task log begins with. */
export const GATES_REF = 'refs/mtos/gates'

export interface GitStoreOptions {
  /** What people call the repository; its directory's name unless given. */
  readonly name?: string
  readonly onProgress?: OnProgress
  /** Told how many of the tasks that are written at once are laid out. */
  readonly onWriting?: OnProgress
  /** Milliseconds that a writer waits for the others. */
  readonly patience?: number
}

/** Whether an object was not there when the index was made, which may have been for the moment only. */
const isMissing = ({ code }: Problem) => code === 'OBJECT_MISSING'

/**
 * Nothing is written on a view that is not whole for the moment: numbers would be given out again.
 * Errors: OBJECT_MISSING.
 */
async function requireObjects(repository: Repository, index: StoredIndex): Promise<void> {
  if (!index.problems.some(isMissing)) return
  const { isPartialClone } = await import('../git/promised.ts')
  if (!isPartialClone(repository)) return
  throw (await import('./read-settings.ts')).unreachable()
}

/** Where the index and the lock of a repository are: ours alone, and disposable. */
export const storeDirectory = (repository: Repository) => join(repository.commonDir, 'mtos')

/**
 * The task log of a repository in its own git database. What only a write or an outdated index needs is imported when
 * it is: a list from a warm index then loads neither validator nor codec.
 */
export function openGitStore(repository: Repository, options: GitStoreOptions = {}): TaskStore {
  const directory = storeDirectory(repository)
  const onProgress = options.onProgress ?? (() => {})
  const held = new WeakMap<Snapshot, { index: StoredIndex; rewound: string | null }>()
  let lock: WriteLock | null = null
  let who: Promise<Identity> | null = null

  const hold = (index: StoredIndex, rewound: string | null): Snapshot => {
    const problems = rewound ? [...index.problems, rewoundProblem(TASKS_REF, rewound)] : index.problems
    const snapshot = openSnapshot({ ...index, problems })
    held.set(snapshot, { index, rewound })
    return snapshot
  }

  const indexAt = async (stored: StoredIndex | null, tip: string): Promise<StoredIndex> => {
    const isThere = stored?.tip === tip
    if (isThere && !stored.problems.some(isMissing)) {
      sayWhatIsDone(() => `index of ${repository.commonDir} is of ${tip.slice(0, 12)}: read as it is`)
      return stored
    }
    const end = timed(() => `index of ${repository.commonDir} brought to ${tip.slice(0, 12)}`)
    const { indexAgain, indexForward, indexFromNothing } = await import('./indexed-log.ts')
    if (isThere) return indexAgain(repository, directory, stored, onProgress)
    const forward = stored && (await indexForward(repository, directory, stored, tip, onProgress))
    const index = forward?.index ?? (await indexFromNothing(repository, directory, tip, onProgress))
    end(forward ? `${forward.changed} files differ` : 'built from nothing')
    return index
  }

  const view = async (): Promise<Snapshot> => {
    // Writers move the ref first, then the index, then the mark. Reading in the opposite order, none of them can seem
    // to be ahead of the ref.
    const seen = readHighWater(directory)
    const stored = loadIndex(directory)
    const tip = await readRef(repository, TASKS_REF)
    if (!tip) {
      const last = seen ?? stored?.tip ?? null
      const isTorn = isTornRef(repository, TASKS_REF)
      if (last || isTorn) throw absentLog(last, isTorn)
      throw await (await import('./log-elsewhere.ts')).noLogHere(repository)
    }
    const rewound = await rewoundFrom(repository, seen, tip)
    const index = await indexAt(stored, tip)
    // A tip that could not be read is no state of the log that anything could be measured by.
    if (!rewound && seen !== tip) writeHighWater(directory, tip)
    return hold(index, rewound)
  }

  const load: TaskStore['load'] = async (snapshot, ids) => {
    const [{ readObjects }, { readLogs }] = await Promise.all([
      import('../git/objects.ts'),
      import('./read-logs.ts'),
    ])
    return readLogs(
      ids,
      await readObjects(
        repository,
        ids.map((id) => `${snapshot.tip}:${taskPath(id)}`),
      ),
    )
  }

  const identity = () => {
    who ??= import('../git/identity.ts').then(({ readIdentity }) => readIdentity(repository))
    return who
  }

  const committer = () =>
    import('../git/identity.ts').then(({ readIdentity }) => readIdentity(repository, 'COMMITTER'))

  const commit: TaskStore['commit'] = async (snapshot, batch) => {
    try {
      return await commitBatch(snapshot, batch)
    } finally {
      options.onWriting?.(batch.logs.length, batch.logs.length)
    }
  }

  const commitBatch: TaskStore['commit'] = async (snapshot, batch) => {
    const { index, rewound } = held.get(snapshot)!
    if (rewound) throw rewoundError(rewound)
    requireWritable(index.format)
    await requireObjects(repository, index)
    const [{ commitFiles }, { renderTaskFile }, { fold }, { advance }] = await Promise.all([
      import('../git/fast-import.ts'),
      import('./task-file.ts'),
      import('../tasks/fold.ts'),
      import('./indexed-log.ts'),
    ])
    const [author, committedBy, signs] = await Promise.all([
      identity(),
      committer(),
      readSwitch(repository, 'commit.gpgSign'),
    ])
    const total = batch.logs.length
    // Files are made, written by git, and put into the index: about as long each.
    const say = (part: number, i: number) => {
      if (total > 500 && i % 500 === 0) options.onWriting?.(Math.floor((part * total + i) / 3), total)
    }
    const files = new Map(
      batch.logs.map((log, i) => {
        say(0, i)
        return [taskPath(log.id), renderTaskFile(log)]
      }),
    )
    say(1, 0)
    const removed = batch.removed ?? []
    const result = await commitFiles(repository, {
      ref: TASKS_REF,
      parents: [index.tip],
      identity: author,
      committer: committedBy,
      time: Math.floor(Date.parse(batch.at) / 1000),
      message: batch.message,
      files,
      removed,
      sign: signs,
      onSpawn: (pid) => lock?.setGit(pid),
    })
    if (result === 'moved') return 'moved'
    faultPoint('before-index')
    const tasks = batch.logs.map((log, i) => {
      say(2, i)
      return { task: fold(log), writable: true }
    })
    const problems = index.problems.filter(({ path }) => !files.has(path) && !removed.includes(path))
    const next = advance(directory, index, snapshot, { ...index, problems, tip: result.commit }, tasks)
    faultPoint('after-index')
    writeHighWater(directory, result.commit)
    return hold(next, null)
  }

  const merge: TaskStore['merge'] = async (snapshot, theirs) => {
    const { index, rewound } = held.get(snapshot)!
    if (rewound) throw rewoundError(rewound)
    const { mergeTips } = await import('./merge-tips.ts')
    const merged = await mergeTips(repository, TASKS_REF, index.tip, theirs, (pid) => lock?.setGit(pid))
    if (merged === 'moved') return 'moved'
    const { how, clashes, tip } = merged
    if (how === 'there') return { how, clashes, changed: 0, view: snapshot }
    const { indexForward, indexFromNothing } = await import('./indexed-log.ts')
    const forward = await indexForward(repository, directory, index, tip, onProgress)
    const next = forward?.index ?? (await indexFromNothing(repository, directory, tip, onProgress))
    writeHighWater(directory, tip)
    return { how, clashes, changed: forward?.changed ?? null, view: hold(next, null) }
  }

  const exclusively: TaskStore['exclusively'] = async (work) => {
    const { lockLog } = await import('./lock-log.ts')
    const taken = await lockLog(repository, directory, options.patience)
    lock = taken
    try {
      return await work()
    } finally {
      lock = null
      taken.release()
    }
  }

  return {
    name: options.name ?? repositoryName(repository),
    view,
    load,
    commit,
    merge,
    identity,
    exclusively,
  }
}
