import { MhvError } from '../../errors.ts'
import { findTasks, slotsNamed } from '../../query/find-task.ts'
import { parseTaskNames } from '../../query/number-list.ts'
import type { Place } from '../../query/place.ts'
import type { PlacesAsked } from '../places/places-asked.ts'

/** Tasks that a flag names. */
export interface NamedTasks {
  /** The ids and references by which a place knows them. */
  idsIn(place: Place): string[]
  /** Slots of those that are the place's own. */
  slotsIn(place: Place): ReadonlySet<number>
}

const NAMED_PLACE = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)#/

/** The place that a word names; undefined for a number alone. Errors: UNKNOWN_REPOSITORY, REPOSITORY_MISSING. */
async function placeOf({ find }: PlacesAsked, word: string): Promise<Place | undefined> {
  const name = NAMED_PLACE.exec(word)?.[1]
  if (name === undefined) return undefined
  const place = await find(name)
  if (place) return place
  throw new MhvError('REPOSITORY_MISSING', `${name} cannot be read, so there is no finding its tasks.`, {
    data: { repository: name },
  })
}

function ofAnother({ places }: PlacesAsked, { name }: Place, word: string): MhvError {
  const number = word.replace('#', '')
  return new MhvError(
    'INVALID_INPUT',
    `${name}#${number} is of another repository than this list, which is of ${places.map((place) => place.name).join(', ')}.`,
    { recovery: [`mhv task list --repo ${name} --number ${number}`], data: { field: 'number', value: word } },
  )
}

/**
 * The tasks of a list such as `3,akosha#7-9`. A number alone means that task of each place which has it.
 * @param mustExist whether each word has to name a task at least
 * Errors: INVALID_INPUT, TASK_NOT_FOUND, UNKNOWN_REPOSITORY, REPOSITORY_MISSING, NO_FEDERATION.
 */
export async function tasksNamed(asked: PlacesAsked, list: string, mustExist: boolean): Promise<NamedTasks> {
  const found = new Map<Place, number[]>()
  const add = (place: Place, slots: readonly number[]) =>
    found.set(place, [...(found.get(place) ?? []), ...slots])
  for (const word of list.split(',')) {
    const named = await placeOf(asked, word)
    const own = named ? word.replace(NAMED_PLACE, '#').replace(/-.*#/, '-') : word
    const candidates = named ? [named] : asked.places
    if (!mustExist && named && !asked.places.some(({ name }) => name === named.name))
      throw ofAnother(asked, named, own)
    const slots = candidates.map(({ name, snapshot }) => slotsNamed(snapshot, parseTaskNames([own], name)))
    const isMissing = slots.every((each) => each.length === 0)
    if (mustExist && candidates[0] && (isMissing || candidates.length === 1)) {
      const { name, snapshot } = candidates[0]
      slots[0] = findTasks(snapshot, parseTaskNames([own], name), true)
    }
    for (const [i, place] of candidates.entries()) add(place, slots[i]!)
  }
  return {
    slotsIn: (place) => new Set(found.get(place)),
    idsIn: (place) =>
      [...found].flatMap(([there, slots]) =>
        slots.flatMap((slot) => {
          const { id } = there.snapshot.head(slot)
          if (there === place) return id
          return [there.name, ...there.nicknames].map((name) => `${name}/${id}`)
        }),
      ),
  }
}
