import type { Status } from '../../../schemas/vocabulary.ts'

/** What an entry of the palette leads to. */
export type Kind = 'recent' | 'command' | 'task' | 'worktree' | 'run' | 'create' | 'search' | 'choice'

/** What becomes of an entry that is chosen. */
export type Chosen =
  /** A command line that is whole, as the words after `mhv`. */
  | { readonly does: 'run'; readonly argv: readonly string[] }
  /** A command whose arguments are asked for, by its id. */
  | { readonly does: 'ask'; readonly command: string }
  /** A task, of which it is asked what to do with it. */
  | { readonly does: 'act'; readonly task: PaletteTask }
  /** A directory that the shell goes to. */
  | { readonly does: 'go'; readonly directory: string }

/** A task as far as its entry and the actions on it need it. */
export interface PaletteTask {
  readonly id: string
  /** `repository/id`: two clones of one repository have the same ids. */
  readonly key: string
  /** What commands call it here: `12`, or `akosha#12` for one of another repository. */
  readonly name: string
  readonly title: string
  readonly status: Status
  /** Whether it waits for an open task, as far as its repository knows; asked only where that counts. */
  readonly waits?: () => boolean
}

/** One line of the palette. */
export interface Entry<T = Chosen> {
  readonly kind: Kind
  /** What is shown first, and searched. */
  readonly text: string
  /** What is shown behind it; of commands it is searched as well. */
  readonly aside: string
  /** Labels of a task, with commas between: searched as well. */
  readonly labels?: string
  /** Words that mean exactly this entry, in lower case. */
  readonly names: readonly string[]
  /** How late it comes among those that fit as well; 0 unless given. */
  readonly rank?: number
  /** Whether it is over and done with, so that others come before it. */
  readonly isOver?: boolean
  /** What the line becomes when it is completed; nothing unless given. */
  readonly line?: string
  /** Whether choosing it completes the line first, so that what changes something is seen whole before it runs. */
  readonly isCompletedFirst?: boolean
  readonly chosen: T
}

/** The line that an entry asks to be seen before it is done; null where it is done at once. */
export const lineToSee = ({ isCompletedFirst, line }: Entry<unknown>, typed: string): string | null =>
  isCompletedFirst && line !== undefined && line !== typed.trim() ? line : null

/** An entry as it was found. */
export interface Ranked<T = Chosen> {
  readonly entry: Entry<T>
  /** Places of the characters of its text that were typed. */
  readonly places: ReadonlySet<number>
}
