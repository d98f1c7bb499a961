import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { mhv } from './cli.ts'
import { git, temporaryDirectory } from './repository.ts'

/** A directory with repositories that keep tasks, and the repos.yaml that names them. */
export interface TestFederation {
  readonly directory: string
  /** Path of a repository. */
  readonly at: (name: string) => string
}

const NICKNAMES: Readonly<Record<string, string>> = {
  crackerjack: 'cj',
  akosha: 'ak',
  'session-buddy': 'sb',
  gone: 'go',
}

export const reposYaml = (names: readonly string[]) =>
  `repos:\n${names.map((name) => `  - {name: ${name}, path: ${name}, nickname: ${NICKNAMES[name] ?? name}}\n`).join('')}`

/**
 * Repositories by their names, each with tasks of these titles, numbered from 1.
 * @param listed names in repos.yaml; those of the repositories unless given
 */
export async function federationOf(
  repositories: Readonly<Record<string, readonly string[]>>,
  listed = Object.keys(repositories),
): Promise<TestFederation> {
  const directory = temporaryDirectory()
  const at = (name: string) => join(directory, name)
  for (const [name, titles] of Object.entries(repositories)) {
    mkdirSync(at(name))
    execFileSync('git', ['init', '--quiet', at(name)])
    git(at(name), 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
    expect((await mhv(at(name), 'init')).code).toBe(0)
    for (const title of titles) expect((await mhv(at(name), 'tc', title)).code).toBe(0)
  }
  writeFileSync(join(directory, 'repos.yaml'), reposYaml(listed))
  return { directory, at }
}
