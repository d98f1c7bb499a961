import type { KnownCommands } from '../configuring/judge-content.ts'
import type { Repository } from '../git/repository.ts'
import type { Check } from './check.ts'
import { gateChecks, readConfiguration, referenceChecks } from './check-config.ts'
import { diskChecks, writableChecks } from './check-places.ts'
import { gitChecks, hookChecks, logChecks } from './check-repository.ts'

/**
 * Looks at everything that has to be true before work is saved. Changes nothing, but for files that it writes for a
 * moment to see whether it can, and the index of tasks. Errors: GIT_FAILED.
 */
export async function preflight(repository: Repository, known: KnownCommands): Promise<Check[]> {
  const git = await gitChecks(repository)
  const { loaded, check } = await readConfiguration(repository, known)
  const places = [...writableChecks(repository), ...diskChecks(repository, loaded.config.preflight.disk)]
  const top = repository.workTree
  const isGitHere = git.length > 1
  return [
    ...git,
    ...places,
    ...(isGitHere ? await logChecks(repository) : []),
    check,
    ...(top === null ? [] : await gateChecks(loaded.config, top)),
    ...(top === null || !isGitHere || check.state === 'critical'
      ? []
      : await referenceChecks(repository, loaded, top)),
    ...(isGitHere ? await hookChecks(repository) : []),
  ]
}
