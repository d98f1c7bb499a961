import { CLOSED_STATUSES } from '../../../schemas/vocabulary.ts'
import type { Place } from '../../query/place.ts'
import { sortTasks } from '../../query/sort.ts'
import { FLAG, isClosed } from '../../snapshot/row.ts'
import type { Entry } from './entry.ts'

/** Tasks of a repository that the palette shows. */
export interface PalettePlace extends Place {
  /** What stands before a task's number; nothing in the repository around. */
  readonly prefix: string
}

const shownSlots = ({ snapshot }: Place, isOpenOnly: boolean): number[] => {
  const found: number[] = []
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (snapshot.flags(slot) & (FLAG.GONE | FLAG.DELETED)) continue
    if (!isOpenOnly || !isClosed(snapshot.packed(slot))) found.push(slot)
  }
  return found
}

function waits(snapshot: Place['snapshot'], slot: number): boolean {
  if ((snapshot.flags(slot) & FLAG.HAS_DEPENDENCIES) === 0) return false
  return snapshot.head(slot).dependsOn.some((id) => {
    const other = snapshot.slotOfId(id)
    if (other === undefined) return true
    return !isClosed(snapshot.packed(other)) && (snapshot.flags(other) & FLAG.DELETED) === 0
  })
}

function taskEntry({ prefix, name, snapshot }: PalettePlace, slot: number): Entry {
  const { id, title, labelText } = snapshot.head(slot)
  const number = snapshot.number(slot)
  const status = snapshot.status(slot)
  const called = `${prefix}#${number}`
  return {
    kind: 'task',
    rank: prefix === '' ? 0 : 1,
    text: `${called} ${title}`,
    aside: `${status} ${snapshot.priority(slot)}${labelText === '' ? '' : `  ${labelText.replaceAll(',', ', ')}`}`,
    labels: labelText,
    names: [
      ...(prefix === '' ? [String(number)] : []),
      called.toLowerCase(),
      `${name}#${number}`.toLowerCase(),
    ],
    isOver: CLOSED_STATUSES.includes(status),
    chosen: {
      does: 'act',
      task: {
        id,
        key: `${name}/${id}`,
        name: prefix === '' ? String(number) : called,
        title,
        status,
        waits: () => waits(snapshot, slot),
      },
    },
  }
}

/**
 * Tasks as entries, those of the repository around in front: work in hand first, then what is free by its urgency, what has ended last.
 * @param most the first ones only, which are open ones then: the others' titles are not read
 */
export function taskEntries(places: readonly PalettePlace[], most?: number): Entry[] {
  const slots = places.map((place) => shownSlots(place, most !== undefined))
  const sorted = sortTasks(places, slots, [{ key: 'urgency', descending: false }])
  const isOwn = ({ place }: { readonly place: number }) => places[place]!.prefix === ''
  const shown = [...sorted.filter(isOwn), ...sorted.filter((each) => !isOwn(each))].slice(0, most)
  for (const [i, { snapshot }] of places.entries()) {
    snapshot.willRead('heads', most === undefined ? slots[i]!.length : 0)
  }
  return shown.map(({ place, slot }) => taskEntry(places[place]!, slot))
}
