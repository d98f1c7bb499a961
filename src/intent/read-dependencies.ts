import { insensitive } from './insensitive.ts'
import type { Guess, Span } from './parsed-request.ts'
import type { Reading } from './reading.ts'
import { VERB } from './work-verbs.ts'

// Standards are written like keys of a tracker.
const STANDARD =
  '(?:UTF|SHA|ISO|RFC|CVE|AES|RSA|MD|HTTP|TLS|SSL|GPT|ES|PEP|IEEE|UTC|GMT|USB|WCAG|JDK|PHP|IPV|IP|EC|RS|HS|ED|BASE|COVID|CWE|LATIN|WINDOWS|PYTHON|NODE|RHEL|SOC|BIP|EN|DIN|ANSI|ECMA|OAUTH|SAML|H|X|F|M|C|T)'
const REFERENCE = `(?:(?:(?:tasks?|issues?|tickets?) )?(?:[\\w.-]{1,60}(?:\\/[\\w.-]{1,60})?)?#\\d{1,7}(?!\\w|\\.\\d)|(?!${STANDARD}-)[A-Z][A-Z0-9]{1,9}-\\d{1,7}(?:\\.\\d{1,4})*(?![\\w-])|(?:task|issue|ticket) \\d{1,7}(?!\\w|\\.\\d))`
const LIST = `${REFERENCE}(?:(?:\\s?,\\s?(?:and |or )?| and | & |\\s?\\+\\s?)${REFERENCE}){0,19}`
// “After #3 ship the docs” and “after #3 in dhara”: these words say what has come of a task only where nothing follows.
const OUTCOME =
  '(?: (?:(?:is|are|gets?|has been|have been|has|have) (?:done|finished|merged|closed|completed|complete|fixed|resolved|landed|shipped|released|ready|in|out)|done|finished|merged|closed|completed|fixed|resolved|landed|lands|merges|ships|shipped|released|ready|(?:complete|land|merge|ship|in|out)(?=\\s*(?:$|[,;:.!)\\]\uE001–—]|- )))(?: (?:in|on|to|into) (?:main|master|trunk|prod(?:uction)?|staging))?)?(?: first)?'
const CUES =
  "blocked (?:by|on|until)|(?:depends|depending|dependent|depend) (?:up)?on|depends(?:[_-]on)?\\s?:|dep(?:endencie)?s?\\s?:|blocked[_-]by\\s?:|waits? (?:for|on)|waiting (?:for|on)|pending|held up by|stuck (?:on|behind)|requires|require|needs|need|prerequisites?\\s?:?|after\\s?:|after|once|as soon as|when|not before|cannot start (?:before|until)|can't start (?:before|until)|only after"
const DEPENDENCY = insensitive(
  `(?<![\\p{L}\\p{N}_-])(?:(?:is|it is|it's|this is|currently|but|and) )?(${CUES})\\s?(${LIST})(${OUTCOME})`,
  'giu',
)
const SINGLE = insensitive(REFERENCE, 'gi')
const DENIED =
  /(?:\b(?:not|no longer|never|doesn['’]t|don['’]t|isn['’]t|stop|without|tasks?|issues?|items?|cards?|anything|everything|that|which) (?:is |are |be )?)$/i
const HAPPENED =
  /\b(?:fail(?:s|ing|ed)?|crash(?:es|ed|ing)?|broken?|breaks|breaking|regress\w*|errors?|stopped|stops|slow(?:er)?|wrong|missing|empty|lost|disappears?|disappeared|hangs?|leak(?:s|ing)?|flaky|red|worse|changed)\b[^,.;:]{0,40}$/i

/** The single references of a list, as they were written. */
function references(list: string): string[] {
  return [...list.matchAll(SINGLE())].map(([found]) => {
    const bare = found.replace(/^(?:tasks?|issues?|tickets?) /i, '')
    return /^\d/.test(bare) ? `#${bare}` : bare
  })
}

/** Words after which a task may be named that only has to do with when something happens. */
const IS_LOOSE = /^(?:after|only after|not before|once|as soon as|when|needs?|requires?|pending)$/i
/** “Copy after #2 lines”: so many of something. What is done, or how, is said by other words. */
const COUNTED = insensitive(
  /^\s+(?!(?:and|or|but|so|then|because|since|please|also|in|on|to|for|with|without|by|at|from|via|as|per|if|when|before|until|till|due|asap|today|tonight|tomorrow|next|this|again|instead|assign(?:ed)?|owner|labels?|tags?|est|estimate|urgent|p[0-4])(?![\p{L}\p{N}]))[\p{L}\p{N}]/u,
)
const SPEAKS = insensitive(`^\\s+${VERB}(?![\\p{L}\\p{N}-])`)

/** What tasks are waited for, and the words that say so. */
export interface SaidDependencies {
  readonly names: readonly string[]
  readonly span: Span
}

function isDependency(reading: Reading, match: RegExpMatchArray): boolean {
  const before = reading.text.slice(0, match.index)
  const [whole, cue, , outcome] = match
  if (DENIED.test(before)) return false
  const after = reading.text.slice(match.index! + whole.length, match.index! + whole.length + 30)
  if (
    /^when$/i.test(cue!) &&
    !/done|finish|merge|close|complete|fix|resolve|land|ship|release|ready/.test(outcome!)
  )
    return false
  if (IS_LOOSE.test(cue!) && outcome === '' && COUNTED().test(after)) {
    // “After #3 move the parser out”
    if (!reading.opensAt(match.index!) || !SPEAKS().test(after)) return false
  }
  // “Crashes after #45”, “after #45 was merged the board is empty”: when it happened, not what has to come first.
  if (/^after$/i.test(cue!)) return !HAPPENED.test(before) && !/^ (?:was|were|broke|the |we )/i.test(after)
  return true
}

/** What has to be done first, in words that say so; a mere mention of a task is none. */
export function readDependencies(reading: Reading): SaidDependencies[] {
  // Every reference has a number, and the pattern takes a while to make.
  if (!/\d/.test(reading.text)) return []
  const said: SaidDependencies[] = []
  for (const match of reading.text.matchAll(DEPENDENCY())) {
    if (!isDependency(reading, match)) continue
    const end = match.index + match[0].length
    const tail = /^\s*(?:[,;:.]|[–—-](?=\s))?/.exec(reading.text.slice(end, end + 4))![0].length
    const closes = reading.closesAt(end) && !reading.text.slice(end).trimStart().startsWith('(')
    said.push({ names: references(match[2]!), span: reading.take(match.index, closes ? end + tail : end) })
  }
  return said
}

/** All tasks that were said, in the order of the words, each once. */
export function dependenciesGuess(said: readonly SaidDependencies[]): Guess<readonly string[]> | null {
  if (said.length === 0) return null
  const inOrder = [...said].sort((a, b) => a.span.from - b.span.from)
  const value = [...new Set(inOrder.flatMap(({ names }) => names))]
  return { value, confidence: 0.95, evidence: inOrder.map(({ span }) => span) }
}
