import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { findRepository } from '../../src/git/repository.ts'
import { openGitStore } from '../../src/store/git-store.ts'
import { git, temporaryDirectory } from './repository.ts'
import { run } from './use-tasks.ts'

/** A clone of a repository with its tasks, whose commits somebody else makes. */
export async function cloneFor(demo: string, name: string): Promise<string> {
  const clone = join(temporaryDirectory(), 'demo')
  execFileSync('git', ['clone', '--quiet', demo, clone])
  git(clone, 'config', 'user.name', name)
  git(clone, 'config', 'user.email', `${name.toLowerCase()}@example.com`)
  git(clone, 'fetch', '--quiet', 'origin', '+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*')
  await run(clone, 'init')
  return clone
}

/** Merges the log of another clone into the one here. */
export async function mergeFrom(here: string, there: string): Promise<void> {
  const ref = 'refs/mtos/remotes/other/tasks'
  git(here, 'fetch', '--quiet', there, `+refs/mtos/tasks:${ref}`)
  const store = openGitStore(await findRepository(here))
  const merged = await store.merge(await store.view(), git(here, 'rev-parse', ref))
  if (merged === 'moved') throw new Error('nobody else writes here')
}
