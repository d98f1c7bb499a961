import type { Priority } from '../../schemas/vocabulary.ts'
import { insensitive } from './insensitive.ts'
import { opensRequest } from './opens-request.ts'
import type { Doubt, Guess, Span } from './parsed-request.ts'
import { type Role, roleAhead, roleAtEnd, roleOfNumber } from './priority-ahead.ts'
import { type Cue, PRIORITY_CUES, PRIORITY_WORDS } from './priority-cues.ts'
import type { Reading } from './reading.ts'

const RANK: readonly Priority[] = ['critical', 'high', 'medium', 'low']

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
  readonly role: Role
}

/** One word at an end, as in “Highlight urgent”, may be what the verb is about. */
const ABOUT =
  /^\W*(?:mark|show|highlight|add|hide|filter|set|label|flag|make|sort|rename|call|remove|handle|allow)\b/i

/** What goes on after “asap” with something else than what it would be said of. */
const APART =
  /^\s+(?:the|an?|our|my|your|this|that|these|those|it|them|all|and|or|but|so|because|since|as|if|then|please|pls|when|while|with|for|in|on|at|to|from|by|before|after|until|due|via|using|thanks|today|tonight|tomorrow|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?![\w-])/i
/** “Add the ASAP button” is not pressing for that, and neither is “ASAP mode”. */
const NAMED_ASAP =
  /\b(?:the|an?|our|this|that|each|every|called|named|of|with)\s+asap\s+[A-Za-z]|\basap\s+(?:modes?|buttons?|badges?|labels?|flags?|options?|settings?|fields?|tags?|filters?)\b/i
const AT_ONCE = insensitive(
  /(?<![\p{L}\p{N}_-])(?:immediately|right away|straight away|right now|now!+)(?![\p{L}\p{N}_-])/giu,
)

/** Asks of words that may say how pressing it is, where nothing did. */
export function doubtPriority(reading: Reading, doubts: Doubt[]): void {
  if (doubts.some(({ field }) => field === 'priority')) return
  const { text } = reading
  const asap = NAMED_ASAP.test(text) ? null : /(?<![\w@#.-])asap(?=\s+[A-Za-z])/i.exec(text)
  const inFront = /^[\s\uE001,;:.!()[\]–—-]*/.exec(text)![0].length
  const found = asap
    ? { said: asap[0], priority: 'high' }
    : [...numbers(reading), ...pressing(reading, []), ...atOnce(reading)]
        .map(({ from, to, priority, role }) => ({ said: text.slice(from, to), priority, from, role }))
        .find(
          ({ from, role, said }) =>
            role === 'may say' && (from === inFront || /^(?:imm|right|str|now)/i.test(said)),
        )
  if (!found) return
  const message = `“${found.said}” says how pressing it is, or is part of what is to be done.`
  doubts.push({ field: 'priority', message, candidates: [found.priority] })
}

const said = (is: boolean): Role => (is ? 'says' : 'names')

function roleOf({ stands: how }: Cue, reading: Reading, from: number, to: number): Role {
  const [opens, closes] = [reading.opensAt(from), reading.closesAt(to)]
  const [before, rest] = [reading.text.slice(0, from), reading.text.slice(to)]
  const words = reading.text.slice(from, to)
  if (how === 'anywhere') {
    const isOther = opens && !closes && /^\s+[\p{L}\p{N}]/u.test(rest) && /^asap$/i.test(words)
    return said(isOther ? opensRequest(rest) || APART.test(rest) : opens || closes || APART.test(rest))
  }
  if (how === 'first') {
    if (!reading.isFirst(from)) return 'names'
    return /^\s*[:!]/.test(rest) ? 'says' : roleAhead(words, rest)
  }
  if (opens && closes) return said(before.trim() !== '' || /[^\s.!?]/.test(rest) || /\s/.test(words.trim()))
  if (opens) return roleAhead(words, rest)
  if (!closes || OF_OTHERS.test(before) || (/^is\b/i.test(words) && IN_CASE.test(before))) return 'names'
  const isBare = /^(?:important|imp|critical|crit|blocker|emergency|pressing|urgent|whenever)$/i.test(words)
  return said(
    !isBare || (/^urgent$/i.test(words) && before.trim().split(' ').length > 2 && !ABOUT.test(before)),
  )
}

function priorityOf({ priority }: Cue, match: RegExpMatchArray): Priority {
  if (priority) return priority
  const word = (match[1] ?? match[0]).toLowerCase().replace(/^.*\s/, '')
  if (/^sev/i.test(match[0])) return PRIORITY_WORDS[word] ?? 'high'
  return PRIORITY_WORDS[word] ?? (word === 'cosmetic' ? 'low' : 'critical')
}

function signs(reading: Reading): Found[] {
  if (!reading.text.includes('!')) return []
  return [...reading.text.matchAll(MARK())].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    priority: PRIORITY_WORDS[match[1]!.toLowerCase()]!,
    confidence: 0.97,
    role: 'says',
  }))
}

