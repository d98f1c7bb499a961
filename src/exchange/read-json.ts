import { type Fault, MAX_LINE, type ReadRecords, type SourceRecord } from './source-record.ts'

const LINE_FEED = 10
// Without `fatal`, bytes that are no text would become marks of replacement in silence.
const decoder = new TextDecoder('utf-8', { fatal: true })

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
      const value = parse(text)
      if (value === undefined) faults.push({ place, field: 'line', rule: 'is not JSON in UTF-8' })
      else records.push({ place, value })
    }
  }
  return { records, faults }
}

/** A list of tasks, or an object that holds one as `tasks`. */
export function readJsonDocument(bytes: Uint8Array): ReadRecords {
  const value = parse(bytes)
  const list = Array.isArray(value) ? value : (value as { tasks?: unknown } | null | undefined)?.tasks
  if (!Array.isArray(list)) {
    const rule = value === undefined ? 'is not JSON in UTF-8' : 'is neither a list nor {"tasks": […]}'
    return { records: [], faults: [{ place: 'line 1', field: 'document', rule }] }
  }
  return { records: list.map((item, i) => ({ place: `item ${i + 1}`, value: item })), faults: [] }
}

/** undefined where the bytes are no JSON; a parser's own message would repeat what may be terminal escapes. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown
  } catch {
    return undefined
  }
}
