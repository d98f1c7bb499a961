import { insensitive } from '../insensitive.ts'

// A date beside these says when it happened or happens.
export const HAPPENS =
  /\b(?:fail(?:s|ed|ing|ure)?|crash(?:es|ed|ing)?|breaks|broke|broken|error(?:s|ed)?|wrong|missing|empty|shows?|shown|showing|displays?|displayed|happen(?:s|ed)?|occur(?:s|red)?|seen|reported|started|starts|began|since|expires?|expired|ends|ended|fires|fired|ships|says|said|reads|sends|sent|prints|opens|opened|closes|stops|becomes|arrives?|arrived|comes?|came|works|worked|gets|got|turns|keeps|kept|stays|falls|lands|points|renders|resets|renews?|refresh(?:es)?|times? out|not|never|cannot|can['’]t|doesn['’]t|don['’]t|didn['’]t|won['’]t|isn['’]t|aren['’]t|parses?|parsed|rejects?|rejected|accepts?|accepted|returns?|is|are|was|were|introduced|ran|runs|jumps?|shifts?|skips?|skipped|goes|appears?|disappears?|dated|between|loads?|takes?|took|lost|loses|duplicates?|duplicated|stuck|hangs?|off by one|regression|outage|incident|incorrect|invalid|treats?|treated)\b/i
const WISH = insensitive(
  /^[^\p{L}]*(?:please |can you |could you |we need to |we should |need to |let['’]s )?(?:and |then |also |audit and )?(?:allow|analy[sz]e|ask|buy|collect|discuss|email|ensure|explain|host|keep|launch|let|notify|offboard|onboard|pay|plan|post|process|push|remind|reproduce|restore|run|sign|start|switch|tell|trace|triage|tweet|understand|fix|resolve|add|make|update|remove|implement|support|write|check|investigate|review|refactor|clean|improve|change|create|handle|stop|prevent|replace|rename|move|upgrade|bump|deploy|release|ship|test|document|find|audit|split|finish|publish|prepare|build|debug|send|merge|migrate|look|renew|refresh|rotate|cancel|order|book|call|reduce|increase|draft|announce|submit|install|enable|disable|configure|archive|delete|verify)(?![\p{L}\p{N}])/iu,
)

// Of nouns too, so that these say that something happens only where nothing is asked for.
const STATES =
  /\S\s+(?:changes|drops|moves|switches|rises|increases|decreases|begins|launches|releases|migrates|retires|deprecates|removes|discontinues|sunsets|raises|lowers|resumes|pauses|freezes|rolls (?:out|over)|leaves|joins|visits|merges|updates|upgrades|deploys|rotates|charges|bills|pays|publishes)\b|s\s+(?:stop|start|change|end|expire|fail|crash|begin|resume|close|open|drop|switch|move|break|rise|increase|arrive|return|renew|run out|go (?:up|down|live|away|out)|shut down)\s+(?:\S+\s+){0,2}$|(?<!(?:^|\s)(?:we|i|you))\s+(?:will|would|won['’]t|shall|might|can|could|has|had)\s+(?!(?:you|we|i)\b)\S|\S\s+\w{2,}ed\s/i
const HAPPENED =
  /\S\s+(?:went|fell|began|rose|froze|hung|sank|shut down|blew up|gave up|saw|did|had)\s|\S\s+\w{2,}ed(?:\s+(?:down|up|out|off|over|again|twice|late|early))?\s+$/i
const INCIDENT =
  /\b(?:loss|losses|spikes?|downtime|slow-?downs?|time-?outs?|[45]\d\ds|[45]xx|leaks?|breach(?:es)?|double charges?|chargebacks?|crash(?:es)?|failures?|errors?|outages?|incidents?|panics?|deadlocks?|disconnects?|drop-?outs?|blackouts?)\s+$/i
const INQUIRES =
  /^\W*(?:please |can you |could you |we need to |we should |need to |let['’]s )?(?:investigate|debug|analy[sz]e|explain|trace|reproduce|root-?cause|understand|look (?:in)?to|look at|find out|figure out|triage|(?:check|see) (?:why|what|how)|post-?mortem)\b/i

/** The clause before a date where it asks for something, of which what is told before it is no part. */
function wishIn(ahead: string): string | null {
  if (WISH().test(ahead)) return ahead
  const clause = /[,;:.!?–—]\s+([^,;:!?–—]*)$/.exec(ahead)?.[1]
  return clause && WISH().test(clause) ? clause : null
}

/** Whether what comes before a date asks for something; else it tells something. */
export const isWish = (ahead: string): boolean => wishIn(ahead) !== null

/** Whether what comes before a date says what happens then: in a wish that is only what stands right before it. */
export function happensThen(ahead: string): boolean {
  const wish = wishIn(ahead)
  if (wish === null) return HAPPENS.test(ahead) || HAPPENED.test(ahead) || INCIDENT.test(ahead)
  const wished = wish.replace(/^\W*(?:please )?(?:renew|refresh)\s/i, '')
  return HAPPENS.test(/(?:\S+\s+){0,2}$/.exec(wished)?.[0] ?? '')
}

/**
 * Whether something may happen on the date, or the task be for it: “VAT rate changes on January 1”.
 * @param isCalendar whether the date is one of the calendar or a day of the week, on which things are told to happen
 */
export function mayHappen(ahead: string, isCalendar: boolean): boolean {
  const wish = wishIn(ahead)
  if (wish === null) return STATES.test(ahead)
  return isCalendar && (INCIDENT.test(wish) || INQUIRES.test(wish))
}

// “Tasks due tomorrow”, “entries before 2024”: which ones, not until when.
export const OF_THINGS =
  /(?:\b(?:tasks?|issues?|items?|cards?|events?|entries|logs?|files?|commits?|dates?|records?|rows?|those|anything|everything|something|bookings?|invoices?|tickets?|todos?|that (?:is|are|was|were)|which (?:is|are)|created|older|dated|modified|updated|published|sent|completed|closed|opened|changed|from|times?|years?|since|expired?|expires?|valid|accepted|scheduled|merged|bugs?|messages?|timestamps?|deadlines?) )$/i

const ACTS =
  /(?:^|[,;:.]\s)\W*(?:please |then |and )?(?:send|pay|order|book|call|email|mail|merge|close|ship|deploy|sync|archive|post|publish|announce|submit|print|process|triage|review|clean up|tidy|chase|collect|migrate|import|upload|move|rename|delete|remove|update|issue|approve|reconcile|groom|refine|write|create|prepare|finish|install|rotate|renew|reschedule)\s(?!.*\b(?:with|of|in|that|which|from)\s)[^,;:.]*$/i

/** Whether a date is that of things which it says, and not of what is done to them: “Send invoices tomorrow”. */
export const isOfThings = (ahead: string): boolean =>
  OF_THINGS.test(ahead) && (/ed $/i.test(ahead) || !ACTS.test(ahead))
