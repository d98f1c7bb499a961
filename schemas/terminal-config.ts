import * as z from 'zod'
import { line } from './task.ts'
import { COLOUR_ROLES } from './theme-roles.ts'

/** Sections that count in the user's own file only: they are about the person at the screen. */
export const USER_ONLY: readonly string[] = ['aliases', 'ui']

/** Themes of the program. */
export const THEMES = ['auto', 'light', 'dark', 'high-contrast'] as const

const name = (rule: string) =>
  z
    .string()
    .max(60, 'is longer than 60 characters')
    .regex(/^[a-z][a-z0-9-]*$/, rule)

const themeName = name('is not a name of lower-case letters, digits and -')
const colour = z
  .string()
  .regex(/^#[0-9A-Fa-f]{6}$/, 'is not a colour as #rrggbb')
  .meta({ examples: ['#5fafff'], description: 'the colour of that role' })

/** What the screen looks like. */
export const ui = z
  .strictObject({
    theme: themeName
      .default('auto')
      .describe(
        `colours of the full-screen view: ${THEMES.join(', ')}, or the name of one of ui.themes; auto asks the terminal`,
      )
      .meta({ examples: ['dark'] }),
    themes: z
      .record(
        themeName.refine(
          (text) => !(THEMES as readonly string[]).includes(text),
          'is the name of a theme of the program',
        ),
        z.partialRecord(z.enum(COLOUR_ROLES), colour).meta({
          examples: [{ accent: '#5fafff' }],
          description: 'colours by the role of what is drawn',
        }),
      )
      .default({})
      .describe('themes of one’s own, by name')
      .meta({ examples: [{ night: { accent: '#5fafff' } }] }),
    mouse: z.boolean().default(true).describe('whether the full-screen view answers to the mouse'),
  })
  .superRefine(({ theme, themes }, context) => {
    const values = [...THEMES, ...Object.keys(themes)]
    if (values.includes(theme)) return
    context.addIssue({ code: 'invalid_value', values, path: ['theme'], input: theme })
  })

/** Words of the user's own for command lines. */
export const aliases = z
  .record(
    name('is not a name of lower-case letters, digits and - that an alias can have'),
    line(1000)
      .regex(/^[^-\s]/, 'does not begin with a command')
      .meta({
        examples: ['task list --assignee me --status open'],
        description: 'a command with its words and flags, as after mhv; quotes hold words together',
      }),
  )
  .default({})
  .describe('command lines by the words that stand for them, which more words may follow')
  .meta({ examples: [{ mine: 'task list --assignee me --status open' }] })
