import type { EventDraft, EventKind, StoredEvent } from '../../schemas/event.ts'
import { MhvError } from '../errors.ts'
import { draft, type Kind, type Step } from './event-kind.ts'
import { KINDS } from './evolve.ts'
import { contentOf, narrowed, registersOf } from './registers.ts'
import { initialState, type TaskState } from './task-state.ts'

/** Ids of the events that a command wrote; or it made the task, and whatever it wrote went with that. */
export type EventsToUndo = ReadonlySet<string> | 'creation'

export interface UndoTask {
  readonly kind: 'UndoTask'
  /** What to take back; the last command on the task unless given. */
  readonly events?: EventsToUndo
}

/** Something that a command set and somebody has set since, so that undoing the command leaves it alone. */
export interface LeftAlone {
  /** A field, an item such as `label auth`, or `task` where the whole task would go. */
  readonly field: string
  readonly by: string
}

export interface UndoPlan {
  /** Newest first; each names what it undoes. */
  readonly drafts: readonly EventDraft[]
  readonly leftAlone: readonly LeftAlone[]
}

/**
 * What taking a command on a task back would do. Of a command that was named there may be nothing left to take back;
 * the last one is passed over then for the one before it.
 */
export function planUndo({ events }: UndoTask, history: readonly Step[]): UndoPlan {
  const undone = new Set(history.flatMap(({ event }) => event.undoes ?? []))
  let left = history.filter(({ event }) => !event.undoes && !undone.has(event.id))
  if (events) {
    const made = events === 'creation' ? left.find(isCreation)?.event : null
    const isNamed = ({ event }: Step) =>
      events === 'creation' ? isOfCommand(event, made) : events.has(event.id)
    return takeBack(left.filter(isNamed), left, history)
  }
  for (let last = left.at(-1); last; last = left.at(-1)) {
    const { event: newest } = last
    const plan = takeBack(
      left.filter(({ event }) => isOfCommand(event, newest)),
      left,
      history,
    )
    if (plan.drafts.length + plan.leftAlone.length > 0) return plan
    left = left.filter(({ event }) => !isOfCommand(event, newest))
  }
  return { drafts: [], leftAlone: [] }
}

/**
 * Refuses to take back one part of a change of several repositories, which would leave the others. Errors: PART_OF_CHANGE.
 * @param now the task as it is
 */
function requireWhole(drafts: readonly EventDraft[], history: readonly Step[], now: TaskState): void {
  const undone = new Set(drafts.flatMap(({ undoes = [] }) => undoes))
  const steps = history.filter(({ event }) => undone.has(event.id))
  const kinds = new Set(steps.map(({ event }) => event.kind))
  if (!kinds.has('LinksAdded') && !kinds.has('LinksRemoved')) return
  const others = steps
    .flatMap(({ event }) => registersOf(event))
    .flatMap((register) => /^link \S+ (\S+)$/.exec(register)?.[1] ?? [])
  const parts = [String(now.number), ...new Set(others)]
  const recovery = kinds.has('TaskCreated')
    ? parts.map((part) => `mhv task delete ${part}`)
    : [`mhv link ${parts.join(' ')}${kinds.has('LinksAdded') ? ' --remove' : ''}`]
  throw new MhvError(
    'PART_OF_CHANGE',
    `The last command on #${now.number} was about ${others.join(', ')} too, in which it would stay.`,
    { recovery, data: { number: now.number, others } },
  )
}

/**
 * Drafts that take a command on a task back, as `planUndo`.
 * Errors: NOTHING_TO_UNDO where none was named, PART_OF_CHANGE.
 */
export function undoTask(command: UndoTask, history: readonly Step[]): EventDraft[] {
  const { drafts, leftAlone } = planUndo(command, history)
  requireWhole(drafts, history, history.at(-1)?.after ?? initialState(''))
  if (drafts.length > 0 || command.events) return [...drafts]
  const now = history.at(-1)?.after ?? initialState('')
  if (leftAlone.length > 0) throw changedSince(now.number, leftAlone)
  throw new MhvError('NOTHING_TO_UNDO', `#${now.number} has no command left that can be taken back.`, {
    recovery: now.deleted ? [`mhv task restore ${now.number}`] : [`mhv task history ${now.number}`],
  })
}

