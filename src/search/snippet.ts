import { fieldTexts, type TaskText, TEXT_FIELDS, type TextField } from './task-terms.ts'
import { tokens } from './tokens.ts'

/** A stretch of a text with the words in it that were looked for: UTF-16 offsets in the stretch. */
export interface Snippet {
  readonly field: TextField
  readonly text: string
  readonly hits: readonly { readonly from: number; readonly to: number }[]
}

/** Longer stretches are not read, shorter ones say too little. */
const LENGTH = 160

type Hit = { readonly from: number; readonly to: number; readonly worth: number }

/** Where the words of a text are that were looked for; of one inside another only the longer. */
export function hitsIn(text: string, worths: ReadonlyMap<string, number>): Hit[] {
  const hits = tokens(text)
    .flatMap(({ term, from, to }) => {
      const worth = worths.get(term)
      return worth === undefined ? [] : [{ from, to, worth }]
    })
    .sort((a, b) => a.from - b.from || b.to - a.to)
  let end = 0
  return hits.filter(({ from, to }) => {
    if (from < end) return false
    end = to
    return true
  })
}

/** A place or, where that is inside a character, the one behind it. */
const outside = (text: string, at: number) => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at)

/** The beginning of a word at or after a place and not after another, unless that is far. */
function wordStart(text: string, at: number, latest: number): number {
  if (at <= 0) return 0
  const blank = text.slice(at, Math.min(at + 20, latest)).search(/\s/)
  return blank < 0 ? outside(text, at) : at + blank + 1
}

/** The stretch of a text with the most telling hits. */
function bestStretch(text: string, hits: readonly Hit[]): { from: number; to: number; worth: number } {
  let best = { from: 0, to: Math.min(text.length, LENGTH), worth: -1 }
  for (const [i, first] of hits.entries()) {
    const seen = new Set<string>()
    let worth = 0
    let last = first.to
    for (let k = i; k < hits.length && hits[k]!.to - first.from <= LENGTH; k++) {
      const word = text.slice(hits[k]!.from, hits[k]!.to).toLowerCase()
      worth += seen.has(word) ? 0 : hits[k]!.worth
      seen.add(word)
      last = hits[k]!.to
    }
    if (worth <= best.worth) continue
    const spare = Math.max(0, LENGTH - (last - first.from))
    const from = wordStart(text, Math.max(0, first.from - Math.floor(spare / 3)), first.from)
    best = { from, to: outside(text, Math.min(text.length, from + LENGTH)), worth }
  }
  return best
}

/**
 * The stretch of a task's texts that shows best why it was found, title aside; null where no other text has to do with it.
 * @param worths how telling each term is
 */
export function snippetOf(task: TaskText, worths: ReadonlyMap<string, number>): Snippet | null {
  const texts = fieldTexts(task)
  let best: { snippet: Snippet; worth: number } | null = null
  for (const field of TEXT_FIELDS) {
    if (field === 'title' || field === 'labels') continue
    const text = texts[field]
    const hits = hitsIn(text, worths)
    if (hits.length === 0) continue
    const { from, to, worth } = bestStretch(text, hits)
    if (best && best.worth >= worth) continue
    const cut = text.slice(from, to)
    const inside = hits
      .filter((hit) => hit.from >= from && hit.to <= to)
      .map((hit) => ({ from: hit.from - from, to: hit.to - from }))
    best = { snippet: { field, text: cut, hits: inside }, worth }
  }
  return best?.snippet ?? null
}
