import { STOP_WORDS } from '../../search/stop-words.ts'
import { insensitive } from '../insensitive.ts'
import type { Doubt, Guess, IntentContext, Span } from '../parsed-request.ts'
import type { Reading } from '../reading.ts'
import { doubtfulPlace, isIdiom, mayBeFor, nearMiss } from './repository-doubts.ts'
import { endsPlace, FORMS, type Form, isGoneOnAbout, listedAfter, lookUp } from './repository-forms.ts'
import { folded, isOrdinary, type KnownNames, type Named, namesIn } from './repository-names.ts'

// What a task uses is not where it is done.
const USED =
  /\b(?:with|from|using|uses?|via|by|like|than|upgrade|upgrades|bump|bumps|to|replace|replaces|as|through|of|against|without|into|similar to|based on|downgrade|import|imports|install|pin)\s+(?:the\s+)?$/i

interface Mention {
  readonly from: number
  readonly to: number
  readonly named: Named
  readonly certainty: number
  /** Said as the place of the task, said to be for it (“an endpoint for akosha”), or only spoken of. */
  readonly role: 'place' | 'for' | 'spoken of'
  /** Words that are of the sentence as well. */
  readonly stays: boolean
}

/** How sure a form makes of a name in it; null where it is none. */
function certaintyOf(
  { kind, isPlain }: Form,
  match: RegExpMatchArray,
  said: string,
  named: Named,
  known: KnownNames,
  isEnd: boolean,
): number | null {
  if (named.by === 'tag') return kind === 'mark' || (kind === 'repository' && isPlain(match[0])) ? 0.8 : null
  const isWord = isOrdinary(known, said)
  if (isWord && !isPlain(match[0])) return null
  if (kind !== 'place') return 0.95
  if (isWord) return isEnd && !isIdiom(said) && !STOP_WORDS.has(said.toLowerCase()) ? 0.85 : null
  return named.by === 'name' || isEnd ? 0.95 : null
}

/** “For akosha” says whom it serves as often as where it is done; “for akosha:” and “for the akosha repo” do not. */
const isFor = ({ kind }: Form, matched: string) =>
  /^for\s/i.test(matched) && (kind === 'place' || (kind === 'prefix' && matched.endsWith(',')))

/** Repositories that forms name which say where a task belongs. */
function placesIn(reading: Reading, known: KnownNames): Mention[] {
  const found: Mention[] = []
  for (const form of FORMS) {
    for (const match of form.matchesIn(reading.text)) {
      const name = lookUp(match[1]!, known)
      if (!name || found.some(({ from, to }) => match.index < to && match.index + match[0].length > from))
        continue
      const { named, said } = name
      const isWhole = said.length >= match[1]!.replace(/[.-]+$/, '').length
      const isAhead = !match[0].includes(match[1]!)
      if (!isAhead && !isWhole) continue
      // Where the name is looked ahead for, the match ends before it.
      const to = match.index + match[0].length + (isAhead ? said.length : 0)
      const isEnd = /[:,]$/.test(match[0]) || endsPlace(reading, to, known)
      const certainty = certaintyOf(form, match, said, named, known, isEnd)
      if (certainty === null) continue
      // “Ping @ops about it” speaks of them as well.
      const isWithin = form.kind === 'mark' && !reading.isFirst(match.index) && !reading.opensAt(match.index)
      const role = isFor(form, match[0]) ? 'for' : 'place'
      const isGoneOn = isWithin || (form.kind === 'place' && isGoneOnAbout(reading, to))
      const stays = role === 'for' || (!isEnd && isGoneOn)
      found.push({ from: match.index, to, named, certainty, role, stays })
      if (!isAhead) continue
      for (const other of listedAfter(reading, to, known))
        found.push({ ...other, certainty: 0.95, role, stays })
    }
  }
  return found
}

/** “Data: wrong units”: a tag at the beginning says what it is about as often as where it belongs. */
function taggedBeginning(reading: Reading, known: KnownNames): { words: string; named: Named } | null {
  for (const { matchesIn, kind } of FORMS) {
    for (const match of kind === 'prefix' ? matchesIn(reading.text) : []) {
      const found = lookUp(match[1]!, known)
      if (found?.named.by !== 'tag' || found.said !== match[1] || !reading.isFirst(match.index)) continue
      // Where the one around is tagged so, it leads nowhere else.
      if (found.named.repositories.includes(known.here ?? '')) return null
      const words = reading.original.slice(match.index, match.index + match[0].length).trim()
      return { words, named: found.named }
    }
  }
  return null
}

