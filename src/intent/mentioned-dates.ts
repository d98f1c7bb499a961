// Until when something must not be, or how long it stays so; the day on which it may is not the last one for it.
const FORBIDS =
  /(?:^|[,;:.]\s*)(?:please )?(?:do not|don['’]t|never|not|no|must not|mustn['’]t|should not|shouldn['’]t)(?![\p{L}\p{N}])[^,;:.]*$/iu
const LASTS =
  /(?:^|[,;:.]\s*)(?:please )?(?:freeze|keep|hold|wait|pause|postpone|defer|delay|block|leave|mute|suspend|disable|hide|lock)(?![\p{L}\p{N}])[^,;:.]*$/iu
const LASTING =
  /\b(?:snooze[ds]?|snoozing|paused?|waits?|waiting|hidden|muted?|sleeps?|frozen|blocked|deferred?|postponed?|delayed|lasts?|valid|stays?|remains?|locked|suspended|cached|scheduled?|scheduling)\s+(?:\S+\s+)?$/i
// What it does by then, without a wish: “Login fails before noon”.
const DOES =
  /\b(?:fails?|failed|crash(?:es|ed)|breaks|broke|happens|occurs|resets|expires|ends|starts|stops|hangs|appears|runs|renews)\s+$/i
const ASKS = /^\W*(?:what|which|who|when|where|is|are|does|do|did)\b(?! you mind)/i
const GOES_ON =
  /^\s+(?:shows?|is|are|was|were|appears?|disappears?|do|does|don['’]t|doesn['’]t|has|have|gets?|will|should|must|can|can['’]t|cannot|fails?|vanish(?:es)?|looks?|sorts?|stays?|turns?|goes|counts?)(?![\p{L}\p{N}])/iu
const RUNS =
  /^\W*(?:make|let|have|allow|change|set|configure|support|enable|add|implement|move|switch|ensure|update)\b.*\b(?:run|runs|fire|fires|trigger|triggers|repeat|recur|start|starts|renew|expire|expires|go out|goes out|go live|goes live|scheduling|schedule|snoozing|snooze|reminders?|events?|slots?|appointments?|forecasts?|booking|bookings)\s*$/i

/**
 * Whether a word like “until” makes the date that of something the task is about.
 * @param lead the word, in lower case
 * @param ahead what comes before it, and `rest` what comes after the date
 */
export function isMentioned(lead: string, ahead: string, rest: string): boolean {
  if (/^(?:until|till?)/.test(lead) && LASTING.test(ahead)) return true
  if (/^due/.test(lead) && ahead.trim() !== '' && GOES_ON.test(rest)) return true
  if (/^(?:by|before|until|till?)/.test(lead) && DOES.test(ahead)) return true
  return ASKS.test(ahead) && /^[^.;!?]*\?/.test(rest)
}

/** Whether the words say how long something must not be done, or stays as it is. */
export const isHeldUntil = (lead: string, ahead: string): boolean =>
  (/^(?:before|until|till?)/.test(lead) && FORBIDS.test(ahead)) ||
  (/^(?:until|till?)/.test(lead) && LASTS.test(ahead))

/** Whether something that the wish is about runs on the date: “Make the report run on Monday”. */
export const isRunThen = (ahead: string): boolean => RUNS.test(ahead)
