import { MhvError } from '../errors.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** What another system calls its tasks: BACK-355, GH-12, back-12.3. */
const SOURCE_ID = /^[A-Za-z][A-Za-z0-9_]*-\d+(?:\.\d+)*$/

/** Whether a word can only be the name that a task had in the system that it was imported from. */
export const isSourceId = (word: string): boolean => SOURCE_ID.test(word)

/**
 * The id of the task that another system called so, in whichever case.
 * Errors: TASK_NOT_FOUND; AMBIGUOUS_NUMBER where tasks of several systems were.
 */
export function findBySource(snapshot: Snapshot, word: string): string {
  const end = `:${word.toLowerCase()}`
  const ids: string[] = []
  snapshot.willRead('heads', snapshot.slots)
  for (let slot = 0; slot < snapshot.slots; slot++) {
    if (snapshot.flags(slot) & (FLAG.GONE | FLAG.DELETED)) continue
    const head = snapshot.head(slot)
    if (head.source.toLowerCase().endsWith(end)) ids.push(head.id)
  }
  if (ids.length === 1) return ids[0]!
  if (ids.length === 0) {
    throw new MhvError('TASK_NOT_FOUND', `No task here was imported as ${word}.`, {
      recovery: ['mhv task list --status all --columns number,source,title'],
      data: { task: word },
    })
  }
  throw new MhvError('AMBIGUOUS_NUMBER', `${word} could be any of: ${ids.join('; ')}.`, {
    recovery: ids.map((id) => `mhv task show ${id}`),
    data: { task: word, ids },
  })
}
