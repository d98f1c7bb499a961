import type { Repository } from '../git/repository.ts'
import { readInstallation } from '../hooks/installation.ts'
import { hooksStatus } from '../hooks/status.ts'
import { type Finding, reported } from './finding.ts'

/** Hooks that were installed and do not run everywhere. Where nobody has installed any, there is nothing to say. */
export async function hooksFindings(repository: Repository): Promise<Finding[]> {
  if (!readInstallation(repository)) return []
  const { alive, recovery, worktrees } = await hooksStatus(repository)
  if (alive) return []
  const dead = worktrees.filter(({ state }) => state !== 'alive').map(({ path }) => path)
  const message = `The git hooks do not all run in ${dead.join(', ')}, so gates are passed over there.`
  return [reported('HOOKS_BROKEN', 'warning', message, recovery.join(' && '), 'mhv hooks status')]
}
