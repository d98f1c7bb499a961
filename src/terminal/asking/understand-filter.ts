import * as rules from '../../../schemas/task.ts'
import { MhvError, shellWord } from '../../errors.ts'
import { checked } from '../input/input.ts'
import type { ListFlags } from '../listing/list-flags.ts'
import type { WordsFilter } from '../listing/read-listing.ts'
import type { PlaceFlags } from '../places/places-asked.ts'
import type { Workplace } from '../places/workplace.ts'
import { intentContext } from './intent-context.ts'

/** Words that say which tasks are meant. */
export interface FilterWords {
  readonly text: string
  /** The command that they were given to, such as `task list`. */
  readonly command: string
}

const flagWords = (flag: string, value: ListFlags[string]): string[] => {
  if (value === undefined || value === false) return []
  if (value === true) return [`--${flag}`]
  const word = Array.isArray(value) ? value.join(',') : String(value)
  return [word.startsWith('-') ? shellWord(`--${flag}=${word}`) : `--${flag} ${shellWord(word)}`]
}

/** Flags that a command knows without being told. */
const isImplied = (command: string, flag: string) => command === 'task ready' && flag === 'status'

const commandOf = (command: string, flags: ListFlags) =>
  [
    'mhv',
    command,
    ...Object.entries(flags).flatMap(([flag, value]) =>
      isImplied(command, flag) ? [] : flagWords(flag, value),
    ),
  ].join(' ')

/** What is ready is pending and open; another status that words say would be lost. */
const notReady = (command: string, status: readonly string[] = []) =>
  command === 'task ready' && status.some((word) => !['ready', 'pending', 'open'].includes(word))
    ? [
        {
          message: `What is ${status.join(' or ')} is not ready; that is for “mhv task list”.`,
          candidates: [],
        },
      ]
    : []

const outsideOfAny = (error: unknown) => {
  if (error instanceof MhvError && error.error === 'NOT_A_REPOSITORY') return null
  throw error
}

/**
 * Reads which tasks words ask for, as flags of the list; those that were given win over words.
 * Errors: INVALID_INPUT; REQUEST_UNCLEAR, with what could be meant; those of intentContext.
 */
export async function understandFilter(
  words: FilterWords,
  given: ListFlags & PlaceFlags,
  open: () => Promise<Workplace>,
): Promise<WordsFilter> {
  const text = checked('request', rules.request, words.text.trim(), '"overdue bugs assigned to me"')
  const context = await intentContext(await open().catch(outsideOfAny), given.repos)
  const { parseFilter } = await import('../../intent/filter/parse-filter.ts')
  const parsed = await parseFilter(text, context)
  const { flags: read } = parsed
  const doubts = [...parsed.doubts, ...notReady(words.command, read.status)]
  const flags = Object.fromEntries(
    Object.entries(read).filter(([flag]) => given[flag] === undefined),
  ) as ListFlags
  const command = commandOf(words.command, { ...given, ...flags })
  if (doubts.length === 0) return { flags, command }
  const told = doubts.map(({ message, candidates }) =>
    candidates.length > 0 ? `${message} (${candidates.join(', ')})` : message,
  )
  throw new MhvError('REQUEST_UNCLEAR', `The words are not clear: ${told.join(' ')}`, {
    recovery: [command],
    data: { filter: { ...flags, command }, doubts },
  })
}
