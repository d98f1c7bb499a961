import type { Fault } from './source-record.ts'

const LINE_FEED = 10
// Without `fatal`, bytes that are no text would become marks of replacement in silence.
const decoder = new TextDecoder('utf-8', { fatal: true })

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]) =>
  mark.every((byte, i) => bytes[i] === byte)

/**
 * The bytes of a file in UTF-8 and without a byte order mark, which programs of Windows begin their files with; in
 * UTF-16 they write what a shell redirects there. What is not whole in it is left as it is, for the rules to refuse.
 */
export function inUtf8(bytes: Uint8Array): Uint8Array {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return bytes.subarray(3)
  const isLittle = startsWith(bytes, 0xff, 0xfe)
  if (!isLittle && !startsWith(bytes, 0xfe, 0xff)) return bytes
  try {
    const text = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be', { fatal: true }).decode(bytes)
    return new TextEncoder().encode(text)
  } catch {
    return bytes
  }
}

/** The text that bytes are in UTF-8, without the mark that some programs begin it with; null where they are none. */
export function decoded(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

/** A fault for each line whose bytes are not UTF-8: no byte of a longer character is a line feed. */
export function encodingFaults(bytes: Uint8Array): Fault[] {
  const faults: Fault[] = []
  for (let from = 0, line = 1; from < bytes.length; line++) {
    const found = bytes.indexOf(LINE_FEED, from)
    const end = found < 0 ? bytes.length : found
    if (decoded(bytes.subarray(from, end)) === null) {
      faults.push({ place: `line ${line}`, field: 'line', rule: 'is not text in UTF-8' })
    }
    from = end + 1
  }
  return faults
}
