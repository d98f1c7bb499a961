import type { TaskEvent } from '../../schemas/event.ts'
import type { Step } from '../tasks/event-kind.ts'
import { steps, type TaskLog } from '../tasks/fold.ts'
import { EDITED_FIELDS, FIELD_OF } from '../tasks/registers.ts'
import { type Ancestry, ancestryOf } from './ancestry.ts'

/** A write to one field that a concurrent one replaced: neither writer knew of the other. */
export interface LostWrite {
  /** A field of the task, or `criterion <id>`. */
  readonly field: string
  readonly lost: TaskEvent
  readonly lostValue: unknown
  readonly winner: TaskEvent
  readonly winningValue: unknown
  /** What the field holds now. */
  readonly presentValue: unknown
  /** The first event that wrote the field in knowledge of both, and so settled the matter; null while it is open. */
  readonly settledBy: TaskEvent | null
}

interface Write {
  readonly place: number
  readonly event: TaskEvent
  readonly field: string
  readonly value: unknown
}

/**
 * What a step wrote, also where the value was the same before. Labels, dependencies and comments are kept from all
 * sides and never lose.
 */
function writesOf({ event, after }: Step, place: number): Write[] {
  const wrote = (field: string, value: unknown): Write => ({ place, event, field, value })
  if (event.kind === 'TaskEdited') {
    return EDITED_FIELDS.filter((field) => event.data[field] !== undefined).map((field) =>
      wrote(field, after[field]),
    )
  }
  if (event.kind === 'CriterionChecked') return [wrote(`criterion ${event.data.criterion}`, event.data.met)]
  const field = FIELD_OF[event.kind as keyof typeof FIELD_OF]
  const writes = field ? [wrote(field, after[field])] : []
  if (event.kind === 'TaskStarted' && event.data.branch) writes.push(wrote('branch', event.data.branch))
  return writes
}

/** The write that replaced one without knowing of it; null where there is none, or its own side had replaced it before. */
function winnerOver(write: Write, writes: readonly Write[], ancestry: Ancestry): Write | null {
  const replacedBefore = (winner: Write) =>
    writes.some(({ place }) => ancestry.sees(place, write.place) && !ancestry.sees(place, winner.place))
  const winner = writes.findLast(
    (other) =>
      other.place > write.place && !ancestry.sees(other.place, write.place) && !replacedBefore(other),
  )
  return winner && winner.value !== write.value ? winner : null
}

/** The first write in knowledge of both that stands: with an undo the matter is as open as it was before. */
function settlerOf(
  lost: Write,
  winner: Write,
  writes: readonly Write[],
  ancestry: Ancestry,
): Write | undefined {
  const informed = writes.filter(
    ({ place }) => ancestry.sees(place, lost.place) && ancestry.sees(place, winner.place),
  )
  const undone = new Set(informed.flatMap(({ event }) => event.undoes ?? []))
  const isUndo = ({ event }: Write) => informed.some((other) => event.undoes?.includes(other.event.id))
  return informed.find((write) => !undone.has(write.event.id) && !isUndo(write))
}

/** The writes to a task that lost against concurrent ones, oldest first. They stay in the log; nothing is undone. */
export function lostWrites(log: TaskLog): LostWrite[] {
  const history = steps(log)
  const ancestry = ancestryOf(history.map((step) => step.event))
  const byField = new Map<string, Write[]>()
  for (const write of history.flatMap(writesOf)) {
    byField.set(write.field, [...(byField.get(write.field) ?? []), write])
  }
  const lost = [...byField.values()].flatMap((writes) =>
    writes.flatMap((write) => {
      const winner = winnerOver(write, writes, ancestry)
      if (!winner) return []
      return [{ write, winner, settled: settlerOf(write, winner, writes, ancestry), last: writes.at(-1)! }]
    }),
  )
  return lost
    .sort((a, b) => a.write.place - b.write.place)
    .map(({ write, winner, settled, last }) => ({
      field: write.field,
      lost: write.event,
      lostValue: write.value,
      winner: winner.event,
      winningValue: winner.value,
      presentValue: last.value,
      settledBy: settled?.event ?? null,
    }))
}
