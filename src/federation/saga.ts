import type { EventData } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { handle, type Request, rehearse } from '../handle.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Command } from '../tasks/decide.ts'
import type { Environment } from '../tasks/seal.ts'
import { inPlace } from './in-place.ts'
import {
  endSaga,
  holderNow,
  isHeld,
  type Saga,
  type SagaRecord,
  unfinishedSagas,
  writeSaga,
} from './saga-log.ts'

/** A repository that a part of a saga is in. */
export interface SagaPlace {
  readonly name: string
  readonly repository: Repository
  readonly store: TaskStore
  /** Time, ids and who acts there: git may know the same person by another name in each. */
  readonly environment: Environment
  /** null where it has none that a command could be run in. */
  readonly directory: string | null
}

export interface SagaPart {
  readonly place: SagaPlace
  /** The task's id; of one to create the id that it will have. */
  readonly task: string
}

type Part = Saga['parts'][number]

/** The other parts, as a part refers to them. */
const othersOf = (saga: Saga, part: Part) =>
  saga.parts
    .filter((other) => other !== part)
    .map(({ repository, task }) => (repository === part.repository ? task : `${repository}/${task}`))

/** What a part's task is told, forward or back. Done twice, each has its effect once. */
function commandsOf(saga: Saga, part: Part): readonly Command[] {
  const add: Command = { kind: 'AddLinks', link: saga.link, to: othersOf(saga, part) }
  const remove: Command = { kind: 'RemoveLinks', link: saga.link }
  const isForward = saga.phase === 'forward'
  if (saga.kind === 'link') return [isForward ? add : remove]
  if (saga.kind === 'unlink') return [isForward ? remove : add]
  if (!isForward) return [{ kind: 'DeleteTask', reason: `taken back with ${saga.link}`.slice(0, 500) }]
  return [{ kind: 'CreateTask', id: part.task, data: saga.data! }, add]
}

function requestOf(saga: Saga, part: Part): Request {
  return {
    targets: saga.kind === 'create' && saga.phase === 'forward' ? [] : [part.task],
    ...(saga.kind === 'create' && saga.phase === 'forward' ? { create: part.task } : {}),
    commands: () => commandsOf(saga, part),
    trailers: [`Mtos-Saga: ${saga.id}`],
  }
}

async function stepOf(saga: Saga, part: Part, place: SagaPlace): Promise<void> {
  const { store, environment } = place
  // What was never created needs no taking back.
  const isGone = saga.phase === 'back' && !(await store.view()).summary(part.task)
  if (isGone) return
  await inPlace(place, () => handle(store, requestOf(saga, part), environment))
  faultPoint('saga-part-written')
}

export type OpenPlace = (name: string) => Promise<SagaPlace>

/**
 * Does what is left of a saga: forward through all parts, or back through all of them once one cannot be done. It may be
 * ended at any point and gone on with; each step has its effect once.
 * Errors: SAGA_TAKEN_BACK where it was made nowhere, with the cause; SAGA_UNFINISHED where it could not be taken back.
 */
async function goOn(first: SagaPlace, record: SagaRecord, open: OpenPlace): Promise<void> {
  let current = record
  if (current.saga.phase === 'forward') {
    try {
      for (const part of current.saga.parts) {
        await stepOf(current.saga, part, await open(part.repository))
      }
      return await endSaga(first.repository, current)
    } catch (error) {
      // Also what is a bug: half of a change is worse than none.
      const why = error instanceof Error ? error.message : String(error)
      current = await writeSaga(first.repository, { ...current.saga, phase: 'back', why }, current)
    }
  }
  const { saga } = current
  for (const part of [...saga.parts].reverse()) {
    try {
      await stepOf(saga, part, await open(part.repository))
    } catch (error) {
      if (!(error instanceof MhvError)) throw error
      throw new MhvError(
        'SAGA_UNFINISHED',
        `It could not be done everywhere (${saga.why}), and not be taken back in ${part.repository} either: ${error.message}`,
        { cause: error, data: { saga: saga.id, repository: part.repository } },
      )
    }
  }
  await endSaga(first.repository, current)
  throw new MhvError('SAGA_TAKEN_BACK', `It could not be done everywhere, so nowhere: ${saga.why}`, {
    data: { saga: saga.id },
  })
}

/** A change that was interrupted comes first: done once more, it would be there twice. Errors: SAGA_UNFINISHED. */
async function requireNoneOpen({ name, repository }: SagaPlace): Promise<void> {
  const open = (await unfinishedSagas(repository)).find(({ saga }) => !isHeld(saga))
  if (!open) return
  const message = `A change of several repositories that began in ${name} (${open.saga.began}) was interrupted: finish it first, it may be this one.`
  throw new MhvError('SAGA_UNFINISHED', message, { data: { saga: open.saga.id } })
}

/** Begins a saga and does it. Errors: refusals of any part, before anything is written; as goOn. */
async function run(
  parts: readonly SagaPart[],
  begun: Pick<Saga, 'id' | 'kind' | 'link' | 'data'>,
): Promise<string> {
  const { place: first } = parts[0]!
  await requireNoneOpen(first)
  const saga: Saga = {
    version: 1,
    ...begun,
    phase: 'forward',
    why: null,
    began: first.environment.now,
    holder: holderNow(),
    parts: parts.map(({ place, task }) => ({ repository: place.name, task })),
  }
  for (const [i, { place }] of parts.entries()) {
    const request = requestOf(saga, saga.parts[i]!)
    await inPlace(place, async () =>
      rehearse(place.store, await place.store.view(), request, place.environment),
    )
  }
  const places = new Map(parts.map(({ place }) => [place.name, place]))
  const record = await writeSaga(first.repository, saga, null)
  await goOn(first, record, async (name) => places.get(name)!)
  return saga.link
}

/**
 * Creates a task in each of several repositories, linked to each other: in all of them or in none.
 * @returns the ids of the tasks, in the order of the places, and of their link
 * Errors: as run.
 */
export async function createEverywhere(
  places: readonly SagaPlace[],
  data: EventData<'TaskCreated'>,
): Promise<{ link: string; tasks: string[] }> {
  const { newId } = places[0]!.environment
  const id = newId()
  const parts = places.map((place) => ({ place, task: newId() }))
  const link = await run(parts, { id, kind: 'create', link: id, data })
  return { link, tasks: parts.map(({ task }) => task) }
}

/** Links tasks that are there, or, with the id of their link, takes it away: everywhere or nowhere. Errors: as run. */
export function linkEverywhere(parts: readonly SagaPart[], away: string | null = null): Promise<string> {
  const id = parts[0]!.place.environment.newId()
  return run(parts, { id, kind: away ? 'unlink' : 'link', link: away ?? id, data: null })
}

/**
 * Goes on with a saga whose process is gone. @returns whether it was done, or else why it was taken back
 * Errors: SAGA_UNFINISHED; CONTENTION where another process is at it.
 */
export async function resumeSaga(
  first: SagaPlace,
  record: SagaRecord,
  open: OpenPlace,
): Promise<'done' | string> {
  const taken = await writeSaga(first.repository, { ...record.saga, holder: holderNow() }, record)
  try {
    await goOn(first, taken, open)
    return 'done'
  } catch (error) {
    if (error instanceof MhvError && error.error === 'SAGA_TAKEN_BACK') return error.message
    throw error
  }
}
