import type { Today } from '../../query/filter.ts'
import type { Entry, Place } from '../../query/place.ts'
import { fillTemplate } from '../output/fill-template.ts'
import type { Template } from '../output/read-template.ts'
import { parseTemplate } from '../output/template.ts'
import { COLUMN_NAMES, type ColumnName, taskRows } from './task-table.ts'

const isColumn = (field: string): field is ColumnName => (COLUMN_NAMES as readonly string[]).includes(field)

/**
 * A template for tasks: of the columns of a list, as programs read them, and `ref`, by which every command knows the task.
 * @param command whose flag it is
 * @param more fields that this command has besides
 * Errors: INVALID_INPUT.
 */
export const taskTemplate = (text: string, command: string, more: readonly string[] = []): Template =>
  parseTemplate(text, ['ref', ...COLUMN_NAMES, ...more], command)

/** Tasks that are written by a template, in their order. */
export interface Written {
  readonly asked: { readonly places: readonly Place[] }
  readonly entries: readonly Entry[]
  readonly today: Today
}

/** The tasks as a template has them. @param more further fields of the task at a position */
export function writtenBy(
  template: Template,
  { asked: { places }, entries, today }: Written,
  more: (position: number) => Readonly<Record<string, string>> = () => ({}),
): Promise<string> {
  const names = template.fields.filter(isColumn)
  const { rows } = taskRows(places, entries, names, today, 'program')
  const records = entries.map(({ place, slot }, i) => {
    const { name, snapshot } = places[place]!
    const fields = names.map((field, k) => [field, rows[i]![k]!] as const)
    return { ref: `${name}#${snapshot.number(slot)}`, ...Object.fromEntries(fields), ...more(i) }
  })
  return fillTemplate(template, records)
}
