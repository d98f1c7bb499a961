import { insensitive } from '../insensitive.ts'
import type { IntentContext } from '../parsed-request.ts'
import { WEEKDAYS } from './date-rules.ts'

/** What makes a name of its own of the day of the week that comes after it, however it is written. */
const NAMING = insensitive(
  /(?<![\p{L}\p{N}_-])(?:(?:good|black|easter|cyber|patch|ash|giving|super|casual|maundy|holy|palm|shrove|fat|whit|spy|blue|plough|pentecost|small business|bloody|manic|meatless|taco|throwback|thirsty|pancake|mothering|advent|remembrance|trinity|orthodox|exploit|no[ -]meetings?|no[ -]deploy)\s+)$/iu,
)
const LIMITED = insensitive(
  /(?<![\p{L}\p{N}_-])(?:by|before|until|till|prior to|ahead of)\s+(?:the\s+)?(\p{L}{3,})\s+$/iu,
)
const CAPITAL = /(?<![\p{L}\p{N}_-])(\p{Lu}\p{Ll}+)\s+$/u
/** Words before a day of the week that say which one, or when on it. */
const WHICH =
  /^(?:the|this|next|coming|following|last|past|early|late|mid|end|close|start|around|about|noon|midday|midnight|morning|evening|latest|every|each|on|at|by|before|until|till|due|for|from|to|and|or|in|eo[bdw]|co[bd]|monday|tuesday|wednesday|thursday|friday|saturday|sunday|deadline|lunch|dinner|breakfast|today|tomorrow|then|also|after|since|following|starting|beginning|only|not|of|vor|bis|bis zum|avant|tegen|voor)$/i
const WEEKDAY = insensitive(`^(?:${WEEKDAYS})(?![\\p{L}\\p{N}])`, 'iu')

/** The name of a day, and whether it is one for sure. */
export interface NamedDay {
  readonly name: string
  readonly isSure: boolean
}

/**
 * The name of which a day of the week is a part, as in “Good Friday”, or null.
 * @param ahead what comes before the words of the date, and `rest` what comes after them
 */
export function namedDay(
  ahead: string,
  words: string,
  rest: string,
  context: IntentContext,
): NamedDay | null {
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(words) || !/\S\s+$/.test(ahead)) return null
  const day = WEEKDAY().exec(words)?.[0]
  if (!day) return null
  const known = NAMING().exec(ahead)
  if (known) return { name: known[0] + day, isSure: true }
  const limited = LIMITED().exec(ahead)?.[1]
  if (limited && !WHICH.test(limited)) return { name: `${limited} ${day}`, isSure: false }
  const capital = CAPITAL.exec(ahead)
  if (!capital || !/^\p{Lu}\p{Ll}/u.test(day) || WHICH.test(capital[1]!)) return null
  // The first word is what to do more often than a name.
  if (ahead.slice(0, capital.index).trim() === '' && !/^\s*:/.test(rest)) return null
  const isKnown = (name: string) => name.split(/[\s.]/).includes(capital[1]!)
  if (context.people.some(({ names }) => names.some(isKnown))) return null
  return { name: `${capital[1]} ${day}`, isSure: false }
}
