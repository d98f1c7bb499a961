import { MhvError, shellWord } from '../../errors.ts'
import type { OtherPlace } from '../../federation/in-place.ts'
import type { Neighbours } from '../../federation/neighbours.ts'
import type { Repository } from '../../git/repository.ts'
import { namesTasks } from '../../query/number-list.ts'
import { publicUrl } from '../../repos/shown-url.ts'
import type { TaskStore } from '../../store/task-store.ts'

/** Where a command works. */
export interface Workplace {
  readonly repository: Repository
  readonly store: TaskStore
  /** What may stand in front of the repository's numbers; the store's name only, where nothing else is said. */
  readonly names?: readonly string[]
  /** Set where it is not the repository around the working directory. */
  readonly elsewhere?: ElsewherePlace
  /** The repositories beside it. Errors: NO_FEDERATION, REPOS_INVALID. */
  readonly neighbours?: () => Promise<Neighbours>
}

export interface ElsewherePlace extends OtherPlace {
  /** Where it is reached where it has no directory. */
  readonly url: string | null
  /** The repository that a number without a name could be taken for as well; null where there is none. */
  readonly insteadOf: string | null
  /** Where a clone of it belongs, and whether the file that lists it says so already. */
  readonly clone?: { readonly directory: string; readonly file: string; readonly isListed: boolean }
}

/**
 * An error for want of a federation, with what it was needed for; any other as it is.
 * @param said the words that name the repository
 */
export function withNeed(error: unknown, said: string, word: string): unknown {
  if (!(error instanceof MhvError) || error.error !== 'NO_FEDERATION') return error
  const message = `${said} leads to ${word}, of which nothing is known. ${error.message}`
  return new MhvError('NO_FEDERATION', message, { data: error.data })
}

/** Refuses to work on files where there are none, with the steps to a clone. Errors: REPOSITORY_MISSING. */
export function requireFiles({ store, elsewhere }: Workplace): void {
  if (elsewhere?.directory !== null) return
  const { clone, url } = elsewhere
  const steps = [
    `git clone ${shellWord(publicUrl(url!))} ${shellWord(clone!.directory)}`,
    ...(clone!.isListed
      ? []
      : [`mhv repos add ${shellWord(clone!.directory)} --file ${shellWord(clone!.file)}`]),
    `mhv -C ${shellWord(clone!.directory)} sync`,
  ]
  throw new MhvError(
    'REPOSITORY_MISSING',
    `${store.name} is known by its URL only: there is no clone to work in.`,
    {
      recovery: steps,
      data: { repository: store.name },
    },
  )
}

/** What may stand in front of the numbers of a workplace. */
export const namesOf = ({ store, names }: Workplace): readonly string[] => names ?? [store.name]

/** The words with nothing in front of the tasks' numbers and ids: whose they are was looked at before. */
export const withoutPlaces = (words: readonly string[]): string[] =>
  words.map((word) => (namesTasks(word) ? word.replace(/[\w.-]*#|[\w.-]+\//g, '') : word))

/** A number of a workplace's, as it is said: with the repository's name where that is not the one around. */
export const numbered = ({ store, elsewhere }: Workplace, number: number | string): string =>
  `${elsewhere ? store.name : ''}#${number}`
