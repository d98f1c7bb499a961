import { setImmediate as nextTurn } from 'node:timers/promises'
import { MhvError } from '../../errors.ts'
import type { Repository } from '../../git/repository.ts'
import { federationAround } from '../palette/other-places.ts'
import { saidToo } from './said-too.ts'
import type { Store } from './store.ts'

/**
 * Says what is wrong with the list of repositories around: the tasks of one repository need none, so nobody else would.
 * It is read once the first picture is drawn.
 * @param repository the one around; null outside of any
 */
export async function warnOfRepos(repository: Repository | null, store: Store): Promise<void> {
  await nextTurn()
  await nextTurn()
  try {
    await federationAround(repository)
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    store.send({ kind: 'said', status: saidToo(store.state().status, [error.message]) })
  }
}
