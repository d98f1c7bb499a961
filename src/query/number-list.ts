import { MhvError } from '../errors.ts'
import type { TaskName } from './find-task.ts'

const MOST = 10_000

/**
 * Tasks as people list them: `12`, `#12`, `3,7-9`, a whole id, several words of these. Each once, in order.
 * Errors: INVALID_INPUT.
 */
export function parseTaskNames(words: readonly string[]): TaskName[] {
  const names = new Set<TaskName>()
  for (const part of words.flatMap((word) => word.split(',')).map((word) => word.trim())) {
    const range = /^#?([1-9]\d{0,9})(?:-#?([1-9]\d{0,9}))?$/.exec(part)
    if (range) {
      const from = Number(range[1])
      const to = Number(range[2] ?? range[1])
      if (to < from || to - from >= MOST)
        throw invalid(part, to < from ? 'ends before it begins' : `names more than ${MOST}`)
      for (let number = from; number <= to; number++) names.add(number)
    } else if (/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(part)) {
      names.add(part.toUpperCase())
    } else {
      throw invalid(part, 'is not a task number (12), a list or range (3,7-9) or a task id')
    }
  }
  return [...names]
}

/** Numbers as parseTaskNames reads them: `3,7-9`. */
export function listNumbers(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && number === last.to + 1 && number - last.from < MOST) last.to = number
    else ranges.push({ from: number, to: number })
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/** Whether a word can only mean tasks: numbers, ranges, ids. */
export function namesTasks(word: string): boolean {
  return /^(?:#?\d+(?:-#?\d+)?|[0-7][0-9A-HJKMNP-TV-Z]{25})(?:,(?:#?\d+(?:-#?\d+)?|[0-7][0-9A-HJKMNP-TV-Z]{25}))*$/i.test(
    word,
  )
}

function invalid(value: string, why: string): MhvError {
  return new MhvError('INVALID_INPUT', `“${value}” ${why}.`, {
    recovery: ['mhv task list'],
    data: { field: 'task', value, rule: why, example: '3,7-9' },
  })
}
