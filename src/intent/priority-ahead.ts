import { insensitive } from './insensitive.ts'
import { goesOnAbout, opensRequest } from './opens-request.ts'

/** What a word for a priority does in front of others: it says how pressing they are, may do so, or is a part of them. */
export type Role = 'says' | 'may say' | 'names'

/** One thing that goes wrong; several are a list of them, as in “critical bugs filter”. */
const TROUBLE =
  /^\s+(?:bug|issue|fix|bugfix|hotfix|problem|regression|outage|incident|crash|defect|vulnerability|leak)(?![\w-])/i
const TROUBLE_ENDS =
  /^\s+[a-z]+(?:\s*(?:$|[,;:.!?()[\]–—\uE001])|\s+(?:-\s|in|on|with|for|when|where|that|which|after|before|at|to|of|by|from|since|during|while|if|causing|caused|because|due)(?![\w-]))/i
/** That something is wrong. */
const REPORTS = insensitive(
  "\\s(?:down|offline|broken|breaks|broke|fail(?:s|ed|ing)|crash(?:es|ed|ing)|hang(?:s|ing)|stuck|leak(?:s|ed|ing)|lost|los(?:es|ing)|grow(?:s|ing)|slow|slower|timing out|times out|unreachable|unavailable|unresponsive|dead|corrupt(?:ed)?|missing|wrong|empty|full|not working|(?:is|are|do|does|can)(?:n['’]t|not| not)|returns? [45]\\d\\d|[45]00s?|\\d+ ?%|throws|expired|exposed|blocked|disappear(?:s|ed)|degraded|dropp(?:ed|ing)|reject(?:s|ed)|duplicated|twice|spiking|piling up|running out)(?![\\p{L}\\p{N}])",
)
/** What is shown of a priority, or sorted by it. */
const OF_PRIORITIES =
  /^\s+(?:badges?|labels?|flags?|columns?|filters?|tags?|icons?|chips?|tasks|tickets|issues|bugs|items|cards|alerts?|options?|values?|colou?rs?|lanes?|sections?|queues?|levels?|sort(?:ing)?|list)(?![\w-])/i
/** What has a number with a p, or is one. */
const NUMBERED = insensitive(
  '^\\s+(?:p\\d|(?:[\\p{L}\\p{N}-]+\\s+)?(?:pins?|ports?|pads?|lines?|wires?|nets?|headers?|connectors?|nodes?|points?|vertex|vertices|corners?|gpios?|registers?|signals?|cores?|threads?|players?|partitions?|percentiles?|sockets?|leds?|rails?|latency)(?![\\p{L}\\p{N}]))',
)
/** What is called critical, urgent or an emergency without being pressing. */
const CALLED =
  /^\s+(?:sections?|paths?|css|care|mass|temperature|alerts?|errors?|logs?|levels?|points?|regions?|values?|thresholds?|resources?|systems?|infrastructure|thinking|races?|events?|messages?|notifications?|hits?|battery|conditions?|exceptions?|failures?|severity|flags?|labels?|badges?|contacts?|exits?|access|numbers?|services?|mode|button|mails?|mailbox|filters?|columns?|status|priority)(?![\w-])/i
/** Verbs that are nouns as well. */
const NOUNS =
  /^\s+(?:stop|call|order|release|report|update|patch|build|test|run|set|check|review|change|cut|split|cache|support|answer|reply|find|look|show|drop|port|document|book|merge|fix)\s+(?!(?:the|our|an?|all|this|that|it|my|your|every)(?![\w-]))/i
const THING =
  /^\s+[a-z]+\s+(?:buttons?|pages?|keys?|views?|screens?|dialogs?|menus?|tabs?|links?|icons?|fields?|forms?|banners?|badges?|modes?|switch(?:es)?|lines?|numbers?|lists?|plans?|windows?|panels?|flows?|queues?|channels?|sequences?|circuits?|procedures?)(?![\w-])/i

function ofTrouble(rest: string): Role | null {
  if (!TROUBLE.test(rest)) return null
  return TROUBLE_ENDS.test(rest) ? 'says' : null
}

