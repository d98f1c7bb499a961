import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findRepository } from '../../src/git/repository.ts'
import { handle } from '../../src/handle.ts'
import { openGitStore } from '../../src/store/git-store.ts'
import { environmentFor } from '../../src/terminal/environment.ts'
import { git } from './repository.ts'
import { run } from './use-tasks.ts'

/** A directory with a repos.yaml and a repository with an empty task log for each name, which has its first letters for a nickname. */
export async function temporaryFederation(...names: readonly string[]): Promise<string> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mhv-federation-')))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const name of names) {
    mkdirSync(join(directory, name))
    git(join(directory, name), 'init', '--quiet')
    git(join(directory, name), 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
    await run(join(directory, name), 'init')
  }
  writeRepos(directory, ...names)
  return directory
}

/** The file alone, whether the repositories are there or not. */
export function writeRepos(directory: string, ...names: readonly string[]): void {
  const entries = names.map(
    (name, i) =>
      `  - {name: ${name}, path: ${name}, nickname: ${name.slice(0, 2)}, tags: [t${i}], role: r${i}}\n`,
  )
  writeFileSync(join(directory, 'repos.yaml'), `repos:\n${entries.join('')}`)
}

/** Makes a task depend on others by what is stored of them: ids, or references. */
export async function dependOn(repository: string, number: number, ...on: readonly string[]): Promise<void> {
  const store = openGitStore(await findRepository(repository))
  const commands = () => [{ kind: 'AddDependency' as const, on }]
  await handle(store, { targets: [number], commands }, environmentFor(await store.identity()))
}
