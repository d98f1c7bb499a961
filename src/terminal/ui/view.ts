import type { ReactNode } from 'react'
import type { Key } from './key.ts'
import type { Doing, Effect, UiState } from './state.ts'
import type { Theme } from './theme.ts'

/** What a view is drawn with. */
export interface ViewProps<S, D> {
  readonly state: S
  /** What its command has answered; null until it has. */
  readonly data: D | null
  readonly theme: Theme
  /** The room that it has, in columns and lines: no line may be longer, nor may there be more of them. */
  readonly width: number
  readonly height: number
  readonly ui: UiState
}

/** What a key does in a view. */
export interface ViewStep<S> {
  readonly state: S
  readonly effects?: readonly Effect[]
  /** A key of the frame's table that is pressed on the task in focus: the action is the same as everywhere. */
  readonly presses?: string
  /** Commands that change something, run as the frame runs its own: one at a time, with what came of it told. */
  readonly runs?: Doing
  /** A command whose output is shown while it runs. */
  readonly shows?: readonly string[]
}

/**
 * One of the views beside the list. A view is data and pure functions: it says which command's --json it shows, and the
 * frame asks that command when the view opens and after each change of the tasks.
 *
 * Keys go to `update` first; where it answers null the frame takes them, so that every action on a task works here too,
 * on the task that `focus` names.
 */
export interface View<S = unknown, D = unknown> {
  readonly id: string
  readonly title: string
  /** The digit that opens it. */
  readonly key: string
  /** Whether it takes the whole width; else the task in focus is shown beside it. */
  readonly isWide: boolean
  /** Whether it shows what the filter of the list lets through, of every status. */
  readonly isFiltered?: boolean
  /** The words of the command that answers what it shows, without --json; null where the snapshot is enough. */
  readonly asks: (ui: UiState) => readonly string[] | null
  readonly initial: S
  readonly update: (state: S, key: Key, ui: UiState, data: D | null) => ViewStep<S> | null
  /** The id of the task that its cursor is on; null where it is on none. */
  readonly focus: (state: S, ui: UiState, data: D | null) => string | null
  /** Its state with the cursor on what is at a place of its room; null where nothing is. */
  readonly at: (props: Omit<ViewProps<S, D>, 'theme'>, x: number, y: number) => S | null
  /** Its own keys, for `?` and the footer: pairs of keys and what they do. */
  readonly keys: readonly (readonly [string, string])[]
  readonly Component: (props: ViewProps<S, D>) => ReactNode
}
