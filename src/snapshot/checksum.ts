import * as zlib from 'node:zlib'

/** Node has it since 20.15; before that, a slower sum of our own serves. Indexes are rebuilt where the two meet. */
const native = (zlib as { crc32?: (bytes: Uint8Array) => number }).crc32

/** A checksum of bytes as a signed 32-bit integer: finds damage, not malice. */
export function checksum(bytes: Uint8Array): number {
  if (native) return native(bytes) | 0
  let sum = 0x811c9dc5
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193)
  return sum | 0
}
