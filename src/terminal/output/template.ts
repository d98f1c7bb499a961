import { MhvError, shellWord } from '../../errors.ts'
import { nearestWord } from '../../query/nearest-word.ts'
import { readTemplate, type Template, type TemplateFault, WIDEST } from './read-template.ts'

const EXAMPLE = '{number} {title}'

function faultyTemplate(
  fault: TemplateFault,
  text: string,
  fields: readonly string[],
  command: string,
): MhvError {
  const step = (example: string) => [`${command} --format ${shellWord(example)}`]
  if (fault.fault === 'open') {
    return new MhvError(
      'INVALID_INPUT',
      `--format: a brace opens at character ${fault.at + 1} that is never closed; a brace as it stands is written \\{.`,
      { recovery: step(EXAMPLE), data: { field: 'format', value: text } },
    )
  }
  if (fault.fault === 'constant') {
    // The word of another command's --format would be written as often as there are records.
    return new MhvError(
      'INVALID_INPUT',
      `--format ${JSON.stringify(text)} is a template without a field, such as “${EXAMPLE}”.`,
      {
        recovery: text === 'json' ? [`${command} --json`] : step(EXAMPLE),
        data: { field: 'format', value: text, legal: fields, example: EXAMPLE },
      },
    )
  }
  const { inner, field } = fault
  const meant = field === '' ? null : nearestWord(field, fields)
  const said =
    fault.fault === 'width'
      ? `A width is at most ${WIDEST}`
      : `There is no field ${field === '' ? `in “{${inner}}”` : `“${field}”`}`
  const example = meant ? `{${meant}}` : EXAMPLE
  return new MhvError(
    'INVALID_INPUT',
    `--format: ${said}${meant ? `; did you mean “${meant}”?` : '.'} Fields: ${fields.join(', ')}; a width and what stands for nothing may follow, {title:20?none}.`,
    {
      recovery: step(example),
      data: { field: 'format', value: inner, legal: fields, example },
    },
  )
}

/**
 * Reads a template as `readTemplate` does.
 * @param fields that there are
 * @param command whose flag it is, such as `mhv task list`
 * Errors: INVALID_INPUT.
 */
export function parseTemplate(text: string, fields: readonly string[], command: string): Template {
  const template = readTemplate(text, fields)
  if ('fault' in template) throw faultyTemplate(template, text, fields, command)
  return template
}
