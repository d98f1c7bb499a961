import { type Colours, PAIRS, type Pair } from '../../../schemas/theme-roles.ts'

/** Red, green and blue of `#rrggbb`, 0 to 255. */
export function channelsOf(colour: string): [number, number, number] {
  const number = Number.parseInt(colour.slice(1), 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}

/** How bright a colour is, 0 to 1, as WCAG 2 reckons it. */
export function luminanceOf(colour: string): number {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** How far two colours stand apart, 1 to 21, as WCAG 2 reckons it. */
export function contrastOf(one: string, other: string): number {
  const [darker, brighter] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b) as [number, number]
  return (brighter + 0.05) / (darker + 0.05)
}

export interface ContrastFault extends Pair {
  readonly ratio: number
}

/** The pairs of a theme that are too alike. */
export const contrastFaults = (colours: Colours): ContrastFault[] =>
  PAIRS.map((pair) => ({ ...pair, ratio: contrastOf(colours[pair.role], colours[pair.on]) })).filter(
    ({ ratio, least }) => ratio < least,
  )
