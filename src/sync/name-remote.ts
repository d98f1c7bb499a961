import { type ErrorName, MhvError } from '../errors.ts'
import type { RemotePlaces } from './remote-places.ts'

const OF_A_LOG: ReadonlySet<ErrorName> = new Set(['NOT_A_LOG', 'NEWER_FORMAT'])

/** Whether an error is about what a log is, and not about this repository or the network. */
export const isOfLog = (error: unknown): error is MhvError =>
  error instanceof MhvError && OF_A_LOG.has(error.error)

/**
 * The error of a log that was fetched, with where it is: its own words are about the one here.
 * @param ref its name on the remote
 * @param tracked where it was fetched to
 */
export function namedRemote(
  error: MhvError,
  { remote }: RemotePlaces,
  ref: string,
  tracked: string,
): MhvError {
  const look = `git show --stat ${tracked}`
  return new MhvError(
    error.error,
    `${ref} of ${remote} cannot be merged, and nothing was pushed over it: ${error.message}`,
    {
      recovery: error.error === 'NEWER_FORMAT' ? ['mhv version', look] : [look, 'mhv doctor --remote'],
      data: { ...error.data, remote, ref },
      cause: error,
    },
  )
}
