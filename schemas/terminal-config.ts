import * as z from 'zod'
import { line } from './task.ts'

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

/** Whether the system's own tables have it, which a pattern cannot tell. */
const isKnown = (look: () => unknown) => {
  try {
    look()
    return true
  } catch {
    return false
  }
}

/** What the screen looks like. */
export const ui = z.strictObject({
  theme: themeName
    .default('auto')
    .describe(
      `colours of the full-screen view and of tables: ${THEMES.join(', ')}, or the name of one of ui.themes; auto asks the terminal`,
    )
    .meta({ examples: ['dark'] }),
  themes: z
    .record(
      themeName.refine(
        (text) => !(THEMES as readonly string[]).includes(text),
        'is the name of a theme of the program',
      ),
      z.record(name('is not the name of a role of lower-case letters, digits and -'), colour).meta({
        examples: [{ accent: '#5fafff' }],
        description: 'colours by the role of what is drawn',
      }),
    )
    .default({})
    .describe('themes of one’s own, by name')
    .meta({ examples: [{ night: { accent: '#5fafff' } }] }),
  mouse: z.boolean().default(true).describe('whether the full-screen view answers to the mouse'),
})

/** How answers are written. */
export const output = z.strictObject({
  pager: line(1000)
    .default('auto')
    .describe(
      'what long output goes through: auto for the pager that git uses, never, or a command; from your own file only',
    )
    .meta({ examples: ['less -R'] }),
  hyperlinks: z
    .enum(['auto', 'always', 'never'])
    .default('auto')
    .describe('whether what has an address can be clicked; auto where the terminal is known to do so'),
  dates: z.enum(['relative', 'iso']).default('relative').describe('how people see dates and times'),
  locale: z
    .string()
    .max(60, 'is longer than 60 characters')
    .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/, 'is not a language tag')
    .refine((tag) => isKnown(() => Intl.getCanonicalLocales(tag)), 'is not a language tag')
    .nullable()
    .default(null)
    .describe('language tag by whose customs numbers and dates are written; null for that of the environment')
    .meta({ examples: ['de-CH'] }),
  timezone: z
    .string()
    .max(60, 'is longer than 60 characters')
    .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, 'is not the name of a time zone')
    .refine(
      (timeZone) => isKnown(() => new Intl.DateTimeFormat('en', { timeZone })),
      'is not the name of a time zone that is known here',
    )
    .nullable()
    .default(null)
    .describe('time zone that days and times are told in; null for that of the environment')
    .meta({ examples: ['Europe/Zurich'] }),
})

/** The segment of a shell's prompt. */
export const prompt = z.strictObject({
  format: z
    .string()
    .max(500, 'is longer than 500 characters')
    .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'has a control character')
    .default('#{number} {title}')
    .describe('what mhv prompt prints where a task is being worked on, with fields of that task in braces')
    .meta({ examples: ['#{number} {title}'] }),
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
  .describe(
    'command lines by the words that stand for them, which more words may follow; from your own file only',
  )
  .meta({ examples: [{ mine: 'task list --assignee me --status open' }] })