function numbers(reading: Reading): Found[] {
  if (!/p[0-4]/i.test(reading.text)) return []
  return [...reading.text.matchAll(P())].map((match) => {
    const [from, to] = [match.index, match.index + match[0].length]
    const [opens, closes] = [reading.opensAt(from), reading.closesAt(to)]
    const before = reading.text.slice(0, from)
    const isApart = (opens && closes) || (closes && before.trim() !== '' && !NOT_A_PLACE.test(before))
    const role = isApart ? 'says' : opens && !closes ? roleOfNumber(reading.text.slice(to)) : 'names'
    return { from, to, priority: PRIORITY_WORDS[match[1]!.toLowerCase()]!, confidence: 0.95, role }
  })
}

function atOnce(reading: Reading): Found[] {
  if (!/immediately|right away|straight away|right now|now!/i.test(reading.text)) return []
  return [...reading.text.matchAll(AT_ONCE())].map((match) => {
    const [from, to] = [match.index, match.index + match[0].length]
    const before = reading.text.slice(0, from)
    const isEnd = /!$/.test(match[0]) || reading.closesAt(to)
    const isOwn = isEnd && reading.opensAt(from) && /[\p{L}\p{N}]/u.test(before)
    const isFirst = reading.isFirst(from) && opensRequest(reading.text.slice(to))
    const role = isOwn || isFirst ? 'says' : isEnd ? roleAtEnd(before) : 'names'
    return { from, to, priority: 'high', confidence: 0.85, role }
  })
}

function pressing(reading: Reading, known: readonly Found[]): Found[] {
  const found = [...known]
  const plain = reading.text.toLowerCase()
  for (const one of PRIORITY_CUES) {
    if (!one.hints.some((hint) => plain.includes(hint))) continue
    for (const match of reading.text.matchAll(one.pattern())) {
      const [from, to] = [match.index, match.index + match[0].length]
      if (found.some((other) => from < other.to && to > other.from)) continue
      const role = roleOf(one, reading, from, to)
      if (role === 'names') continue
      found.push({ from, to, priority: priorityOf(one, match), confidence: one.confidence, role })
    }
  }
  return found.slice(known.length)
}

const says = ({ role }: Found) => role === 'says'

/** How pressing it is, where that is a statement of its own; words that describe the subject are none. */
export function readPriority(reading: Reading, doubts: Doubt[]): Guess<Priority> | null {
  const all: Found[] = []
  const evidence: Span[] = []
  // What was taken parts clauses too, so that another may stand apart now: “urgent low priority: …”.
  for (let round = 0; round < 3; round++) {
    const apart = [...signs(reading), ...numbers(reading), ...atOnce(reading)].filter(says)
    const found = [...apart, ...pressing(reading, apart).filter(says)]
    if (found.length === 0) break
    all.push(...found)
    evidence.push(...found.map(({ from, to }) => reading.take(from, to)))
  }
  const first = all.sort((a, b) => a.from - b.from)[0]
  if (!first) return null
  const said = RANK.filter((one) => all.some(({ priority }) => priority === one))
  if (!said.includes('low') || said.length === 1)
    return { value: said[0]!, confidence: first.confidence, evidence }
  const message = 'The words for its priority contradict each other.'
  doubts.push({ field: 'priority', message, candidates: said })
  return { value: first.priority, confidence: 0.5, evidence }
}
