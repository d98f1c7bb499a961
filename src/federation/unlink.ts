import { handle } from '../handle.ts'
import { idOfReference, linkOf } from '../tasks/kinds/links-added.ts'
import { inPlace } from './in-place.ts'
import { linkEverywhere, requireNoneOpen, type SagaPart } from './saga.ts'

interface PartLinks {
  readonly part: SagaPart
  readonly links: readonly ReturnType<typeof linkOf>[]
}

async function linksOf(part: SagaPart): Promise<PartLinks> {
  const { store } = part.place
  const { task } = (await store.load(await store.view(), [part.task])).get(part.task)!
  return { part, links: [...task.links.keys()].map(linkOf) }
}

/** Ids of the links that all of the tasks have. */
export async function sharedLinks(parts: readonly SagaPart[]): Promise<string[]> {
  const [first, ...others] = await Promise.all(parts.map(linksOf))
  const ids = new Set(first?.links.map(({ link }) => link))
  return [...ids].filter((id) => others.every(({ links }) => links.some(({ link }) => link === id)))
}

/**
 * Takes what leads to tasks that are not there away: each end by itself, since nothing answers it on the other side.
 * @param gone ids of tasks that are deleted or were never there
 * @returns ids of the links. Errors: SAGA_UNFINISHED; those of a write.
 */
async function unlinkGone(parts: readonly SagaPart[], gone: readonly string[]): Promise<string[]> {
  const taken: string[] = []
  for (const { part, links } of await Promise.all(parts.map(linksOf))) {
    const { place, task } = part
    const away = links.filter(({ to }) => gone.includes(idOfReference(to)))
    if (away.length === 0) continue
    // A change that was interrupted has ends that are not there yet.
    await requireNoneOpen(place)
    const commands = away.map(({ link, to }) => ({ kind: 'RemoveLinks' as const, link, to: [to] }))
    await inPlace(place, () =>
      handle(place.store, { targets: [task], commands: () => commands }, place.environment),
    )
    taken.push(...away.map(({ link }) => link))
  }
  return taken
}

/** Takes the links between tasks away, also where only one of two has its end. Errors: as linkEverywhere. */
async function unlinkLive(parts: readonly SagaPart[], file: string): Promise<string[]> {
  const tasks = new Set(parts.map(({ task }) => task))
  const ends = new Map<string, Set<string>>()
  for (const { part, links } of await Promise.all(parts.map(linksOf))) {
    for (const { link, to } of links) {
      const other = idOfReference(to)
      if (tasks.has(other)) ends.set(link, (ends.get(link) ?? new Set()).add(part.task).add(other))
    }
  }
  for (const [link, of] of ends) {
    const its = parts.filter(({ task }) => of.has(task))
    await linkEverywhere(its, file, link)
  }
  return [...ends.keys()]
}

/**
 * Takes the links between tasks away; what others have of them stays.
 * @param gone ids of those that are deleted or were never there
 * @param file the file that lists the repositories
 * @returns ids of the links that there were. Errors: as linkEverywhere; those of a write.
 */
export async function unlink(
  parts: readonly SagaPart[],
  gone: readonly string[],
  file: string,
): Promise<string[]> {
  const dangling = await unlinkGone(parts, gone)
  return [...new Set([...(await unlinkLive(parts, file)), ...dangling])]
}
