import { insensitive, type LazyPattern } from './insensitive.ts'
import { goesOnAbout, opensRequest } from './opens-request.ts'
import type { Guess } from './parsed-request.ts'
import type { Reading } from './reading.ts'

const NUMBER = '(\\d{1,4}(?:[.,]\\d{1,2})?|an?|one|two|three|four|five|six|eight|ten|half an?)'
const UNIT =
  '(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|(?:story[ -])?points?|pts?|sp)(?![\\p{L}\\p{N}])'
const AMOUNT = `${NUMBER}\\s?-?${UNIT}`
const PATTERNS: readonly {
  readonly pattern: LazyPattern
  readonly stands: 'anywhere' | 'opening' | 'apart' | 'end' | 'added'
}[] = [
  {
    pattern: insensitive(`(?<!\\S)[([]?~\\s?${AMOUNT}[)\\]]?(?!\\S*[\\p{L}\\p{N}])`, 'giu'),
    stands: 'anywhere',
  },
  {
    pattern: insensitive(
      `(?<![\\p{L}\\p{N}])(?:est(?:imate|imated)?\\.?|effort|size)\\s?(?:at |is )?[:=]?\\s?(?:about |around |~\\s?)?${AMOUNT}`,
      'giu',
    ),
    stands: 'opening',
  },
  {
    pattern: insensitive(
      `(?<![\\p{L}\\p{N}])(?:(?:i think )?(?:it |this |that )?(?:should take|will take|would take|might take|takes?|needs|(?:is |it['’]s )?worth)|(?:it['’]s )?about|roughly|approx\\.?|around)(?: (?:me|us))?(?: only| just)?(?: about| around| roughly| maybe| ~)?\\s?${AMOUNT}(?: of work)?`,
      'giu',
    ),
    stands: 'apart',
  },
  { pattern: insensitive(`[([]${AMOUNT}[)\\]]`, 'giu'), stands: 'end' },
  {
    pattern: insensitive(
      `(?<![\\p{L}\\p{N}])(?:est(?:imate|imated)?\\.?|effort)\\s?[:=]?\\s?(?:~\\s?)?${AMOUNT}`,
      'giu',
    ),
    stands: 'end',
  },
  {
    pattern: insensitive(
      /(?<=[^\s,:;–—-](?:,| [-–—])\s)(\d{1,3}(?:[.,]\d)?)\s?(m|mins?|h|hrs?|hours?|days?|d)(?=\s*[.!]?$)/giu,
    ),
    stands: 'added',
  },
  // Beside other fields in brackets: “(high, 3 days)”.
  { pattern: insensitive(`(?<=[([][^)\\]]{0,60},\\s?)${AMOUNT}(?=\\s?[)\\]])`, 'giu'), stands: 'anywhere' },
  {
    pattern: insensitive(
      /(?<![\p{L}\p{N}.])(\d{1,3})[ -]?((?:story[ -])?points?|pts?|sp)(?![\p{L}\p{N}])/giu,
    ),
    stands: 'end',
  },
]
/** One of several amounts, or of things that are named one by one: “Add views: 1h, 3h”. */
const LISTED = /(?:\d\s?\p{L}*|[:：][^,]*),\s*$/u
/** What is so long is the subject: “Lower the TTL to ~1d”, “Upload takes ~30m”. */
const IS_ABOUT =
  /\b(?:takes?|took|taking|lasts?|lasted|needs|spends?|costs?|runs?|ran|stalls?|stalled|hangs|freezes|blocks|lags?|idles?|stays?|remains|expires|retries|polls?|refresh(?:es)?|only|about|around|roughly|nearly|almost|over|has|have|was|were|uses?|keep|keeps|cache|caches|the|a|an|each|with|per|to|of|by|for|at|from|than|is|are|wait|waits|sleep|every|after|within|in|last|past|over|under|ttl|timeout|delay|and|or|until)\s+$/i
/** How long something is kept is no work: “Keep backups ~30d”, “Log retention ~90d”. */
const IS_KEPT =
  /^\W*(?:please )?(?:keep|retain|hold|expire|preserve)\b|\b(?:retention|ttl|timeout|expiry|expiration|lifetime|max-age|cooldown|interval|delay|kept|retained|held|stored|cached)\s+$/i
