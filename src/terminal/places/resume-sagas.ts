import { MhvError } from '../../errors.ts'
import { resumeSaga } from '../../federation/saga.ts'
import { isHeld, unfinishedSagas } from '../../federation/saga-log.ts'
import { type SagaPlaces, sagaLogs } from './saga-places.ts'

/** What became of a change that was interrupted, as documents have it. */
export interface Resumed {
  readonly link: string
  readonly kind: string
  /** Where it began. */
  readonly repository: string
  readonly outcome: 'done' | 'taken back' | 'unfinished'
  readonly why: string | null
  /** Repositories that could not be asked when it was given up. */
  readonly left_behind: readonly string[]
}

/**
 * Goes on with everything that was interrupted; what cannot be finished keeps nothing else from it.
 * @param givesUp takes it back instead, as far as the repositories can be asked
 * @returns also the errors of those that stay unfinished
 * Errors: those of git.
 */
export async function resumeSagas(
  places: SagaPlaces,
  givesUp: boolean,
): Promise<{ resumed: Resumed[]; errors: MhvError[] }> {
  const resumed: Resumed[] = []
  const errors: MhvError[] = []
  const { file } = places.federation
  for (const { name, repository } of await sagaLogs(places)) {
    for (const record of await unfinishedSagas(repository)) {
      if (isHeld(record.saga)) continue
      const { link, kind } = record.saga
      const told = { link, kind, repository: name }
      try {
        const { why, leftBehind } = await resumeSaga(repository, record, places.open, file, givesUp)
        resumed.push({ ...told, outcome: why === null ? 'done' : 'taken back', why, left_behind: leftBehind })
      } catch (error) {
        if (!(error instanceof MhvError)) throw error
        resumed.push({ ...told, outcome: 'unfinished', why: error.message, left_behind: [] })
        errors.push(error)
      }
    }
  }
  return { resumed, errors }
}
