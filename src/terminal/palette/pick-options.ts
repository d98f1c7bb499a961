import type { Ranked } from './entry.ts'
import { BEGINNING, type ListState } from './list-move.ts'

/** What a list is made of. */
export interface PickList<T> {
  readonly list: (typed: string) => readonly Ranked<T>[]
  readonly notes: readonly string[]
}

/** Where somebody is in a list, also while something else is asked in front of it. */
export interface ListPlace {
  state: ListState
}

export const atBeginning = (): ListPlace => ({ state: BEGINNING })

export interface PickOptions<T> extends PickList<T> {
  /** What stands before the text. */
  readonly message: string
  /** What the keys do, in one line. */
  readonly keys: string
  /** Line by line: what is said in place of a list that is too long to be heard whole, before there are any words. */
  readonly intro?: string
  /** What takes the list's place, once it is read. */
  readonly all?: () => Promise<PickList<T>>
  /** Lines that ↑ brings back, the newest first. */
  readonly history?: readonly string[]
  /** Where somebody was in the list when it was left, to go on from there; kept up to date. */
  readonly place?: ListPlace
}
