import type { StoredEvent } from '../../schemas/event.ts'
import { eachObject } from '../git/object-stream.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { readVersion } from './file-version.ts'
import { canonicalEvent } from './task-file.ts'

/** A commit, and its author as git names one. */
export interface Deed {
  readonly commit: string
  readonly by: string
}

/** What became of an event in the history of its task's file. */
export interface EventHistory {
  /** What it was first: that is what it stays. */
  readonly first: StoredEvent
  /** Who made something else of it. A merge that has it as one of its sides does has done nothing. */
  readonly changedBy: readonly Deed[]
  /** Who put it back last, which may be a merge; null where nobody had to. */
  readonly restoredBy: Deed | null
  /** Whether commits that know nothing of each other brought it with different contents: no one of them was first. */
  readonly isDisputed: boolean
  /** Whether it is at the tip what it was first, and nobody can say that it was anything else. */
  readonly isWhole: boolean
}

/** A commit that had another version of a file than the ones before it. */
export interface Step {
  readonly deed: Deed
  readonly parents: readonly string[]
}

/**
 * The commits that had another version of a file, each after its parents among them: clocks may be wrong by years, and
 * the first content of an event is the one of the commit that all others with it follow. Errors: GIT_FAILED.
 */
export async function stepsOf(repository: Repository, tip: string, path: string): Promise<Step[]> {
  const form = ['--format=%H%x00%P%x00%an <%ae>', '--no-show-signature', '--encoding=UTF-8']
  const order = ['--topo-order', '--reverse', '--full-history', '--simplify-merges']
  const said = await git(['log', ...order, ...form, tip, '--', `:/${path}`], repository.git)
  return said.split('\n').flatMap((line) => {
    const [commit, parents = '', by = ''] = line.split('\0')
    return commit ? [{ deed: { commit, by }, parents: parents.split(' ').filter(Boolean) }] : []
  })
}

/** In the place of the content of an event that was there and is not any more. */
const GONE = ''

interface Growing {
  readonly first: StoredEvent
  readonly canonical: string
  readonly changedBy: Deed[]
  restoredBy: Deed | null
  isDisputed: boolean
}

/** Adds what a commit made of an event. @param was what its parents hold of it; nothing where none ever held it */
function follow(history: Growing, deed: Deed, canonical: string, was: readonly string[]): void {
  if (canonical === history.canonical) {
    if (was.some((one) => one !== canonical)) history.restoredBy = deed
  } else if (!was.includes(canonical)) {
    history.changedBy.push(deed)
    history.isDisputed ||= was.length === 0
  }
}

/**
 * What became of every event that a task's file has held. Reads all versions of the file. Errors: GIT_FAILED.
 * @param tip the newest commit that counts
 */
export async function eventHistories(
  repository: Repository,
  tip: string,
  path: string,
): Promise<ReadonlyMap<string, EventHistory>> {
  const steps = await stepsOf(repository, tip, path)
  const contents = eachObject(
    repository,
    steps.map(({ deed }) => `${deed.commit}:${path}`),
  )
  /** Of each commit the events as bytes that can be compared, each kept once. */
  const held = new Map<string, ReadonlyMap<string, string>>()
  const known = new Map<string, string>()
  const histories = new Map<string, Growing>()
  let newest: ReadonlyMap<string, string> = new Map()
  for (const { deed, parents } of steps) {
    const { value } = await contents.next()
    const version = value ? await readVersion(path, value.toString('utf8')) : null
    const before = parents.flatMap((parent) => held.get(parent) ?? [])
    const now = new Map<string, string>()
    for (const events of before) for (const id of events.keys()) now.set(id, GONE)
    for (const [id, event] of version?.events ?? []) {
      const text = canonicalEvent(event)
      const canonical = known.get(text) ?? text
      known.set(canonical, canonical)
      now.set(id, canonical)
      const history = histories.get(id)
      const was = before.flatMap((events) => events.get(id) ?? [])
      if (history) follow(history, deed, canonical, was)
      else histories.set(id, { first: event, canonical, changedBy: [], restoredBy: null, isDisputed: false })
    }
    held.set(deed.commit, now)
    newest = now
  }
  const entries = [...histories].map(([id, { canonical, ...history }]) => {
    const isWhole = newest.get(id) === canonical && !history.isDisputed
    return [id, { ...history, isWhole }] as const
  })
  return new Map(entries)
}
