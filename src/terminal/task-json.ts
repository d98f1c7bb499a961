import { waitingOn } from '../query/waiting.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { isReference, shownAs } from '../tasks/known.ts'

/**
 * Task ids to the refs that people use, `session-buddy#12`, other repositories' among them; what is not here stays as it
 * is.
 */
export function refsOf(
  snapshot: Snapshot,
  repository: string,
  ids: readonly string[],
): (id: string) => string {
  const found = snapshot.slotsOfIds([...new Set(ids)])
  return (id) => {
    if (isReference(id)) {
      const task = snapshot.elsewhere.task(id)
      return task ? shownAs(task) : id
    }
    const slot = found.get(id)
    return slot === undefined ? id : `${repository}#${snapshot.number(slot)}`
  }
}

/**
 * Tasks as the published JSON in UTF-8, documents with a separator between: the bytes of the index, which are never
 * parsed, with what depends on other tasks put in front.
 * @param separator one byte
 */
export function taskDocuments(
  snapshot: Snapshot,
  repository: string,
  slots: readonly number[],
  separator: ',' | '\n',
): Buffer {
  snapshot.willRead('json', slots.length)
  const waiting = waitingOn(snapshot, slots)
  const isRelated = (slot: number) => snapshot.flags(slot) & (FLAG.HAS_DEPENDENCIES | FLAG.HAS_PARENT)
  const related = slots.filter(isRelated)
  snapshot.willRead('heads', related.length)
  const ids = related.flatMap((slot) => [...snapshot.head(slot).dependsOn, snapshot.head(slot).parent])
  const refOf = refsOf(snapshot, repository, ids)
  const name = JSON.stringify(repository)
  const fronts = slots.map((slot) => {
    const ref = JSON.stringify(`${repository}#${snapshot.number(slot)}`)
    const front = `{"ref":${ref},"repository":${name},`
    if (!isRelated(slot)) return `${front}"waiting_on":[],"depends_on":[],"parent":null,`
    const { dependsOn, parent } = snapshot.head(slot)
    const relations = {
      waiting_on: (waiting.get(slot) ?? []).map(refOf),
      depends_on: dependsOn.map(refOf),
      parent: parent ? refOf(parent) : null,
    }
    return `${front}${JSON.stringify(relations).slice(1, -1)},`
  })
  const documents = slots.map((slot) => snapshot.json(slot))
  const size = documents.reduce((sum, bytes, i) => sum + bytes.length + Buffer.byteLength(fronts[i]!), 0)
  const all = Buffer.allocUnsafe(size)
  let at = 0
  for (const [i, document] of documents.entries()) {
    if (i > 0) at += all.write(separator, at)
    at += all.write(fronts[i]!, at)
    // Without its opening brace, for which the separator has taken the place.
    at += document.copy(all, at, 1)
  }
  return all.subarray(0, at)
}

/** The same, a text for each task. */
export function taskJsonTexts(snapshot: Snapshot, repository: string, slots: readonly number[]): string[] {
  return slots.length === 0
    ? []
    : taskDocuments(snapshot, repository, slots, '\n').toString('utf8').split('\n')
}

/** What is wrong with the log, for the `problems` of an answer. */
export function problemsJson(snapshot: Snapshot, repository: string): object[] {
  return snapshot.problems.map(({ path, code, message, repository: other }) => ({
    repository: other ?? repository,
    code,
    message: `${path}: ${message}`,
  }))
}
