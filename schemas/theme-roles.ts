/** What is drawn on what, by what it means: texts on surfaces. */
export const TEXT_ON = {
  background: [
    'text',
    'muted',
    'accent',
    'heading',
    'info',
    'success',
    'warning',
    'danger',
    'link',
    'code',
    'quote',
    'graph-edge',
    'status-pending',
    'status-waiting',
    'status-in-progress',
    'status-blocked',
    'status-completed',
    'status-failed',
    'status-cancelled',
    'priority-low',
    'priority-medium',
    'priority-high',
    'priority-critical',
  ],
  selection: ['selection-text'],
  'code-background': [
    'syntax-text',
    'syntax-comment',
    'syntax-keyword',
    'syntax-string',
    'syntax-number',
    'syntax-title',
    'syntax-type',
    'syntax-addition',
    'syntax-deletion',
  ],
} as const

/** What one finds one's way by, and what it lies beside: it has to stand out without being read. */
export const EDGE_BESIDE = {
  border: ['background'],
  'border-focused': ['background'],
  selection: ['background'],
} as const

export type Surface = keyof typeof TEXT_ON
export type TextRole = (typeof TEXT_ON)[Surface][number]
export type EdgeRole = keyof typeof EDGE_BESIDE
/** All that has a colour. */
export type ColourRole = Surface | TextRole | EdgeRole

export const SURFACES = Object.keys(TEXT_ON) as readonly Surface[]
export const COLOUR_ROLES: readonly ColourRole[] = [
  ...new Set<ColourRole>([
    ...SURFACES,
    ...Object.values(TEXT_ON).flat(),
    ...(Object.keys(EDGE_BESIDE) as EdgeRole[]),
  ]),
]

/** A colour as `#rrggbb` for each role. */
export type Colours = Readonly<Record<ColourRole, string>>

/** Two roles that are drawn side by side, and how much they have to differ (WCAG 2). */
export interface Pair {
  readonly role: ColourRole
  readonly on: Surface
  readonly least: number
}

/** All that is drawn on something, with the least contrast of text (AA) and of what is not text. */
export const PAIRS: readonly Pair[] = [
  ...SURFACES.flatMap((on) => TEXT_ON[on].map((role) => ({ role, on, least: 4.5 }))),
  ...Object.entries(EDGE_BESIDE).flatMap(([role, beside]) =>
    beside.map((on) => ({ role: role as EdgeRole, on, least: 3 })),
  ),
]
