import { insensitive } from './insensitive.ts'
import type { Doubt, Guess, IntentContext } from './parsed-request.ts'
import type { Reading } from './reading.ts'

const NAME =
  "\\p{Lu}[\\p{L}'’-]{1,30}(?: (?:van |von |de |da |bin |al-)?\\p{Lu}[\\p{L}'’-]{1,30}){0,2}|\\p{Script=Han}{2,4}|[\\p{Script=Hiragana}\\p{Script=Katakana}]{2,8}"
const HANDLE = '@[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,38}'
const MAIL = '[\\w.+-]{1,60}@[\\w-]{1,60}(?:\\.[\\w-]{2,20}){1,4}'
const WHO = `${MAIL}|${HANDLE}|${NAME}|\\p{Ll}[\\p{L}\\p{N}._-]{1,30}`
const VERBS =
  '(?:write|fix|add|review|check|update|investigate|implement|test|document|refactor|look|prepare|finish|create|build|make|remove|rename|migrate|deploy|release|handle|take|own|design|draft|set|clean|merge|rebase|port|move|split|improve|follow|confirm|verify|decide|approve|triage|publish|reproduce|replace|upgrade|debug|send|run|do|cut|rotate|resolve|sort|tidy|extend|measure|profile|benchmark|translate|ship|wire|drop|rewrite|explore|research|schedule|talk|ask|call|sync)'
const PATTERNS: readonly { readonly pattern: string; readonly isSure: boolean }[] = [
  {
    pattern: `(?:[Pp]lease )?(?:[Aa]ssign|ASSIGN)(?:ed|ee)?(?: this| it)?(?: to)?\\s?:?\\s?(${WHO})(?=\\s*(?:[:,;.)\\]–—]|-\\s|$))[:,;]?`,
    isSure: true,
  },
  { pattern: `(?:[Aa]ssignee|[Aa]ssigned|[Oo]wner|[Rr]esponsible)\\s?[:=]\\s?(${WHO})[,;]?`, isSure: true },
  { pattern: `(?:给|給|请|請)(\\p{Script=Han}{2,4})[：:，,]\\s*`, isSure: true },
  { pattern: `(?:[Ff]ür|fuer|[Pp]ara|pour|voor|для|per|dla|för|til)\\s+(${NAME})\\s?[:：]`, isSure: true },
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

const matches = (reading: Reading, source: string, flags = 'gu') =>
  reading.text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_@-])(?:${source})`, flags))

/** Cheaply tells most requests, which name nobody in such words, without the patterns that know names of all scripts. */
const MAY_ASSIGN = /assign|owner|responsible|给|給|请|請|[:：]/i

function explicit(reading: Reading, context: IntentContext): Found | null {
  if (!MAY_ASSIGN.test(reading.text)) return null
  for (const { pattern } of PATTERNS) {
    for (const match of matches(reading, pattern)) {
      const said = match[1]!
      const end = match.index + match[0].length
      // “assignee: Łukasz Update …”: what comes after a name that nobody knows may be the sentence.
      const isLong = said.includes(' ') && !personBy(said, context).isKnown && !reading.closesAt(end)
      const name = isLong ? said.split(' ')[0]! : said
      if (OF_TASKS.test(reading.text.slice(0, match.index)) || NOT_A_NAME.test(name)) continue
      const isName =
        /^[\p{Lu}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}@]|@/u.test(name) ||
        personBy(name, context).isKnown
      // “…, assign to zoe” may be a name that nobody had yet.
      const isLast =
        /^(?:please )?assign(?:ed)? to /i.test(match[0]) &&
        /[,;.]\s*$/.test(reading.text.slice(0, match.index)) &&
        NOTHING_MORE.test(reading.text.slice(end))
      if (!isName && !isLast) continue
      const to = end - (said.length - name.length)
      return { name, from: match.index, to, confidence: isName ? 0.95 : 0.75 }
    }
  }
  return null
}

const NO_HANDLE = /^(?:noon|midnight|today|tomorrow|once|all|here|channel|everyone|dependabot|renovate)$/i
const NOTHING_MORE = /^[\s\uE001.,;:!?()[\]–—-]*$/

/** Known people are read where they stand apart; others only at either end, and are asked about. */
function handle(reading: Reading, context: IntentContext): Found | null {
  if (!reading.text.includes('@')) return null
  for (const match of reading.text.matchAll(HANDLED())) {
    const name = match[1]!.replace(/[._-]+$/, '')
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

/** “fix login @ann @bram”: there is one assignee, and either could be meant. */
function oneOfTwo(reading: Reading, context: IntentContext, doubts: Doubt[]): boolean {
  if (!reading.text.includes('@')) return false
  const pair = new RegExp(
    `(?<![\\p{L}\\p{N}_@./-])(${HANDLE})(?:\\s*,\\s*|\\s+(?:and\\s+|or\\s+|&\\s+)?)(${HANDLE})`,
    'gu',
  )
  for (const match of reading.text.matchAll(pair)) {
    if (NOT_THEIRS.test(reading.text.slice(0, match.index))) continue
    const both = [match[1]!, match[2]!].map((name) => personBy(name.replace(/[._-]+$/, ''), context))
    const candidates = [...new Set(both.map(({ value }) => value))]
    if (candidates.length < 2 || !both.every(({ isKnown }) => isKnown)) continue
    doubts.push({ field: 'assignee', message: 'A task has one assignee.', candidates })
    reading.keep(match.index, match.index + match[0].length)
    return true
  }
  return false
}

function byName(reading: Reading, context: IntentContext): Found | null {
  if (!/\b(?:to|should|must|will|needs|has|please|for)\b|[:,]/i.test(reading.text)) return null
  const start = new RegExp(
    `^\\s*(${NAME}) (?:to|should|must|will|needs to|has to|please) (?=${VERBS}(?![\\p{L}\\p{N}]))`,
    'u',
  ).exec(reading.text)
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
      return { name, from: start.index, to: start.index + start[0].length, confidence: isKnown ? 0.95 : 0.8 }
  }
  const known = [
    ...new Set(context.people.flatMap((person) => [person.person, ...person.names, ...calls(person)])),
  ].filter((name) => name.length > 1)
  if (known.length === 0 && !/\bme\b/i.test(reading.text)) return null
  const isCalled = (name: string) => personBy(name, context).isKnown
  for (const match of matches(reading, `[Ff]or (${WHO})(?=\\s*(?:[:,;.)\\]–—]|-\\s|$))[:,]?`)) {
    if (
      isCalled(match[1]!) &&
      !/\b(?:work|works|fail|fails|crash|crashes)\s+$/i.test(reading.text.slice(0, match.index))
    )
      return { name: match[1]!, from: match.index, to: match.index + match[0].length, confidence: 0.85 }
  }
  const front = new RegExp(`^\\s*(${NAME})\\s?[:,]`, 'u').exec(reading.text)
  if (front && isCalled(front[1]!)) return { name: front[1]!, from: 0, to: front[0].length, confidence: 0.9 }
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