/** As likely how long something is kept as how much work it is. */
const MAY_BE_KEPT =
  /^\W*(?:please )?(?:cache|store|lock|ban|snooze|archive|remember|poll|purge)\s|\b(?:backups?|cache|caches|caching|snapshots?|archives?|trial|grace period)\s+$/i
const IS_WORK =
  /^\W*(?:please )?(?:fix|write|add|test|document|implement|refactor|review|build|create|improve|investigate|rework|remove|migrate|check|debug|update|repair|clean)\b/i
/** What may follow an amount in the middle of a sentence; before other words it is so much of something: “cache ~3h of logs”. */
const GOES_ON =
  /^\s+(?:because|since|so|and|but|please|if|incl(?:uding|\.)?|including|for|then|max|total|work|effort|maybe|i)(?![\p{L}\p{N}])/iu
/** Says cheaply of most requests that the patterns, which take a while to make, need not be asked. */
const MAY_HAVE_AMOUNT = /\d|\b(?:an?|one|two|three|four|five|six|eight|ten)[\s-]*(?:m|h|d|w|s|p)/i
const WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  ten: 10,
  'half a': 0.5,
  'half an': 0.5,
}

/** As the field takes it, or null where it does not. */
function estimateOf(amount: string, unit: string): string | null {
  const said = WORDS[amount.toLowerCase()] ?? Number(amount.replace(',', '.'))
  const short = /^(?:story|p|sp)/i.test(unit) ? 'pt' : unit[0]!.toLowerCase()
  return said > 0 ? `${said}${short}` : null
}

/** How sure it is that an amount is one of work; 0 where it is not. */
function certainty(before: string, rest: string, isOpening: boolean): number {
  if (IS_KEPT.test(before)) return IS_WORK.test(before) ? 0.75 : 0
  if (MAY_BE_KEPT.test(before) && !IS_WORK.test(before)) return 0.75
  if (!isOpening || !/^\s+\p{Ll}/u.test(rest)) return 0.9
  if (goesOnAbout(rest)) return 0
  // “Estimate: 3h badge”: what goes on so may be what is estimated, or what the words before belong to.
  return opensRequest(rest) ? 0.9 : 0.75
}

/** How much work it is, where that is said apart from the sentence: `~3h`, “(3h)”, “takes about 2 hours”, “5 points”. */
export function readEstimate(reading: Reading): Guess<string> | null {
  if (!MAY_HAVE_AMOUNT.test(reading.text)) return null
  for (const { pattern, stands } of PATTERNS) {
    for (const match of reading.text.matchAll(pattern())) {
      // A bracket that closes belongs to an estimate only where it opened in it.
      const isOwn = /^[([]/.test(match[0]) || !/[)\]]$/.test(match[0])
      const end = match.index + match[0].length - (isOwn ? 0 : 1)
      const before = reading.text.slice(0, match.index)
      const isApart =
        (stands === 'anywhere' &&
          (reading.isInFront(match.index) ||
            reading.opensAt(match.index) ||
            reading.closesAt(end) ||
            GOES_ON.test(reading.text.slice(end, end + 14)))) ||
        (stands === 'opening' && reading.opensAt(match.index)) ||
        (stands === 'added' && !LISTED.test(before) && !match[0].endsWith('D')) ||
        (stands !== 'added' && reading.closesAt(end) && (stands === 'end' || reading.opensAt(match.index)))
      if (!isApart) continue
      if (stands === 'anywhere' && IS_ABOUT.test(before)) continue
      if (
        stands === 'end' &&
        /\b(?:with|of|has|have|the|all|at|to|by|than|for|per|every|after|last|past|next|in|or|and|from|on|show|shows|add|support|display|set|parse|allow)\s+$/i.test(
          before,
        )
      )
        continue
      const confidence = certainty(before, reading.text.slice(end), stands === 'opening')
      const value = estimateOf(match[1]!, match[2]!)
      if (value && confidence > 0) return { value, confidence, evidence: [reading.take(match.index, end)] }
    }
  }
  return null
}
