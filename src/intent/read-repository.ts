import { distance } from 'fastest-levenshtein'
import { insensitive } from './insensitive.ts'
import type { Doubt, Guess, IntentContext, Span } from './parsed-request.ts'
import type { Reading } from './reading.ts'
import { folded, type Named, repositoryNames } from './repository-names.ts'

const NAME = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,60}(?: [\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,40})?'
// A form that opens a clause, which may come after other fields.
const START = '(?<=(?:^|[:,;.!\\])\uE001])\\s{0,4})'
const WORD = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,60}'

/** Ways of saying where a task belongs, the plainest first. */
interface Form {
  readonly pattern: RegExp
  /** Plain enough for a word that means other things too. */
  readonly isPlain: boolean
  /** A near-miss here was meant as a repository. */
  readonly isPlace: boolean
}
const FORMS: readonly Form[] = [
  {
    pattern: insensitive(
      `(?<![\\p{L}\\p{N}@._-])@(${WORD}?)(?![\\p{L}\\p{N}_]|[.-][\\p{L}\\p{N}])[:,]?`,
      'giu',
    ),
    isPlain: true,
    isPlace: true,
  },
  { pattern: insensitive(`(?<!\\S)\\[(${NAME})\\]:?`, 'giu'), isPlain: true, isPlace: true },
  {
    pattern: insensitive(
      `(?<![\\p{L}\\p{N}])(?:(?:in|for|to|on|of|inside|within) )?(?:the )?(${WORD}(?: ${WORD})??) (?:repo(?:sitory)?|codebase)(?![\\p{L}\\p{N}])[:,]?`,
      'giu',
    ),
    isPlain: true,
    isPlace: true,
  },
  {
    pattern: insensitive(
      `(?<![\\p{L}\\p{N}])(?:in |for )?(?:repo(?:sitory)?|project)(?:\\s?[:=]\\s?| )(?=(${NAME}))`,
      'giu',
    ),
    isPlain: true,
    isPlace: true,
  },
  {
    pattern: insensitive(`${START}(?:in|for|on)(?: the)? (${NAME})\\s?[:,]`, 'giu'),
    isPlain: true,
    isPlace: true,
  },
  {
    pattern: insensitive(`${START}(${NAME})\\s?(?::(?!:)|(?: [-–—]|—)(?=\\s))`, 'giu'),
    isPlain: true,
    isPlace: true,
  },
  {
    pattern: insensitive(`(?<![\\p{L}\\p{N}_-])(?:in|for|inside|within)(?: the)? (?=(${NAME}))`, 'giu'),
    isPlain: false,
    isPlace: true,
  },
]
// What a task uses is not where it is done.
const USED =
  /\b(?:with|from|using|uses?|via|by|like|than|upgrade|upgrades|bump|bumps|to|replace|replaces|as|through|of|against|without|into|similar to|based on|downgrade|import|imports|install|pin)\s+(?:the\s+)?$/i

interface Mention {
  readonly from: number
  readonly to: number
  readonly named: Named
  readonly certainty: number
  /** Words that are of the sentence as well. */
  readonly stays: boolean
}

/** The longest beginning of some words that is a name: “Fast Blocks board” → “Fast Blocks”. */
function lookUp(words: string, names: ReadonlyMap<string, Named>): { named: Named; length: number } | null {
  for (const word of [words, words.split(' ')[0]!]) {
    const bare = word.replace(/[.-]+$/, '')
    const named = names.get(folded(bare))
    if (named) return { named, length: bare.length }
  }
  return null
}

