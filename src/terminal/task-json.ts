import { waitingOn } from '../query/waiting.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/** Task ids to the refs that people use, `session-buddy#12`; an id that is not here stays an id. */
export function refsOf(
  snapshot: Snapshot,
  repository: string,
  ids: readonly string[],
): (id: string) => string {
  const found = snapshot.slotsOfIds([...new Set(ids)])
  return (id) => {
    const slot = found.get(id)
    return slot === undefined ? id : `${repository}#${snapshot.number(slot)}`
  }
}

/**
 * Tasks as the published JSON, one text each. Most are the bytes of the index with a few keys put in front; only those
 * that name other tasks are parsed.
 */
export function taskJsonTexts(snapshot: Snapshot, repository: string, slots: readonly number[]): string[] {
  snapshot.willRead(slots.length)
  const waiting = waitingOn(snapshot, slots)
  const related = slots.filter((slot) => snapshot.flags(slot) & (FLAG.HAS_DEPENDENCIES | FLAG.HAS_PARENT))
  const ids = related.flatMap((slot) => [...snapshot.head(slot).dependsOn, snapshot.head(slot).parent])
  const refOf = refsOf(snapshot, repository, ids)
  const name = JSON.stringify(repository)
  return slots.map((slot) => {
    const text = snapshot.json(slot).toString('utf8')
    const ref = JSON.stringify(`${repository}#${snapshot.number(slot)}`)
    const front = `{"ref":${ref},"repository":${name},`
    if (!(snapshot.flags(slot) & (FLAG.HAS_DEPENDENCIES | FLAG.HAS_PARENT))) {
      return `${front}"waiting_on":[],${text.slice(1)}`
    }
    const task = JSON.parse(text) as { depends_on: string[]; parent: string | null }
    task.depends_on = task.depends_on.map(refOf)
    if (task.parent) task.parent = refOf(task.parent)
    const open = JSON.stringify((waiting.get(slot) ?? []).map(refOf))
    return `${front}"waiting_on":${open},${JSON.stringify(task).slice(1)}`
  })
}

/** What is wrong with the log, for the `problems` of an answer. */
export function problemsJson(snapshot: Snapshot, repository: string): object[] {
  return snapshot.problems.map(({ path, code, message }) => ({
    repository,
    code,
    message: `${path}: ${message}`,
  }))
}
