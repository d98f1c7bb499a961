import type { Outcome } from '../../../schemas/gate-record.ts'
import type { Entry } from '../../query/place.ts'
import type { SortBy } from '../../query/sort.ts'
import type { Entry as Choice, Ranked } from '../palette/entry.ts'
import type { ManifestCommand } from '../palette/manifest.ts'
import type { PaletteContent } from '../palette/read-palette.ts'
import type { Line } from './line-edit.ts'
import { NO_FILTER, type Search, type TaskFilter, type TaskSource } from './task-source.ts'
import type { Theme } from './theme.ts'

/** Commands that change something. */
export interface Doing {
  /** What is done, as it is said while it is. */
  readonly title: string
  /** The same once it is done. */
  readonly did: string
  readonly commands: readonly (readonly string[])[]
  /** What takes them back, a command for each of the first of them; `mhv undo` does unless given. */
  readonly undo?: Doing
  /** Whether they make a task, which is gone to then. */
  readonly makes?: boolean
}

/** Two things can run: a quick one beside one that may take long. */
export type Lane = 'main' | 'beside'

interface Running {
  readonly lane: Lane
  /** The question with the answer that it is run with, to be asked again where that will not do. */
  readonly asked?: Overlay
}

/** What is to happen outside: the state only says it, src/terminal/ui/effects.ts does it. */
export type Effect =
  /** Runs command lines of this program one after another, with --json, until one fails. */
  | ({ readonly kind: 'run' } & Running & Doing)
  /** Runs a command line of this program and shows what it prints. */
  | { readonly kind: 'show'; readonly argv: readonly string[] }
  /** Gives the terminal away for the time of a command: of this program, or a line for the shell. */
  | { readonly kind: 'terminal'; readonly command: readonly string[] | string }
  /** Ends what runs. */
  | { readonly kind: 'stop' }
  /** Makes ready what is looked through while one writes. */
  | { readonly kind: 'warm' }
  /** Asks the search index; answered by `searched`. */
  | ({ readonly kind: 'search' } & Search)
  /** Asks for the last command of whoever acts in each repository; answered by `undoable`. */
  | { readonly kind: 'undoable' }
  /** Asks for what a view shows; answered by `viewed`. */
  | { readonly kind: 'view'; readonly id: string; readonly argv: readonly string[] }
  /** Reads what the palette finds things in; answered by `palette`. */
  | { readonly kind: 'palette' }
  /** Keeps a line that ran in the palette's history. */
  | { readonly kind: 'keep'; readonly line: string }
  | { readonly kind: 'reload' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'quit' }

/** A state, and what is to be done. */
export interface Step {
  readonly state: UiState
  readonly effects: readonly Effect[]
}

export interface Option {
  /** Chooses it at once; null where it has to be gone to. */
  readonly key: string | null
  readonly label: string
  readonly take: (state: UiState) => Step
}

/** What stands over the rest, and gets the keys. */
export type Overlay = Over & {
  /** What it followed on, to go back to; undefined where it was the first. */
  readonly from?: Overlay
}

type Over =
  | { readonly kind: 'help'; readonly top: number }
  /** Asks for words. `answered` is called with what was written; after an empty one it goes on asking, unless that may be. */
  | {
      readonly kind: 'ask'
      readonly title: string
      readonly line: Line
      readonly mayBeEmpty?: boolean
      readonly answered: (state: UiState, text: string) => Step
    }
  | { readonly kind: 'search'; readonly line: Line; readonly before: TaskFilter }
  | {
      /** A list that narrows with what is typed: the palette, and what it goes on to ask. */
      readonly kind: 'pick'
      readonly title: string
      readonly isPalette: boolean
      readonly line: Line
      /** What fits the line. */
      readonly found: readonly Ranked<unknown>[]
      readonly chosen: number
      /** How far back in the history the line is; -1 where it was typed. */
      readonly back: number
      readonly list: (ui: UiState, typed: string) => readonly Ranked<unknown>[]
      readonly taken: (ui: UiState, entry: Choice<unknown>) => Step
    }
  | {
      readonly kind: 'choose'
      readonly title: string
      readonly options: readonly Option[]
      readonly chosen: number
      /** Written to narrow the options; null where each has a key. */
      readonly line: Line | null
    }
  | {
      readonly kind: 'failure'
      readonly title: string
      readonly message: string
      readonly steps: readonly string[]
      readonly chosen: number
      /** Lines of the message that are above those that are shown. */
      readonly top: number
    }

/** A gate that a command runs while one looks on. */
export interface LiveGate {
  readonly gate: string
  readonly state: 'waits' | 'runs' | Outcome
  readonly cached: boolean
  /** For how long it has been running, or ran. */
  readonly seconds: number
  /** The last lines that it has printed. */
  readonly lines: readonly string[]
}

