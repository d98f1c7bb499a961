import { MhvError } from '../errors.ts'
import type { TaskName, TaskNames } from './find-task.ts'

const ID = '[0-7][0-9A-HJKMNP-TV-Z]{25}'
const NUMBER = '(?:([A-Za-z0-9][A-Za-z0-9._-]*)?#)?([1-9]\\d{0,9})'
const PART = new RegExp(`^(?:${NUMBER}(?:-${NUMBER})?|(${ID}))$`, 'i')
/** Anything that people may have meant for tasks, `0` and `9-7` included. */
const LOOKS_LIKE = new RegExp(`^(?:(?:[\\w.-]*#)?\\d+(?:-(?:[\\w.-]*#)?\\d+)?|${ID})$`, 'i')

/**
 * Tasks as people list them: `12`, `#12`, `demo#12`, `3,7-9`, a whole id, several words of these.
 * @param repository its name, the only one that a number may have in front
 * Errors: INVALID_INPUT.
 */
export function parseTaskNames(words: readonly string[], repository: string): TaskNames {
  return words
    .flatMap((word) => word.split(','))
    .map((word) => {
      const part = word.trim()
      const match = PART.exec(part)
      if (!match) throw invalid(part, 'is not a task number (12), a list or range (3,7-9) or a task id')
      const [, place, first, otherPlace, last, id] = match
      if (id) return id.toUpperCase()
      const foreign = [place, otherPlace].find((name) => name !== undefined && name !== repository)
      if (foreign) {
        throw invalid(
          part,
          `is a task of the repository ${foreign}; this one is ${repository}, and only its own tasks can be named`,
        )
      }
      const [from, to] = [Number(first), Number(last ?? first)]
      if (to < from) throw invalid(part, 'ends before it begins')
      return last === undefined ? from : { from, to }
    })
}

/** A task where a single one is meant. Errors: INVALID_INPUT, also for a list or a range. */
export function parseTaskName(word: string, repository: string): TaskName {
  const [name, ...others] = parseTaskNames([word], repository)
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
