import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredEvent } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import { commitFiles } from '../git/fast-import.ts'
import { readObjects } from '../git/objects.ts'
import { isAncestor, isTornRef, moveRef, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { write } from '../handle.ts'
import { storeDirectory, TASKS_REF } from '../store/git-store.ts'
import { forgetHighWater, writeHighWater } from '../store/high-water.ts'
import { removeIndex } from '../store/index-file.ts'
import { fetchRefspec } from '../store/initialise.ts'
import { readTaskFile } from '../store/task-file.ts'
import { taskPath } from '../store/task-path.ts'
import { ROOT, type TaskStore } from '../store/task-store.ts'
import type { TaskLog } from '../tasks/fold.ts'
import type { Environment } from '../tasks/seal.ts'
import { claimOf } from '../worktrees/current-task.ts'
import type { Finding, Mend } from './finding.ts'
import { isStrayCopy } from './stray-copy.ts'

export interface Mender {
  readonly repository: Repository
  readonly store: TaskStore
  /** Who writes when; asked for only when a task's file has to be written. Errors: NO_IDENTITY. */
  environment(): Promise<Environment>
}

const moved = () => new MhvError('CONTENTION', `${TASKS_REF} has moved meanwhile; nothing was changed.`)

/**
 * Makes a ref be somewhere again. A file that a power cut has torn holds nothing, and git can neither move nor delete
 * it; under it an older tip may be packed, which then is what the ref moves on from.
 */
async function bringBack(repository: Repository, to: string): Promise<boolean> {
  if (isTornRef(repository, TASKS_REF)) rmSync(join(repository.commonDir, TASKS_REF))
  const packed = await readRef(repository, TASKS_REF)
  if (packed === to) return true
  if (packed && !(await isAncestor(repository, packed, to))) return false
  return moveRef(repository, TASKS_REF, to, packed)
}

/** Not through the store, which takes a commit without a format for none of its own. */
async function restoreSettings(
  { repository, store, environment }: Mender,
  tip: string,
  text: string,
): Promise<void> {
  const [{ now }, identity] = await Promise.all([environment(), store.identity()])
  const result = await store.exclusively(() =>
    commitFiles(repository, {
      ref: TASKS_REF,
      parents: [tip],
      identity,
      time: Math.floor(Date.parse(now) / 1000),
      message: `Write ${ROOT.file} again\n`,
      files: new Map([[ROOT.file, text]]),
    }),
  )
  if (result === 'moved') throw moved()
}

/** Everything that is not written through the log itself. */
async function mendOne(mender: Mender, mend: Mend): Promise<void> {
  const { repository, store } = mender
  const directory = storeDirectory(repository)
  switch (mend.kind) {
    case 'restore-log':
      if (
        mend.from === null
          ? await bringBack(repository, mend.to)
          : await moveRef(repository, TASKS_REF, mend.to, mend.from)
      )
        return
      throw moved()
    case 'reset-mark':
      if (mend.tip) writeHighWater(directory, mend.tip)
      else {
        forgetHighWater(directory)
        removeIndex(directory)
      }
      return
    case 'rebuild-index':
      removeIndex(directory)
      await store.view()
      return
    case 'restore-settings':
      return restoreSettings(mender, mend.tip, mend.text)
    case 'set-refspec': {
      const name = `remote.${mend.remote}.fetch`
      if (mend.instead)
        await git(['config', '--fixed-value', '--unset-all', name, mend.instead], repository.git)
      const there = await runGit(
        ['config', '--fixed-value', '--get', name, fetchRefspec(mend.remote)],
        repository.git,
      )
      if (there.status !== 0) await git(['config', '--add', name, fetchRefspec(mend.remote)], repository.git)
      return
    }
    case 'break-lock':
      await store.exclusively(async () => {})
      return
    case 'delete-ref':
      await moveRef(repository, mend.ref, null, mend.at)
      return
    case 'delete-file':
      rmSync(mend.path, { force: true })
      return
    case 'unclaim':
      await runGit(['config', '--unset', claimOf(mend.branch)], repository.git)
      return
    case 'rewrite':
    case 'recover':
    case 'bring-back':
    case 'remove-copy':
      throw new Error('written through the log')
  }
}

/** What is mended by a commit of the log. */
type WrittenMend = Extract<Mend, { kind: 'rewrite' | 'recover' | 'bring-back' | 'remove-copy' }>

/** The log of a task as it is now, or as it was when the file could last be read; null where that cannot be written. */
async function logAt(
  repository: Repository,
  tip: string,
  mend: Extract<Mend, { id: string }>,
): Promise<TaskLog | null> {
  const commit = mend.kind === 'recover' ? mend.commit : tip
  const [content] = await readObjects(repository, [`${commit}:${taskPath(mend.id)}`])
  const read = content && (await readTaskFile(mend.id, content.toString('utf8')))
  return read && !('unreadable' in read) && read.writable ? read.log : null
}

function withEvents({ id, events }: TaskLog, others: readonly StoredEvent[]): TaskLog {
  const held = new Map(events.map((event) => [event.id, event]))
  for (const event of others) held.set(event.id, event)
  return { id, events: [...held.values()] }
}

/** Writes task files as their events make them, in one commit. Adds no event that was not there before. */
async function rewrite(mender: Mender, mends: readonly WrittenMend[]): Promise<void> {
  const { repository, store } = mender
  await write(store, await mender.environment(), async (view) => {
    const tip = view.tip!
    const logs = new Map<string, TaskLog>()
    const removed: string[] = []
    for (const mend of mends) {
      if (mend.kind === 'remove-copy') {
        if (await isStrayCopy(repository, tip, mend.path)) removed.push(mend.path)
        continue
      }
      // Several findings may be about one task.
      const log = logs.get(mend.id) ?? (await logAt(repository, tip, mend))
      if (log) logs.set(mend.id, mend.kind === 'bring-back' ? withEvents(log, mend.events) : log)
    }
    const trailers = [...logs.keys()].map((id) => `Mtos-Task: ${id}\n`).join('')
    const files = logs.size === 1 ? 'a task file' : `${logs.size} task files`
    const subject =
      logs.size > 0 ? `Write ${files} as the events make them` : 'Take copies of task files away'
    return { result: null, logs: [...logs.values()], removed, message: `${subject}\n\n${trailers}` }
  })
}

const isWritten = (mend: Mend): mend is WrittenMend =>
  ['rewrite', 'recover', 'bring-back', 'remove-copy'].includes(mend.kind)

/**
 * Mends what can be mended without loss: what keeps the log from being written first, then files in one commit.
 * Errors: those of the store; CONTENTION when the log moves meanwhile.
 */
export async function mendFindings(mender: Mender, findings: readonly Finding[]): Promise<void> {
  const mends = findings.flatMap(({ mend }) => mend ?? [])
  const last = (mend: Mend) => mend.kind === 'rebuild-index'
  for (const mend of mends) if (!isWritten(mend) && !last(mend)) await mendOne(mender, mend)
  const written = mends.filter(isWritten)
  if (written.length > 0) await rewrite(mender, written)
  for (const mend of mends) if (last(mend)) await mendOne(mender, mend)
}
