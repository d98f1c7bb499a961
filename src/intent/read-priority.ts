import type { Priority } from '../../schemas/vocabulary.ts'
import { insensitive, type LazyPattern } from './insensitive.ts'
import type { Doubt, Guess, Span } from './parsed-request.ts'
import type { Reading } from './reading.ts'

const WORDS: Readonly<Record<string, Priority>> = {
  critical: 'critical',
  crit: 'critical',
  urgent: 'critical',
  highest: 'critical',
  top: 'critical',
  blocker: 'critical',
  emergency: 'critical',
  high: 'high',
  important: 'high',
  major: 'high',
  medium: 'medium',
  med: 'medium',
  normal: 'medium',
  moderate: 'medium',
  low: 'low',
  lowest: 'low',
  minor: 'low',
  trivial: 'low',
  p0: 'critical',
  p1: 'high',
  p2: 'medium',
  p3: 'low',
  p4: 'low',
  '0': 'critical',
  '1': 'high',
  '2': 'medium',
  '3': 'low',
  '4': 'low',
}
const VERB =
  '(?:fix|add|make|update|remove|implement|support|write|check|investigate|review|resolve|refactor|clean|improve|change|create|handle|stop|prevent|replace|rename|move|upgrade|bump|deploy|release|ship|test|document|look|find|rotate|revert|restore|patch|allow|use|let|show|hide|drop|delete|migrate|run|set|the|our|we|please|get|publish|send|audit|merge|disable|enable|tidy|adjust|convert|split|build|port|finish|call|reply|answer|ask|prepare|order|book|buy|renew|cut|validate|verify|enforce|ensure|harden|secure|close|expose|extract|simplify|reduce|speed|cache)'

const RANK: readonly Priority[] = ['critical', 'high', 'medium', 'low']

