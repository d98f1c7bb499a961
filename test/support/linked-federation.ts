import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mhvJson } from './cli.ts'
import { git, temporaryDirectory } from './repository.ts'
import { run } from './use-tasks.ts'

const NAMES = ['akosha', 'crackerjack', 'session-buddy']

/** A directory with three repositories and the file that lists them; the last one by its URL only. */
export async function linkedFederation(): Promise<string> {
  const place = temporaryDirectory()
  for (const name of NAMES) {
    git(place, 'init', '--quiet', name)
    git(join(place, name), 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
    await run(join(place, name), 'init')
  }
  git(place, 'init', '--quiet', '--bare', 'remote.git')
  git(join(place, 'session-buddy'), 'push', '--quiet', join(place, 'remote.git'), 'refs/mtos/tasks')
  const entries = ['akosha', 'crackerjack'].map((name) => `  - { name: ${name}, path: ${name} }\n`)
  const byUrl = `  - { name: session-buddy, nickname: sb, url: "file://${join(place, 'remote.git')}" }\n`
  writeFileSync(join(place, 'repos.yaml'), `repos:\n${entries.join('')}${byUrl}`)
  return place
}

/** Titles of the open tasks of a repository. */
export const titlesIn = async (place: string, name: string) =>
  (await mhvJson(join(place, name), 'tl')).tasks.map(({ title }: { title: string }) => title)

/** Titles of the tasks on the remote of the repository that is known by its URL. */
export function titlesOnRemote(place: string): string[] {
  const remote = join(place, 'remote.git')
  const paths = git(remote, 'ls-tree', '-r', '--name-only', 'refs/mtos/tasks').split('\n')
  return paths.flatMap((path) => {
    const text = path.startsWith('tasks/') ? git(remote, 'show', `refs/mtos/tasks:${path}`) : ''
    return /^deleted: true$/m.test(text) ? [] : (/^title: (.*)$/m.exec(text)?.[1] ?? [])
  })
}
