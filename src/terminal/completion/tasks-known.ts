import { join } from 'node:path'
import { CLOSED_STATUSES, STATUSES, type Status } from '../../../schemas/vocabulary.ts'
import { AT, FLAG, Head, isClosed, ROW_INTS, statusAt } from '../../snapshot/row.ts'
import { openSnapshot, type Snapshot } from '../../snapshot/snapshot.ts'
import { loadIndex } from '../../store/index-file.ts'
import type { Word } from './command-table.ts'

/** How well a task of each status fits a command: the least comes first, one that is not there is left out. */
type Fit = Readonly<Partial<Record<Status, number>>>

const OPEN: Fit = { in_progress: 0, pending: 1, blocked: 2, failed: 2 }
const ANY: Fit = { ...OPEN, completed: 3, cancelled: 3 }
const FITS: Readonly<Record<string, Fit>> = {
  'task:start': { pending: 0, failed: 2, in_progress: 3, blocked: 4 },
  'task:complete': OPEN,
  'task:reopen': { completed: 0, cancelled: 1 },
  'task:block': OPEN,
  'task:unblock': { blocked: 0 },
  'task:cancel': OPEN,
  'task:check': OPEN,
  'gate:run': OPEN,
  predict: OPEN,
  'depend:suggest': OPEN,
  'worktree:create': { in_progress: 0, failed: 1, blocked: 1, pending: 2 },
  switch: { in_progress: 0, failed: 1, blocked: 1 },
}

/** More than this nobody reads. */
const MOST = 100

/** The index of a repository as it lies there, whether or not the log has moved on since: null where there is none. */
export function indexIn(commonDir: string): Snapshot | null {
  const index = loadIndex(join(commonDir, 'mtos'))
  return index && openSnapshot(index)
}

/** Whether a pending task can be started: nothing that it depends on is open, as far as this repository knows. */
function isReady(snapshot: Snapshot, slot: number): boolean {
  if ((snapshot.flags(slot) & FLAG.HAS_DEPENDENCIES) === 0) return true
  return snapshot.head(slot).dependsOn.every((id) => {
    const task = snapshot.summary(id)
    return task !== undefined && (task.deleted || CLOSED_STATUSES.includes(task.status))
  })
}

/** More milliseconds than any time has. */
const A_RANK = 1e15

const isLike = (number: number, typed: string, without: ReadonlySet<string>) => {
  if (typed === '' && without.size === 0) return true
  const text = String(number)
  return text.startsWith(typed) && !without.has(text)
}

/** Places of the least numbers, in their order: of thousands that nobody will see, the order is not looked for. */
function leastOf(keys: readonly number[], most: number): number[] {
  const limit = Float64Array.from(keys).sort()[Math.min(most, keys.length) - 1]!
  const places = keys.flatMap((key, place) => (key <= limit ? [place] : []))
  return places.sort((a, b) => keys[a]! - keys[b]!).slice(0, most)
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
  const fit = FITS[command] ?? ANY
  const ranks = STATUSES.map((status) => fit[status] ?? -1)
  const wantsDeleted = command === 'task:restore'
  const slots: number[] = []
  const keys: number[] = []
  for (let slot = 0; slot < snapshot.slots; slot++) {
    const packed = snapshot.packed(slot)
    if ((packed >>> 16) & FLAG.GONE || (((packed >>> 16) & FLAG.DELETED) !== 0) !== wantsDeleted) continue
    const rank = wantsDeleted ? 0 : ranks[statusAt(packed)]!
    if (rank < 0 || !isLike(snapshot.number(slot), typed, without)) continue
    slots.push(slot)
    // What was typed in full comes first, whatever fits better; then what changed last.
    const isWhole = typed !== '' && snapshot.number(slot) === Number(typed)
    keys.push((isWhole ? -1 : rank) * A_RANK - snapshot.wide[(slot * ROW_INTS + AT.UPDATED) / 2]!)
  }
  const best = leastOf(keys, MOST).map((place) => slots[place]!)
  const waits = command === 'task:start' ? best.filter((slot) => !isReady(snapshot, slot)) : []
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

/** How many tasks have each combination of labels: thousands share a few, and only these are taken apart. */
function combinationsOf(snapshot: Snapshot): Map<string, number> {
  snapshot.willRead('heads', snapshot.slots)
  const { columns, slots } = snapshot
  const counts = new Map<string, number>()
  const texts = new Map<Buffer, string>()
  for (let slot = 0, at = 0; slot < slots; slot++, at += ROW_INTS) {
    const flags = columns[at + AT.PACKED]! >>> 16
    if (columns[at + AT.LABELS] === 0 || flags & (FLAG.GONE | FLAG.DELETED)) continue
    const around = flags & FLAG.PLAIN_HEAD ? snapshot.headsAround(slot) : null
    // A part of one large text is no copy, and a Tab cannot wait for thousands of them.
    if (around && !texts.has(around)) texts.set(around, around.toString('latin1'))
    const text = around && texts.get(around)
    const from = columns[at + AT.HEAD]!
    const head = text ? new Head(text.slice(from, from + columns[at + AT.HEAD_LENGTH]!)) : snapshot.head(slot)
    const labels = head.labelText
    counts.set(labels, (counts.get(labels) ?? 0) + 1)
  }
  return counts
}

/** All labels, the most frequent first. */
export function labelsOf(snapshot: Snapshot): Word[] {
  const counts = new Map<string, number>()
  for (const [labels, count] of combinationsOf(snapshot)) {
    for (const label of labels.split(',')) counts.set(label, (counts.get(label) ?? 0) + count)
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return sorted.map(([label, count]) => [label, count === 1 ? 'on 1 task' : `on ${count} tasks`])
}
