import { Fzf } from 'fzf'
import type { Priority, TaskType } from '../../../schemas/vocabulary.ts'
import { type AskedStatus, type Filter, filterTasks, isOverdue, type Today } from '../../query/filter.ts'
import type { Entry, Place } from '../../query/place.ts'
import { type SortBy, sortTasks } from '../../query/sort.ts'
import { waitingOn } from '../../query/waiting.ts'
import { AT, FLAG, isClosed, ROW_INTS } from '../../snapshot/row.ts'
import { localDate } from '../output/clock.ts'
import { relationsOf } from '../task/relations-of.ts'
import type { CardTask } from '../task/task-card.ts'
import { taskJsonTexts } from '../task/task-json.ts'
import type { SourceProblem } from './source-problems.ts'

/** Which tasks the list shows. What is null lets everything through. */
export interface TaskFilter {
  readonly status: AskedStatus
  readonly type: TaskType | null
  readonly priority: Priority | null
  readonly label: string | null
  readonly assignee: string | null
  readonly overdue: boolean
  /** Words that have to be in the number, title or labels. */
  readonly text: string
  /** Keys in the order of the search index; null while nothing was searched for. */
  readonly ranked: readonly string[] | null
  /** Whether the index knows more than these. */
  readonly isCut: boolean
}

/** What the search index is asked. */
export interface Search {
  readonly words: string
  readonly argv: readonly string[]
  /** Whether what is shown was found by it before, and tasks have changed since. */
  readonly isAgain?: boolean
}

export const NO_FILTER: TaskFilter = {
  status: 'open',
  type: null,
  priority: null,
  label: null,
  assignee: null,
  overdue: false,
  text: '',
  ranked: null,
  isCut: false,
}

/** A task as a line of a list shows it. */
export interface TaskRow {
  readonly key: string
  readonly ref: string
  readonly repository: string
  readonly number: number
  /** `waiting` for a pending one with an open dependency. */
  readonly status: string
  readonly priority: string
  readonly type: string
  readonly title: string
  readonly labels: string
  readonly assignee: string
  readonly deadline: string
  readonly late: boolean
  readonly estimate: string
  /** Local date of its last change. */
  readonly updated: string
}

/** A task with all that its snapshot tells of it. */
export type WholeTask = Pick<
  CardTask,
  Exclude<keyof CardTask, 'links' | 'elsewhere' | 'worktree' | 'worktree_missing' | 'commits'>
>

/**
 * All tasks of the places, looked at without waiting: what is asked for is read, and nothing else. It never changes; what
 * others write is in the next one.
 */
export interface TaskSource {
  readonly places: readonly Place[]
  readonly isSeveral: boolean
  readonly today: Today
  readonly total: number
  /** How many changes were fetched that no sync has merged. */
  readonly unmerged: number
  readonly problems: readonly SourceProblem[]
  /** Reads the texts that `select` looks for words in: otherwise it reads them when it first needs them. */
  warm(): void
  select(filter: TaskFilter, sort: SortBy): readonly Entry[]
  /** `repository/ULID`: two clones of one repository have tasks with the same ids. */
  keyOf(entry: Entry): string
  /** What commands know it by: `12`, or `akosha#12` where there are several repositories. */
  wordOf(entry: Entry): string
  row(entry: Entry): TaskRow
  task(entry: Entry): WholeTask
  /** The task of a key, or of an id that only one has. */
  entryOf(key: string): Entry | null
  /** Values that tasks have, most used first. */
  values(field: 'label' | 'assignee'): readonly string[]
}

/** What tells a task from all others, also in the documents of graphs, plans and rankings. */
export const taskKey = (repository: string, id: string): string => `${repository}/${id}`

const nameOf = (person: string) => person.replace(/ <.*>$/, '')

