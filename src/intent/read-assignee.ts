import { insensitive, type LazyPattern, lazy } from './insensitive.ts'
import { isForDoing } from './is-for-doing.ts'
import {
  ASSIGNS,
  GIVEN,
  HANDLE,
  NAME,
  NOBODY,
  NOT_A_NAME,
  RECEIVES,
  SPOKEN_OF,
  WHO,
} from './names-of-people.ts'
import type { Doubt, Guess, IntentContext } from './parsed-request.ts'
import type { Reading } from './reading.ts'
import { VERB } from './work-verbs.ts'

/** A way of saying who does it; one of the hints stands in every text that it matches. */
interface Saying {
  readonly hints: readonly string[]
  readonly pattern: LazyPattern
  /** Plain enough for names that nobody had yet, which are asked about. */
  readonly isPlain: boolean
}
const saying = (hints: string, source: string, isPlain = false): Saying => ({
  hints: hints.split('|'),
  pattern: lazy(`(?<![\\p{L}\\p{N}_@-])(?:${source})`),
  isPlain,
})
const SAYINGS: readonly Saying[] = [
  saying(
    'assign',
    `(?:[Pp]lease )?(?:[Aa]ssign|ASSIGN)(?:ed|ee)?(?: this| it)?(?: to)?\\s?:?\\s?(${WHO})`,
    true,
  ),
  saying(
    'assign|owner|responsible',
    `(?:[Aa]ssignee|[Aa]ssigned|[Oo]wner|[Rr]esponsible)\\s?[:=]\\s?(${WHO})`,
    true,
  ),
  saying('给|給|请|請', `(?:给|給|请|請)(\\p{Script=Han}{2,4})[：:，,]\\s*`),
  saying(
    'für |fuer |para |pour |voor |для |per |dla |för |til ',
    `(?:[Ff]ür|fuer|[Pp]ara|pour|voor|для|per|dla|för|til)\\s+(${NAME})\\s?[:：]`,
  ),
]
const NOT_THEIRS =
  /\b(?:by|cc|cc['’]d|thanks|thank you|thx|h\/t|ht|from|via|with|and|ask|asks|ping|see|as|per|credit|credits|kudos|mention|mentions|mentioned|says|said|of|to|tell|like|in|on|at|author|reviewer|review|co-authored|reporter|props|show|support|render|parse|add|use|using|remove|the|a|an|is|are|or|handle|handles|when|why|does)[:,]?\s+$/i
const OF_TASKS =
  /\b(?:tasks?|issues?|items?|cards?|be|is|are|not|bugs?|those|work|which|that|when|get|gets|being|todos?)\s+$/i

type Person = IntentContext['people'][number]

const plain = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** What a person is called by: names, first name, login, mail. */
function calls(person: Person): string[] {
  return [person.person, ...person.names].flatMap((name) => {
    const mail = /([^<\s]+)@[^>\s]+/.exec(name)
    const full = name.replace(/<[^>]*>/, '').trim()
    return [name, full, full.split(/\s/)[0]!, ...(mail ? [mail[0], mail[1]!] : [])].map(plain)
  })
}

/** The identity of a known person; where several have that name, they are the others. */
export function personBy(
  name: string,
  { people, me }: IntentContext,
): { value: string; isKnown: boolean; others: string[] } {
  const asked = plain(name.replace(/^@/, ''))
  if (asked === 'me' || asked === 'myself') return { value: me, isKnown: true, others: [] }
  const found = people.filter((person) => calls(person).includes(asked))
  const [best, ...others] = found
  return best && others.length === 0
    ? { value: best.person, isKnown: true, others: [] }
    : { value: name.replace(/^@/, ''), isKnown: false, others: found.map(({ person }) => person) }
}

interface Found {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly confidence: number
  /** Where its words stand in two places, the other one. */
  readonly also?: Place
  /** May be what is to be done: asked, and left in the title. */
  readonly isTask?: boolean
}

const HANDLED = insensitive(
  `(?<![\\p{L}\\p{N}_@./-])(?:(?:for|to|assign(?:ed)?(?: to)?) )?(${HANDLE})[:,]?`,
  'giu',
)

const NOTHING_MORE = /^[\s\uE001.,;:!?()[\]–—-]*$/
const bare = (name: string) => name.replace(/[._-]+$/, '')

/** The longest beginning of some words that is a person who is known. */
function knownIn(said: string, context: IntentContext): string | undefined {
  const words = bare(said).split(' ')
  const beginnings = words.map((_, i) => words.slice(0, words.length - i).join(' '))
  return beginnings.find((beginning) => personBy(beginning, context).isKnown)
}

/** A name's end with the sign that parts it from what comes next. */
const afterSign = (reading: Reading, to: number) => (/[:,;]/.test(reading.text[to] ?? '') ? to + 1 : to)

interface Place {
  readonly from: number
  readonly to: number
}

/** How sure it is that words like “assign to ann” or “owner: ann” say who does it; 0 where they do not. */
function certainty(reading: Reading, { from, to }: Place, name: string, isKnown: boolean): number {
  const words = reading.text.slice(from, to - name.length)
  const [opens, ends] = [reading.opensAt(from), reading.closesAt(to)]
  const isTo = /\bto\b/i.test(words)
  const isLabelled = /[:=]\s?$/.test(words)
  const isName = isKnown || /^[\p{Lu}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}@]|@/u.test(name)
  const isSpokenOf = SPOKEN_OF.test(reading.text.slice(0, from))
  // “Users cannot assign ann” is about what cannot be done.
  if (isName && !isTo && !isLabelled && isSpokenOf && /assign $/i.test(words)) return 0
  if (isName && (ends || isLabelled)) return 0.95
  // “…, assign to ann because she knows it”; in front, what is assigned may come after it.
  if (isKnown && isTo && opens && !reading.isFirst(from)) return 0.95
  if (isName || !ends || NOBODY.test(name)) return 0
  // “… assign zoe” at the end; “quick assign dialog” names something.
  const isBehind = /^(?:please )?assign $/i.test(words) && !reading.isFirst(from) && !ASSIGNS.test(name)
  if (!isTo && !isLabelled && !isBehind) return 0
  // A name that nobody had yet is asked about.
  return opens || (!isSpokenOf && NOTHING_MORE.test(reading.text.slice(to))) ? 0.75 : 0
}

const ASSIGN = lazy(
  `^[\\s\\uE001,;:.–—-]*((?:[Pp]lease )?[Aa]ssign) (?!to |this |it )([^,;:()\\uE001]{2,80}?)\\s+(to (${WHO}))`,
  'gu',
)
/** “Assign the importer to ann”: the work stands between the two. */
function workAssigned(reading: Reading, context: IntentContext): Found | null {
  for (const match of reading.text.matchAll(ASSIGN())) {
    const known = knownIn(match[4]!, context)
    const name = known ?? bare(match[4]!)
    const end = match.index + match[0].length
    const to = end - (match[4]!.length - name.length)
    if (!reading.closesAt(to)) continue
    const isGiven = GIVEN.test(match[2]!)
    const isThing = NOBODY.test(name) || NOT_A_NAME.test(name) || RECEIVES.test(name)
    if (known === undefined && (isGiven || isThing)) continue
    const from = match.index + match[0].indexOf(match[1]!)
    return {
      name,
      from: end - match[3]!.length,
      to: afterSign(reading, to),
      also: { from, to: from + match[1]!.length },
      confidence: known === undefined ? 0.75 : 0.9,
      isTask: isGiven,
    }
  }
  return null
}

function explicit(reading: Reading, context: IntentContext): Found | null {
  const plain = reading.text.toLowerCase()
  for (const { hints, pattern, isPlain } of SAYINGS) {
    if (!hints.some((hint) => plain.includes(hint))) continue
    for (const match of reading.text.matchAll(pattern())) {
      const [from, end] = [match.index, match.index + match[0].length]
      const known = knownIn(match[1]!, context)
      // “assignee: Łukasz Update …”: in front, what comes after a name that nobody knows may be the sentence.
      const isShort = isPlain && reading.isFirst(from) && !reading.closesAt(end)
      const name = known ?? (isShort ? match[1]!.split(' ')[0]! : bare(match[1]!))
      if (OF_TASKS.test(reading.text.slice(0, from)) || NOT_A_NAME.test(name)) continue
      if (!isPlain) return { name, from, to: end, confidence: 0.95 }
      const to = end - (match[1]!.length - name.length)
      const confidence = certainty(reading, { from, to }, name, known !== undefined)
      if (confidence > 0) return { name, from, to: afterSign(reading, to), confidence }
    }
  }
  return null
}

const NO_HANDLE = /^(?:noon|midnight|today|tomorrow|once|all|here|channel|everyone|dependabot|renovate)$/i

/** Known people are read where they stand apart; others only at either end, and are asked about. */
function handle(reading: Reading, context: IntentContext): Found | null {
  if (!reading.text.includes('@')) return null
  for (const match of reading.text.matchAll(HANDLED())) {
    const name = bare(match[1]!)
    const to = match.index + match[0].length
    const before = reading.text.slice(0, match.index)
    const { isKnown } = personBy(name, context)
    if (NO_HANDLE.test(name.slice(1)) && !isKnown) continue
    if (NOT_THEIRS.test(before) && !/^(?:to|for|assign)/i.test(match[0])) continue
    const isAtEnd = reading.isFirst(match.index) || NOTHING_MORE.test(reading.text.slice(to))
    if (!isAtEnd && !isKnown) continue
    // “Send mail to @bob” is for Bob, but not his to do.
    if (/^to /i.test(match[0]) && !reading.opensAt(match.index)) continue
    return { name, from: match.index, to, confidence: isKnown ? 0.95 : 0.75 }
  }
  return null
}

const PAIR = lazy(`(?<![\\p{L}\\p{N}_@./-])(${HANDLE})(?:\\s*,\\s*|\\s+(?:and\\s+|or\\s+|&\\s+)?)(${HANDLE})`)

/** “fix login @ann @bram”: there is one assignee, and either could be meant. */
function oneOfTwo(reading: Reading, context: IntentContext, doubts: Doubt[]): boolean {
  if (!reading.text.includes('@')) return false
  for (const match of reading.text.matchAll(PAIR())) {
    if (NOT_THEIRS.test(reading.text.slice(0, match.index))) continue
    const both = [match[1]!, match[2]!].map((name) => personBy(bare(name), context))
    const candidates = [...new Set(both.map(({ value }) => value))]
    if (candidates.length < 2 || !both.every(({ isKnown }) => isKnown)) continue
    doubts.push({ field: 'assignee', message: 'A task has one assignee.', candidates })
    reading.keep(match.index, match.index + match[0].length)
    return true
  }
  return false
}

const AHEAD = '^[\\s\\uE001,;:.–—-]*'
const TOLD = lazy(
  `${AHEAD}(${NAME}) (?:to|should|must|will|needs to|has to|please) (?=${VERB}(?![\\p{L}\\p{N}]))`,
  'u',
)
const CALLED = lazy(`${AHEAD}(${NAME})\\s?[:,]`, 'u')
const FOR = lazy(`(?<![\\p{L}\\p{N}_@-])[Ff]or (${WHO})`)
function byName(reading: Reading, context: IntentContext): Found | null {
  if (!/\b(?:to|should|must|will|needs|has|please|for)\b|[:,]/i.test(reading.text)) return null
  const start = TOLD().exec(reading.text)
  if (start) {
    const name = start[1]!
    const { isKnown } = personBy(name, context)
    const words = name.split(' ')
    const isPlausible =
      words.length <= 2 &&
      words.every(
        (word) =>
          !/(?:tion|ment|ity|ness|ing|ance|ence|ship|ers?|ure)$|^\p{Lu}+$/u.test(word) &&
          !NOT_A_NAME.test(word),
      )
    if (isKnown || (isPlausible && / to $/.test(start[0])))
      return {
        name,
        from: start[0].indexOf(name),
        to: start[0].length,
        confidence: isKnown ? 0.95 : 0.8,
      }
  }
  const isCalled = (name: string) => personBy(name, context).isKnown
  if (/\bfor /i.test(reading.text)) {
    for (const match of reading.text.matchAll(FOR())) {
      const name = knownIn(match[1]!, context)
      if (name === undefined) continue
      const to = match.index + match[0].length - (match[1]!.length - name.length)
      if (!reading.closesAt(to) || !isForDoing(reading, match.index)) continue
      return { name, from: match.index, to: afterSign(reading, to), confidence: 0.85 }
    }
  }
  const front = /[:,]/.test(reading.text) ? CALLED().exec(reading.text) : null
  if (front && isCalled(front[1]!))
    return { name: front[1]!, from: front[0].indexOf(front[1]!), to: front[0].length, confidence: 0.9 }
  return null
}

/** Who is to do it, where that is said: people who are only mentioned (cc, reported by) are not. */
export function readAssignee(
  reading: Reading,
  context: IntentContext,
  doubts: Doubt[],
): Guess<string> | null {
  if (oneOfTwo(reading, context, doubts)) return null
  const found =
    (reading.text.toLowerCase().includes('assign') ? workAssigned(reading, context) : null) ??
    explicit(reading, context) ??
    handle(reading, context) ??
    byName(reading, context)
  if (!found) return null
  const { value, others } = personBy(found.name, context)
  if (others.length > 1) {
    doubts.push({ field: 'assignee', message: `Several people are called ${value}.`, candidates: others })
  }
  if (found.isTask) {
    const message = 'Something is given to somebody: that may be the task, or say who does it.'
    doubts.push({ field: 'assignee', message, candidates: [value] })
    return null
  }
  const places = found.also ? [found.also, found] : [found]
  return {
    value,
    confidence: found.confidence,
    evidence: places.map(({ from, to }) => reading.take(from, to)),
  }
}
