import { AT, FLAG, isClosed, NO_DEADLINE, ROW_INTS } from '../snapshot/row.ts'
import type { Condition, Term } from './condition.ts'
import { isOverdue, type Today } from './filter.ts'
import { type Entry, type Place, slotsByPlace } from './place.ts'
import { waitingOn } from './waiting.ts'

/** How well a repository could be read, for conditions that ask for it. */
export interface Reading {
  readonly name: string
  /** Something of it could not be read. */
  readonly hasProblem: boolean
  /** What is shown of it is older than what was asked for. */
  readonly isStale: boolean
}

function judgeOf(
  { name, nicknames, snapshot }: Place,
  reading: Reading,
  waiting: ReadonlyMap<number, unknown>,
  today: Today,
): (slot: number, term: Term) => boolean {
  const isLate = (slot: number) => {
    if (snapshot.columns[slot * ROW_INTS + AT.DEADLINE] === NO_DEADLINE) return false
    return !isClosed(snapshot.packed(slot)) && isOverdue(snapshot.head(slot).deadline, today)
  }
  return (slot, term) => {
    if ('field' in term) {
      const { field, value } = term
      switch (field) {
        case 'priority':
          return snapshot.priority(slot) === value
        case 'type':
          return snapshot.type(slot) === value
        case 'label':
          return snapshot.head(slot).labels.includes(value)
        case 'assignee':
          return snapshot.head(slot).assignee.toLowerCase().includes(value)
        case 'repo':
          return [name, ...nicknames].some((own) => own.toLowerCase() === value)
      }
    }
    switch (term.state) {
      case 'overdue':
        return isLate(slot)
      case 'waiting':
        return snapshot.status(slot) === 'pending' && waiting.has(slot)
      case 'unassigned':
        return snapshot.columns[slot * ROW_INTS + AT.ASSIGNEE_HASH] === 0
      case 'overridden':
        return (snapshot.flags(slot) & FLAG.OVERRIDDEN) !== 0
      case 'stale':
        return reading.isStale
      case 'problem':
        return reading.hasProblem
      default:
        return snapshot.status(slot) === term.state
    }
  }
}

/**
 * The entries of which a condition holds.
 * @param readings of the places, by their names
 */
export function tasksMeeting(
  condition: Condition,
  places: readonly Place[],
  readings: readonly Reading[],
  entries: readonly Entry[],
  today: Today,
): Entry[] {
  const slots = slotsByPlace(places, entries)
  const judges = places.map((place, i) => {
    const reading = readings.find(({ name }) => name === place.name)!
    place.snapshot.willRead('heads', slots[i]!.length)
    const waiting = condition.states.has('waiting') ? waitingOn(place.snapshot, slots[i]!) : new Map()
    return judgeOf(place, reading, waiting, today)
  })
  return entries.filter(({ place, slot }) => condition.holds((term) => judges[place]!(slot, term)))
}

/**
 * The names of the repositories of which a condition holds. They are judged only where it asks for what a repository may
 * be; of nothing else that it names is one said to be.
 */
export function repositoriesMeeting(condition: Condition, readings: readonly Reading[]): string[] {
  if (!condition.states.has('stale') && !condition.states.has('problem')) return []
  return readings
    .filter(({ hasProblem, isStale }) => hasProblem || isStale)
    .filter(({ name, hasProblem, isStale }) =>
      condition.holds((term) => {
        if ('field' in term) return term.field === 'repo' && name.toLowerCase() === term.value
        return (term.state === 'problem' && hasProblem) || (term.state === 'stale' && isStale)
      }),
    )
    .map(({ name }) => name)
}