const BARE_WORD = insensitive(
  /(?<![\p{L}\p{N}@#_.-])[\p{L}\p{N}][\p{L}\p{N}_-]*(?![\p{L}\p{N}_#@]|\.[\p{L}\p{N}])/giu,
)
const BETWEEN = /^\s*(?:,|and|or|&|\+|\/)?\s*$/i

/** Full names in the middle of a sentence: a guess that what it is about is where it is done. */
function bareMentions(reading: Reading, known: KnownNames): Mention[] {
  const found: Mention[] = []
  const used: Mention[] = []
  const ordinary: Mention[] = []
  const words = [...reading.text.matchAll(BARE_WORD())]
  for (let i = 0; i < words.length; i++) {
    const one = words[i]!
    const two = words[i + 1]
    const isPair = two && two.index === one.index + one[0].length + 1 && reading.text[two.index - 1] === ' '
    const pair = isPair ? known.names.get(folded(one[0] + two[0])) : undefined
    const named = pair ?? known.names.get(folded(one[0]))
    if (named?.by !== 'name') continue
    const last = pair ? two! : one
    const [from, to] = [one.index, last.index + last[0].length]
    const mention = { from, to, named, certainty: 0.85, role: 'spoken of', stays: true } as const
    const isTitled = pair && /^\p{Lu}/u.test(one[0]) && /^\p{Lu}/u.test(two![0])
    if (!isTitled && isOrdinary(known, reading.text.slice(from, to))) ordinary.push(mention)
    else (USED.test(reading.text.slice(0, from)) ? used : found).push(mention)
    if (pair) i++
  }
  // Beside one that is used, another may as well be only what is moved: “port the akosha client to crackerjack”.
  if (found.length === 0) return []
  const isBeside = (one: Mention, other: Mention) =>
    BETWEEN.test(reading.text.slice(Math.min(one.to, other.to), Math.max(one.from, other.from)))
  return [...ordinary.filter((one) => found.some((other) => isBeside(one, other))), ...found, ...used]
}

/** Those that decide: places, and what is listed with them; with a repository around, what else is named is asked about. */
function decisive(mentions: readonly Mention[], around: string | null): readonly Mention[] {
  const places = mentions.filter(({ role }) => role === 'place')
  const isFound = places.length > 0 || around !== null
  const plainest = isFound ? places : mentions.filter(({ role }) => role === 'for')
  return plainest.length > 0 ? plainest : mentions
}

function settle(
  reading: Reading,
  mentions: readonly Mention[],
  around: string | null,
  doubts: Doubt[],
): Guess<string> | null {
  const decided = decisive(mentions, around)
  const isListed = (one: Mention) =>
    one.role !== 'for' &&
    decided.some(({ from }) => one.to <= from && BETWEEN.test(reading.text.slice(one.to, from)))
  const counted = mentions.filter((one) => decided.includes(one) || isListed(one))
  const repositories = [...new Set(counted.flatMap(({ named }) => named.repositories))]
  // In a federation most that is said of other repositories is of those who use this one.
  const isElsewhere =
    around !== null && !repositories.includes(around) && !counted.some(({ role }) => role === 'place')
  if (repositories.length > 1 || isElsewhere) {
    const words = counted.map(({ from, to }) => reading.original.slice(from, to).trim())
    const candidates = isElsewhere ? [...repositories, around] : repositories
    doubts.push(mayBeFor(words, candidates))
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

/**
 * The repository that a task is for; two of them, or nearly one, is a doubt rather than a guess.
 * @param around the one in which a task is where words only speak of another one
 */
export async function readRepository(
  reading: Reading,
  context: IntentContext,
  doubts: Doubt[],
  around = context.here,
): Promise<Guess<string> | null> {
  const known = await namesIn(reading.text, context)
  if (known.isSaid) {
    const explicit = placesIn(reading, known)
    const bare = bareMentions(reading, known).filter(
      (mention) => !explicit.some(({ from, to }) => mention.from < to && mention.to > from),
    )
    const tagged = explicit.length > 0 ? null : taggedBeginning(reading, known)
    if (tagged) {
      const others = bare.flatMap(({ named }) => named.repositories)
      doubts.push(mayBeFor([tagged.words], [...new Set([...tagged.named.repositories, ...others])]))
      return null
    }
    const mentions = [...explicit, ...bare]
    if (mentions.length > 0) return settle(reading, mentions, around, doubts)
  }
  const doubt = (await nearMiss(reading, context)) ?? (known.isSaid ? doubtfulPlace(reading, known) : null)
  if (doubt) doubts.push(doubt)
  return null
}
