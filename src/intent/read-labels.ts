import { insensitive } from './insensitive.ts'
import type { Guess, IntentContext, Span } from './parsed-request.ts'
import type { Reading } from './reading.ts'

const WORD = '[\\p{L}][\\p{L}\\p{N}_./-]{0,38}[\\p{L}\\p{N}]|[\\p{L}]'
// With more behind them these begin another field: “labels: auth, by Friday”.
const ELSE =
  '(?:by|due|before|until|till|in|on|for|at|after|once|when|needs?|requires?|blocked|depends|assign|assigned|assignee|owner|est|estimate|priority|prio|next|this|end|and|or)'
const FIRST = `(?!${ELSE}[\\s:]|\\p{L}+[ -]prio)[#+]?(?:${WORD})`
const ITEM = `(?!p[0-4](?![\\p{L}\\p{N}_]))${FIRST}`
const LIST = `${FIRST}(?:(?:\\s?,\\s?(?:and )?|\\s(?:and|&)\\s)${ITEM}){0,19}`
/** Words that say so: “labels: nix, packaging - …”, “[tags: a, b]”, “…, label auth”. */
const NAMED = insensitive(
  `(?<![\\p{L}\\p{N}])(?:labels?|tags?|labelled|labeled|tagged)(\\s?[:=]\\s?|\\s+(?:as\\s+|with\\s+)?)(${LIST})`,
  'giu',
)
const HASH = /(?<![\p{L}\p{N}&#/"'=:_.-])#([\p{L}][\p{L}\p{N}_/-]{0,39})(?![\p{L}\p{N}])/gu
const PLUS = /(?<!\S)\+([\p{L}][\p{L}\p{N}_-]{0,39})(?![\p{L}\p{N}:/+])/gu
// Of C and its kin, which a title may be about.
const DIRECTIVES = new Set([
  'include',
  'define',
  'ifdef',
  'ifndef',
  'endif',
  'pragma',
  'region',
  'undef',
  'elif',
])

/** Three, four, six or eight hexadecimal digits that no word is made of. */
const isColour = (word: string): boolean =>
  /^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(word) && (/\d/.test(word) || new Set(word).size <= 2)

/** Labels that some words say. */
export interface SaidLabels {
  readonly words: readonly string[]
  readonly span: Span
}

function readNamed(reading: Reading, known: ReadonlySet<string>): SaidLabels[] {
  const said: SaidLabels[] = []
  for (const match of reading.text.matchAll(NAMED())) {
    const end = match.index + match[0].length
    const words = match[2]!.split(/\s?,\s?(?:and )?|\s(?:and|&)\s/).map((word) => word.replace(/^[#+]/, ''))
    const before = reading.text.slice(0, match.index)
    const isPlain = /[:=]/.test(match[1]!)
    const joined = /(?:\bwith|\band|\buse)\s+(?:the\s+)?$/i.exec(before)
    const begins = reading.opensAt(match.index) || reading.isInFront(match.index)
    const isSome = words.some((word) => known.has(word.toLowerCase()))
    const isKnown = words.every((word) => known.has(word.toLowerCase()))
    const ends = reading.closesAt(end) && (isKnown || !/^\s*:/.test(reading.text.slice(end, end + 3)))
    // “labels: auth, web fix login”: where the sentence starts is known by the label that there is.
    const isAhead = isSome && words.length > 1 && reading.isFirst(match.index)
    const isBehind =
      isSome &&
      ends &&
      /\S\s+\S+\s+$/.test(before) &&
      !/\b(?:of|for|the|with|in|to|from|a|new|and|or|like|as)\s+$/i.test(before)
    const counts = isPlain
      ? (begins && (ends || isAhead)) || isBehind
      : ends && ((begins && match.index > 0) || (joined && isKnown))
    if (!counts) continue
    const from = joined ? match.index - joined[0].length : match.index
    const tail = /^\s*[,;:|–—-]?/.exec(reading.text.slice(end, end + 4))![0].length
    said.push({ words, span: reading.take(from, end + tail) })
  }
  return said
}

/**
 * A mark in the middle of a sentence is a word of it as well: only the mark goes then. Since every other field parts
 * clauses once it is read, what stands in the middle is known when all of them are.
 */
function readMarked(
  reading: Reading,
  pattern: RegExp,
  counts: (word: string, at: number) => boolean,
  isLast: boolean,
): SaidLabels[] {
  const said: SaidLabels[] = []
  const found = [...reading.text.matchAll(pattern)].filter((match) => counts(match[1]!, match.index))
  // In a row of them, the first stands for all.
  const isRow = (at: number): boolean => {
    const before = found.find(
      ({ index, 0: { length } }) => index < at && /^\s*$/.test(reading.text.slice(index + length, at)),
    )
    return before !== undefined && (reading.opensAt(before.index) || isRow(before.index))
  }
  for (const match of [...found].reverse()) {
    const end = match.index + match[0].length
    const stands =
      reading.isInFront(match.index) ||
      reading.opensAt(match.index) ||
      reading.closesAt(end) ||
      isRow(match.index)
    if (!stands && !isLast) continue
    reading.take(match.index, stands ? end : match.index + 1)
    said.push({ words: [match[1]!], span: reading.span(match.index, end) })
  }
  return said
}

/**
 * Labels that are marked as such: `#tui`, `+tui` at either end, “labels: nix, packaging”.
 * @param isLast whether all other fields have been read, so that what stands in the middle of the sentence does so
 */
export function readLabels(reading: Reading, context: IntentContext, isLast: boolean): SaidLabels[] {
  if (!/[#+]|label|tag/i.test(reading.text)) return []
  const known = new Set(context.labels.map(({ label }) => label.toLowerCase()))
  const named = readNamed(reading, known)
  const hashed = readMarked(
    reading,
    HASH,
    (word, at) => {
      if (DIRECTIVES.has(word.toLowerCase()) || isColour(word)) return false
      // “Post to #general” is a channel.
      return !/\b(?:in|to|from|on|channel|colou?r|anchor|the)\s+$/i.test(
        reading.text.slice(Math.max(0, at - 12), at),
      )
    },
    isLast,
  )
  const added = readMarked(
    reading,
    PLUS,
    (word, at) =>
      known.has(word.toLowerCase()) || reading.opensAt(at) || reading.closesAt(at + word.length + 1),
    isLast,
  )
  return [...named, ...hashed, ...added]
}

/** All labels that were said, in the order of the words, each once. */
export function labelsGuess(said: readonly SaidLabels[]): Guess<readonly string[]> | null {
  if (said.length === 0) return null
  const inOrder = [...said].sort((a, b) => a.span.from - b.span.from)
  const words = inOrder.flatMap((one) => one.words)
  const value = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()]
  return { value, confidence: 0.95, evidence: inOrder.map(({ span }) => span) }
}
