import * as rules from '../../../schemas/task.ts'
import { MhvError } from '../../errors.ts'
import type { TaskName } from '../../query/find-task.ts'
import { namesTasks, parseTaskName } from '../../query/number-list.ts'
import { checked } from '../input/input.ts'
import { NONE } from '../input/none.ts'
import { namesOf, type Workplace } from '../places/workplace.ts'
import { requireClearNames } from './related-tasks.ts'

/** Who does a task: a name or address, `me`, or null for `none`. Errors: INVALID_INPUT. */
export function readPerson(word: string, actor: string): string | null {
  if (word === NONE) return null
  const person = checked(
    'assignee',
    rules.writtenPerson,
    word === 'me' ? actor : word.trim(),
    'me, none or ann@example.com',
  )
  if (!namesTasks(person)) return person
  throw new MhvError(
    'INVALID_INPUT',
    `The assignee “${person}” is a number, as tasks have; a person has a name or an address.`,
    { recovery: ['mhv help'], data: { field: 'assignee', value: person } },
  )
}

/** An effort with its unit, or null for `none`. Errors: INVALID_INPUT. */
export const readEstimate = (word: string): string | null =>
  word === NONE ? null : checked('estimate', rules.estimate, word, '3h')

/** The task that another is a part of, or null for `none`. Errors: INVALID_INPUT, AMBIGUOUS_REPOSITORY. */
export async function readParent(word: string, workplace: Workplace): Promise<TaskName | null> {
  if (word === NONE) return null
  const name = parseTaskName(word, namesOf(workplace))
  await requireClearNames(workplace, [word])
  return name
}

/** A label; `none` is no label, since filters mean tasks without any by it. Errors: INVALID_INPUT. */
export function readLabel(word: string): string {
  const label = checked('label', rules.label, word, 'auth')
  if (label !== NONE) return label
  throw new MhvError('INVALID_INPUT', 'A label cannot be called “none”: that means no label at all.', {
    recovery: ['mhv help'],
    data: { field: 'label', value: label },
  })
}

/** A title: at least one character of it can be seen. Errors: INVALID_INPUT. */
export const readTitle = (word: string): string =>
  checked('title', rules.visibleTitle, word.trim(), '"Fix auth bug"')

/** An acceptance criterion. Errors: INVALID_INPUT. */
export const readCriterion = (word: string): string =>
  checked('criterion', rules.line(500), word.trim(), '"passes on Windows"')
