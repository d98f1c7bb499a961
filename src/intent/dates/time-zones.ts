import type { ParsedResult } from 'chrono-node'
import { insensitive } from '../insensitive.ts'
import type { IntentContext } from '../parsed-request.ts'
import type { SaidDate, Zone } from './said-date.ts'

/** Names that several zones share, with the minutes that each is east of UTC. */
const SHARED: Readonly<Record<string, readonly number[]>> = {
  AMT: [-240, 240],
  AST: [-240, 180],
  BST: [60, 360],
  CST: [-360, 480],
  GST: [240, -120],
  IST: [330, 120, 60],
  SST: [-660, 480],
}
/** Names of zones that are no words in lower case: in “by 5pm get bread” there is none. */
const UNMISTAKABLE =
  /^(?:utc|gmt|cet|cest|mez|mesz|eet|eest|est|edt|cst|cdt|mst|mdt|pst|pdt|bst|ist|jst|kst|msk|hkt|sgt|aest|aedt|acst|awst|nzst|nzdt|sast)$/
const REFERENCED =
  /^(?:in|within|for|over|now)\b|\b(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|h|m|s|now|hence|later|ago)\W*$/i

/** What a text says about its zone: how long it is without a word that was taken for one. */
export interface ReadZone {
  readonly length: number
  readonly zone: Zone | null
}

const named = (name: string, offset: number): Zone => ({
  name,
  offsets: SHARED[name.toUpperCase()] ?? [offset],
})

/** The zone that what reads dates found with one. */
export function zoneOf({ text, start }: ParsedResult): ReadZone {
  const offset = start.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null
  // What is reckoned from now gets the zone of now.
  if (offset === null || REFERENCED.test(text)) return { length: text.length, zone: null }
  const last = /\s*\(?\b(([A-Za-z]{2,5})(?:\s?[+-][\d:]+)?)\)?$/.exec(text)
  const word = last?.[2] ?? ''
  if (last && word === word.toLowerCase() && !UNMISTAKABLE.test(word))
    return { length: last.index, zone: null }
  const shared = text.match(/\b[A-Za-z]{3}\b/g)?.find((name) => SHARED[name.toUpperCase()])
  return { length: text.length, zone: named(shared ?? last?.[1] ?? 'UTC', offset) }
}

const AFTER =
  /^\s?\(?(?:(Z|UTC|GMT|[A-Z]{2,5}|[a-z]{3,4})(\s?[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2})\)?(?![\p{L}\p{N}:])/u
const HERE = insensitive(/^\s(?:local|my|our) time(?![\p{L}\p{N}])/iu)
const ELSEWHERE =
  /^\s?\(?(?:\p{Lu}\p{L}+(?:\/\p{Lu}[\p{L}_]+)+|(?:\p{Lu}\p{Ll}+ ){1,2}(?:(?:standard|daylight|summer|winter) )?time|Eastern|Pacific|Central|Mountain)(?![\p{L}\p{N}])/u
const EVERYWHERE = insensitive(/^\s\(?(?:aoe|anywhere on earth)(?![\p{L}\p{N}])/iu)

/**
 * The zone right after a date, which the rules of our own leave.
 * @param offsetAt reads a day, a time and the name of a zone
 */
export function zoneAfter(
  rest: string,
  { day, time }: SaidDate,
  offsetAt: (words: string) => number | null,
): ReadZone | null {
  if (!/^\s?[(A-Za-z+-]/.test(rest)) return null
  const everywhere = EVERYWHERE().exec(rest)
  if (everywhere) return { length: everywhere[0].length, zone: { name: everywhere[0].trim(), offsets: [] } }
  if (!time) return null
  const here = rest.includes('time') ? HERE().exec(rest) : null
  if (here) return { length: here[0].length, zone: null }
  const match = AFTER.exec(rest)
  const name = match?.[1]
  if (match && (!name || name !== name.toLowerCase() || UNMISTAKABLE.test(name))) {
    const offset = name === 'Z' ? 0 : offsetAt(`${day} ${time} ${match[0].trim().replace(/[()]/g, '')}`)
    if (offset !== null)
      return { length: match[0].length, zone: named(match[2] ? 'UTC' : (name ?? 'UTC'), offset) }
  }
  const elsewhere = ELSEWHERE.exec(rest)
  return elsewhere && { length: elsewhere[0].length, zone: { name: elsewhere[0].trim(), offsets: [] } }
}

const DAY = 86_400_000
const two = (value: number) => String(value).padStart(2, '0')

/** The local minute that it is, `YYYY-MM-DDTHH:MM`. */
export const minuteOf = ({ today, minutes }: IntentContext): string =>
  `${today}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

/** What a date is here, as a deadline: one for each zone that may be meant, and for each day. */
export function deadlinesOf(said: SaidDate, context: IntentContext): string[] {
  const { time, zone, kind } = said
  const days = said.either ?? [said.day]
  if (!time) return [...days]
  if (!zone) return days.map((day) => `${day}T${time}`)
  const here = (instant: number): string => {
    if (kind !== 'time') return context.localTime(instant)
    // Without a day it is the next such time, on whichever day that is there.
    const isAhead = (at: number) => context.localTime(at) >= minuteOf(context)
    const next = [instant - DAY, instant, instant + DAY].find(isAhead)
    return context.localTime(next ?? instant)
  }
  return zone.offsets.flatMap((offset) =>
    days.map((day) => here(Date.parse(`${day}T${time}Z`) - offset * 60_000)),
  )
}
