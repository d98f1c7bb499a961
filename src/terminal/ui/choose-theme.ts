import type { Colours } from '../../../schemas/theme-roles.ts'
import { MhvError } from '../../errors.ts'
import { nearestWord } from '../../query/nearest-word.ts'
import { contrastFaults, luminanceOf } from './contrast.ts'
import { type Depth, type Theme, themeOf } from './theme.ts'
import { THEMES } from './themes.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Backgrounds of COLORFGBG that are light: white, bright white, and bright colours but for grey. */
const LIGHT_BACKGROUNDS = new Set(['7', '9', '10', '11', '12', '13', '14', '15'])

/** What surrounds the text, as far as the terminal tells: the last number of COLORFGBG is its background. */
export const surroundings = (env: Environment): 'light' | 'dark' =>
  LIGHT_BACKGROUNDS.has(env.COLORFGBG?.split(';').at(-1) ?? '') ? 'light' : 'dark'

/** How many colours a terminal shows, as its variables tell. */
export function depthOf(env: Environment): Depth {
  if (env.NO_COLOR || env.TERM === 'dumb') return 0
  if (env.COLORTERM === 'truecolor' || /^(?:xterm-(?:kitty|ghostty)|wezterm)$/.test(env.TERM ?? ''))
    return 'all'
  return /-256(?:color)?$/.test(env.TERM ?? '') ? 256 : 16
}

/** Colours by role that somebody puts over a theme. */
export type OwnColours = Readonly<Partial<Colours>>

const isBuiltIn = (name: string): name is keyof typeof THEMES => Object.hasOwn(THEMES, name)

/** Whether black stands out from a colour more than white does. */
const isBright = (colour: string) => luminanceOf(colour) > 0.179

/** Own colours lie over the theme whose background is as bright as theirs; without one, over that of the surroundings. */
function ownColours(own: OwnColours, around: 'light' | 'dark'): Colours {
  const isLight = own.background === undefined ? around === 'light' : isBright(own.background)
  return { ...THEMES[isLight ? 'light' : 'dark'][around], ...own }
}

/** Rounded down: 4.499 is less than 4.5 and has to look like it. */
const saidRatio = (ratio: number) => (Math.floor(ratio * 100) / 100).toFixed(2)

/** The pairs of colours that are too alike, for people. */
const warningsAbout = (name: string, colours: Colours): string[] =>
  contrastFaults(colours).map(({ role, on, ratio, least }) => {
    const pair = `${role} (${colours[role]}) on ${on} (${colours[on]})`
    return `ui.themes.${name}: ${pair} has a contrast of ${saidRatio(ratio)}, less than ${least}.`
  })

/** What becomes of own colours where there are fewer: no pair of them falls below what it has to have, but they differ. */
const warningsOfReduced = (name: string, depth: Depth): string[] =>
  depth === 'all' || depth === 0
    ? []
    : [
        `ui.themes.${name} is shown in the ${depth} colours that this terminal tells of, those nearest to its own that can be read; COLORTERM=truecolor says that there are more.`,
      ]

export interface AskedTheme {
  /** As --theme says; undefined where it does not. */
  readonly flag: string | undefined
  /** What is configured: the name, and the themes of one's own. */
  readonly name: string
  readonly own: Readonly<Record<string, OwnColours>>
}

export interface ChosenTheme {
  readonly theme: Theme
  /** What of it is hard to read. */
  readonly warnings: readonly string[]
}

function unknownTheme(name: string, known: readonly string[]): MhvError {
  const meant = nearestWord(name, known)
  const hint = meant ? `did you mean ${meant}?` : `there are ${known.join(', ')}`
  return new MhvError('USAGE', `--theme: there is no theme ${JSON.stringify(name)}; ${hint}`, {
    recovery: [`mhv ui --theme ${meant ?? 'dark'}`],
    data: { field: 'theme', value: name, legal: known },
  })
}

/**
 * The theme that is asked for, `auto` for the one that fits the terminal, in the colours that this has.
 * Errors: USAGE where there is no such theme; a configured one is there, as the schema has seen to.
 */
export function chooseTheme({ flag, name: configured, own }: AskedTheme, env: Environment): ChosenTheme {
  const name = flag ?? configured
  const around = surroundings(env)
  const depth = depthOf(env)
  if (name === 'auto') return { theme: themeOf(around, THEMES[around][around], depth), warnings: [] }
  if (isBuiltIn(name)) return { theme: themeOf(name, THEMES[name][around], depth), warnings: [] }
  if (!Object.hasOwn(own, name)) {
    throw unknownTheme(name, ['auto', ...Object.keys(THEMES), ...Object.keys(own)])
  }
  const colours = ownColours(own[name]!, around)
  const warnings = [...warningsAbout(name, colours), ...warningsOfReduced(name, depth)]
  return { theme: themeOf(name, colours, depth), warnings }
}