type Stands = 'anywhere' | 'apart' | 'first' | 'last'
interface Cue {
  /** Some of these, in lower case, stand in every text that the pattern matches: most need not be made at all. */
  readonly hints: readonly string[]
  readonly pattern: LazyPattern
  readonly stands: Stands
  readonly priority?: Priority
  readonly confidence: number
}
const cue = (hints: string, source: string, stands: Stands, priority?: Priority, confidence = 0.95): Cue => ({
  hints: hints.split('|'),
  pattern: insensitive(`(?<![\\p{L}\\p{N}_@#.-])(?:${source})(?![\\p{L}\\p{N}_])`, 'giu'),
  stands,
  confidence,
  ...(priority ? { priority } : {}),
})
const LEVEL = '(critical|crit|urgent|highest|top|high|medium|med|normal|moderate|lowest|low)'
const CUES: readonly Cue[] = [
  // What is denied comes before what it denies.
  cue(
    'important|urgent|critical|pressing|prio',
    "(?:(?:this |it )?(?:is|it['’]s|isn['’]t) )?(?:not|isn['’]t)(?: at all| so| that| very| really)? (?:important|urgent|critical|pressing|high prio(?:rity)?)",
    'apart',
    'low',
  ),
  cue(
    'non-urgent|unimportant|no rush|no hurry|no priority|a priority|hanging fruit',
    'non-urgent|unimportant|no rush|no hurry|no priority|not a priority|low[ -]hanging fruit',
    'apart',
    'low',
  ),
  cue(
    'prio',
    'prio(?:rity)?\\s?(?:[:=]|\\s(?:is )?)\\s?(critical|crit|urgent|highest|high|medium|med|normal|low|lowest|p[0-4]|[0-4])',
    'apart',
  ),
  cue('prio', `(?:with |at |this is |is |it['’]s )?(?:an? )?${LEVEL}[ -]prio(?:rity)?`, 'apart'),
  cue('sev', '(?:sev(?:erity)?[ -]?:? ?)([0-3]|critical|high|medium|low)', 'apart'),
  cue(
    'drop everything|drop all|hands on deck|on fire|stopper',
    'drop everything|drop all(?: else)?|all hands on deck|on fire|show[ -]?stopper',
    'apart',
    'critical',
  ),
  cue(
    'blocker',
    "(?:this is |it['’]s |is )?(?:an? |the )?(?:release|launch|ship|deploy|deployment|merge|production|prod|go-live)[ -]blocker",
    'apart',
    'critical',
  ),
  cue(
    'blocks|blocking',
    '(?:(?:this|it) |and )?(?:blocks|blocking|is blocking) (?:the |our )?(?:release|launch|deploy|deployment|everyone|everything|go-live)',
    'apart',
    'critical',
    0.9,
  ),
  cue(
    'asap|a.s.a.p|as soon as|earliest',
    'asap|a\\.s\\.a\\.p\\.?|as soon as possible|at your earliest convenience',
    'anywhere',
    'high',
  ),
  cue(
    'when|if|once',
    '(?:whenever|when|if|once)(?: ever)? (?:you|we|i|someone|somebody|anyone)(?: ever| can)? (?:(?:have|has|get|gets|find|finds)(?: got)? (?:some |a |the |any |spare |free |bit of |little )*(?:time|chance|minute|moment|spare time|cycles|bandwidth)|(?:are|is) (?:bored|free|idle))',
    'apart',
    'low',
  ),
  cue(
    'when|if|as|time|leisure',
    "(?:whenever|when|if|as)(?: there(?: is|['’]s)(?: some)? (?:time|capacity)| time (?:permits|allows)| possible)|whenever|when convenient|in (?:your|my|our) (?:spare|free) time|at your leisure|time permitting",
    'apart',
    'low',
  ),
  cue(
    'to have|to-have|nth',
    "(?:(?:it |this |that )?(?:would|['’]d|might|could) be |it['’]d be |just |only |purely |a )?(?:nice|good|cool)[ -]to[ -]have|nth",
    'apart',
    'low',
  ),
  cue(
    'some|one day|eventually|one of these|future',
    '(?:(?:it |this |that )?would be (?:nice|cool|good|great),? )?(?:some ?day|one day|some time|sometime|eventually|at some point|one of these days|in the (?:distant )?future|far future)(?:[ /]maybe| perhaps)?',
    'apart',
    'low',
    0.9,
  ),
  cue('would be', '(?:it |this |that )?would be (?:nice|cool)', 'apart', 'low', 0.85),
  cue(
    'low effort|low-effort|later|burner|wish',
    'low[ -]effort idea|for later|backburner|back burner|wishlist|wish list',
    'apart',
    'low',
    0.8,
  ),
  cue(
    'imp',
    "(?:this is |it['’]s |is |very |super |really |extremely |quite |most |highly )*(?:important|imp)",
    'apart',
    'high',
  ),
  cue(
    'urgent|emergency|critical|crit|blocker|pressing',
    "(?:this is |it['’]s |is |very |super |really |extremely |quite |most |highly )*(?:urgent|urgently|emergency|time[ -]critical|critical|crit|blocker|pressing)",
    'apart',
  ),
  cue(
    'high|medium|low|major|minor|trivial|cosmetic',
    '(?:high|medium|low|major|minor|trivial|cosmetic)',
    'first',
  ),
]
// Marks: !high, !!, (p1), P0 in front.
const MARK = insensitive(
  /(?<![\p{L}\p{N}_!])!(critical|crit|urgent|highest|high|medium|med|normal|low|lowest|[0-4]|p[0-4])(?![\p{L}\p{N}_])/giu,
)
const P = insensitive(/(?<![\p{L}\p{N}_@#./-])(p[0-4])(?![\p{L}\p{N}_/.-])/giu)
const NOT_A_PLACE =
  /\b(?:to|as|of|is|from|for|and|or|than|with|a|the|by|an|in|are|only|all|be|show|like|default|marked|called|named|not)\s+$/i
// A list of things that are so, not a wish.
const OF_OTHERS =
  /\b(?:tasks?|issues?|items?|bugs?|cards?|tickets?|alerts?|events?|jobs?|entries|queue|by|to|as|of|from|than|set|sets|default|defaults|marked|flagged|shown|becomes?|setting|changing|sorting|filtering|assigning)\s+(?:with |at |is |are |as |to |of |an? )?$/i
/** “When the disk is critical” says when, not how pressing. */
const IN_CASE = /\b(?:when|whenever|if|while|once|that|which|where|until|unless|because)\b[^,;:.]*$/i

interface Found {
  readonly from: number
  readonly to: number
  readonly priority: Priority
  readonly confidence: number
}

const SPEAKS = insensitive(`^\\s+${VERB}(?![\\p{L}\\p{N}-])\\s+\\S`, 'iu')
/** One word at an end, as in “Highlight urgent”, may be what the verb is about. */
const ABOUT =
  /^\W*(?:mark|show|highlight|add|hide|filter|set|label|flag|make|sort|rename|call|remove|handle|allow)\b/i

/** What goes on after “asap” with something else than what it would be said of. */
const APART =
  /^\s+(?:the|an?|our|my|your|this|that|these|those|it|them|all|and|or|but|so|because|since|as|if|then|please|pls|when|while|with|for|in|on|at|to|from|by|before|after|until|due|via|using|thanks|today|tonight|tomorrow|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?![\w-])/i
/** “Add the ASAP button” is not pressing for that. */
const NAMED_ASAP = /\b(?:the|an?|our|this|that|each|every|called|named|of|with)\s+asap\s+[A-Za-z]/i

/** Asks where “asap” stands right before what it may be a part of: “Add ASAP delivery option”. */
function doubtAsap(reading: Reading, doubts: Doubt[]): void {
  if (doubts.some(({ field }) => field === 'priority')) return
  const said = /(?<![\w@#.-])asap(?=\s+[A-Za-z])/i.exec(reading.text)
  if (!said || NAMED_ASAP.test(reading.text)) return
  const message = `“${said[0]}” says how pressing it is, or is part of what is to be done.`
  doubts.push({ field: 'priority', message, candidates: ['high'] })
}

function stands({ stands: how }: Cue, reading: Reading, from: number, to: number): boolean {
  const [opens, closes] = [reading.opensAt(from), reading.closesAt(to)]
  const [before, rest] = [reading.text.slice(0, from), reading.text.slice(to)]
  if (how === 'anywhere') return opens || closes || APART.test(rest)
  const words = reading.text.slice(from, to)
  if (how === 'first') return reading.isFirst(from) && /^\s*[:!]/.test(rest)
  if (opens && closes) return before.trim() !== '' || /[^\s.!?]/.test(rest) || /\s/.test(words.trim())
  if (opens) return SPEAKS().test(rest) && !/^\s+(?:the|our|we)\b/i.test(rest)
  if (!closes || OF_OTHERS.test(before) || (/^is\b/i.test(words) && IN_CASE.test(before))) return false
  const isBare = /^(?:important|imp|critical|crit|blocker|emergency|pressing|urgent|whenever)$/i.test(words)
  return !isBare || (/^urgent$/i.test(words) && before.trim().split(' ').length > 2 && !ABOUT.test(before))
}

function priorityOf({ priority }: Cue, match: RegExpMatchArray): Priority {
  if (priority) return priority
  const word = (match[1] ?? match[0]).toLowerCase().replace(/^.*\s/, '')
  if (/^sev/i.test(match[0])) return WORDS[word] ?? 'high'
  return WORDS[word] ?? (word === 'cosmetic' ? 'low' : 'critical')
}

function marks(reading: Reading): Found[] {
  const found: Found[] = []
  for (const match of reading.text.matchAll(MARK())) {
    found.push({
      from: match.index,
      to: match.index + match[0].length,
      priority: WORDS[match[1]!.toLowerCase()]!,
      confidence: 0.97,
    })
  }
  for (const match of reading.text.matchAll(P())) {
    const to = match.index + match[0].length
    const opens = reading.opensAt(match.index)
    const closes = reading.closesAt(to)
    const before = reading.text.slice(0, match.index)
    const rest = reading.text.slice(to)
    const speaks = opens && (/^\s+\p{Lu}/u.test(rest) || SPEAKS().test(rest))
    if ((opens && closes) || speaks || (closes && before.trim() !== '' && !NOT_A_PLACE.test(before))) {
      found.push({ from: match.index, to, priority: WORDS[match[1]!.toLowerCase()]!, confidence: 0.95 })
    }
  }
  return found
}

function cues(reading: Reading, known: readonly Found[]): Found[] {
  const found = [...known]
  const plain = reading.text.toLowerCase()
  for (const one of CUES) {
    if (!one.hints.some((hint) => plain.includes(hint))) continue
    for (const match of reading.text.matchAll(one.pattern())) {
      const [from, to] = [match.index, match.index + match[0].length]
      if (found.some((other) => from < other.to && to > other.from)) continue
      if (!stands(one, reading, from, to)) continue
      found.push({ from, to, priority: priorityOf(one, match), confidence: one.confidence })
    }
  }
  return found.slice(known.length)
}

/** How pressing it is, where that is a statement of its own; words that describe the subject are none. */
export function readPriority(reading: Reading, doubts: Doubt[]): Guess<Priority> | null {
  const all: Found[] = []
  const evidence: Span[] = []
  // What was taken parts clauses too, so that another may stand apart now: “urgent low priority: …”.
  for (let round = 0; round < 3; round++) {
    const found = marks(reading)
    found.push(...cues(reading, found))
    if (found.length === 0) break
    all.push(...found)
    evidence.push(...found.map(({ from, to }) => reading.take(from, to)))
  }
  const first = all.sort((a, b) => a.from - b.from)[0]
  if (!first) {
    doubtAsap(reading, doubts)
    return null
  }
  const said = RANK.filter((one) => all.some(({ priority }) => priority === one))
  if (!said.includes('low') || said.length === 1)
    return { value: said[0]!, confidence: first.confidence, evidence }
  const message = 'The words for its priority contradict each other.'
  doubts.push({ field: 'priority', message, candidates: said })
  return { value: first.priority, confidence: 0.5, evidence }
}
