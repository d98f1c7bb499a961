import { insensitive } from './insensitive.ts'
import type { Guess } from './parsed-request.ts'
import type { Reading } from './reading.ts'

// Standards are written like keys of a tracker.
const STANDARD =
  '(?:UTF|SHA|ISO|RFC|CVE|AES|RSA|MD|HTTP|TLS|SSL|GPT|ES|PEP|IEEE|UTC|GMT|USB|WCAG|JDK|PHP|IPV|IP|EC|RS|HS|ED|BASE|COVID|CWE|LATIN|WINDOWS|PYTHON|NODE|RHEL|SOC|BIP|EN|DIN|ANSI|ECMA|OAUTH|SAML|H|X|F|M|C|T)'
const REFERENCE = `(?:(?:(?:tasks?|issues?|tickets?) )?(?:[\\w.-]{1,60}(?:\\/[\\w.-]{1,60})?)?#\\d{1,7}(?!\\w|\\.\\d)|(?!${STANDARD}-)[A-Z][A-Z0-9]{1,9}-\\d{1,7}(?:\\.\\d{1,4})*(?![\\w-])|(?:task|issue|ticket) \\d{1,7}(?!\\w|\\.\\d))`
const LIST = `${REFERENCE}(?:(?:\\s?,\\s?(?:and |or )?| and | & |\\s?\\+\\s?)${REFERENCE}){0,19}`
const OUTCOME =
  '(?: (?:(?:is|are|gets?|has been|have been|have) )?(?:done|finished|merged|closed|completed|complete|fixed|resolved|landed|lands?|merges?|ships?|shipped|released|ready|in|out|first))?(?: first)?'
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

function isDependency(reading: Reading, match: RegExpMatchArray): boolean {
  const before = reading.text.slice(0, match.index)
  const [whole, cue, , outcome] = match
  if (DENIED.test(before)) return false
  const after = reading.text.slice(match.index! + whole.length, match.index! + whole.length + 12)
  if (
    /^when$/i.test(cue!) &&
    !/done|finish|merge|close|complete|fix|resolve|land|ship|release|ready/.test(outcome!)
  )
    return false
  // “Crashes after #45”, “after #45 was merged the board is empty”: when it happened, not what has to come first.
  if (/^after$/i.test(cue!)) return !HAPPENED.test(before) && !/^ (?:was|were|broke|the |we )/i.test(after)
  return true
}

/** What has to be done first, in words that say so; a mere mention of a task is none. */
export function readDependencies(reading: Reading): Guess<readonly string[]> | null {
  // Every reference has a number, and the pattern takes a while to make.
  if (!/\d/.test(reading.text)) return null
  const found: string[] = []
  const evidence = []
  for (const match of reading.text.matchAll(DEPENDENCY())) {
    if (!isDependency(reading, match)) continue
    const end = match.index + match[0].length
    const tail = /^\s*(?:[,;:.]|[–—-](?=\s))?/.exec(reading.text.slice(end, end + 4))![0].length
    const closes = reading.closesAt(end) && !reading.text.slice(end).trimStart().startsWith('(')
    found.push(...references(match[2]!))
    evidence.push(reading.take(match.index, closes ? end + tail : end))
  }
  return found.length === 0 ? null : { value: [...new Set(found)], confidence: 0.95, evidence }
}
