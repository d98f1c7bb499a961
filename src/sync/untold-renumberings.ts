import { git } from '../git/run.ts'
import type { Renumbering } from '../merge/plan-renumbering.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { steps } from '../tasks/fold.ts'
import type { Sync } from './sync-result.ts'

/**
 * New numbers that an earlier sync gave and did not come to tell, since it was ended before the push: they are among what
 * is sent now.
 * @param there the tip that the main remote had
 * Errors: those of the store, GIT_FAILED.
 */
export async function untoldRenumberings(
  { repository, store, tally }: Sync,
  there: string,
): Promise<Renumbering[]> {
  const format = '--format=%(trailers:key=Mtos-Task,valueonly)'
  const args = ['log', '--grep=^TaskRenumbered ', format, `${there}..${TASKS_REF}`]
  const told = new Set(tally.renumbered.map(({ id }) => id))
  const named = new Set((await git(args, repository.git)).split('\n').filter(Boolean))
  const ids = [...named].filter((id) => !told.has(id))
  if (ids.length === 0) return []
  const loaded = await store.load(await store.view(), ids)
  return ids.flatMap((id) => {
    const history = steps(loaded.get(id)!.log)
    const at = history.findLastIndex(({ event }) => event.kind === 'TaskRenumbered')
    const to = history[at]?.after.number
    return to === undefined ? [] : [{ id, from: history[at]!.before?.number ?? 0, to }]
  })
}
