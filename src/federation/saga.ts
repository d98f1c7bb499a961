import type { EventData } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { handle, type Request, rehearse } from '../handle.ts'
import { withList } from '../repos/with-list.ts'
import type { TaskStore } from '../store/task-store.ts'
import type { Command } from '../tasks/decide.ts'
import type { Environment } from '../tasks/seal.ts'
import { inPlace } from './in-place.ts'
import {
  endSaga,
  holderNow,
  isHeld,
  resumeStep,
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
  const { kind, link } = saga
  const to = othersOf(saga, part)
  if (saga.phase === 'back') return [{ kind: 'TakeBackPart', part: kind, link, to }]
  if (kind === 'link') return [{ kind: 'AddLinks', link, to }]
  if (kind === 'unlink') return [{ kind: 'RemoveLinks', link, to }]
  return [
    { kind: 'CreateTask', id: part.task, data: saga.data! },
    { kind: 'AddLinks', link, to },
  ]
}

function requestOf(saga: Saga, part: Part): Request {
  const isCreation = saga.kind === 'create' && saga.phase === 'forward'
  return {
    targets: isCreation ? [] : [part.task],
    ...(isCreation ? { create: part.task } : {}),
    commands: () => commandsOf(saga, part),
    trailers: [`Mtos-Saga: ${saga.id}`],
  }
}

const isNotThere = (error: unknown) => error instanceof MhvError && error.error === 'TASK_NOT_FOUND'

async function stepOf(saga: Saga, part: Part, place: SagaPlace): Promise<void> {
  const { store, environment } = place
  try {
    await inPlace(place, () => handle(store, requestOf(saga, part), environment))
  } catch (error) {
    // What was never created needs no taking back; the log itself was asked, not what was last seen of it.
    if (saga.phase === 'forward' || !isNotThere(error)) throw error
  }
  faultPoint('saga-part-written')
}

export type OpenPlace = (name: string) => Promise<SagaPlace>

/** How a saga ended. */
export interface SagaEnd {
  /** Why it was made nowhere; null where it was made everywhere. */
  readonly why: string | null
  /** Repositories that could not be asked when it was given up, in which a part of it may be. */
  readonly leftBehind: readonly string[]
}

/** An error as the reason of a whole saga. That nothing was changed is said of its own repository. */
const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/ Nothing was changed\.$/, '')

/**
 * Whether it cannot be told, after a step that failed, what has become of its part: the repository is out of sight, or an
 * answer of the remote got lost, after which a push may arrive even later than it is looked for.
 */
async function isOutOfSight(error: unknown, part: Part, open: OpenPlace): Promise<boolean> {
  if (error instanceof MhvError && /^REMOTE_(?!REFUSED)/.test(error.error)) return true
  try {
    const { store } = await open(part.repository)
    await store.exclusively(() => store.view())
    return false
  } catch {
    return true
  }
}

function unfinished(saga: Saga, { repository }: Part, error: unknown, said: string): MhvError {
  const { file, id } = saga
  const cause = error instanceof MhvError ? error : null
  const resume = resumeStep(saga)
  const way =
    file !== null && cause?.error === 'UNKNOWN_REPOSITORY'
      ? `Put the entry of ${repository} back into ${file}, and it can be finished.`
      : `It can be finished once ${repository} can be asked again; where that will never be, ${resume.replace('--resume', '--abandon')} gives it up.`
  const look = (cause?.recovery ?? []).map((step) =>
    step.startsWith('mhv repos ') ? withList(step, file) : step,
  )
  return new MhvError('SAGA_UNFINISHED', `${said} ${way}`, {
    recovery: [...look, resume],
    data: { saga: id, repository },
    cause: error,
  })
}

/** Does a saga's parts. @returns null, or why one of them is not done. Errors: SAGA_UNFINISHED where that cannot be told. */
async function goForward(saga: Saga, open: OpenPlace): Promise<string | null> {
  for (const part of saga.parts) {
    try {
      await stepOf(saga, part, await open(part.repository))
    } catch (error) {
      // Also what is a bug is taken back: half of a change is worse than none.
      if (!(await isOutOfSight(error, part, open))) return reasonOf(error)
      const said = `The change is not finished, and stays as far as it was made: ${reasonOf(error)}`
      throw unfinished(saga, part, error, said)
    }
  }
  return null
}

/**
 * Takes a saga's parts back.
 * @param givesUp passes over repositories that cannot be asked
 * @returns the repositories that were passed over. Errors: SAGA_UNFINISHED.
 */
