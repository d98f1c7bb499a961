import { harmless } from '../../printable.ts'
import { cutLine, widthAtMost } from './cut-line.ts'
import type { Kind, Ranked } from './entry.ts'
import type { Lines } from './lines.ts'
import { BEGINNING } from './list-move.ts'
import type { PickOptions } from './pick-options.ts'

/** As many as can be heard, and kept in mind. */
const AT_ONCE = 10

/** Kinds whose texts say themselves what they are. */
const SPEAKING: readonly Kind[] = ['search', 'create', 'choice']

/** `1. task #1 Fix auth bug, pending medium` */
function lineOf({ entry }: Ranked<unknown>, place: number, columns: number): string {
  const { kind, text, aside, isCompletedFirst } = entry
  const before = `${place + 1}. ${SPEAKING.includes(kind) ? '' : `${kind} `}`
  const after = aside === '' ? '' : `, ${harmless(aside)}`
  // What stands beside is heard whole, unless there is no room at all for what it stands beside.
  const room = Math.max(LEAST_TEXT, columns - before.length - widthAtMost(after))
  // What changes something is seen whole before its number runs it.
  const told = isCompletedFirst ? harmless(text) : cutLine(harmless(text), room)
  return `${before}${told}${after}`
}

/** Columns of a text that are told however narrow the terminal is. */
const LEAST_TEXT = 20

/** What is asked before there is a list. */
const WORDS = 'Words: '
const QUESTION = 'Number, or other words'

/** What is asked under a list of which there is more, or not. */
function questionOf(length: number, more: number): string {
  if (length === 0) return 'Other words: '
  return more > 0 ? `${QUESTION} (+ for ${more} more): ` : `${QUESTION}: `
}

/** The number of a task, as nothing else is written. */
const NUMBER = /^(?:[\w.-]*#)?\d+$/

/** What was found, the best of it first. */
function headingOf(length: number, typed: string): string {
  if (length === 0) return NUMBER.test(typed) ? `There is no ${typed}.` : 'Nothing fits.'
  return typed === '' ? `${length} to choose from:` : `${length} for “${typed}”:`
}

/** Kinds that there are for any text, which are no sign that it fits something. */
const FOR_ANY_TEXT: readonly Kind[] = ['search', 'create']

/** Whether there is something for an answer: for a number, more than what can be done with any text. */
const hasFound = (answer: string, found: readonly Ranked<unknown>[]) =>
  found.some(({ entry: { kind } }) => !NUMBER.test(answer) || !FOR_ANY_TEXT.includes(kind))

/**
 * Lets somebody choose from a list line by line: words are asked for, what fits is told with numbers, and a number chooses.
 * Nothing is chosen but by its number, so that Enter alone never does anything.
 * @returns what the entry stands for; null for an empty line, unless it leads back to the words, and the end of input
 * Errors: BrokenOff for Ctrl-C.
 */
export async function pickInLines<T>(
  options: PickOptions<T>,
  { say, ask, columns = Number.POSITIVE_INFINITY }: Lines,
): Promise<T | null> {
  const { message, intro, place = { state: BEGINNING } } = options
  const { typed } = place.state
  const { list, notes } = (await options.all?.()) ?? options
  say(message.replace(/\s*[›:]$/, ':'))
  if (typed === '') for (const line of [...notes, ...(intro === undefined ? [] : [intro])]) say(line)
  let ranked: readonly Ranked<T>[] = []
  let told = 0
  const tell = () => {
    for (const [i, each] of ranked.slice(told, told + AT_ONCE).entries()) say(lineOf(each, told + i, columns))
    told = Math.min(told + AT_ONCE, ranked.length)
  }
  const look = (words: string) => {
    const found = list(words)
    // The numbers that were said last go on choosing where there are no others.
    if (ranked.length > 0 && !hasFound(words, found)) return say(headingOf(0, words))
    place.state = { ...BEGINNING, typed: words }
    ranked = found
    told = 0
    say(headingOf(ranked.length, words))
    tell()
  }
  let waits = intro !== undefined && typed === ''
  if (!waits) look(typed)
  for (;;) {
    const answer = await ask(waits ? WORDS : questionOf(ranked.length, ranked.length - told))
    if (answer === null) return null
    if (answer === '') {
      if (waits || intro === undefined) return null
      waits = true
      ranked = []
      place.state = BEGINNING
      continue
    }
    waits = false
    const chosen = /^\d{1,6}$/.test(answer)
      ? ranked.slice(0, told)[Number(answer) - 1]
      : answer.includes('#') && NUMBER.test(answer)
        ? list(answer).find(({ entry }) => entry.names.includes(answer.toLowerCase()))
        : undefined
    if (chosen) return chosen.entry.chosen
    if (answer === '+' && told < ranked.length) tell()
    else look(answer === '?' ? '' : answer)
  }
}
