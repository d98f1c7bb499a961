import { MhvError, shellWord } from '../../errors.ts'
import { nearestWord } from '../../query/nearest-word.ts'
import { readTemplate, type Template, type TemplateFault, WIDEST, WIDTH_BEHIND } from './read-template.ts'

const EXAMPLE = '{number} {title}'

interface Asker {
  readonly fields: readonly string[]
  readonly command: string
  /** A template that shows what every record has. */
  readonly sample: string
}

function faultyTemplate(fault: TemplateFault, text: string, { fields, command, sample }: Asker): MhvError {
  const refused = (message: string, instead: string, more: object = {}) =>
    new MhvError('INVALID_INPUT', message, {
      recovery: [instead === '--json' ? `${command} --json` : `${command} --format ${shellWord(instead)}`],
      data: { field: 'format', value: text, instead, ...more },
    })
  if (fault.fault === 'open') {
    return refused(
      `--format: a brace opens at character ${fault.at + 1} that is never closed; a brace as it stands is written \\{.`,
      sample,
    )
  }
  if (fault.fault === 'constant') {
    // The word of another command's --format would be written as often as there are records.
    return refused(
      `--format ${JSON.stringify(text)} is a template without a field, such as “${sample}”.`,
      text === 'json' ? '--json' : sample,
      { legal: fields, example: sample },
    )
  }
  const { inner, field } = fault
  const right = (slot: string) => text.replace(`{${inner}}`, () => `{${slot}}`)
  if (fault.fault === 'order') {
    const slot = inner.replace(WIDTH_BEHIND, '$1:$3?$2')
    return refused(
      `--format: in “{${inner}}” the width is behind what stands for nothing; in front of it, it is {${slot}}.`,
      right(slot),
    )
  }
  const meant = field === '' ? null : nearestWord(field, fields)
  const said =
    fault.fault === 'width'
      ? `A width is from 1 to ${WIDEST}`
      : `There is no field ${field === '' ? `in “{${inner}}”` : `“${field}”`}`
  const instead =
    fault.fault === 'width'
      ? right(inner.replace(/:(\d+)/, (_, width) => `:${Number(width) < 1 ? 1 : WIDEST}`))
      : meant
        ? right(inner.replace(field, () => meant))
        : sample
  return refused(
    `--format: ${said}${meant && fault.fault === 'field' ? `; did you mean “${meant}”?` : '.'} Fields: ${fields.join(', ')}; a width and what stands for nothing may follow, {title:20?none}.`,
    instead,
    { legal: fields, example: instead },
  )
}

/**
 * Reads a template as `readTemplate` does.
 * @param fields that there are
 * @param command whose flag it is, such as `mhv task list`
 * @param sample what an example shows of each record
 * Errors: INVALID_INPUT.
 */
export function parseTemplate(
  text: string,
  fields: readonly string[],
  command: string,
  sample = EXAMPLE,
): Template {
  const template = readTemplate(text, fields)
  if ('fault' in template) throw faultyTemplate(template, text, { fields, command, sample })
  return template
}
