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

/** @param texts read once each, when they are first asked for */
export function textLikeness(texts: readonly string[]): TextLikeness {
  const idOf = new Map<string, number>()
  const stemAt: string[] = []
  const termsAt = new Map<number, Terms>()
  const termsOf = (at: number): Terms => {
    const known = termsAt.get(at)
    if (known) return known
    const counts = new Map<number, number>()
    for (const { stem } of tokensOf(texts[at]!)) {
      let id = idOf.get(stem)
      if (id === undefined) {
        id = stemAt.push(stem) - 1
        idOf.set(stem, id)
      }
      counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    const terms = {
      ids: Int32Array.from(counts.keys()),
      counts: Float64Array.from(counts.values(), (count) => 1 + Math.log(count)),
    }
    termsAt.set(at, terms)
    return terms
  }
  /** What each word counts among some texts. */
  const rarities = (among: readonly number[]): Float64Array => {
    for (const at of among) termsOf(at)
    const holding = new Float64Array(stemAt.length)
    for (const at of among) for (const id of termsOf(at).ids) holding[id]! += 1
    return holding.map((count) => Math.log(1 + (among.length + 1) / (1 + count)))
  }
  const weighed = (of: number, rarity: Float64Array) => {
    const { ids, counts } = termsOf(of)
    const weights = new Float64Array(stemAt.length)
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
        .sort((x, y) => a[y]! * b[y]! - a[x]! * b[x]! || (stemAt[x]! < stemAt[y]! ? -1 : 1))
        .slice(0, most)
        .map((id) => tokensOf(texts[of]!).find(({ stem }) => stem === stemAt[id])!.word)
    },
  }
}

/** What of a task is compared; its title counts twice. */
export const comparedText = ({ title, description }: { title: string; description: string }): string =>
  `${title}\n${title}\n${description}`
