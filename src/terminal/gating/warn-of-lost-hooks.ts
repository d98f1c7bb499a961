import type { Repository } from '../../git/repository.ts'
import { hooksOutOfForce } from '../../hooks/in-force.ts'
import { note } from '../output/output-mode.ts'

/** Says in one line on standard error that hooks which were installed do not run any more; else nothing. */
export async function warnOfLostHooks(repository: Repository): Promise<void> {
  const lost = await hooksOutOfForce(repository)
  if (lost.length === 0) return
  note(
    `Note: these git hooks of mhv were installed and do not run any more, so nothing is gated there: ${lost.join(', ')}. Put back by: mhv hooks install\n`,
  )
}
