import { insensitive } from './insensitive.ts'

const THING =
  '(?:page|button|key|view|screen|dialog|menu|tab|link|icon|field|form|job|step|script|command|list|table|name|notes|task|action|handler|service|window|panel|modal|hook|flag|option|bar|box|worker|server|process|log|file)s?'
/** A sentence that begins so asks for something, but for “Delete key …” and “Merge button …”. */
const ASKS = `(?:add|allow|archive|ask|build|bump|call|change|check|clean|close|convert|count|create|delete|deploy|design|disable|display|document|draft|drop|enable|ensure|explain|export|find|fix|hide|implement|import|improve|install|keep|let|list|look|make|mark|measure|merge|migrate|move|open|order|pin|plan|please|port|prepare|print|publish|remove|rename|render|replace|report|reset|return|review|run|schedule|send|set|ship|show|skip|sort|stop|support|switch|sync|test|track|translate|try|turn|update|upgrade|use|validate|verify|warn|when|write)(?! ${THING}(?![\\p{L}\\p{N}]))`
const NO_SUBJECT =
  '(?:that|which|who|whose|where|when|if|so|to|and|or|for|of|in|on|at|by|with|as|from|why|how|what|should|must|can|will|would)'
const WORD = `(?!${NO_SUBJECT}(?![\\p{L}\\p{N}]))[\\p{L}\\p{N}_\\uE000'’.-]+`
/** Only verbs. */
const DOES =
  'does|goes|forgets|stays|arrives|becomes|renders|reboots|restarts|collides|flickers|blinks|drifts|vanishes|appears|overwrites|swallows|scrolls|misses|keeps|remains|thinks|differs|removes|deletes|sends|accepts|rejects|treats|gets|says|lags behind|runs out|reads \\d+|points (?:to|at)'
/** Nouns too: “password resets by mail”. */
const MAY_DO =
  '(?:shows|jumps|returns|resets|drops|counts|loops|opens|closes|sorts|turns|prints|skips|repeats|duplicates|stops|starts|rounds)(?!\\s+(?:by|for|of|to|with|in|as|and|or|from|per)(?![\\p{L}\\p{N}]))(?=\\s*(?:[\\p{L}\\p{N}\\uE000]|$))'
/** What several do. */
const DO =
  '(?:arrive|stay|go|differ|vanish|disappear|jump|overlap|flicker|drift|loop|appear|come back|come twice|end up|disagree|scroll|get lost|get stuck)'

/**
 * A sentence that says what something does, and asks for nothing: “Watchdog resets board after 49 days”. Who writes that
 * as a task reports it.
 */
export const TELLS_BEHAVIOUR = insensitive(
  `^[\\s\\uE001,;:.!–—-]*(?!${ASKS}(?![\\p{L}\\p{N}]))(?:the |our |my )?(?:(?:${WORD}\\s+){1,4}(?:${DOES}|${MAY_DO})|(?:${WORD}\\s+){0,3}[\\p{L}\\p{N}_-]+s\\s+${DO})(?![\\p{L}\\p{N}_-])`,
)
