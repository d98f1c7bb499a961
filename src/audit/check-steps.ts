import { eachObject } from '../git/object-stream.ts'
import type { Repository } from '../git/repository.ts'
import type { KnownFile } from '../store/grow-task-file.ts'
import { checkFile, type FileChecked, type FileVersion } from './check-file.ts'
import type { FileStep } from './file-steps.ts'

/** Bytes of files that are kept from one piece of the history to the next; what is known of them takes as much again. */
const KEPT = 48_000_000

interface Kept {
  readonly object: string
  readonly known: KnownFile
}

/** The newest versions of the files that were looked at last. */
function keeper() {
  const kept = new Map<string, Kept>()
  let size = 0
  const take = (path: string): Kept | undefined => {
    const entry = kept.get(path)
    size -= entry?.known.bytes.length ?? 0
    kept.delete(path)
    return entry
  }
  const keep = (path: string, object: string, known: KnownFile) => {
    // What git said is one piece of memory for many files.
    const bytes = Buffer.from(known.bytes)
    kept.set(path, { object, known: { ...known, bytes } })
    size += bytes.length
    for (const oldest of kept.keys()) {
      if (size <= KEPT) break
      take(oldest)
    }
  }
  return { take, keep }
}

/** What has to be read for the steps of one file. */
interface Plan {
  readonly path: string
  /** Which of the steps are its own. */
  readonly places: number[]
  /** How many of them need a version yet. */
  readonly uses: Map<string, number>
  readonly kept: Kept | undefined
}

const needs = ({ befores, now }: FileStep) =>
  new Set([...befores, now].filter((object) => object !== null)) as ReadonlySet<string>

function plansOf(steps: readonly FileStep[], take: (path: string) => Kept | undefined): Plan[] {
  const plans = new Map<string, Plan>()
  for (const [place, step] of steps.entries()) {
    const { path } = step
    const plan: Plan = plans.get(path) ?? { path, places: [], uses: new Map(), kept: take(path) }
    plans.set(path, plan)
    plan.places.push(place)
    for (const object of needs(step)) plan.uses.set(object, (plan.uses.get(object) ?? 0) + 1)
  }
  return [...plans.values()]
}

/**
 * A function that looks at a piece of the history, file by file: the versions of one file follow each other in memory,
 * and in git's packs, where one is stored as its difference from the next. What a piece found is in the order of its steps.
 */
export function openChecker(repository: Repository): (steps: readonly FileStep[]) => Promise<FileChecked[]> {
  const { take, keep } = keeper()
  return async (steps) => {
    const plans = plansOf(steps, take)
    const isRead = (plan: Plan) => (object: string) => object !== plan.kept?.object
    const contents = eachObject(
      repository,
      plans.flatMap((plan) => [...plan.uses.keys()].filter(isRead(plan))),
    )
    const checked = new Array<FileChecked>(steps.length)
    for (const plan of plans) {
      const { path, places, uses, kept } = plan
      const versions = new Map<string, FileVersion>()
      if (kept) versions.set(kept.object, { bytes: kept.known.bytes, known: kept.known })
      let newest: string | null = null
      for (const place of places) {
        const step = steps[place]!
        for (const object of needs(step)) {
          if (versions.has(object)) continue
          const next = await contents.next()
          versions.set(object, { bytes: next.value ?? null })
        }
        checked[place] = await checkFile(step, versions)
        newest = step.now
        for (const object of needs(step)) {
          uses.set(object, uses.get(object)! - 1)
          if (uses.get(object) === 0 && object !== newest) versions.delete(object)
        }
      }
      const known = newest && versions.get(newest)?.known
      if (newest && known) keep(path, newest, known)
    }
    return checked
  }
}
