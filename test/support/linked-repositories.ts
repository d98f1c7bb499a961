import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventDraft } from '../../schemas/event.ts'
import { findRepository } from '../../src/git/repository.ts'
import { write } from '../../src/handle.ts'
import { openGitStore } from '../../src/store/git-store.ts'
import { seal } from '../../src/tasks/seal.ts'
import { newIds } from '../../src/terminal/task/new-ids.ts'
import { mhv } from './cli.ts'
import { git, temporaryDirectory } from './repository.ts'

/** Repositories side by side in a temporary directory with a repos.yaml, each with a task log; the last is not there. */
export async function linkedRepositories(...names: readonly string[]): Promise<string> {
  const top = temporaryDirectory()
  for (const name of names) {
    execFileSync('git', ['init', '--quiet', join(top, name)])
    git(join(top, name), 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
    await mhv(join(top, name), 'init')
  }
  const entries = [...names, 'gone'].map(
    (name) => `  - { name: ${name}, path: ${name}, nickname: ${name[0]} }`,
  )
  writeFileSync(join(top, 'repos.yaml'), `repos:\n${entries.join('\n')}\n`)
  return top
}

/** The id of a task by its number. */
export async function idOf(repository: string, number: number): Promise<string> {
  const view = await openGitStore(await findRepository(repository)).view()
  return view.head(view.slotsOfNumber(number)[0]!).id
}

let minute = 0

/** Appends events to a task without asking whether they are wise, as a merge does; each later than the one before. */
export async function append(repository: string, number: number, ...drafts: EventDraft[]): Promise<void> {
  const log = openGitStore(await findRepository(repository))
  const id = await idOf(repository, number)
  minute += 1
  const now = new Date(Date.UTC(2026, 10, 20, 11, minute)).toISOString()
  const environment = { now, newId: newIds(now), actor: 'Ann <ann@example.com>' }
  await write(log, environment, async (view) => {
    const read = (await log.load(view, [id])).get(id)!
    return { result: null, logs: [seal(read.log, drafts, environment)], message: 'By hand\n' }
  })
}

/** Makes a task wait for one of another repository, or for one that need not exist. */
export const dependOn = (repository: string, number: number, id: string) =>
  append(repository, number, { kind: 'DependencyAdded', data: { depends_on: id } })
