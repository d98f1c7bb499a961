import { MhvError, shellWord } from '../errors.ts'
import { nearestWord } from '../query/nearest-word.ts'
import { ASCII, cut, measureFor } from './text-width.ts'

interface Slot {
  readonly field: string
  /** Columns that it is padded or cut to; null for as it is. */
  readonly width: number | null
  /** What stands in the place of nothing. */
  readonly otherwise: string
}

/** A line for each record, as a script wants it: texts as they are, and places for fields. */
export interface Template {
  readonly pieces: readonly (string | Slot)[]
  readonly fields: readonly string[]
}

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  0: '\0',
  '\\': '\\',
  '{': '{',
  '}': '}',
}
const WIDEST = 1000

function slotOf(inner: string, fields: readonly string[], command: string): Slot {
  const [, field = '', width, otherwise = ''] = /^([^:?]*)(?::(\d+))?(?:\?(.*))?$/s.exec(inner) ?? []
  const name = field.trim()
  if (fields.includes(name) && !(Number(width) > WIDEST)) {
    return { field: name, width: width === undefined ? null : Number(width), otherwise }
  }
  const meant = name === '' ? null : nearestWord(name, fields)
  const said = fields.includes(name)
    ? `A width is at most ${WIDEST}`
    : `There is no field ${name === '' ? `in “{${inner}}”` : `“${name}”`}`
  const example = meant ? `{${meant}}` : '{number} {title}'
  throw new MhvError(
    'INVALID_INPUT',
    `--format: ${said}${meant ? `; did you mean “${meant}”?` : '.'} Fields: ${fields.join(', ')}; a width and what stands for nothing may follow, {title:20?none}.`,
    {
      recovery: [`${command} --format ${shellWord(example)}`],
      data: { field: 'format', value: inner, legal: fields, example },
    },
  )
}

/**
 * Reads a template: `{field}`, `{field:20}` for a width, `{field?none}` for what stands in the place of nothing, and the
 * escapes \\t, \\n, \\0, \\\\ and \\{.
 * @param fields that there are
 * @param command whose flag it is, such as `mhv task list`
 * Errors: INVALID_INPUT.
 */
export function parseTemplate(text: string, fields: readonly string[], command: string): Template {
  const pieces: (string | Slot)[] = []
  let plain = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    const escaped = character === '\\' ? ESCAPES[text[at + 1] ?? ''] : undefined
    if (escaped !== undefined) {
      plain += escaped
      at++
    } else if (character === '{') {
      const end = text.indexOf('}', at)
      if (end < 0) {
        throw new MhvError(
          'INVALID_INPUT',
          `--format: a brace opens at character ${at + 1} that is never closed; a brace as it stands is written \\{.`,
          { recovery: [`${command} --format '{number} {title}'`], data: { field: 'format', value: text } },
        )
      }
      if (plain !== '') pieces.push(plain)
      plain = ''
      pieces.push(slotOf(text.slice(at + 1, end), fields, command))
      at = end
    } else plain += character
  }
  // A line each, unless the template says itself how a record ends.
  pieces.push(/[\n\0]$/.test(plain) ? plain : `${plain}\n`)
  const used = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.field]))
  if (used.length === 0) {
    // The word of another command's --format would be written as often as there are records.
    const example = '{number} {title}'
    throw new MhvError(
      'INVALID_INPUT',
      `--format ${JSON.stringify(text)} is a template without a field, such as “${example}”.`,
      {
        recovery: [`${command} ${text === 'json' ? '--json' : `--format ${shellWord(example)}`}`],
        data: { field: 'format', value: text, legal: fields, example },
      },
    )
  }
  return { pieces, fields: [...new Set(used)] }
}

/** The template filled for each record. @param records by the names of the template's fields */
export async function fillTemplate(
  { pieces }: Template,
  records: readonly Readonly<Record<string, string>>[],
): Promise<string> {
  const isPadded = pieces.some((piece) => typeof piece !== 'string' && piece.width !== null)
  const isAscii = records.every((record) => Object.values(record).every((value) => ASCII.test(value)))
  const widthOf = await measureFor(!isPadded || isAscii)
  const padded = (text: string, width: number) => {
    const part = cut(text, width, widthOf)
    return part + ' '.repeat(Math.max(0, width - widthOf(part)))
  }
  const lines = records.map((record) =>
    pieces
      .map((piece) => {
        if (typeof piece === 'string') return piece
        const value = record[piece.field] || piece.otherwise
        return piece.width === null ? value : padded(value, piece.width)
      })
      .join(''),
  )
  return lines.join('')
}
