import type { EventData } from '../../schemas/event.ts'
import type { GateOutcome } from './task-state.ts'

type Told = NonNullable<EventData<'TaskFailed'>['gates']>[number]

/** The object's own values of the keys, in this order, without those that it lacks. */
const picked = (from: object, keys: readonly string[]): object =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = (from as Record<string, unknown>)[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )

const KEYS = ['gate', 'outcome', 'commit', 'tree', 'command', 'exit_code', 'seconds', 'cached', 'was']
const OVERRIDE_KEYS = ['reason', 'by', 'at', 'approver', 'expires']

/** What an event tells of gates as a task has it: the keys that this version knows, always in one order. */
export const gateOutcomes = (told: readonly Told[]): GateOutcome[] =>
  told.map((each) => ({
    ...(picked(each, KEYS) as GateOutcome),
    ...(each.override
      ? { override: picked(each.override, OVERRIDE_KEYS) as NonNullable<GateOutcome['override']> }
      : {}),
  }))
