import { resolveDate } from '../../query/dates.ts'
import { AT, ROW_INTS } from '../../snapshot/row.ts'
import { joined, type Snapshot } from '../../snapshot/snapshot.ts'
import type { Workplace } from '../base-command.ts'
import { localDate, now } from '../output/clock.ts'
import { note } from '../output/output-mode.ts'
import { progressBar } from '../output/progress.ts'

function instantOf(word: string): string | null {
  const date = resolveDate(word, localDate(now()))
  if (date) return new Date(new Date(`${date}T23:59:59.999`).getTime()).toISOString()
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(word)) return null
  const at = new Date(word)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/**
 * The instant that ends a local day, less a millisecond, or the instant itself; null where the word is neither. Of a day to
 * come it is noted that nobody knows it.
 */
export function pointInTime(word: string): string | null {
  const instant = instantOf(word)
  if (instant && localDate(instant) > localDate(now())) {
    note(`Note: --at ${word} is yet to come: these are the tasks of now, judged by that date.\n`)
  }
  return instant
}

/** Tasks of a moment, which know what came after it unless that is yet to come. */
export function thenOf(past: Snapshot, present: Snapshot, at: string, time: string): Snapshot {
  if (time > now()) return past
  const createdOn = (slot: number) => {
    const created = present.wide[(slot * ROW_INTS + AT.CREATED) / 2]!
    return created > Date.parse(time) ? localDate(created) : null
  }
  return { ...past, later: { at, snapshot: present, createdOn } }
}

/**
 * The tasks now, or at a date (its end), an instant or a commit of the log, and the time of that: what is overdue and
 * what a word like `today` means goes by it. Errors: BAD_REVISION; of `view`.
 */
export async function openListing(
  { repository, store }: Workplace,
  at: string | undefined,
): Promise<{ snapshot: Snapshot; time: string }> {
  const snapshot = await store.view()
  if (at === undefined) return { snapshot, time: now() }
  const { viewAtCommit, viewAtInstant } = await import('../../store/view-at.ts')
  const instant = pointInTime(at)
  const progress = progressBar('Reading tasks')
  const past: { snapshot: Snapshot; time: string } = instant
    ? { snapshot: await viewAtInstant(repository, snapshot.tip!, instant, progress), time: instant }
    : await viewAtCommit(repository, at, progress)
  const { time } = past
  // Of other repositories only what they are now is known.
  return { snapshot: thenOf(joined(past.snapshot, snapshot.elsewhere), snapshot, at, time), time }
}