/** All that a gate has printed, below what it is. */
export interface GateSection {
  readonly isFine: boolean
  readonly head: readonly string[]
  readonly lines: readonly string[]
}

/** How gates ended, and what those have printed that have printed anything. */
export interface GatesRead {
  readonly gates: readonly LiveGate[]
  readonly sections: readonly GateSection[]
}

/** The exit code of what was ended from here, as shells have it for Ctrl+C. */
export const CANCELLED = 130

/** What a command prints, while it runs and after. */
export interface Output {
  readonly title: string
  readonly gates: readonly LiveGate[]
  readonly lines: readonly string[]
  readonly top: number
  /** null while it runs. */
  readonly code: number | null
  /** Whether it goes on out of sight, until it is asked for. */
  readonly isHidden?: boolean
}

/** A failure that came while something else was being done, until it is asked for. */
export interface Waiting {
  /** That there is one. */
  readonly text: string
  readonly overlay: Overlay
  readonly output: Output | null
  readonly status: Status | null
}

export interface Status {
  readonly kind: 'info' | 'success' | 'danger'
  readonly text: string
  /** What there is to know besides, a line each. */
  readonly notes?: readonly string[]
  /** What has to end before a key does something: that is over once it has. */
  readonly until?: Lane
}

/** A command that has ended, to be read again. */
export interface Past {
  readonly output: Output
  /** What was said of it in the bottom pane; null where that was a failure, which is told at the end of the output. */
  readonly status: Status | null
}

/** What a view keeps, and what its command has answered. */
export interface ViewSlot {
  readonly state: unknown
  /** null until there is an answer. */
  readonly data: unknown
  /** Why there is none. */
  readonly fault: string | null
}

/** What the palette finds things in, and lines that ran, the newest first. */
export interface PaletteData extends PaletteContent {
  readonly history: readonly string[]
}

export interface UiState {
  readonly size: { readonly columns: number; readonly rows: number }
  readonly theme: Theme
  readonly source: TaskSource
  /** `list`, or the id of a view. */
  readonly view: string
  readonly views: Readonly<Record<string, ViewSlot>>
  readonly filter: TaskFilter
  readonly sort: SortBy
  readonly found: readonly Entry[]
  /** Position in `found` of the task that is looked at. */
  readonly at: number
  /** The first position that is on the screen. */
  readonly top: number
  /** Keys of the tasks that the next action is for. */
  readonly marked: ReadonlySet<string>
  /** Keys of the tasks that others have just changed. */
  readonly changed: ReadonlySet<string>
  readonly focus: 'list' | 'task'
  /** Lines of the task that are above its pane. */
  readonly scroll: number
  /** Percent of the width that the list has. */
  readonly split: number
  readonly isDragging: boolean
  readonly overlay: Overlay | null
  readonly output: Output | null
  /** What the last command printed, and what was said of it at its end. */
  readonly past: Past | null
  readonly status: Status | null
  /** What runs; null where nothing does. */
  readonly running: string | null
  /** The command lines of that, or of what ran last. */
  readonly argvs: readonly (readonly string[])[]
  /** What quick thing runs beside that; null where none does. */
  readonly beside: string | null
  /** What was begun by the last key: its failure is what one waits for. null where something else was typed since. */
  readonly attended: Lane | null
  readonly waiting: Waiting | null
  /** Names of the repositories in which something was last done here. */
  readonly acted: readonly string[]
  /** Key of a task that was just made here, until the list has it; else null. */
  readonly made: string | null
  /** What takes back what was done last here; null where `mhv undo` does. */
  readonly undo: Doing | null
  /** Every command, by its id. */
  readonly commands: Readonly<Record<string, ManifestCommand>>
  readonly palette: PaletteData
}

/** What a command prints, as far as that is looked at. */
export const outputShown = ({ output }: UiState): Output | null => (output?.isHidden ? null : output)

export const step = (state: UiState, ...effects: readonly Effect[]): Step => ({ state, effects })

export const URGENT: SortBy = { key: 'urgency', descending: false }

export interface Beginning {
  readonly size: UiState['size']
  readonly theme: Theme
  readonly source: TaskSource
  readonly commands: UiState['commands']
  readonly palette: PaletteData
}

export function initialState({ size, theme, source, commands, palette }: Beginning): UiState {
  return {
    size,
    theme,
    source,
    view: 'list',
    views: {},
    filter: NO_FILTER,
    sort: URGENT,
    found: source.select(NO_FILTER, URGENT),
    at: 0,
    top: 0,
    marked: new Set(),
    changed: new Set(),
    focus: 'list',
    scroll: 0,
    split: 50,
    isDragging: false,
    overlay: null,
    output: null,
    past: null,
    status: null,
    running: null,
    argvs: [],
    beside: null,
    attended: 'main',
    waiting: null,
    acted: [],
    made: null,
    undo: null,
    commands,
    palette,
  }
}
