import { MhvError } from '../errors.ts'
import type { TaskName, TaskNames } from './find-task.ts'

const NAME = '[A-Za-z0-9][A-Za-z0-9._-]*'
const ID = '[0-7][0-9A-HJKMNP-TV-Z]{25}'
const NUMBER = `(?:(${NAME})?#)?([1-9]\\d{0,9})`
const PART = new RegExp(`^(?:${NUMBER}(?:-${NUMBER})?|(?:(${NAME})/)?(${ID}))$`, 'i')
/** Anything that people may have meant for tasks, `0` and `9-7` included. */
const LOOKS_LIKE = new RegExp(`^(?:(?:[\\w.-]*#)?\\d+(?:-(?:[\\w.-]*#)?\\d+)?|(?:[\\w.-]+/)?${ID})$`, 'i')

/** Tasks of one repository, as a part of a list names them. */
export interface PlacedName {
  /** What the repository is called there; null where nothing is said. */
  readonly place: string | null
  readonly name: TaskNames[number]
  /** The part itself. */
  readonly part: string
}

/**
 * Tasks as people list them, of any repository: `12`, `#12`, `demo#12`, `3,7-9`, a whole id, `demo/` and one. Within a
 * word a repository's name holds for what follows as well: `demo#3,7-9`. Errors: INVALID_INPUT.
 */
export function parsePlacedNames(words: readonly string[]): PlacedName[] {
  return words.flatMap((word) => {
    let before: string | null = null
    return word.split(',').map((text) => {
      const part = text.trim()
      const match = PART.exec(part)
      if (!match) throw invalid(part, 'is not a task number (12), a list or range (3,7-9) or a task id')
      const [, ofFirst, first, ofLast, last, ofId, id] = match
      const place: string | null = ofFirst ?? ofId ?? before
      before = place
      if (id) return { place, name: id.toUpperCase(), part }
      if (ofLast !== undefined && ofLast !== ofFirst)
        throw invalid(part, 'begins and ends in two repositories')
      const [from, to] = [Number(first), Number(last ?? first)]
      if (to < from) throw invalid(part, 'ends before it begins')
      return { place, name: last === undefined ? from : { from, to }, part }
    })
  })
}

/**
 * The same, of one repository.
 * @param own what that repository is called: nothing else may stand in front of a number
 * Errors: INVALID_INPUT.
 */
export function parseTaskNames(words: readonly string[], own: string | readonly string[]): TaskNames {
  const names = typeof own === 'string' ? [own] : own
  return parsePlacedNames(words).map(({ place, name, part }) => {
    if (place === null || isAmong(names, place)) return name
    throw invalid(
      part,
      `is a task of the repository ${place}; this one is ${names[0]}, and only its own tasks can be named`,
    )
  })
}

/** Whether a repository that has several names is called so, in whichever case. */
export const isAmong = (names: readonly string[], word: string): boolean =>
  names.some((name) => name.toLowerCase() === word.toLowerCase())

/** A task where a single one is meant. Errors: INVALID_INPUT, also for a list or a range. */
export function parseTaskName(word: string, own: string | readonly string[]): TaskName {
  const [name, ...others] = parseTaskNames([word], own)
  if (name !== undefined && typeof name !== 'object' && others.length === 0) return name
  throw invalid(word, 'names several tasks; only one can be named here')
}

/** Numbers as parseTaskNames reads them: `3,7-9`. */
export function listNumbers(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && number === last.to + 1) last.to = number
    else ranges.push({ from: number, to: number })
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/** Whether a word can only mean tasks: numbers, ranges, ids. */
export const namesTasks = (word: string): boolean =>
  word.split(',').every((part) => LOOKS_LIKE.test(part.trim()))

function invalid(value: string, why: string): MhvError {
  return new MhvError('INVALID_INPUT', `“${value}” ${why}.`, {
    recovery: ['mhv task list'],
    data: { field: 'task', value, rule: why, example: '3,7-9' },
  })
}
