/** The first bytes of a digest of a text; SHA-256 where it counts. Pure code is given it. */
export type Digest = (text: string) => Uint8Array

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A ULID that follows from what it names: its time from `at`, the rest from a digest. Two clones that import the same
 * thing make the same id, and so hold one task and not two.
 * @param name what it is the id of, such as system, id there, and which event
 */
export function sourceUlid(digest: Digest, at: string | null, name: readonly (string | number)[]): string {
  let time = at ? Date.parse(at) : 0
  let id = ''
  for (let i = 0; i < 10; i++) {
    id = ALPHABET[time % 32]! + id
    time = Math.floor(time / 32)
  }
  const bytes = digest(JSON.stringify(name))
  for (let bit = 0; bit < 80; bit += 5) {
    const pair = (bytes[bit >> 3]! << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    id += ALPHABET[(pair >> (11 - (bit & 7))) & 31]
  }
  return id
}
