import { insensitive } from '../insensitive.ts'
import { happensThen, isWish } from './happens-then.ts'
import type { SaidDate } from './said-date.ts'

// Until when something must not be, or how long it stays so; the day on which it may is not the last one for it.
const FORBIDS = insensitive(
  /(?:^|[,;:.]\s*)(?:please )?(?:do not|don['’]t|never|not|no|must not|mustn['’]t|should not|shouldn['’]t)(?![\p{L}\p{N}])[^,;:.]*$/iu,
)
const NOT_YET = insensitive(
  /(?<![\p{L}\p{N}])(?:not|never|can(?:not|['’]t)|won['’]t|(?:must|may|should|do|is|are)(?: not|n['’]t))(?:\s+(?:be\s+)?\p{L}+(?:\s+(?:it|this|that))?)?\s*$/iu,
)
const LASTS = insensitive(
  /(?:^|[,;:.]\s+)(?:please )?(?:accept|allow|ban|block|book|buffer|cache|continue|cover|defer|delay|disable|display|enable|exempt|extend|freeze|give|grant|hide|hold|honou?r|host|ignore|keep|lease|leave|let|limit|lock|maintain|monitor|mute|offer|pause|permit|postpone|preserve|prolong|quarantine|redirect|rent|reserve|restrict|retain|reuse|run|serve|show|skip|snooze|stay|store|support|suspend|throttle|tolerate|use|wait|waive|warn|watch|whitelist|allowlist)(?![\p{L}\p{N}-])(?:[^,;:.]|[.,:](?=\S))*$/iu,
)
// What another clause tells is how long that is so: “so that login works until Friday”.
const TOLD_BESIDE = /\b(?:so that|such that|that|which|who|because|while|if|where|whether)\s[^,;:.]*$/i
const MUST = /\b(?:must|should|shall|has to|have to|needs? to|is to|are to|to be)\s/i
const MAY =
  /\S\s+(?<!(?:^|\s)(?:we|i|you)\s+)(?:can|could|may|(?:is|are) able to)\s+(?!(?:you|we|i)\b)(?:\S+\s+){1,4}$/i
const LASTING =
  /\b(?:snooze[ds]?|snoozing|paused?|waits?|waiting|hidden|muted?|sleeps?|frozen|blocked|deferred?|postponed?|delayed|lasts?|valid|stays?|remains?|locked|suspended|cached|scheduled?|scheduling)\s+(?:\S+\s+)?$/i
// What it does by then, without a wish: “Login fails before noon”.
const DOES =
  /\b(?:fails?|failed|crash(?:es|ed)|breaks|broke|happens|occurs|resets|expires|ends|starts|stops|hangs|appears|runs|renews)\s+$/i
const ASKS = /^\W*(?:what|which|who|when|where|is|are|does|do|did)\b(?! you mind)/i
// “Tabs for due today tasks”, “it shows due tomorrow”.
const DUE_AS = /\b(?:for|of|with|as|the|an?|all|no|any|shows?|showing|says|saying|marked)\s+$/i
const GOES_ON = insensitive(
  /^\s+(?:shows?|is|are|was|were|appears?|disappears?|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|do|does|did|don['’]t|doesn['’]t|didn['’]t|has|have|hasn['’]t|haven['’]t|won['’]t|never|gets?|will|should|must|can|can['’]t|cannot|fails?|vanish(?:es)?|looks?|sorts?|stays?|turns?|goes|counts?)(?![\p{L}\p{N}])/iu,
)
const RUNS =
  /^\W*(?:make|let|have|allow|change|set|configure|support|enable|add|implement|move|switch|ensure|update)\b.*\b(?:run|runs|fire|fires|trigger|triggers|repeat|recur|start|starts|renew|expire|expires|go out|goes out|go live|goes live|scheduling|schedule|snoozing|snooze|reminders?|events?|slots?|appointments?|forecasts?|booking|bookings)\s*$/i

// What is to be read somewhere: “The title should read Today”.
const SAYS =
  /(?:\b(?:says|saying|reads|reading|prints|printing|titled|labell?ed|captioned|worded)|\b(?:should|must|would|could|shall|will|can|may|might|does|doesn['’]t|not|to)\s+(?:read|say|print|be called)(?<!^\W*(?:\S+\s+){0,3}to\s+read))\s+$/i
const ON_SCREEN = insensitive(
  /^\s+(?:badge|filter|label|button|option|column|view|tag|chip|picker|preset|toggle|menu|field|text|string|banner|tab|icon|shortcut|heading|header|section|widget|indicator|tooltip|query|placeholder)s?(?![\p{L}\p{N}_-])/iu,
)
const SHOWS = /\b(?:says|reads|saying|reading)\s+\p{Lu}[^,;:.]*$/u
const PROMISES =
  /^\W*(?:please )?(?:support|add|offer|show|allow|promise|guarantee|display|enable|implement|advertise)\b.*\b(?:delivery|shipping|arrival|arrives?|pick-?up|dispatch|collection|returns?|checkout|orders?|receive|get it)\s+$|\b(?:promises|guarantees|offers)\b[^,;:.]{0,24}$/i

/** Whether what comes before a date says that it is a text: “The title should read Today”. */
export const isSaid = (ahead: string): boolean => SAYS.test(ahead)

/** Whether a limit may belong to what is to be done: “Support delivery by Friday”. */
export const mayBeShown = (lead: string, ahead: string, rest: string): boolean =>
  SHOWS.test(ahead) ||
  (/^by/.test(lead) && /\bfilters?\s+$/i.test(ahead)) ||
  (/^(?:by|before|until)/.test(lead) && PROMISES.test(ahead)) ||
  (/^(?:before|until)/.test(lead) && ahead.trim() !== '' && GOES_ON().test(rest)) ||
  (/^by/.test(lead) && MAY.test(ahead) && !isWish(ahead))

const AMOUNT =
  /^(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|a couple|a few|\d+)(?: of)?(?: an?(?=\s))?[\s-]?(?:(?:business|working) )?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|fortnights?|months?|quarters?|years?)$/i
const FILTERS =
  /\b(?:filter(?:ed|ing)|search(?:ed|ing))\b[^,;:.]{0,24}$|^\W*(?:filter|search)\b[^,;:.]{0,24}$|^\W*(?:show|list|find|hide|display|export|count)\b.*\b(?:created|authored|written|made|done|caused)\s+$/i
const ORDERS =
  /\b(?:sort|sorts|sorted|sortable|group|groups|grouped|grouping|ordered|bucket|partition|keyed|aggregate|aggregated)\b[^,;:.]{0,24}$/i
const CHANGES =
  /\b(?:order|split|index|limit|limited|increased?|reduced?|off|followed|caused|created|authored|written|surrounded)\b[^,;:.]{0,24}$/i

/**
 * Whether “by” says by how much, or by what, and not until when.
 * @param closes whether the clause ends with the date
 */
export function isMeasure(ahead: string, words: string, { kind }: SaidDate, closes: boolean): boolean {
  if (AMOUNT.test(words) || FILTERS.test(ahead)) return true
  if (ORDERS.test(ahead)) return !closes || !['day', 'weekday', 'relative'].includes(kind)
  return CHANGES.test(ahead) && !closes
}

const NOT_EARLIER = insensitive(
  /(?<![\p{L}\p{N}_-])(?:after|following|starting|beginning|commencing|effective|earliest|once it is|as (?:of|from)|(?:no|not) (?:earlier|sooner) than|with effect from|on or after)[ :]*(?:(?:on|from|the|at|this|coming|about|around)\s+)*$/iu,
)
// Some of these stand before every date that one of the two patterns is for.
const FROM_HINTS =
  /after|following|starting|beginning|commencing|effect|earliest|once|\bas (?:of|from)|earlier|sooner/i
const AFTERWARDS = insensitive(
  /(?<![\p{L}\p{N}_-])(?:after|following|once)\s+(?:(?:the|our|this|that)\s+)?\S+(?:\s+\S+)?\s+on\s+$/iu,
)
const LATER = insensitive(
  /^\s*,?\s+(?:(?:or|and) (?:later|after(?:wards?)?|onwards?)|at the (?:very )?(?:earliest|soonest)|after (?:\d{1,2}(?::\d\d)?(?:\s?[ap]m)?|noon|lunch|work|hours)|onwards?|earliest|on(?=\s*(?:[,.;]|$)))(?![\p{L}\p{N}])/iu,
)

/** Whether what comes after a date says that it is the first one: “Friday or later”. */
export const saysLater = (rest: string): boolean => /^[\s,]+[oa]/i.test(rest) && LATER().test(rest)

/** Whether a date says from when on, which is no deadline: “after Friday”, “Monday at the earliest”. */
export const isFromThen = (before: string, rest: string): boolean =>
  saysLater(rest) || (FROM_HINTS.test(before) && (NOT_EARLIER().test(before) || AFTERWARDS().test(before)))

/**
 * Whether a word like “until” makes the date that of something the task is about.
 * @param lead the word, in lower case
 * @param ahead what comes before it, and `rest` what comes after the date
 */
export function isMentioned(lead: string, ahead: string, rest: string): boolean {
  if (/^(?:until|till?)/.test(lead) && LASTING.test(ahead)) return true
  if (/^due/.test(lead) && DUE_AS.test(ahead)) return true
  if (/^(?:due|by)/.test(lead) && ahead.trim() !== '' && GOES_ON().test(rest)) return true
  if (/^(?:by|before|until|till?)/.test(lead) && DOES.test(ahead)) return true
  if (isSaid(ahead) || (/^\s+\w/.test(rest) && ON_SCREEN().test(rest))) return true
  // “Train before March, test after”: two parts of one whole.
  if (/^before/.test(lead) && /\bafter(?:wards)?\s*[.!)]?$/i.test(rest)) return true
  return ASKS.test(ahead) && /^[^.;!?]*\?/.test(rest)
}

/** Whether the words say how long something must not be done. */
export const isHeldUntil = (lead: string, ahead: string): boolean =>
  /^(?:before|until|till?|prior)/.test(lead) &&
  (FORBIDS().test(ahead) || (/n[o'’]t|never/i.test(ahead) && NOT_YET().test(ahead)))

/** Whether “until” may say how long something is or stays so, in the place of a deadline: “Extend the trial until Friday”. */
export const mayLastUntil = (lead: string, ahead: string): boolean =>
  /^(?:until|till?|up to)/.test(lead) &&
  (LASTS().test(ahead) ||
    TOLD_BESIDE.test(ahead) ||
    (!MUST.test(ahead) && !isWish(ahead) && happensThen(ahead)))

/** Whether something that the wish is about runs on the date: “Make the report run on Monday”. */
export const isRunThen = (ahead: string): boolean => RUNS.test(ahead)
