import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { EVENT_DATA } from '../../schemas/event.ts'
import { repositoryName, ulid } from '../../schemas/task.ts'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import { readObjects } from '../git/objects.ts'
import { moveRef, readRef } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { withList } from '../repos/with-list.ts'
import { beganAt, isAlive } from '../store/write-lock.ts'

const saga = z.object({
  version: z.literal(1),
  id: ulid,
  kind: z.enum(['create', 'link', 'unlink']),
  /** What the parts carry: the saga's own id, or of one that takes links away the id of the one that made them. */
  link: ulid,
  /** `back` once it is certain that it cannot be done everywhere. */
  phase: z.enum(['forward', 'back']),
  /** Why it goes back. */
  why: z.string().nullable(),
  began: z.string(),
  /** The file that lists the repositories, which need not be found again from wherever it is gone on with. */
  file: z.string().nullable().default(null),
  /** The process that is at it. */
  holder: z.object({ pid: z.int(), host: z.string(), since: z.string().nullable() }),
  parts: z.array(z.object({ repository: repositoryName, task: ulid })).min(2),
  /** What the tasks to create have in common. */
  data: EVENT_DATA.TaskCreated.nullable(),
})

/** A change of tasks in several repositories that has begun and not ended. */
export type Saga = Readonly<z.output<typeof saga>>

/** A saga with the object that its ref points to, by which two processes are kept from going on with it at once. */
export interface SagaRecord {
  readonly saga: Saga
  readonly object: string
}

const PREFIX = 'refs/mtos/sagas/'
const refOf = (id: string) => PREFIX + id

/** This process, as a saga names who is at it. */
export const holderNow = (): Saga['holder'] => ({
  pid: process.pid,
  host: hostname(),
  since: beganAt(process.pid),
})

/** Whether the process that began a saga, or went on with it, may still be at it. */
export function isHeld({ holder }: Saga): boolean {
  if (holder.host !== hostname()) return false
  if (!isAlive(holder.pid)) return false
  const now = beganAt(holder.pid)
  return holder.since === null || now === null || now === holder.since
}

/**
 * Writes a saga to the repository of its first part, before anything of it is done and whenever it turns round: a blob
 * under a ref of its own, which neither git gc nor the loss of our index takes away.
 * @param before the record that this one replaces, null for a new one
 * Errors: CONTENTION where another process has gone on with it meanwhile; STORE_UNWRITABLE, GIT_FAILED.
 */
export async function writeSaga(
  repository: Repository,
  changed: Saga,
  before: SagaRecord | null,
): Promise<SagaRecord> {
  const input = `${JSON.stringify(changed, null, 1)}\n`
  const args = ['-c', 'core.fsync=all', 'hash-object', '-w', '--stdin']
  const object = await git(args, { ...repository.git, input })
  const moved = await moveRef(repository, refOf(changed.id), object, before?.object ?? null)
  if (!moved) throw new MhvError('CONTENTION', `Another process goes on with ${changed.id} already.`)
  faultPoint('saga-written')
  return { saga: changed, object }
}

/** The command that goes on with a saga. */
export const resumeStep = ({ file }: Pick<Saga, 'file'>): string => withList('mhv link --resume', file)

/** Forgets a saga that has ended; what it did is in the logs of its parts. Errors: as writeSaga. */
export async function endSaga(repository: Repository, { saga, object }: SagaRecord): Promise<void> {
  await moveRef(repository, refOf(saga.id), null, object)
}

/** Sagas that a repository holds the log of, the oldest first. One that cannot be read is passed over. Errors: GIT_FAILED. */
export async function unfinishedSagas(repository: Repository): Promise<SagaRecord[]> {
  const refs = (await git(['for-each-ref', '--format=%(refname)', PREFIX], repository.git)).split('\n')
  const records: SagaRecord[] = []
  for (const ref of refs.filter(Boolean).sort()) {
    const object = await readRef(repository, ref)
    const [content] = object ? await readObjects(repository, [object]) : []
    if (!object || !content) continue
    const read = saga.safeParse(plain(content.toString('utf8')))
    if (read.success) records.push({ saga: read.data, object })
  }
  return records
}

/** Whether there may be some, told without starting git. */
export function mayHaveSagas({ commonDir, refsAreFiles }: Repository): boolean {
  if (!refsAreFiles) return true
  const isThere = (path: string, has: (path: string) => boolean) => existsSync(path) && has(path)
  return (
    isThere(join(commonDir, PREFIX), (path) => readdirSync(path).length > 0) ||
    isThere(join(commonDir, 'packed-refs'), (path) => readFileSync(path).includes(` ${PREFIX}`))
  )
}

function plain(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
