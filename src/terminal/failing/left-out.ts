import { configKeys } from '../../../schemas/config-keys.ts'
import { type ConfigFault, faultText } from '../../config/explain-faults.ts'
import type { MhvError } from '../../errors.ts'

/** Numbers with a unit, and colours. */
const MEASURE = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|B|KB|MB|GB|TB)?|#[0-9A-F]{6})$/i
/** Names that the author chose and that their rules keep to a word. */
const NAMES = ['gates[].name', 'ui.theme']

/** What stands in a report for a text that may hold anything. */
export const leftOut = (text: string): string => `‹left out: ${text.length} characters›`

/** The words that a key of the configuration may have as its value; none where any text will do. */
function wordsOf(key: string): readonly unknown[] {
  const part = configKeys().find((each) => each.key === key)?.part
  return part?.enum ?? part?.items?.enum ?? []
}

/**
 * A value of the configuration as a report may have it. No pattern finds every password in a command, so of texts only
 * those are told that cannot be one.
 * @param place `gates[0].command`
 * @param untold gets the texts that are left out
 */
export function toldValue(place: string, value: unknown, untold: (text: string) => void): unknown {
  const key = place.replace(/\[\d+\]/g, '[]')
  const legal = wordsOf(key)
  const told = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(told)
    if (typeof inner === 'object' && inner !== null) {
      return Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, told(each)]))
    }
    if (typeof inner !== 'string' || legal.includes(inner) || NAMES.includes(key) || MEASURE.test(inner)) {
      return inner
    }
    untold(inner)
    return leftOut(inner)
  }
  return told(value)
}

/** What a report says of an error: of a refused configuration its places and rules, and nothing that was written there. */
export function toldMessage({ error, message, data }: Pick<MhvError, 'error' | 'message' | 'data'>): string {
  if (error !== 'CONFIG_INVALID') return message
  const { path, faults } = data as { path?: string; faults?: readonly ConfigFault[] }
  if (!faults) return leftOut(message)
  const said = faults.map((fault) => {
    const { rule, value } = fault
    return faultText({ ...fault, rule: value === null ? rule : rule.replaceAll(value, '…'), value: null })
  })
  return `${path}: ${said.join('; ')}`
}
