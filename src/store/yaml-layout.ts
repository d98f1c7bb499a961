/**
 * The frozen layout of the YAML that this program writes. The bytes of a task file are a function of its events, so
 * they may not change with a library's taste in quoting or folding: golden files hold this layout, and every byte of
 * it is YAML 1.2 that any reader takes. Files in another layout are read through the yaml library instead.
 */
export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain | undefined }

/**
 * Text that means itself without quotes in YAML 1.1 and 1.2, and never a number, date, boolean or null. A colon needs
 * a visible character after it, or it would end a key; a number sign one before it, or it would begin a comment.
 */
const SAFE =
  /^[\p{L}_/](?:[\p{L}\p{N} _./@+<>()$=;~^-]|:(?=[\p{L}\p{N}_./@+<>()$=;~^-])|(?<=[\p{L}\p{N}_./@+<>()$=;~^-])#)*$/u
const RESERVED = /^(?:true|false|yes|no|on|off|null|y|n)$/i
/**
 * Identifiers, instants, dates and estimates: what events are full of, safe although they begin with a digit. Not a ULID without
 * a letter other than E, which a YAML library would take for a number.
 */
const IDENTIFIER =
  /^(?:[0-7](?=[0-9A-Z]{0,24}[A-DF-Z])[0-9A-HJKMNP-TV-Z]{25}|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}\.\d{3}Z)?|\d{1,6}(?:\.\d{1,2})?(?:m|h|d|w|pt))$/
const ESCAPED = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g
const UNPRINTABLE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\p{Cs}]/u
/** Any other key is quoted: keys are few, and a reader should know one at a glance. */
const BARE_KEY = /^[A-Za-z_][\w-]*$/
/** YAML looks for the colon of a key on a line of its own no further than 1024 characters. */
const LONGEST_KEY = 500

const quoted = (value: Plain) =>
  JSON.stringify(value).replace(ESCAPED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

const isBare = (text: string) =>
  IDENTIFIER.test(text) || (SAFE.test(text) && !text.endsWith(' ') && !RESERVED.test(text))

const inlineScalar = (value: null | boolean | number | string): string =>
  typeof value === 'string' ? (isBare(value) ? value : quoted(value)) : String(value)

/** A literal block keeps text readable in `git show`; only text that such a block gives back exactly gets one. */
const isBlock = (text: string) =>
  text.includes('\n') &&
  !UNPRINTABLE.test(text) &&
  !/^[ \n]/.test(text) &&
  !/\n\n$/.test(text) &&
  text !== '\n'

const keyText = (key: string) => (BARE_KEY.test(key) && !RESERVED.test(key) ? key : quoted(key))

const entriesOf = (value: { readonly [key: string]: Plain | undefined }) =>
  Object.entries(value).filter((entry): entry is [string, Plain] => entry[1] !== undefined)

/** One line of JSON is YAML too, and knows no limit for keys. */
const needsJson = (entries: readonly [string, Plain][]) =>
  entries.length === 0 || entries.some(([key]) => key.length > LONGEST_KEY)

const isScalar = (value: Plain): value is null | boolean | number | string =>
  value === null || typeof value !== 'object'

function writeEntry(key: string, value: Plain, indent: string, out: string[]): void {
  const name = `${indent}${keyText(key)}:`
  if (typeof value === 'string' && isBlock(value)) {
    const keepsEnd = value.endsWith('\n')
    out.push(`${name} ${keepsEnd ? '|' : '|-'}`)
    for (const line of (keepsEnd ? value.slice(0, -1) : value).split('\n')) {
      out.push(line === '' ? '' : `${indent}  ${line}`)
    }
  } else if (isScalar(value)) {
    out.push(`${name} ${inlineScalar(value)}`)
  } else if (Array.isArray(value)) {
    if (value.every(isScalar)) out.push(`${name} [${value.map(inlineScalar).join(', ')}]`)
    else {
      out.push(name)
      for (const item of value as readonly Plain[]) writeItem(item, `${indent}  `, out)
    }
  } else {
    const entries = entriesOf(value as { readonly [key: string]: Plain | undefined })
    if (needsJson(entries)) out.push(`${name} ${quoted(value)}`)
    else {
      out.push(name)
      for (const [k, v] of entries) writeEntry(k, v, `${indent}  `, out)
    }
  }
}

/** A list item of mappings; any other item beside them is written as one line of JSON. */
function writeItem(item: Plain, indent: string, out: string[]): void {
  const entries = isScalar(item) || Array.isArray(item) ? [] : entriesOf(item as Record<string, Plain>)
  if (needsJson(entries)) {
    out.push(`${indent}- ${quoted(item)}`)
    return
  }
  const start = out.length
  for (const [key, value] of entries) writeEntry(key, value, `${indent}  `, out)
  out[start] = `${indent}- ${out[start]!.slice(indent.length + 2)}`
}

/** A mapping in the frozen layout. Keys keep their order; those without a value are left out. */
export function writeYaml(value: { readonly [key: string]: Plain | undefined }): string {
  const out: string[] = []
  for (const [key, entry] of Object.entries(value)) if (entry !== undefined) writeEntry(key, entry, '', out)
  return `${out.join('\n')}\n`
}
