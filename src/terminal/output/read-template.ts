export interface Slot {
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
  readonly hasWidths: boolean
}

/** What keeps a text from being a template. */
export type TemplateFault =
  | { readonly fault: 'field' | 'width' | 'order'; readonly inner: string; readonly field: string }
  | { readonly fault: 'open'; readonly at: number }
  | { readonly fault: 'constant' }

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  0: '\0',
  '\\': '\\',
  '{': '{',
  '}': '}',
}

export const WIDEST = 1000

/** A width behind what stands for nothing; of a time, 9:30, it is a part. */
export const WIDTH_BEHIND = /^([^?:]*)\?(.*?)(?<!\d):([1-9]\d*)$/s

function readSlot(inner: string, fields: readonly string[]): Slot | TemplateFault {
  const [, name = '', width, otherwise = ''] = /^([^:?]*)(?::(\d+))?(?:\?(.*))?$/s.exec(inner) ?? []
  const field = name.trim()
  if (!fields.includes(field)) return { fault: 'field', inner, field }
  if (WIDTH_BEHIND.test(inner)) return { fault: 'order', inner, field }
  if (width !== undefined && (Number(width) < 1 || Number(width) > WIDEST))
    return { fault: 'width', inner, field }
  return { field, width: width === undefined ? null : Number(width), otherwise }
}

/**
 * Reads a template: `{field}`, `{field:20}` for a width, `{field?none}` for what stands in the place of nothing, and the
 * escapes \\t, \\n, \\0, \\\\ and \\{. What is wrong with it is an answer: a prompt has no room for errors in its program.
 * @param fields that there are
 */
export function readTemplate(text: string, fields: readonly string[]): Template | TemplateFault {
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
      if (end < 0) return { fault: 'open', at }
      if (plain !== '') pieces.push(plain)
      plain = ''
      const slot = readSlot(text.slice(at + 1, end), fields)
      if ('fault' in slot) return slot
      pieces.push(slot)
      at = end
    } else plain += character
  }
  // A line each, unless the template says itself how a record ends.
  pieces.push(/[\n\0]$/.test(plain) ? plain : `${plain}\n`)
  const slots = pieces.filter((piece) => typeof piece !== 'string')
  if (slots.length === 0) return { fault: 'constant' }
  return {
    pieces,
    fields: [...new Set(slots.map(({ field }) => field))],
    hasWidths: slots.some(({ width }) => width !== null),
  }
}