/** Nothing of the last command can be taken back, since others have set all of it since. */
export function changedSince(number: number, leftAlone: readonly LeftAlone[]): MhvError {
  const fields = [...new Set(leftAlone.map(({ field }) => (field === 'task' ? 'the task' : field)))].join(
    ', ',
  )
  const by = [...new Set(leftAlone.map((each) => each.by))].join(', ')
  return new MhvError(
    'NOTHING_TO_UNDO',
    `Nothing of the last command on #${number} can be taken back: ${by} changed ${fields} since. What was done to another task before is taken back by mhv undo NUMBER.`,
    { recovery: [`mhv task history ${number}`, 'mhv undo --help'], data: { number, left_alone: leftAlone } },
  )
}

const isCreation = ({ event }: Step) => event.kind === 'TaskCreated'

/** Whether two events were written by one command. */
export const isOfCommand = (event: StoredEvent, other: StoredEvent | null | undefined) =>
  event.id === other?.id || (event.group !== undefined && event.group === other?.group)

/**
 * Takes the steps of one command back, except what is no longer as it left it.
 * @param left the steps that are not taken back yet
 */
function takeBack(steps: readonly Step[], left: readonly Step[], history: readonly Step[]): UndoPlan {
  const now = history.at(-1)?.after ?? initialState('')
  if (steps.some(isCreation)) return takeCreationBack(steps, left, now)
  const leftAlone = new Map<string, LeftAlone>()
  for (const register of steps.flatMap(({ event }) => registersOf(event))) {
    const by = setSince(register, steps, left, history)
    if (by) leftAlone.set(register, { field: nameOf(register), by })
  }
  // Of a command that said once more what was so, only that it was said can be taken away.
  const isSaidAgain = steps.every((step) => isConfirmation(step, history))
  const drafts = [...steps].reverse().flatMap(({ event, before }) => {
    const rest = leftAlone.size > 0 ? narrowed(event, (register) => !leftAlone.has(register)) : event
    if (!rest) return []
    const kind = KINDS[event.kind] as Kind<EventKind>
    const drafts = isSaidAgain
      ? [draft(rest.kind, rest.data)]
      : (kind.revert?.(before, rest as never, now) ?? [])
    return drafts.map((draft) => ({ ...draft, undoes: [event.id] }))
  })
  return { drafts, leftAlone: [...leftAlone.values()] }
}

/** Whether an event says once more what its writer saw, as one does that settles a conflict. */
function isConfirmation({ event, before, after }: Step, history: readonly Step[]): boolean {
  const last = history[history.findIndex((step) => step.event === event) - 1]
  const isSame = (field: keyof TaskState) =>
    before[field] === after[field] ||
    (Array.isArray(after[field]) && JSON.stringify(before[field]) === JSON.stringify(after[field]))
  const fields = Object.keys(after) as (keyof TaskState)[]
  return (
    last !== undefined &&
    event.after.includes(last.event.id) &&
    registersOf(event).length > 0 &&
    fields.every((field) => field.endsWith('At') || isSame(field))
  )
}

/** A task whose creation is taken back goes as it is: to restore it brings all of it back, also what an import told. */
function takeCreationBack(steps: readonly Step[], left: readonly Step[], now: TaskState): UndoPlan {
  if (now.deleted) return { drafts: [], leftAlone: [] }
  // An import tells what others did: their events are of the command all the same.
  const theirs = left.findLast(
    (step) => isOfAnother(step, steps) && !steps.includes(step) && step.event.kind !== 'TaskRenumbered',
  )
  if (theirs) return { drafts: [], leftAlone: [{ field: 'task', by: theirs.event.by }] }
  return {
    drafts: [{ ...draft('TaskDeleted', {}), undoes: steps.map(({ event }) => event.id) }],
    leftAlone: [],
  }
}

const isOfAnother = ({ event }: Step, [first]: readonly Step[]) => event.by !== first?.event.by

/** Who has set a register since a command did, if it is not as the command left it, or only by chance. */
function setSince(
  register: string,
  steps: readonly Step[],
  left: readonly Step[],
  history: readonly Step[],
): string | null {
  const sets = ({ event }: Step) => registersOf(event).includes(register)
  const own = steps.findLast(sets)!
  const at = history.indexOf(own)
  const isLater = (step: Step) => sets(step) && history.indexOf(step) > at
  const theirs = left.findLast((step) => isLater(step) && isOfAnother(step, steps))
  if (theirs) return theirs.event.by
  const isAsLeft = contentOf(own.after, register) === contentOf(history.at(-1)!.after, register)
  return isAsLeft ? null : (history.findLast(isLater)?.event.by ?? null)
}

/** An item that people know by its text only is named by what it is. */
const nameOf = (register: string) =>
  register === 'deleted' ? 'deletion' : register.replace(/^(criterion|dependency|comment) .*/, '$1')