function conditionsOf(filter: TaskFilter): Filter {
  return {
    statuses: [filter.status],
    ...(filter.type ? { types: [filter.type] } : {}),
    ...(filter.priority ? { priorities: [filter.priority] } : {}),
    ...(filter.label ? { labels: [filter.label] } : {}),
    ...(filter.assignee === null ? {} : { assignee: filter.assignee.toLowerCase() }),
    ...(filter.overdue ? { overdue: true } : {}),
  }
}

/** What `/` looks through, by place and slot, with what the list calls a task: made when it is first asked for. */
function searchedTexts(places: readonly Place[], isSeveral: boolean): (place: number) => readonly string[] {
  const known = new Map<number, readonly string[]>()
  return (place) => {
    const found = known.get(place)
    if (found) return found
    const { name, snapshot } = places[place]!
    const before = isSeveral ? name : ''
    snapshot.willRead('heads', snapshot.slots)
    const texts = Array.from({ length: snapshot.slots }, (_, slot) => {
      const { title, labelText } = snapshot.head(slot)
      return `${before}#${snapshot.number(slot)} ${title} ${labelText}`.toLowerCase()
    })
    known.set(place, texts)
    return texts
  }
}

/** The entries that hold every word; where none does, those that hold the letters in their order. */
function matching(
  entries: readonly Entry[],
  text: string,
  textOf: (entry: Entry) => string,
): readonly Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  const found = entries.filter((entry) => words.every((word) => textOf(entry).includes(word)))
  if (found.length > 0) return found
  const finder = new Fzf(entries as Entry[], { selector: textOf, fuzzy: 'v1', limit: 200 })
  return finder.find(words.join('')).map(({ item }) => item)
}

function inOrderOf(keys: readonly string[], entries: readonly Entry[], keyOf: (entry: Entry) => string) {
  const rank = new Map(keys.map((key, i) => [key, i]))
  const found = entries.filter((entry) => rank.has(keyOf(entry)))
  return found.sort((a, b) => rank.get(keyOf(a))! - rank.get(keyOf(b))!)
}

/**
 * What the index has found, by the words that are in a task's texts: those with all of them, then those with some, each
 * in the order of the index. What has none is left out where another has one.
 */
function byWords(found: readonly Entry[], text: string, textOf: (entry: Entry) => string): readonly Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const held = found.map((entry) => {
    const own = textOf(entry)
    return { entry, count: words.filter((word) => own.includes(word)).length }
  })
  const whole = held.filter(({ count }) => count === words.length)
  const partly = held.filter(({ count }) => count > 0 && count < words.length)
  const all = [...whole, ...partly].map(({ entry }) => entry)
  return all.length > 0 ? all : found
}

/** All texts of a task that the index knows. */
function textsOfTask(
  { ref, number, title, labels, description, criteria, comments }: CardTask,
  isSeveral: boolean,
): string {
  const said = [...criteria, ...comments].map(({ text }) => text)
  return [isSeveral ? ref : `#${number}`, title, ...labels, description, ...said].join('\n').toLowerCase()
}

