import { MhvError } from '../../errors.ts'

/** What is drawn, by what it means; a theme gives each a colour, and nothing else in this folder names one. */
export const ROLES = [
  'background',
  'text',
  'muted',
  'accent',
  'heading',
  'border',
  'selection',
  'selection-text',
  'success',
  'warning',
  'danger',
  'info',
] as const
export type Role = (typeof ROLES)[number]

export interface Theme {
  readonly name: string
  /** `#rrggbb` of each role; null where no colour is wanted, and weight and inversion have to tell roles apart. */
  readonly colours: Readonly<Record<Role, string>> | null
}

/** How Ink's Text draws a role. */
export interface Style {
  readonly color?: string
  readonly backgroundColor?: string
  readonly bold?: boolean
  readonly dimColor?: boolean
  readonly inverse?: boolean
  readonly underline?: boolean
}

/** What a role is besides its colour: no meaning is in a colour alone. */
const WEIGHT: Partial<Readonly<Record<Role, Style>>> = {
  accent: { bold: true },
  heading: { bold: true },
  danger: { bold: true },
}

/** The same where there are no colours. */
const WITHOUT_COLOUR: Partial<Readonly<Record<Role, Style>>> = {
  ...WEIGHT,
  muted: { dimColor: true },
  selection: { inverse: true },
  'selection-text': { inverse: true },
}

/** The style of a role; `selection` and `selection-text` are the selected line, text and background together. */
export function styleOf({ colours }: Theme, role: Role): Style {
  if (colours === null) return WITHOUT_COLOUR[role] ?? {}
  if (role === 'selection' || role === 'selection-text') {
    return { color: colours['selection-text'], backgroundColor: colours.selection, bold: true }
  }
  return { ...WEIGHT[role], color: colours[role] }
}

export const monochrome: Theme = { name: 'monochrome', colours: null }

export const dark: Theme = {
  name: 'dark',
  colours: {
    background: '#16181d',
    text: '#e6e6e6',
    muted: '#9aa0ab',
    accent: '#7ab8ff',
    heading: '#ffffff',
    border: '#707784',
    selection: '#2c4a6e',
    'selection-text': '#ffffff',
    success: '#8fd18f',
    warning: '#f0c674',
    danger: '#ff8f8f',
    info: '#8fd8e0',
  },
}

const STATUS_ROLES: Readonly<Record<string, Role>> = {
  waiting: 'muted',
  in_progress: 'accent',
  blocked: 'danger',
  completed: 'success',
  failed: 'danger',
  cancelled: 'muted',
}
export const statusRole = (status: string): Role => STATUS_ROLES[status] ?? 'text'

const PRIORITY_ROLES: Readonly<Record<string, Role>> = { critical: 'danger', high: 'warning', low: 'muted' }
export const priorityRole = (priority: string): Role => PRIORITY_ROLES[priority] ?? 'text'

const THEMES: readonly Theme[] = [dark, monochrome]

/** The theme of a name; where none is named the usual one, or no colours where NO_COLOR is set. Errors: USAGE. */
export function themeCalled(name: string | undefined): Theme {
  if (process.env.NO_COLOR) return monochrome
  if (name === undefined) return dark
  const theme = THEMES.find((each) => each.name === name)
  if (theme) return theme
  const legal = THEMES.map((each) => each.name)
  throw new MhvError('USAGE', `--theme ${JSON.stringify(name)} is none of: ${legal.join(', ')}.`, {
    recovery: [`mhv ui --theme ${legal[0]}`],
    data: { field: 'theme', value: name, legal },
  })
}
