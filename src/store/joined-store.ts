import type { Problem } from '../snapshot/segment.ts'
import { CorruptIndex, joined, type Snapshot } from '../snapshot/snapshot.ts'
import type { Elsewhere } from '../tasks/known.ts'
import type { TaskStore } from './task-store.ts'

/** What is known of other repositories where one is looked at. */
export interface Joining {
  readonly elsewhere: Elsewhere
  /** What could not be looked at there. */
  readonly unseen: readonly Problem[]
}

/**
 * The store, whose views know the tasks of other repositories that theirs refer to.
 * @param join gives what a view is joined with; null for one that needs nothing
 */
export function joinStore(store: TaskStore, join: (view: Snapshot) => Promise<Joining | null>): TaskStore {
  // A store knows the views that it gave by their identity.
  const given = new WeakMap<Snapshot, Snapshot>()
  const asGiven = (view: Snapshot) => given.get(view) ?? view
  const withOthers = async (view: Snapshot): Promise<Snapshot> => {
    const joining = await join(view)
    if (!joining) return view
    const both = joined(view, joining.elsewhere, joining.unseen)
    given.set(both, view)
    return both
  }
  return {
    ...store,
    view: async () => withOthers(await store.view()),
    load: (view, ids) => store.load(asGiven(view), ids),
    commit: async (view, batch) => {
      const next = await store.commit(asGiven(view), batch)
      if (next === 'moved') return next
      return withOthers(next).catch((error: unknown) => {
        // It is written: a run from the beginning, as after damage that is met before, would write it again.
        if (error instanceof CorruptIndex) return next
        throw error
      })
    },
    merge: async (view, theirs) => {
      const merged = await store.merge(asGiven(view), theirs)
      return merged === 'moved' ? merged : { ...merged, view: await withOthers(merged.view) }
    },
  }
}
