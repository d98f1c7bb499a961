import { join, resolve } from 'node:path'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import { HANDLED } from './hook-names.ts'
import { shimAt } from './hook-place.ts'
import { readInstallation } from './installation.ts'

/**
 * Hooks of ours that were installed and that git does not run any more: another tool has led git elsewhere, as Husky
 * does at every `npm ci`, or put its own in our place. Cheap enough to be asked in passing.
 * Errors: GIT_FAILED, GIT_MISSING.
 */
export async function hooksOutOfForce(repository: Repository): Promise<string[]> {
  if (!readInstallation(repository)) return []
  const said = await git(['rev-parse', '--git-path', 'hooks'], repository.git)
  const directory = resolve(repository.git.cwd, said)
  return HANDLED.filter((hook) => shimAt(join(directory, hook)) === null)
}
