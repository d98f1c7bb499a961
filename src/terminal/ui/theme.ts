import {
  type ColourRole,
  type Colours,
  type EdgeRole,
  type Surface,
  TEXT_ON,
  type TextRole,
} from '../../../schemas/theme-roles.ts'
import { type ReducedColours, reducedColours } from './reduced-colours.ts'

/** What is drawn, by what it means; a theme gives each a colour, and nothing else in this folder names one. */
export type Role = Exclude<TextRole, 'selection-text'> | EdgeRole

/** How many colours a terminal shows: none, 16, 256 or all. */
export type Depth = 0 | 16 | 256 | 'all'

export interface Theme {
  readonly name: string
  /** As the terminal has them; null where no colour is wanted, and weight and inversion have to tell roles apart. */
  readonly colours: Readonly<Record<ColourRole, string>> | null
}

/** How Ink's Text draws a role. */
export interface Style {
  readonly color?: string
  readonly backgroundColor?: string
  readonly bold?: boolean
  readonly inverse?: boolean
  readonly italic?: boolean
  readonly strikethrough?: boolean
  readonly underline?: boolean
}

/** What a role is besides its colour: no meaning is in a colour alone. */
const WEIGHT: Partial<Readonly<Record<Role, Style>>> = {
  accent: { bold: true },
  heading: { bold: true },
  danger: { bold: true },
  selection: { bold: true },
  'status-in-progress': { bold: true },
  'priority-critical': { bold: true },
}

/** The same where there are no colours. Nothing is dimmed: how much that leaves to be read, nobody knows. */
const WITHOUT_COLOUR: Partial<Readonly<Record<Role, Style>>> = {
  ...WEIGHT,
  selection: { inverse: true },
}

const surfaces = Object.entries(TEXT_ON) as readonly [Surface, readonly string[]][]
/** What each text stands on: the table of pairs is where the colours come from, so that every pair is tested. */
const SURFACE_OF = new Map(surfaces.flatMap(([surface, roles]) => roles.map((role) => [role, surface])))

/** The style of a role; `selection` is the selected line, text and background together. */
export function styleOf({ colours }: Theme, role: Role): Style {
  if (colours === null) return WITHOUT_COLOUR[role] ?? {}
  if (role === 'selection') {
    return { ...WEIGHT[role], color: colours['selection-text'], backgroundColor: colours.selection }
  }
  // The painter puts all on the theme's text and background: what is nothing else needs no code of its own.
  if (role === 'text') return {}
  const surface = SURFACE_OF.get(role) ?? 'background'
  const style = { ...WEIGHT[role], color: colours[role] }
  // All of the screen is on the background: what stands there needs no code for it.
  return surface === 'background' ? style : { ...style, backgroundColor: colours[surface] }
}

export const monochrome: Theme = { name: 'monochrome', colours: null }

const namesOf = (reduced: ReducedColours) =>
  Object.fromEntries(Object.entries(reduced).map(([role, { name }]) => [role, name])) as Theme['colours']

/** A theme in the colours that a terminal has. */
export function themeOf(name: string, colours: Colours, depth: Depth): Theme {
  if (depth === 0) return monochrome
  return { name, colours: depth === 'all' ? colours : namesOf(reducedColours(colours, depth)) }
}

const STATUS_ROLES: Readonly<Record<string, Role>> = {
  pending: 'status-pending',
  waiting: 'status-waiting',
  in_progress: 'status-in-progress',
  blocked: 'status-blocked',
  completed: 'status-completed',
  failed: 'status-failed',
  cancelled: 'status-cancelled',
}
export const statusRole = (status: string): Role => STATUS_ROLES[status] ?? 'text'

const PRIORITY_ROLES: Readonly<Record<string, Role>> = {
  critical: 'priority-critical',
  high: 'priority-high',
  medium: 'priority-medium',
  low: 'priority-low',
}
export const priorityRole = (priority: string): Role => PRIORITY_ROLES[priority] ?? 'text'