/** A number such as p0 that stands in front. */
export function roleOfNumber(rest: string): Role {
  const more = /^\s+(?:urgent|critical|crit|important|emergency|asap)(?=\s)/i.exec(rest)
  if (more && opensRequest(rest.slice(more[0].length))) return 'says'
  if (ofTrouble(rest)) return 'says'
  if (goesOnAbout(rest) || OF_PRIORITIES.test(rest) || !/^\s+[\p{L}\p{N}]/u.test(rest)) return 'names'
  if (NUMBERED().test(rest)) return 'may say'
  if (opensRequest(rest) || /^\s+\p{Lu}/u.test(rest)) return 'says'
  return REPORTS().test(rest) ? 'says' : 'may say'
}

/** “prio high”, “sev 1” in front. */
function roleOfLevel(rest: string): Role {
  if (ofTrouble(rest) || opensRequest(rest)) return 'says'
  if (goesOnAbout(rest) || OF_PRIORITIES.test(rest) || !/^\s+[\p{L}\p{N}]/u.test(rest)) return 'names'
  return REPORTS().test(rest) ? 'says' : 'may say'
}

/** An adjective or noun of urgency in front. */
function roleOfWord(words: string, rest: string): Role {
  if (ofTrouble(rest)) return 'says'
  if (/^\s+(?:the|our|we)\b/i.test(rest)) return 'names'
  if (opensRequest(rest)) {
    if (!NOUNS.test(rest)) return 'says'
    const isNoun = !/^urgent/i.test(words) || REPORTS().test(rest)
    if (THING.test(rest)) return /^emergency/i.test(words) ? 'names' : 'may say'
    return isNoun && !/^\s+fix\s/i.test(rest) ? 'may say' : 'says'
  }
  if (CALLED.test(rest) || OF_PRIORITIES.test(rest) || goesOnAbout(rest)) return 'names'
  return TROUBLE.test(rest) || REPORTS().test(rest) ? 'may say' : 'names'
}

/** What words for a priority do that stand in front of what is not parted from them. */
export function roleAhead(words: string, rest: string): Role {
  if (/^(?:prio|sev)/i.test(words)) return roleOfLevel(rest)
  if (
    /(?:critical|crit|urgent|urgently|emergency|blocker|important|imp|pressing|prio|priority)$/i.test(words)
  )
    return roleOfWord(words, rest)
  if (/^(?:major|minor|trivial|cosmetic)$/i.test(words)) return ofTrouble(rest) ?? 'names'
  return opensRequest(rest) && !/^\s+(?:the|our|we)\b/i.test(rest) ? 'says' : 'names'
}

const PLEASE = '^[\\s\\uE001,;:.!–—-]*(?:please |can (?:you|we) |we need to |we should |need to )?'
/** Verbs for what cannot wait; of others “immediately” may say how: “send invoices immediately”. */
const CANNOT_WAIT = insensitive(
  `${PLEASE}(?:fix|restore|revert|rotate|patch|repair|hotfix|mitigate|resolve|investigate|roll back|revoke|disable)(?![\\p{L}\\p{N}-])[^,;:]*$`,
)
const WORK = insensitive(
  `${PLEASE}(?:fix|restore|revert|rotate|patch|repair|resolve|investigate|disable|add|remove|delete|update|send|check|review|deploy|release|ship|publish|migrate|move|replace|rename|merge|write|implement|upgrade|renew|stop|call|contact|reply|run|book|order|test|clean|change|create|drop)(?![\\p{L}\\p{N}-])`,
)
/** Before these words something happens at once. */
const HAPPENS =
  /(?:\w{2}ing|\b(?:to|not) \w+|\b(?:closes|opens|returns|exits|ends|stops|starts|expires|disconnects|disappears|crashes|fails|dies|restarts|vanishes|reloads|breaks|hangs|logs out|down|all))\s*$/i
const IN_CASE = /\b(?:when|whenever|if|while|once|that|which|where|until|unless|because|so)\b/i

/** What “immediately”, “right away” or “now!” does where nothing but fields comes after it. */
export function roleAtEnd(before: string): Role {
  const clause = before.replace(/^.*[,;:.!?]/su, '')
  if (clause !== before && WORK().test(clause)) return 'may say'
  if (IN_CASE.test(before) || !WORK().test(before)) return 'names'
  return CANNOT_WAIT().test(before) && !HAPPENS.test(before) ? 'says' : 'may say'
}
