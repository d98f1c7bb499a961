import { MhvError } from '../../errors.ts'
import { findBySource, isSourceId } from '../../query/find-source.ts'
import { findLiveTasks, findTasks, type TaskNames } from '../../query/find-task.ts'
import { isAmong, type PlacedName, parsePlacedNames } from '../../query/number-list.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { TaskStore } from '../../store/task-store.ts'
import { isReference } from '../../tasks/known.ts'
import { note } from '../output/output-mode.ts'
import { requireNoOther } from '../places/federation-flags.ts'
import { namesOf, type Workplace, withNeed } from '../places/workplace.ts'

/** The words, with ids in place of what other systems called tasks of this repository. Errors: as findBySource. */
export async function withSourceIds(store: TaskStore, words: readonly string[]): Promise<string[]> {
  if (!words.some(isSourceId)) return [...words]
  const view = await store.view()
  return words.map((word) => (isSourceId(word) ? findBySource(view, word) : word))
}

/** Says of tasks in other repositories that something is to wait for now, but that cannot be seen, what that means. */
export function noteUnseen(view: Snapshot, ids: Iterable<string>): void {
  const unseen = [...ids].filter((id) => isReference(id) && !view.summary(id))
  const names = new Set(unseen.map((reference) => reference.slice(0, reference.indexOf('/'))))
  for (const { path, message } of view.problems) {
    if (names.has(path)) note(`Note: ${path}: ${message}\n`)
  }
}

/** Errors: USAGE. */
function requireClear({ store, elsewhere }: Workplace, part: string): void {
  if (!elsewhere?.insteadOf) return
  const { insteadOf } = elsewhere
  const number = part.replace('#', '')
  throw new MhvError(
    'USAGE',
    `“${part}” could be a task of ${store.name} or of ${insteadOf}: write ${store.name}#${number} or ${insteadOf}#${number}.`,
  )
}

const requireClearName = ({ neighbours }: Workplace, place: string) =>
  requireNoOther(place, async () => (await neighbours!()).federation)

/** Refuses words that name a repository which could be either of two. Errors: AMBIGUOUS_REPOSITORY, INVALID_INPUT. */
export async function requireClearNames(workplace: Workplace, words: readonly string[]): Promise<void> {
  for (const { place } of parsePlacedNames(words))
    if (place !== null) await requireClearName(workplace, place)
}

/** Whether nothing is known of a repository, which may be listed later: what is wrong with one that is listed is told. */
const isUnlisted = ({ error }: MhvError) => error === 'NO_FEDERATION' || error === 'UNKNOWN_REPOSITORY'

/** References of tasks in another repository; null where that is the own one. Errors: as `Neighbours.references`. */
async function referencesOf(
  { neighbours }: Workplace,
  place: string,
  named: readonly PlacedName[],
  withEnded: boolean,
): Promise<string[] | null> {
  const names = named.map(({ name }) => name)
  // A reference that is spelled out needs nobody to look it up, and what is to go may have any name.
  const spelled = named.flatMap(({ name }) => (typeof name === 'string' ? [`${place}/${name}`] : []))
  try {
    const found = await (await neighbours!()).references(place, names, withEnded)
    return found && (withEnded ? [...new Set([...found, ...spelled])] : found)
  } catch (error) {
    if (!(error instanceof MhvError) || spelled.length < named.length)
      throw withNeed(error, named[0]!.part, place)
    if (withEnded || isUnlisted(error)) return spelled
    throw error
  }
}

/**
 * Tasks that another is related to, of this repository or others: their ids and references, once a view is there to look
 * the former up in. A number without a name is of the repository that is written.
 * @param toRemove whether relations are to go: then the tasks may be deleted, or not there at all
 * Errors: INVALID_INPUT, USAGE, and those of `Neighbours.references`; of what is returned those of `findTasks`.
 */
export async function relatedTasks(
  workplace: Workplace,
  words: readonly string[],
  toRemove = false,
): Promise<(view: Snapshot) => string[]> {
  const own: TaskNames[number][] = []
  const others = new Map<string, PlacedName[]>()
  for (const named of parsePlacedNames(words)) {
    const { place, name, part } = named
    if (place === null) requireClear(workplace, part)
    else await requireClearName(workplace, place)
    if (place === null || isAmong(namesOf(workplace), place)) own.push(name)
    else others.set(place, [...(others.get(place) ?? []), named])
  }
  const references: string[] = []
  for (const [place, named] of others) {
    const found = await referencesOf(workplace, place, named, toRemove)
    if (found) references.push(...found)
    else own.push(...named.map(({ name }) => name))
  }
  return (view) => {
    const idsOf = (slots: readonly number[]) => slots.map((slot) => view.head(slot).id)
    const ids = toRemove
      ? own.flatMap((name) => (typeof name === 'string' ? name : idsOf(findTasks(view, [name], true))))
      : idsOf(findLiveTasks(view, own))
    return [...ids, ...references]
  }
}
