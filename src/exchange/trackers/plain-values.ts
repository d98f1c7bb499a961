import { decoded } from '../decode-text.ts'
import { readJson } from '../read-json.ts'
import type { Fault } from '../source-record.ts'

export type Mapping = Readonly<Record<string, unknown>>

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The mapping that a value is; one without keys where it is none. */
export const mappingOf = (value: unknown): Mapping => (isMapping(value) ? value : {})

/** The list that a value is, also as the `nodes` of a page of GraphQL. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[]
  const nodes = mappingOf(value).nodes
  return Array.isArray(nodes) ? (nodes as unknown[]) : []
}

/** The text that a value is, without blanks at its ends; a number as its digits; otherwise nothing. */
export function textOf(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' ? value.trim() : ''
}

/** The first of these keys that has a text. */
export const textIn = (value: unknown, ...keys: readonly string[]): string =>
  keys.map((key) => textOf(mappingOf(value)[key])).find((text) => text !== '') ?? ''

/** A mapping without some of its keys. */
export function without(value: Mapping, keys: readonly string[]): Mapping {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

/**
 * The values of a file that holds JSON documents one after the other, as programs write that print one for each task or
 * page; nearly always there is one.
 */
export function readJsonValues(bytes: Uint8Array): { values: readonly unknown[]; faults: readonly Fault[] } {
  const read = readJson(bytes)
  if ('value' in read) return { values: [read.value], faults: [] }
  const parts = documentsOf(decoded(bytes) ?? '')
  // One document that is broken is told by the place where it breaks.
  if (parts === null || parts.length < 2) return { values: [], faults: read.faults }
  const values: unknown[] = []
  for (const part of parts) {
    try {
      values.push(JSON.parse(part))
    } catch {
      return { values: [], faults: read.faults }
    }
  }
  return { values, faults: [] }
}

/** The texts of documents that follow each other; null where what is between them is no blank or comma. */
function documentsOf(text: string): string[] | null {
  const found: string[] = []
  let depth = 0
  let from = 0
  // Strings are passed over whole, since brackets in them open nothing.
  for (const { 0: mark, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (mark === '{' || mark === '[') {
      if (depth++ > 0) continue
      if (!/^[\s,\ufeff]*$/.test(text.slice(from, index))) return null
      from = index
    } else if ((mark === '}' || mark === ']') && --depth === 0) {
      found.push(text.slice(from, index + 1))
      from = index + 1
    } else if (depth < 0) return null
  }
  return depth === 0 && text.slice(from).trim() === '' ? found : null
}

/** An instant as ISO 8601 has it, of what a date can be made of; otherwise what it was, for the rules to refuse. */
export function deadlineOf(value: unknown): unknown {
  const text = textOf(value)
  if (text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const at = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(at.getTime()) ? text : at.toISOString()
}

/** An amount of time with the largest unit that holds it whole: 90m, 3h. */
export function estimateOfMinutes(minutes: number): string | null {
  if (!(minutes > 0)) return null
  const whole = Math.round(minutes)
  return whole > 0 && whole % 60 === 0 ? `${whole / 60}h` : `${Math.max(whole, 1)}m`
}

/** The parts that a text is a list of, where it is nothing else: `- a`, `- [x] b`, `1. c`. */
export function checklistOf(text: string): { text: string; met: boolean }[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length === 0) return null
  const items: { text: string; met: boolean }[] = []
  for (const line of lines) {
    const item = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*\S)\s*$/.exec(line)
    const alone = lines.length === 1 && line.trim().length <= 500 ? line.trim() : null
    if (item) items.push({ text: item[2]!, met: item[1]?.toLowerCase() === 'x' })
    else if (alone) items.push({ text: alone, met: false })
    else return null
  }
  return items
}