function explicitMentions(reading: Reading, names: ReadonlyMap<string, Named>): Mention[] {
  const found: Mention[] = []
  for (const { pattern, isPlain } of FORMS) {
    for (const match of reading.text.matchAll(pattern)) {
      const known = lookUp(match[1]!, names)
      if (!known || found.some(({ from, to }) => match.index < to && match.index + match[0].length > from))
        continue
      const isWhole = known.length >= match[1]!.replace(/[.-]+$/, '').length
      const isAhead = !match[0].includes(match[1]!)
      const { named } = known
      if (!isAhead && !isWhole) continue
      if (
        named.isOrdinary &&
        (!isPlain || (named.by === 'tag' && !/[@[]|repo/i.test(match[0]) && !reading.isFirst(match.index)))
      )
        continue
      // Where the name is looked ahead for, the match ends before it.
      const to = match.index + match[0].length + (isAhead ? known.length : 0)
      if (!isPlain && named.by === 'nickname' && !reading.closesAt(to)) continue
      const isTag = named.by === 'tag'
      found.push({
        from: match.index,
        to,
        named,
        certainty: isTag ? 0.8 : 0.95,
        stays: isTag && !match[0].includes('@') && !/repo/i.test(match[0]),
      })
    }
  }
  return found
}

/** Full names in the middle of a sentence: a guess that what it is about is where it is done. */
function bareMentions(reading: Reading, names: ReadonlyMap<string, Named>): Mention[] {
  const found: Mention[] = []
  const word = insensitive(
    /(?<![\p{L}\p{N}@#_.-])[\p{L}\p{N}][\p{L}\p{N}_-]*(?![\p{L}\p{N}_#@]|\.[\p{L}\p{N}])/giu,
  )
  const words = [...reading.text.matchAll(word)]
  for (let i = 0; i < words.length; i++) {
    const one = words[i]!
    const two = words[i + 1]
    const isPair = two && two.index === one.index + one[0].length + 1 && reading.text[two.index - 1] === ' '
    const pair = isPair ? names.get(folded(one[0] + two[0])) : undefined
    const named = pair ?? names.get(folded(one[0]))
    if (named?.by !== 'name' || named.isOrdinary) continue
    const last = pair ? two! : one
    if (USED.test(reading.text.slice(0, one.index))) continue
    found.push({ from: one.index, to: last.index + last[0].length, named, certainty: 0.85, stays: true })
    if (pair) i++
  }
  return found
}

const letters = (word: string) => [...word].sort().join('')

/** A word in the place of a repository that is a letter or two away from one. */
function nearMiss(reading: Reading, context: IntentContext, doubts: Doubt[]): void {
  const known = context.repositories.flatMap(({ name, names }) =>
    [name, ...names].map((word) => ({ name, word: folded(word) })).filter(({ word }) => word.length >= 4),
  )
  for (const { pattern } of FORMS) {
    for (const match of reading.text.matchAll(pattern)) {
      for (const words of new Set([match[1]!, match[1]!.split(' ')[0]!])) {
        const asked = folded(words)
        if (asked.length < 4) continue
        const near = known.filter(
          ({ word }) =>
            letters(asked) === letters(word) || distance(asked, word) <= (word.length >= 7 ? 2 : 1),
        )
        const candidates = [...new Set(near.map(({ name }) => name))]
        if (candidates.length === 0) continue
        reading.keep(match.index, match.index + match[0].length)
        doubts.push({ field: 'repository', message: `There is no repository “${words}” here.`, candidates })
        return
      }
    }
  }
}

function settle(reading: Reading, mentions: readonly Mention[], doubts: Doubt[]): Guess<string> | null {
  const explicit = mentions.filter(({ stays }) => !stays)
  const isListed = (one: Mention) =>
    explicit.some(
      ({ from }) => one.to <= from && /^\s*(?:,|and|or|&|\+|\/)?\s*$/i.test(reading.text.slice(one.to, from)),
    )
  const counted = explicit.length > 0 ? mentions.filter((one) => !one.stays || isListed(one)) : mentions
  const repositories = [...new Set(counted.flatMap(({ named }) => named.repositories))]
  if (repositories.length > 1) {
    const words = counted.map(({ from, to }) => reading.original.slice(from, to).trim()).join(', ')
    doubts.push({
      field: 'repository',
      message: `More than one repository could be meant: ${words}.`,
      candidates: repositories,
    })
    for (const { from, to } of counted) reading.keep(from, to)
    return null
  }
  const evidence: Span[] = counted.map(({ from, to, stays }) =>
    stays ? reading.span(from, to) : reading.take(from, to),
  )
  return {
    value: repositories[0]!,
    confidence: Math.max(...counted.map(({ certainty }) => certainty)),
    evidence,
  }
}

/** The repository that a task is for; two of them, or nearly one, is a doubt rather than a guess. */
export function readRepository(
  reading: Reading,
  context: IntentContext,
  doubts: Doubt[],
): Guess<string> | null {
  const names = repositoryNames(context)
  if (names.size === 0) return null
  const explicit = explicitMentions(reading, names)
  const bare = bareMentions(reading, names).filter(
    (mention) => !explicit.some(({ from, to }) => mention.from < to && mention.to > from),
  )
  const mentions = [...explicit, ...bare]
  if (mentions.length > 0) return settle(reading, mentions, doubts)
  nearMiss(reading, context, doubts)
  return null
}