async function goBack(saga: Saga, open: OpenPlace, givesUp: boolean): Promise<string[]> {
  const leftBehind: string[] = []
  for (const part of [...saga.parts].reverse()) {
    try {
      await stepOf(saga, part, await open(part.repository))
    } catch (error) {
      if (!(error instanceof MhvError)) throw error
      if (givesUp && (await isOutOfSight(error, part, open))) {
        leftBehind.push(part.repository)
        continue
      }
      const said = `It could not be done everywhere (${saga.why}), and not be taken back in ${part.repository} either: ${reasonOf(error)}`
      throw unfinished(saga, part, error, said)
    }
  }
  return leftBehind
}

/**
 * Does what is left of a saga: forward through all parts, or back through all of them once it is certain that one is not
 * done. It may be ended at any point and gone on with; each step has its effect once.
 * @param log the repository that holds its log
 * @param givesUp takes it back, as far as the repositories can be asked
 * Errors: SAGA_UNFINISHED where it cannot be told or taken back.
 */
async function goOn(log: Repository, record: SagaRecord, open: OpenPlace, givesUp = false): Promise<SagaEnd> {
  let current = record
  if (current.saga.phase === 'forward') {
    const why = givesUp ? 'it was given up' : await goForward(current.saga, open)
    if (why === null) {
      await endSaga(log, current)
      return { why, leftBehind: [] }
    }
    current = await writeSaga(log, { ...current.saga, phase: 'back', why }, current)
  }
  const leftBehind = await goBack(current.saga, open, givesUp)
  await endSaga(log, current)
  const { why } = current.saga
  const whereTo =
    leftBehind.length === 0
      ? 'It could not be done everywhere, so nowhere'
      : `It is taken back, but in ${leftBehind.join(', ')} a part of it may have stayed`
  return { why: `${whereTo}: ${why}`, leftBehind }
}

/** A change that was interrupted comes first: done once more, it would be there twice. Errors: SAGA_UNFINISHED. */
export async function requireNoneOpen({
  name,
  repository,
}: Pick<SagaPlace, 'name' | 'repository'>): Promise<void> {
  const open = (await unfinishedSagas(repository)).find(({ saga }) => !isHeld(saga))
  if (!open) return
  const message = `A change of several repositories that began in ${name} (${open.saga.began}) was interrupted: finish it first, it may be this one.`
  throw new MhvError('SAGA_UNFINISHED', message, {
    recovery: [resumeStep(open.saga)],
    data: { saga: open.saga.id, repository: name },
  })
}

/**
 * Begins a saga and does it.
 * Errors: refusals of any part, and remotes that cannot be asked, before anything is written; SAGA_TAKEN_BACK where it was
 * made nowhere, with the cause; as goOn.
 */
async function run(
  parts: readonly SagaPart[],
  begun: Pick<Saga, 'id' | 'kind' | 'link' | 'data' | 'file'>,
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
    const { store, environment } = place
    await inPlace(place, () =>
      store.exclusively(async () => rehearse(store, await store.view(), request, environment)),
    )
  }
  const places = new Map(parts.map(({ place }) => [place.name, place]))
  const record = await writeSaga(first.repository, saga, null)
  const { why } = await goOn(first.repository, record, async (name) => places.get(name)!)
  const data = { saga: saga.id, repository: first.name }
  if (why !== null) throw new MhvError('SAGA_TAKEN_BACK', why, { data })
  return saga.link
}

/**
 * Creates a task in each of several repositories, linked to each other: in all of them or in none.
 * @param file the file that lists the repositories
 * @returns the ids of the tasks, in the order of the places, and of their link
 * Errors: as run.
 */
export async function createEverywhere(
  places: readonly SagaPlace[],
  data: EventData<'TaskCreated'>,
  file: string | null,
): Promise<{ link: string; tasks: string[] }> {
  const { newId } = places[0]!.environment
  const id = newId()
  const parts = places.map((place) => ({ place, task: newId() }))
  const link = await run(parts, { id, kind: 'create', link: id, data, file })
  return { link, tasks: parts.map(({ task }) => task) }
}

/** Links tasks that are there, or, with the id of a link, takes it away between them: everywhere or nowhere. Errors: as run. */
export function linkEverywhere(
  parts: readonly SagaPart[],
  file: string | null,
  away: string | null = null,
): Promise<string> {
  const id = parts[0]!.place.environment.newId()
  return run(parts, { id, kind: away ? 'unlink' : 'link', link: away ?? id, data: null, file })
}

/**
 * Goes on with a saga whose process is gone.
 * @param log the repository that holds its log
 * @param file the file that lists the repositories now
 * @param givesUp takes it back instead, also where not all of its repositories can be asked
 * Errors: SAGA_UNFINISHED; CONTENTION where another process is at it.
 */
export async function resumeSaga(
  log: Repository,
  record: SagaRecord,
  open: OpenPlace,
  file: string | null,
  givesUp = false,
): Promise<SagaEnd> {
  const taken = await writeSaga(log, { ...record.saga, holder: holderNow(), file }, record)
  return goOn(log, taken, open, givesUp)
}
