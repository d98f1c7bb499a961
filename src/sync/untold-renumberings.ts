import { git } from '../git/run.ts'
import type { Renumbering } from '../merge/plan-renumbering.ts'
import { TASKS_REF } from '../store/git-store.ts'
import { steps } from '../tasks/fold.ts'
import type { Sync } from './sync-result.ts'

/**
 * New numbers that an earlier sync gave and did not come to tell, since it was ended before the push: they are among what
 * is sent now.
 * @param there the tip that the main remote had
 * @param told the tip of the last sync with it, which came to its end
 * Errors: those of the store, GIT_FAILED.
 */
export async function untoldRenumberings(
  { repository, store, tally }: Sync,
  there: string,
  told: string | null,
): Promise<Renumbering[]> {
  const format = '--format=%(trailers:key=Mtos-Task,valueonly)'
  const range = [TASKS_REF, `^${there}`, ...(told ? [`^${told}`] : [])]
  const args = ['log', '--ignore-missing', '--grep=^TaskRenumbered ', format, ...range]
  const named = new Set((await git(args, repository.git)).split('\n').filter(Boolean))
  const ids = [...named].filter((id) => !tally.renumbered.has(id))
  if (ids.length === 0) return []
  const loaded = await store.load(await store.view(), ids)
  return ids.flatMap((id) => {
    const history = steps(loaded.get(id)!.log)
    const at = history.findLastIndex(({ event }) => event.kind === 'TaskRenumbered')
    const to = history[at]?.after.number
    return to === undefined ? [] : [{ id, from: history[at]!.before?.number ?? 0, to }]
  })
}
