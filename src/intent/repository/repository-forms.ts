import { STOP_WORDS } from '../../search/stop-words.ts'
import { insensitive } from '../insensitive.ts'
import type { Reading } from '../reading.ts'
import { folded, isOrdinary, type KnownNames, type Named } from './repository-names.ts'

const NAME = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,60}(?: [\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,40})?'
// A form that opens a clause, which may come after other fields.
const START = '(?<=(?:^|[:,;.!\\])\uE001])\\s{0,4})'
const WORD = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,60}'

/** A way of saying where a task belongs. */
export interface Form {
  /** Where it stands in a text. */
  readonly matchesIn: (text: string) => Iterable<RegExpExecArray>
  readonly kind: 'mark' | 'repository' | 'prefix' | 'place'
  /** Whether an ordinary word is plainly a name in what was matched. */
  readonly isPlain: (matched: string) => boolean
}

/** @param signs one of which stands in whatever the pattern matches: without, it need not be made */
function form(kind: Form['kind'], signs: RegExp, pattern: string, isPlain: Form['isPlain']): Form {
  const made = insensitive(pattern, 'giu')
  return { kind, matchesIn: (text) => (signs.test(text) ? text.matchAll(made()) : []), isPlain }
}
const always = () => true

export const IN_PLACE = form(
  'place',
  /(?:in|for|inside) /i,
  `(?<![\\p{L}\\p{N}_-])(?:in|for|inside|within)(?: the)? (?=(${NAME}))`,
  // “For data” is what for, and “in the shop” a shop.
  (matched) => /^(?:in|inside|within) $/i.test(matched),
)

/** The plainest first. */
export const FORMS: readonly Form[] = [
  form('mark', /@/, `(?<![\\p{L}\\p{N}@._-])@(${WORD}?)(?![\\p{L}\\p{N}_]|[.-][\\p{L}\\p{N}])[:,]?`, always),
  form('prefix', /\[/, `(?<!\\S)\\[(${NAME})\\]:?`, always),
  form(
    'repository',
    / repo| codebase/i,
    `(?<![\\p{L}\\p{N}])(?:(?:in|for|to|on|of|inside|within) )?(?:the )?(${WORD}(?: ${WORD})??) (?:repo(?:sitory)?|codebase)(?![\\p{L}\\p{N}])[:,]?`,
    // A “data repository” may be a class.
    (matched) =>
      /^(?:in|for|to|on|of|inside|within) /i.test(matched) ||
      /^the .* (?:repo|codebase)[:,]?$/i.test(matched),
  ),
  form(
    'repository',
    /repo|project/i,
    `(?<![\\p{L}\\p{N}])(?:in |for )?(?:repo(?:sitory)?|project)(?:\\s?[:=]\\s?| )(?=(${NAME}))`,
    (matched) => /[:=]|^(?:in|for) /i.test(matched),
  ),
  form('prefix', /(?:in|for|on) .*[:,]/i, `${START}(?:in|for|on)(?: the)? (${NAME})\\s?[:,]`, (matched) =>
    /^in|:$/i.test(matched),
  ),
  form('prefix', /[:–—]| -\s/, `${START}(${NAME})\\s?(?::(?!:)|(?: [-–—]|—)(?=\\s))`, always),
  IN_PLACE,
]

const DAY =
  '(?:the (?:end|\\d)|end of|eo[dwmqy]|mid|early|late|noon|midnight|today|tomorrow|next|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|\\d)'
/** What follows a place, as another field does: “in sb by Friday”, “in cj for Ann”, “in sb because …”. */
const FOLLOWING = insensitive(
  `^\\s+(?:(?:by|on|until|till|before|after|due) ${DAY}|in (?:\\d|an? (?:day|week|month)|two|three)|for (?:me(?![\\p{L}\\p{N}])|@)|(?:today|tonight|tomorrow|asap|because|so that)(?![\\p{L}\\p{N}])|(?:next|this) (?:week|month|quarter|${DAY})|due |assigned |[#~@!(\\[+]|p\\d(?![\\p{L}\\p{N}])|\\uE001)`,
)
const FOR_SOMEBODY = /^\s+for \p{Lu}/u
const WORD_AFTER = /^\s+(?:in|for|inside|within)\s+(?:the\s+)?([\p{L}\p{N}][\p{L}\p{N}_.-]*)/u
const LISTED = /^(?:\s?,\s?(?:and |or )?|\s(?:and|or|&|\+)\s|\s?\/\s?)(?:in )?([\p{L}\p{N}][\p{L}\p{N}_.-]*)/u

/** The longest beginning of some words that is a name: “Fast Blocks board” → “Fast Blocks”. */
export function lookUp(words: string, { names }: KnownNames): { named: Named; said: string } | null {
  for (const word of [words, words.split(' ')[0]!]) {
    const said = word.replace(/[.-]+$/, '')
    const named = names.get(folded(said))
    if (named) return { named, said }
  }
  return null
}

/** A repository that stands in a list after another one, or after “in”. */
function namedBy(word: string, known: KnownNames): Named | null {
  const said = word.replace(/[.-]+$/, '')
  const named = known.names.get(folded(said))
  return named && named.by !== 'tag' && !isOrdinary(known, said) ? named : null
}

/** Whether what comes before is all that is said of the place. */
export function endsPlace(reading: Reading, to: number, known: KnownNames): boolean {
  const rest = reading.text.slice(to)
  if (reading.closesAt(to) || FOLLOWING().test(rest) || FOR_SOMEBODY.test(rest)) return true
  const next = WORD_AFTER.exec(rest) ?? LISTED.exec(rest)
  return next !== null && namedBy(next[1]!, known) !== null
}

/** Whether the words after a place go on about it, and would say nothing without it: “in akosha search”, “in akosha 2.1”. */
export function isGoneOnAbout(reading: Reading, to: number): boolean {
  const next = /^\s+([\p{L}\p{N}][\p{L}\p{N}'’_-]*)/u.exec(reading.text.slice(to))
  return next !== null && !STOP_WORDS.has(next[1]!.toLowerCase().split(/['’]/)[0]!)
}

/** “in akosha and dhara”: the others of a list. */
export function listedAfter(
  reading: Reading,
  end: number,
  known: KnownNames,
): { from: number; to: number; named: Named }[] {
  const others: { from: number; to: number; named: Named }[] = []
  for (
    let at = end, next = LISTED.exec(reading.text.slice(at));
    next;
    next = LISTED.exec(reading.text.slice(at))
  ) {
    const named = namedBy(next[1]!, known)
    if (!named) break
    const to = at + next[0].length
    others.push({ from: to - next[1]!.length, to, named })
    at = to
  }
  return others
}
