import { distance } from 'fastest-levenshtein'
import { insensitive, type LazyPattern } from './insensitive.ts'
import type { Doubt, Guess, IntentContext, Span } from './parsed-request.ts'
import type { Reading } from './reading.ts'
import { folded, type Named, repositoryNames } from './repository-names.ts'

const NAME = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,60}(?: [\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,40})?'
// A form that opens a clause, which may come after other fields.
const START = '(?<=(?:^|[:,;.!\\])\uE001])\\s{0,4})'
const WORD = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,60}'

/** Ways of saying where a task belongs, the plainest first. */
interface Form {
  readonly pattern: LazyPattern
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

const DAY =
  '(?:the (?:end|\\d)|end of|eo[dwmqy]|mid|early|late|noon|midnight|today|tomorrow|next|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|\\d)'
/** What follows a place, as another field does: “in sb by Friday”, “in cj for Ann”, “in sb because …”. */
const FOLLOWING = insensitive(
  `^\\s+(?:(?:by|on|until|till|before|after|due) ${DAY}|in (?:\\d|an? (?:day|week|month)|two|three)|for (?:me(?![\\p{L}\\p{N}])|@)|(?:today|tonight|tomorrow|asap|because|so that)(?![\\p{L}\\p{N}])|(?:next|this) (?:week|month|quarter|${DAY})|due |assigned |[#~@!(\\[+]|p\\d(?![\\p{L}\\p{N}])|\\uE001)`,
)
const FOR_SOMEBODY = /^\s+for \p{Lu}/u
const WORD_AFTER = /^\s+(?:in|for|inside|within)\s+(?:the\s+)?([\p{L}\p{N}][\p{L}\p{N}_.-]*)/u
const LISTED = /^(?:\s?,\s?(?:and |or )?|\s(?:and|or|&|\+)\s|\s?\/\s?)(?:in )?([\p{L}\p{N}][\p{L}\p{N}_.-]*)/u

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

function namedBy(word: string, names: ReadonlyMap<string, Named>): Named | null {
  const named = names.get(folded(word.replace(/[.-]+$/, '')))
  return named && named.by !== 'tag' && !named.isOrdinary ? named : null
}

/** Whether a nickname after “in” is all that is said of the place. */
function endsPlace(reading: Reading, to: number, names: ReadonlyMap<string, Named>): boolean {
  const rest = reading.text.slice(to)
  if (reading.closesAt(to) || FOLLOWING().test(rest) || FOR_SOMEBODY.test(rest)) return true
  const next = WORD_AFTER.exec(rest) ?? LISTED.exec(rest)
  return next !== null && namedBy(next[1]!, names) !== null
}

/** “in akosha and dhara”: the others of a list. */
function listedAfter(reading: Reading, end: number, names: ReadonlyMap<string, Named>): Mention[] {
  const others: Mention[] = []
  for (
    let at = end, next = LISTED.exec(reading.text.slice(at));
    next;
    next = LISTED.exec(reading.text.slice(at))
  ) {
    const named = namedBy(next[1]!, names)
    if (!named) break
    const to = at + next[0].length
    others.push({ from: to - next[1]!.length, to, named, certainty: 0.95, stays: false })
    at = to
  }
  return others
}

/** Where something happens rather than where it is done, whatever is tagged so. */
const SURROUNDINGS = /^(?:macos|ios|android|linux|windows|web|prod|production|dev|main|master|app|apps)$/i

/** Words that only some repositories have as a tag, where a place is said: “fix a leak in storage”. */
function taggedPlace(reading: Reading, names: ReadonlyMap<string, Named>, doubts: Doubt[]): void {
  const { pattern } = FORMS.at(-1)!
  for (const match of reading.text.matchAll(pattern())) {
    if (!/^(?:in|inside|within)/i.test(match[0])) continue
    const known = lookUp(match[1]!, names)
    const to = match.index + match[0].length + (known?.length ?? 0)
    if (known?.named.by !== 'tag' || !endsPlace(reading, to, names)) continue
    if (SURROUNDINGS.test(match[1]!.slice(0, known.length))) continue
    doubts.push({
      field: 'repository',
      message: `“${reading.original.slice(match.index, to)}” may say which repository it is for.`,
      candidates: known.named.repositories,
    })
    return
  }
}

function explicitMentions(reading: Reading, names: ReadonlyMap<string, Named>): Mention[] {
  const found: Mention[] = []
  for (const { pattern, isPlain } of FORMS) {
    for (const match of reading.text.matchAll(pattern())) {
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
      if (!isPlain && named.by === 'nickname' && !endsPlace(reading, to, names)) continue
      const isTag = named.by === 'tag'
      found.push({
        from: match.index,
        to,
        named,
        certainty: isTag ? 0.8 : 0.95,
        stays: isTag && !match[0].includes('@') && !/repo/i.test(match[0]),
      })
      if (isAhead) found.push(...listedAfter(reading, to, names))
    }
  }
  return found
}

const BARE_WORD = insensitive(
  /(?<![\p{L}\p{N}@#_.-])[\p{L}\p{N}][\p{L}\p{N}_-]*(?![\p{L}\p{N}_#@]|\.[\p{L}\p{N}])/giu,
)

/** Full names in the middle of a sentence: a guess that what it is about is where it is done. */
function bareMentions(reading: Reading, names: ReadonlyMap<string, Named>): Mention[] {
  const found: Mention[] = []
  const used: Mention[] = []
  const words = [...reading.text.matchAll(BARE_WORD())]
  for (let i = 0; i < words.length; i++) {
    const one = words[i]!
    const two = words[i + 1]
    const isPair = two && two.index === one.index + one[0].length + 1 && reading.text[two.index - 1] === ' '
    const pair = isPair ? names.get(folded(one[0] + two[0])) : undefined
    const named = pair ?? names.get(folded(one[0]))
    if (named?.by !== 'name' || named.isOrdinary) continue
    const last = pair ? two! : one
    const isUsed = USED.test(reading.text.slice(0, one.index))
    const mention = { from: one.index, to: last.index + last[0].length, named, certainty: 0.85, stays: true }
    ;(isUsed ? used : found).push(mention)
    if (pair) i++
  }
  // Beside one that is used, another may as well be only what is moved: “port the akosha client to crackerjack”.
  return found.length > 0 ? [...found, ...used] : []
}

const letters = (word: string) => [...word].sort().join('')

/** A word in the place of a repository that is a letter or two away from one. */
function nearMiss(reading: Reading, context: IntentContext, doubts: Doubt[]): void {
  const known = context.repositories.flatMap(({ name, names }) =>
    [name, ...names].map((word) => ({ name, word: folded(word) })).filter(({ word }) => word.length >= 4),
  )
  for (const { pattern } of FORMS) {
    for (const match of reading.text.matchAll(pattern())) {
      for (const words of new Set([match[1]!, match[1]!.split(' ')[0]!])) {
        const asked = folded(words)
        if (asked.length < 4 || known.some(({ word }) => word === asked)) continue
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
  if (doubts.every(({ field }) => field !== 'repository')) taggedPlace(reading, names, doubts)
  return null
}
