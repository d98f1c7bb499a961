import { tokensOf } from './words.ts'

interface Terms {
  readonly ids: Int32Array
  /** 1 + ln of how often each is there. */
  readonly counts: Float64Array
}

/** Cosines of texts, by their place in a list. Words that many of the texts compared with have, count little. */
export interface TextLikeness {
  /** From 0 to 1, of one text to each of some others. What other texts there are makes no difference. */
  to(of: number, others: readonly number[]): Float64Array
  /** The words that make two texts most alike among some texts, as the first one has them. */
  shared(of: number, other: number, among: readonly number[], most: number): string[]
}

/** Reads texts, each once: whatever is compared, and with how much else, they have the same terms. */
export interface TermReader {
  termsOf(text: string): Terms
  readonly stems: readonly string[]
}

export function termReader(): TermReader {
  const idOf = new Map<string, number>()
  const stems: string[] = []
  const known = new Map<string, Terms>()
  const pieces = new Map<string, readonly number[]>()
  const idsIn = (piece: string): readonly number[] =>
    tokensOf(piece).map(({ stem }) => {
      const id = idOf.get(stem) ?? stems.push(stem) - 1
      idOf.set(stem, id)
      return id
    })
  const read = (text: string): Terms => {
    const counts = new Map<number, number>()
    // No word has a blank in it, and most that stand between two have been read before.
    for (const piece of text.split(/\s+/)) {
      const ids = pieces.get(piece) ?? idsIn(piece)
      pieces.set(piece, ids)
      for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    return {
      ids: Int32Array.from(counts.keys()),
      counts: Float64Array.from(counts.values(), (count) => 1 + Math.log(count)),
    }
  }
  return {
    stems,
    termsOf: (text) => {
      const terms = known.get(text) ?? read(text)
      known.set(text, terms)
      return terms
    },
  }
}

/** @param reader one that has read some of the texts already, where there is one */
export function textLikeness(texts: readonly string[], reader = termReader()): TextLikeness {
  const { stems } = reader
  const termsAt: Terms[] = []
  const termsOf = (at: number): Terms => {
    termsAt[at] ??= reader.termsOf(texts[at]!)
    return termsAt[at]
  }
  /** What each word counts among some texts. */
  const rarities = (among: readonly number[]): Float64Array => {
    const all = among.map((at) => termsOf(at).ids)
    const holding = new Int32Array(stems.length)
    for (const ids of all) for (let k = 0; k < ids.length; k++) holding[ids[k]!]! += 1
    // By how many have it, which are fewer numbers than there are words.
    const byCount = Float64Array.from({ length: among.length + 1 }, (_, count) =>
      Math.log(1 + (among.length + 1) / (1 + count)),
    )
    const rarity = new Float64Array(stems.length)
    for (let id = 0; id < rarity.length; id++) rarity[id] = byCount[holding[id]!]!
    return rarity
  }
  const weighed = (of: number, rarity: Float64Array) => {
    const { ids, counts } = termsOf(of)
    const weights = new Float64Array(stems.length)
    let length = 0
    for (let k = 0; k < ids.length; k++) {
      const weight = counts[k]! * rarity[ids[k]!]!
      weights[ids[k]!] = weight
      length += weight * weight
    }
    return { weights, length }
  }
  return {
    to: (of, others) => {
      termsOf(of)
      const rarity = rarities(others)
      const own = weighed(of, rarity)
      return Float64Array.from(others, (at) => {
        const { ids, counts } = termsOf(at)
        let product = 0
        let length = 0
        for (let k = 0; k < ids.length; k++) {
          const weight = counts[k]! * rarity[ids[k]!]!
          length += weight * weight
          product += weight * own.weights[ids[k]!]!
        }
        return product === 0 ? 0 : product / Math.sqrt(length * own.length)
      })
    },
    shared: (of, other, among, most) => {
      termsOf(of)
      termsOf(other)
      const rarity = rarities(among)
      const [a, b] = [weighed(of, rarity).weights, weighed(other, rarity).weights]
      return [...termsOf(of).ids]
        .filter((id) => a[id]! * b[id]! > 0)
        .sort((x, y) => a[y]! * b[y]! - a[x]! * b[x]! || (stems[x]! < stems[y]! ? -1 : 1))
        .slice(0, most)
        .map((id) => tokensOf(texts[of]!).find(({ stem }) => stem === stems[id])!.word)
    },
  }
}

/** What of a task is compared; its title counts twice. */
export const comparedText = ({ title, description }: { title: string; description: string }): string =>
  `${title}\n${title}\n${description}`