function countedValues(
  places: readonly Place[],
  valuesOf: (place: Place, slot: number) => readonly string[],
) {
  const counts = new Map<string, number>()
  for (const place of places) {
    place.snapshot.willRead('heads', place.snapshot.slots)
    for (let slot = 0; slot < place.snapshot.slots; slot++) {
      if (place.snapshot.flags(slot) & (FLAG.GONE | FLAG.DELETED)) continue
      for (const value of valuesOf(place, slot)) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([value]) => value)
}

function rowOf({ name, snapshot }: Place, slot: number, today: Today): TaskRow {
  const { id, title, labelText, assignee, deadline, estimate } = snapshot.head(slot)
  const stored = snapshot.status(slot)
  const status = stored === 'pending' && waitingOn(snapshot, [slot]).has(slot) ? 'waiting' : stored
  const number = snapshot.number(slot)
  const updated = snapshot.wide[(slot * ROW_INTS + AT.UPDATED) / 2]!
  return {
    key: taskKey(name, id),
    ref: `${name}#${number}`,
    repository: name,
    number,
    status,
    priority: snapshot.priority(slot),
    type: snapshot.type(slot),
    title,
    labels: labelText,
    assignee: nameOf(assignee),
    deadline,
    late: deadline !== '' && !isClosed(snapshot.packed(slot)) && isOverdue(deadline, today),
    estimate,
    updated: updated === 0 ? '' : localDate(updated),
  }
}

/** A place, with what was fetched of remotes and is not among its tasks. */
interface ReadPlace extends Place {
  readonly unmerged?: readonly { readonly changes: number }[]
}

/** @param time when the tasks are looked at, ISO 8601 */
export function taskSource(
  places: readonly ReadPlace[],
  isSeveral: boolean,
  time: string,
  problems: readonly SourceProblem[] = [],
): TaskSource {
  const today = { now: Date.parse(time), date: localDate(time) }
  const textsOf = searchedTexts(places, isSeveral)
  const keyOf = ({ place, slot }: Entry) => {
    const { name, snapshot } = places[place]!
    return taskKey(name, snapshot.head(slot).id)
  }
  const placeOfName = new Map(places.map(({ name }, place) => [name, place]))
  const textOf = ({ place, slot }: Entry) => textsOf(place)[slot]!
  const cardOf = ({ place, slot }: Entry) => {
    const { name, snapshot } = places[place]!
    return JSON.parse(taskJsonTexts(snapshot, name, [slot])[0]!) as CardTask
  }
  return {
    places,
    isSeveral,
    today,
    total: places.reduce((sum, { snapshot }) => sum + snapshot.slots, 0),
    unmerged: places.flatMap(({ unmerged = [] }) => unmerged).reduce((sum, { changes }) => sum + changes, 0),
    problems,
    keyOf,
    warm: () => {
      for (const place of places.keys()) textsOf(place)
    },
    select: (filter, sort) => {
      const slots = places.map(({ snapshot }) =>
        filterTasks(snapshot, conditionsOf(filter), today, localDate),
      )
      const entries = slots.flatMap((found, place) => found.map((slot) => ({ place, slot })))
      if (filter.ranked) {
        const ranked = inOrderOf(filter.ranked, entries, keyOf)
        return byWords(ranked, filter.text, (entry) => textsOfTask(cardOf(entry), isSeveral))
      }
      if (filter.text.trim() === '') return sortTasks(places, slots, [sort])
      const found = matching(entries, filter.text, textOf)
      return sortTasks(
        places,
        places.map((_, place) => found.filter((entry) => entry.place === place).map(({ slot }) => slot)),
        [sort],
      )
    },
    wordOf: ({ place, slot }) => {
      const { name, snapshot } = places[place]!
      return isSeveral ? `${name}#${snapshot.number(slot)}` : String(snapshot.number(slot))
    },
    row: ({ place, slot }) => rowOf(places[place]!, slot, today),
    task: (entry) => {
      const { name, snapshot } = places[entry.place]!
      const task = cardOf(entry)
      return { ...task, ...relationsOf(snapshot, name, task.id) }
    },
    entryOf: (key) => {
      const cut = key.lastIndexOf('/')
      const id = key.slice(cut + 1)
      const named = cut < 0 ? [...places.keys()] : [placeOfName.get(key.slice(0, cut)) ?? []].flat()
      const found = named.flatMap((place) => {
        const slot = places[place]!.snapshot.slotOfId(id)
        return slot === undefined ? [] : { place, slot }
      })
      return found.length === 1 ? found[0]! : null
    },
    values: (field) =>
      countedValues(places, ({ snapshot }, slot) => {
        if (field === 'label') return snapshot.head(slot).labels
        const name = nameOf(snapshot.head(slot).assignee)
        return name === '' ? [] : [name]
      }),
  }
}
