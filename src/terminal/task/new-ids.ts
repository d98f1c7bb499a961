import { monotonicFactory } from 'ulid'

/** A source of ULIDs that start at an instant; each is greater than the one before. */
export function newIds(instant: string): () => string {
  const next = monotonicFactory()
  const time = Date.parse(instant)
  return () => next(time)
}
