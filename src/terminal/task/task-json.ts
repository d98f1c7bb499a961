import { type Entry, entriesOf, onlyPlace, type Place, slotsByPlace } from '../../query/place.ts'
import { waitingOn } from '../../query/waiting.ts'
import { FLAG } from '../../snapshot/row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { isReference, shownAs } from '../../tasks/known.ts'

/**
 * Task ids to the refs that people use, `session-buddy#12`, other repositories' among them; what is not here stays as it
 * is.
 */
export const refsOf =
  (snapshot: Snapshot, repository: string): ((id: string) => string) =>
  (id) => {
    if (isReference(id)) {
      const task = snapshot.elsewhere.task(id)
      return task ? shownAs(task) : id
    }
    const slot = snapshot.slotOfId(id)
    return slot === undefined ? id : `${repository}#${snapshot.number(slot)}`
  }

const isRelated = (snapshot: Snapshot, slot: number) =>
  snapshot.flags(slot) & (FLAG.HAS_DEPENDENCIES | FLAG.HAS_PARENT)

/** What is put in front of a task's stored document: all that depends on where it is read from, and on other tasks. */
function frontOf({ name, snapshot }: Place, slots: readonly number[]): (slot: number) => string {
  const waiting = waitingOn(snapshot, slots)
  snapshot.willRead('heads', slots.filter((slot) => isRelated(snapshot, slot)).length)
  const refOf = refsOf(snapshot, name)
  const repository = JSON.stringify(name)
  // One task may be stored by two names that its repository has had.
  const refsOnce = (ids: readonly string[]) => [...new Set(ids.map(refOf))]
  return (slot) => {
    const ref = JSON.stringify(`${name}#${snapshot.number(slot)}`)
    const front = `{"ref":${ref},"repository":${repository},`
    if (!isRelated(snapshot, slot)) return `${front}"waiting_on":[],"depends_on":[],"parent":null,`
    const { dependsOn, parent } = snapshot.head(slot)
    const relations = {
      waiting_on: refsOnce(waiting.get(slot) ?? []),
      depends_on: refsOnce(dependsOn),
      parent: parent ? refOf(parent) : null,
    }
    return `${front}${JSON.stringify(relations).slice(1, -1)},`
  }
}

/** What may stand around documents, and in them. */
export interface Surroundings {
  readonly before?: string
  readonly after?: string
  /** Further keys of the task at a position, with a comma behind each. */
  readonly keys?: (position: number) => string
}

/**
 * Tasks as the published JSON in UTF-8, documents with a separator between: the bytes of the index, which are never
 * parsed, with what depends on other tasks put in front.
 * @param separator one byte
 */
export function taskDocuments(
  places: readonly Place[],
  entries: readonly Entry[],
  separator: ',' | '\n',
  { before = '', after = '', keys }: Surroundings = {},
): Buffer {
  const slotsOf = slotsByPlace(places, entries)
  const frontAt = places.map((place, i) => {
    place.snapshot.willRead('json', slotsOf[i]!.length)
    return frontOf(place, slotsOf[i]!)
  })
  const fronts = entries.map(({ place, slot }, i) => frontAt[place]!(slot) + (keys ? keys(i) : ''))
  const documents = entries.map(({ place, slot }) => places[place]!.snapshot.json(slot))
  const around = Buffer.byteLength(before) + Buffer.byteLength(after)
  const size = documents.reduce((sum, bytes, i) => sum + bytes.length + Buffer.byteLength(fronts[i]!), around)
  const all = Buffer.allocUnsafe(size)
  let at = all.write(before)
  for (const [i, document] of documents.entries()) {
    if (i > 0) at += all.write(separator, at)
    at += all.write(fronts[i]!, at)
    // Without its opening brace, for which the separator has taken the place.
    at += document.copy(all, at, 1)
  }
  at += all.write(after, at)
  return all.subarray(0, at)
}

/** Tasks of one repository as the published JSON, a text for each. */
export function taskJsonTexts(snapshot: Snapshot, repository: string, slots: readonly number[]): string[] {
  if (slots.length === 0) return []
  const places = [onlyPlace(repository, snapshot)]
  return taskDocuments(places, entriesOf(0, slots), '\n').toString('utf8').split('\n')
}

/** What is wrong with the log, for the `problems` of an answer. */
export function problemsJson(snapshot: Snapshot, repository: string): object[] {
  return snapshot.problems.map(({ path, code, message, repository: other }) => ({
    repository: other ?? repository,
    code,
    message: `${path}: ${message}`,
  }))
}
