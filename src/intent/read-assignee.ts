import { insensitive, type LazyPattern, lazy } from './insensitive.ts'
import type { Doubt, Guess, IntentContext } from './parsed-request.ts'
import type { Reading } from './reading.ts'
import { VERB } from './work-verbs.ts'

const NAME =
  "\\p{Lu}[\\p{L}'’-]{1,30}(?: (?:van |von |de |da |bin |al-)?\\p{Lu}[\\p{L}'’-]{1,30}){0,2}|\\p{Script=Han}{2,4}|[\\p{Script=Hiragana}\\p{Script=Katakana}]{2,8}"
const HANDLE = '@[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,38}'
const MAIL = '[\\w.+-]{1,60}@[\\w-]{1,60}(?:\\.[\\w-]{2,20}){1,4}'
const WHO = `${MAIL}|${HANDLE}|${NAME}|\\p{Ll}[\\p{L}\\p{N}._-]{1,30}`
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
const NOT_A_NAME =
  /^(?:ability|able|option|need|needs|button|support|how|way|ways|command|want|wants|try|nothing|failure|attempt|request|plan|time|unable|script|tool|migrate|switch|setting|api|cli|ui|where|what|when|who|why|easy|hard|going|get|allow|add|use|used|want|have|make|prefer|move|go|back|return|link|due|according|similar|up|user|users|we|i|you|they|it|the|this|someone|team|everyone|everybody|people|remember|ready|trying|forget|continue|start|begin|agree|refuse|fail|fails|failed|todo|todos|chore|docs|remaining|left|next|path|steps|guide|task|tasks|everything|something|anything|instructions|convert|connect|reply|respond|upgrade|subscribe|scroll|click|drag|press|tap|shortcut|menu|page|field|flag|function|method|hook|test|tests|policy|check|feature|bug|issue|proposal|design|idea|intend|supposed|required|expected)$/i
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
}

const HANDLED = insensitive(
  `(?<![\\p{L}\\p{N}_@./-])(?:(?:for|to|assign(?:ed)?(?: to)?) )?(${HANDLE})[:,]?`,
  'giu',
)

const NOTHING_MORE = /^[\s\uE001.,;:!?()[\]–—-]*$/
/** Nobody, or something that things are assigned to. */
const NOBODY =
  /^(?:nobody|noone|none|null|nil|undefined|unknown|unassigned|tbd|true|false|string|int|number|id|variables?|const\w*|groups?|roles?|milestones?|sprints?|reviewers?|agents?|bots?|itself|others?|different|another|new|same|each|any|all|one|multiple|several)$/i
/** Before these words stands something that they are about: “a button to assign to reviewers”, “the field owner: text”. */
const SPOKEN_OF =
  /(?:\b(?:to|can|could|cannot|may|must|should|will|would|and|or|we|you|they|users?|on|for|of|in|with|without|via|the|a|an|bulk|auto|add|fix|show|support|allow|make|set|field|key|column|property|attribute|header|param(?:eter)?|option|value|label|when|if|how|after|before)|['"`\uE000])\s+$/i

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
  if (isName && (ends || isLabelled)) return 0.95
  // “…, assign to ann because she knows it”; in front, what is assigned may come after it.
  if (isKnown && isTo && opens && !reading.isFirst(from)) return 0.95
  if (isName || !ends || NOBODY.test(name) || !(isTo || isLabelled)) return 0
  // A name that nobody had yet is asked about.
  const isSpokenOf = SPOKEN_OF.test(reading.text.slice(0, from))
  return opens || (!isSpokenOf && NOTHING_MORE.test(reading.text.slice(to))) ? 0.75 : 0
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
const PLEASE = '^[\\s\\uE001,;:.–—-]*(?:please |can (?:you|we) |could you |we need to |we should |need to )?'
/** What is done to the project itself, so that a person after “for” is no part of it: “translate the menu for ann”. */
const ON_PROJECT = insensitive(
  `${PLEASE}(?:translate|review|refactor|document|test|investigate|debug|port|migrate|rebase|merge|rewrite|research|benchmark|profile|triage|verify|proofread|draft|tidy|clean|polish|bump|upgrade|deploy|release|implement|design|check)(?![\\p{L}\\p{N}_-])`,
)
/** As well what may be done for somebody, where another field stands between: “fix login in web for ann”. */
const ON_ANYTHING = insensitive(
  `${PLEASE}(?:fix|update|improve|finish|change|remove|replace|rename|move|speed|handle|look|split|extend)(?![\\p{L}\\p{N}_-])`,
)

/**
 * Whether “for ann” says who does it. “Create account for ann” and “Refund for ann” are about her as likely as not: such
 * words stay in the title, where nothing is lost, rather than being asked about each time.
 */
function isForDoing(reading: Reading, at: number): boolean {
  const before = reading.text.slice(0, at)
  if (/(?:^|[,;:.!?()[\]|–—：，]|\s-)\s*$/.test(before)) return true
  if (/\b(?:work|works|fail|fails|crash|crashes)\s+$/i.test(before)) return false
  const isBehindField = reading.opensAt(at) || /(?:^|\s)[#+]\p{L}[\w-]*\s+$/u.test(before)
  return ON_PROJECT().test(before) || (isBehindField && ON_ANYTHING().test(before))
}

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
  const found = explicit(reading, context) ?? handle(reading, context) ?? byName(reading, context)
  if (!found) return null
  const { value, others } = personBy(found.name, context)
  if (others.length > 1) {
    doubts.push({ field: 'assignee', message: `Several people are called ${value}.`, candidates: others })
  }
  return { value, confidence: found.confidence, evidence: [reading.take(found.from, found.to)] }
}
