import { join } from 'node:path'
import { STATUSES } from '../../../schemas/vocabulary.ts'
import { AT, FLAG, hashOfId, isClosed, ROW_INTS, statusAt } from '../../snapshot/row.ts'
import { slotTable } from '../../snapshot/slot-table.ts'
import { openSnapshot, type Snapshot } from '../../snapshot/snapshot.ts'
import { loadIndex } from '../../store/index-file.ts'
import type { TaskState } from '../../tasks/task-state.ts'
import type { Word } from './command-table.ts'
import { labelCounts } from './label-counts.ts'
import { leastOf } from './least-of.ts'
import { fitOf } from './task-fits.ts'

/** More than this nobody reads. */
const MOST = 100

/** The index of a repository as it lies there, whether or not the log has moved on since: null where there is none. */
export function indexIn(commonDir: string): Snapshot | null {
  const index = loadIndex(join(commonDir, 'mtos'))
  return index && openSnapshot(index)
}

/** Those of some tasks that wait for an open one, as far as this repository knows. */
function waiting(snapshot: Snapshot, slots: readonly number[]): number[] {
  const dependent = slots.filter((slot) => (snapshot.flags(slot) & FLAG.HAS_DEPENDENCIES) !== 0)
  if (dependent.length === 0) return []
  const slotOf = slotTable(snapshot.columns, snapshot.slots)
  const hasEnded = (id: string) => {
    const isIt = (slot: number) => !(snapshot.flags(slot) & FLAG.GONE) && snapshot.head(slot).id === id
    const slot = slotOf(hashOfId(id), isIt)
    if (slot === undefined) return false
    return isClosed(snapshot.packed(slot)) || (snapshot.flags(slot) & FLAG.DELETED) !== 0
  }
  return dependent.filter((slot) => !snapshot.head(slot).dependsOn.every(hasEnded))
}

/** More milliseconds than any time has. */
const A_RANK = 1e15

const isLike = (number: number, typed: string, without: ReadonlySet<string>) => {
  const text = String(number)
  return text.startsWith(typed) && !without.has(text)
}

/**
 * Numbers that begin with what is typed, with titles: those that fit the command best in front, then what is most urgent.
 * @param command its id; a deleted task fits only where it is brought back
 * @param without numbers that stand in the list already
 */
export function numbersOf(
  snapshot: Snapshot,
  command: string,
  typed: string,
  without: ReadonlySet<string>,
): Word[] {
  const fit = fitOf(command)
  const chooses = typed !== '' || without.size > 0
  const whole = typed === '' ? Number.NaN : Number(typed)
  const ranks = STATUSES.map((status) => fit[status] ?? -1)
  const wanted = command === 'task:restore' ? FLAG.DELETED : 0
  const { columns, wide, slots } = snapshot
  const found: number[] = []
  const keys: number[] = []
  for (let slot = 0, at = 0; slot < slots; slot++, at += ROW_INTS) {
    const packed = columns[at + AT.PACKED]!
    if (((packed >>> 16) & (FLAG.GONE | FLAG.DELETED)) !== wanted) continue
    const rank = wanted ? 0 : ranks[statusAt(packed)]!
    const number = columns[at + AT.NUMBER]!
    if (rank < 0 || (chooses && !isLike(number, typed, without))) continue
    found.push(slot)
    // What was typed in full comes first, whatever fits better; then what changed last.
    keys.push((number === whole ? -1 : rank) * A_RANK - wide[(at + AT.UPDATED) / 2]!)
  }
  const best = leastOf(keys, MOST).map((place) => found[place]!)
  const waits = command === 'task:start' ? waiting(snapshot, best) : []
  const late = new Set(waits)
  return [...best.filter((slot) => !late.has(slot)), ...waits].map((slot) => {
    const said = late.has(slot)
      ? ' (waits)'
      : isClosed(snapshot.packed(slot))
        ? ` (${snapshot.status(slot)})`
        : ''
    return [String(snapshot.number(slot)), `${snapshot.head(slot).title}${said}`]
  })
}

/** All labels, the most frequent first. */
export function labelsOf(snapshot: Snapshot): Word[] {
  const sorted = [...labelCounts(snapshot)].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return sorted.map(([label, count]) => [label, count === 1 ? 'on 1 task' : `on ${count} tasks`])
}

/** The acceptance criteria of a task, by their places; nothing where several tasks may be meant by the number. */
export function criteriaOf(snapshot: Snapshot, number: number): Word[] {
  const [slot, ...others] = snapshot.slotsOfNumber(number)
  if (slot === undefined || others.length > 0) return []
  const { criteria } = JSON.parse(snapshot.json(slot).toString('utf8')) as Pick<TaskState, 'criteria'>
  return criteria.map(({ text, met }, place) => [`${place + 1}`, met ? `met: ${text}` : text])
}
