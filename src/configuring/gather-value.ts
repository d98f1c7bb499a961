import { stepsOf, withValueAt } from '../config/change-content.ts'
import type { EffectiveValue } from '../config/effective-values.ts'

/** Whether a value is the one asked for, or within it. */
export const isWithin = (key: string, asked: string): boolean =>
  key === asked || key.startsWith(`${asked}.`) || key.startsWith(`${asked}[`)

/** A value, or all that is within a section or list as one, with those that it is made of; undefined where nothing is set. */
export function gatherValue(
  values: readonly EffectiveValue[],
  asked: string,
): { value: unknown; parts: readonly EffectiveValue[] } {
  const parts = values.filter(({ key, value }) => isWithin(key, asked) && value !== undefined)
  const depth = stepsOf(asked).length
  const value = parts.reduce<unknown>(
    (whole, part) => withValueAt(whole, stepsOf(part.key).slice(depth), part.value),
    undefined,
  )
  return { value, parts }
}
