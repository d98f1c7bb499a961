import { COLOUR_ROLES, type ColourRole, type Colours, PAIRS, SURFACES } from '../../../schemas/theme-roles.ts'
import { channelsOf, contrastOf } from './contrast.ts'

/** A colour of a terminal's palette, by the name that the terminal's library knows it by. */
interface PaletteColour {
  readonly name: string
  readonly colour: string
}

const hex = (...channels: readonly number[]) =>
  `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`

const STEPS = [0, 95, 135, 175, 215, 255]

/** The 240 colours of xterm that nobody configures: a cube, and a row of greys. The first 16 are the user's own. */
const OF_256: readonly PaletteColour[] = [
  ...Array.from({ length: 216 }, (_, i) => ({
    name: `ansi256(${16 + i})`,
    colour: hex(STEPS[Math.floor(i / 36)]!, STEPS[Math.floor(i / 6) % 6]!, STEPS[i % 6]!),
  })),
  ...Array.from({ length: 24 }, (_, i) => ({
    name: `ansi256(${232 + i})`,
    colour: hex(8 + 10 * i, 8 + 10 * i, 8 + 10 * i),
  })),
]

/** The 16 as xterm has them where nobody has changed them. */
const OF_16: readonly PaletteColour[] = Object.entries({
  black: '#000000',
  red: '#cd0000',
  green: '#00cd00',
  yellow: '#cdcd00',
  blue: '#0000ee',
  magenta: '#cd00cd',
  cyan: '#00cdcd',
  white: '#e5e5e5',
  blackBright: '#7f7f7f',
  redBright: '#ff0000',
  greenBright: '#00ff00',
  yellowBright: '#ffff00',
  blueBright: '#5c5cff',
  magentaBright: '#ff00ff',
  cyanBright: '#00ffff',
  whiteBright: '#ffffff',
}).map(([name, colour]) => ({ name, colour }))

/**
 * The parameters of the control sequence (SGR) that sets a colour, in any of the forms that a terminal has it in: `#rrggbb`,
 * `ansi256(n)`, or the name of one of the 16.
 */
export function codeOf(colour: string, of: 'text' | 'background'): string {
  const more = of === 'background' ? 10 : 0
  if (colour.startsWith('#')) return [38 + more, 2, ...channelsOf(colour)].join(';')
  const number = /^ansi256\((\d+)\)$/.exec(colour)?.[1]
  if (number !== undefined) return [38 + more, 5, number].join(';')
  const place = OF_16.findIndex(({ name }) => name === colour)
  return String((place < 8 ? 30 : 82) + place + more)
}

/** How unlike two colours look, by the weights that the eye gives to red, green and blue. */
function distanceOf(one: string, other: string): number {
  const [red, green, blue] = channelsOf(one)
  const [r, g, b] = channelsOf(other)
  const middle = (red + r) / 2
  return (
    (2 + middle / 256) * (red - r) ** 2 + 4 * (green - g) ** 2 + (2 + (255 - middle) / 256) * (blue - b) ** 2
  )
}

/**
 * The entry that is most like a colour among those that stand apart enough from all that it lies on; where there is none,
 * the one that does so best.
 */
function nearest(
  colour: string,
  entries: readonly PaletteColour[],
  on: readonly (readonly [surface: string, least: number])[],
): PaletteColour {
  const lack = (entry: PaletteColour) =>
    on.reduce(
      (most, [surface, least]) => Math.max(most, least - contrastOf(entry.colour, surface)),
      Number.NEGATIVE_INFINITY,
    )
  const judged = entries.map((entry) => ({
    entry,
    lack: Math.max(0, lack(entry)),
    distance: distanceOf(entry.colour, colour),
  }))
  return judged.reduce((best, next) => {
    if (next.lack !== best.lack) return next.lack < best.lack ? next : best
    return next.distance < best.distance ? next : best
  }).entry
}

export type ReducedColours = Readonly<Record<ColourRole, PaletteColour>>

/**
 * A theme in the colours that a terminal has. What is drawn on surfaces is chosen after these, so that it stays readable:
 * two colours that differ enough may become the same one where each takes what is nearest to it.
 * @param depth how many there are: 16 or 256
 */
export function reducedColours(colours: Colours, depth: 16 | 256): ReducedColours {
  const entries = depth === 256 ? OF_256 : OF_16
  const chosen = new Map<ColourRole, PaletteColour>()
  // A surface may lie beside others: these come first, as they do in the table.
  const order = [
    ...SURFACES,
    ...COLOUR_ROLES.filter((role) => !(SURFACES as readonly ColourRole[]).includes(role)),
  ]
  for (const role of order) {
    const on = PAIRS.filter((pair) => pair.role === role).map(
      (pair) => [chosen.get(pair.on)!.colour, pair.least] as const,
    )
    chosen.set(role, nearest(colours[role], entries, on))
  }
  return Object.fromEntries(chosen) as Record<ColourRole, PaletteColour>
}
