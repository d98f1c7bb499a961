import { MhvError } from '../../errors.ts'
import { inPlace } from '../../federation/in-place.ts'
import { isSameRepository } from '../../federation/neighbours.ts'
import { openMember } from '../../federation/open-member.ts'
import type { SagaPart, SagaPlace } from '../../federation/saga.ts'
import { mayHaveSagas } from '../../federation/saga-log.ts'
import { urlRepository } from '../../federation/url-repository.ts'
import { readIdentity } from '../../git/identity.ts'
import { type Repository, repositoryName } from '../../git/repository.ts'
import { findLiveTasks, findTasks, type TaskNames } from '../../query/find-task.ts'
import { parsePlacedNames } from '../../query/number-list.ts'
import { type Federation, findMember, memberCalled } from '../../repos/member.ts'
import { repositoryOf, urlInstead } from '../../repos/member-repository.ts'
import { FLAG } from '../../snapshot/row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { environmentFor } from '../environment.ts'
import { watched } from '../watched.ts'
import { federationOf } from './federation-flags.ts'
import { repositoryAround } from './repository-around.ts'

/** Opens repositories of a federation by what they are called, each once. */
export interface SagaPlaces {
  readonly federation: Federation
  /** Errors: UNKNOWN_REPOSITORY, REPOSITORY_MISSING; those of a remote; NO_IDENTITY. */
  open(word: string): Promise<SagaPlace>
}

/** Errors: NO_FEDERATION, REPOS_INVALID. */
export async function sagaPlaces(repos: string | undefined): Promise<SagaPlaces> {
  const here = await repositoryAround()
  const federation = await federationOf({ repos }, here)
  const opened = new Map<string, Promise<SagaPlace>>()
  const open = async (word: string): Promise<SagaPlace> => {
    const member = findMember(federation, word)
    const { repository, store } = await watched(`Reading ${member.name}`, () =>
      openMember(member, { maxAge: 0 }),
    )
    const environment = environmentFor(await readIdentity(repository))
    const directory = urlInstead(member) === null ? member.path : null
    return { name: member.name, repository, store, environment, directory }
  }
  return {
    federation,
    open(word) {
      const name = memberCalled(federation, word)?.name ?? word
      const known = opened.get(name) ?? open(name)
      opened.set(name, known)
      return known
    },
  }
}

/** A repository that may hold the log of a change. */
export interface SagaLog {
  readonly name: string
  readonly repository: Repository
}

/**
 * The repositories that hold logs of changes, as far as they are here: of the federation, and the one around, whose entry
 * may be gone. No remote has to be asked for that.
 */
export async function sagaLogs({ federation }: SagaPlaces): Promise<SagaLog[]> {
  const here = await repositoryAround()
  const logs: SagaLog[] = []
  const add = (name: string, repository: Repository) => {
    const isKnown = () => logs.some((log) => isSameRepository(log.repository, repository))
    if (mayHaveSagas(repository) && !isKnown()) logs.push({ name, repository })
  }
  for (const member of federation.members) {
    if (member.url !== null) add(member.name, urlRepository(member.url))
    if (member.path === null) continue
    const repository = await repositoryOf(member).catch((error: unknown) => {
      if (error instanceof MhvError) return null
      throw error
    })
    if (repository) add(member.name, repository)
  }
  if (here) add(repositoryName(here), here)
  return logs
}

/** What the repository around is called in the federation. Errors: USAGE. */
async function nameOfHere({ federation, open }: SagaPlaces, said: string): Promise<string> {
  const here = await repositoryAround()
  const own = here && memberCalled(federation, repositoryName(here))
  for (const member of own ? [own, ...federation.members] : federation.members) {
    if (!here || member.path === null) continue
    const place = await open(member.name).catch(() => null)
    if (place && isSameRepository(place.repository, here)) return member.name
  }
  throw new MhvError(
    'USAGE',
    `“${said}” is of no repository that ${federation.file} lists: put a name in front, as in akosha#${said.replace('#', '')}.`,
  )
}

/** A name that people have given, in the repository that it is of. Errors: INVALID_INPUT, USAGE; as SagaPlaces.open. */
async function placedNames(places: SagaPlaces, words: readonly string[]) {
  const placed: { place: SagaPlace; name: TaskNames[number] }[] = []
  for (const { place: word, name, part } of parsePlacedNames(words)) {
    placed.push({ place: await places.open(word ?? (await nameOfHere(places, part))), name })
  }
  return placed
}

const isAmong = (parts: readonly SagaPart[], { place, task }: SagaPart) =>
  parts.some((other) => other.place === place && other.task === task)

/** The tasks that words name, in whichever repositories. Errors: INVALID_INPUT, USAGE, TASK_NOT_FOUND; as SagaPlaces.open. */
export async function sagaParts(places: SagaPlaces, words: readonly string[]): Promise<SagaPart[]> {
  const parts: SagaPart[] = []
  for (const { place, name } of await placedNames(places, words)) {
    const view = await place.store.view()
    for (const slot of await inPlace(place, async () => findLiveTasks(view, [name]))) {
      const part = { place, task: view.head(slot).id }
      if (!isAmong(parts, part)) parts.push(part)
    }
  }
  return parts
}

const isNotFound = (error: unknown) => error instanceof MhvError && error.error === 'TASK_NOT_FOUND'

/** Ids of the tasks of a name, deleted ones too, and of one that was never there the id alone. Errors: as findTask. */
function idsNamed(view: Snapshot, name: TaskNames[number]): string[] {
  try {
    return findTasks(view, [name], false).map((slot) => view.head(slot).id)
  } catch (error) {
    if (typeof name === 'string' && isNotFound(error)) return [name]
    throw error
  }
}

/**
 * The tasks whose links are to be taken away: those that are there, and the ids of those that are deleted or were never
 * there.
 * Errors: as sagaParts, where none is there; those of a remote that cannot be asked whether a task is.
 */
export async function partsToUnlink(
  places: SagaPlaces,
  words: readonly string[],
): Promise<{ parts: SagaPart[]; gone: string[] }> {
  const parts: SagaPart[] = []
  const gone: string[] = []
  for (const { place, name } of await placedNames(places, words)) {
    await inPlace(place, async () => {
      let view = await place.store.view()
      const isLive = (task: string) => {
        const slot = view.slotOfId(task)
        return slot !== undefined && !(view.flags(slot) & FLAG.DELETED)
      }
      // What was seen last may be older than the task, or than what has brought it back.
      if (!idsNamed(view, name).every(isLive)) {
        view = await place.store.exclusively(() => place.store.view())
      }
      for (const task of idsNamed(view, name)) {
        const part = { place, task }
        if (!isLive(task)) gone.push(task)
        else if (!isAmong(parts, part)) parts.push(part)
      }
    })
  }
  return parts.length > 0 ? { parts, gone } : { parts: await sagaParts(places, words), gone }
}
