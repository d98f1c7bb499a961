import type { Template } from './read-template.ts'
import { ASCII, cut, measureFor } from './text-width.ts'
import { writeRecord } from './write-record.ts'

/** The template filled for each record. @param records by the names of the template's fields */
export async function fillTemplate(
  template: Template,
  records: readonly Readonly<Record<string, string>>[],
): Promise<string> {
  const isAscii = records.every((record) => Object.values(record).every((value) => ASCII.test(value)))
  const widthOf = await measureFor(!template.hasWidths || isAscii)
  const cutTo = (text: string, width: number) => cut(text, width, widthOf)
  return records.map((record) => writeRecord(template, record, cutTo, widthOf)).join('')
}
