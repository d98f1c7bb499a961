import { decoded, encodingFaults } from './decode-text.ts'
import { type Fault, MAX_LINE, type ReadRecords, type SourceRecord } from './source-record.ts'

const LINE_FEED = 10

const isBlank = (bytes: Uint8Array) => bytes.every((byte) => byte === 32 || byte === 9 || byte === 13)

/** A task on each line; empty lines are passed over. The file is never one string, so its size costs little memory. */
export function readJsonLines(bytes: Uint8Array): ReadRecords {
  const records: SourceRecord[] = []
  const faults: Fault[] = []
  for (let from = 0, line = 1; from < bytes.length; line++) {
    const found = bytes.indexOf(LINE_FEED, from)
    const end = found < 0 ? bytes.length : found
    const text = bytes.subarray(from, end)
    from = end + 1
    const place = `line ${line}`
    if (text.length > MAX_LINE) {
      faults.push({ place, field: 'line', rule: `is longer than ${MAX_LINE} bytes` })
    } else if (!isBlank(text)) {
      const line = decoded(text)
      const value = line === null ? undefined : parse(line)
      if (line === null) faults.push({ place, field: 'line', rule: 'is not text in UTF-8' })
      else if (value === undefined)
        faults.push({ place, field: 'line', rule: syntaxFault(line, 'line').rule })
      else records.push({ place, value })
    }
  }
  return { records, faults }
}

/** A list of tasks, or an object that holds one as `tasks`. */
export function readJsonDocument(bytes: Uint8Array): ReadRecords {
  const read = readJson(bytes)
  if ('faults' in read) return { records: [], faults: read.faults }
  const { value } = read
  const list = Array.isArray(value) ? value : (value as { tasks?: unknown } | null)?.tasks
  if (!Array.isArray(list)) {
    const rule = 'is neither a list nor {"tasks": […]}'
    return { records: [], faults: [{ place: 'line 1', field: 'document', rule }] }
  }
  return { records: list.map((item, i) => ({ place: `item ${i + 1}`, value: item })), faults: [] }
}

/** The one value that bytes hold, or why they hold none. */
export function readJson(bytes: Uint8Array): { value: unknown } | { faults: readonly Fault[] } {
  const text = decoded(bytes)
  if (text === null) return { faults: encodingFaults(bytes) }
  const value = parse(text)
  return value === undefined ? { faults: [syntaxFault(text, 'document')] } : { value }
}

/** undefined where the text is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** What is wrong with a text that is no JSON: how far it could have become some. */
function syntaxFault(text: string, field: 'line' | 'document'): Fault {
  let from = 0
  let to = text.length
  while (from < to) {
    const middle = Math.ceil((from + to) / 2)
    if (mayBecomeJson(text.slice(0, middle))) from = middle
    else to = middle - 1
  }
  const lines = text.slice(0, from).split('\n')
  const place = `line ${lines.length}`
  const column = lines.at(-1)!.length + 1
  const rule =
    from === text.length
      ? `ends at column ${column}, before the JSON does; is the ${field === 'line' ? 'line' : 'file'} whole?`
      : `is not JSON from column ${column} on`
  return { place, field, rule }
}

/** By the parser's message, of which nothing is shown, since it may repeat terminal escapes. */
function mayBecomeJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    const message = String(error)
    const position = /at position (\d+)/.exec(message)?.[1]
    return /end of JSON|unterminated/i.test(message) || Number(position) >= text.length
  }
}
