import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { mhv, mhvJson } from './cli.ts'
import { git, temporaryDirectory } from './repository.ts'

export interface Clones {
  readonly directory: string
  /** The bare repository that the clones share. */
  readonly remote: string
  /** A further clone. */
  clone(name: string, ...flags: string[]): string
}

/** A bare remote with one commit of code, and as many clones as are asked for. */
export function clones(...initFlags: string[]): Clones {
  const directory = temporaryDirectory()
  const remote = join(directory, 'remote.git')
  execFileSync('git', ['init', '--quiet', '--bare', ...initFlags, remote])
  const seed = join(directory, 'seed')
  execFileSync('git', ['init', '--quiet', ...initFlags, seed])
  git(seed, 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
  git(seed, 'push', '--quiet', remote, 'HEAD:refs/heads/main')
  return {
    directory,
    remote,
    clone: (name, ...flags) => {
      const clone = join(directory, name)
      execFileSync('git', ['clone', '--quiet', ...flags, remote, clone])
      return clone
    },
  }
}

/** A clone that keeps tasks. */
export async function initialised(shared: Clones, name: string, ...flags: string[]): Promise<string> {
  const clone = shared.clone(name, ...flags)
  await mhv(clone, 'init')
  return clone
}

/** `mhv sync` in its one remote, as JSON; throws where it failed. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every shape
export async function synced(clone: string, ...flags: string[]): Promise<any> {
  const document = await mhvJson(clone, 'sync', ...flags)
  if (!document.remotes || document.remotes[0].error) throw new Error(JSON.stringify(document))
  return document.remotes[0]
}

/** Numbers and titles, in the order of numbers. */
export async function listed(clone: string): Promise<string[]> {
  const { tasks } = await mhvJson(clone, 'task', 'list', '--status', 'all', '--sort', 'number')
  return tasks.map(({ number, title }: { number: number; title: string }) => `${number} ${title}`)
}

export const treeOf = (repository: string, ref = 'refs/mtos/tasks'): string =>
  git(repository, 'rev-parse', `${ref}^{tree}`)

export const tipOf = (repository: string, ref = 'refs/mtos/tasks'): string =>
  git(repository, 'rev-parse', ref)

/** Refuses whatever is pushed outside of branches, as some hosts do. */
export function takesBranchesOnly(remote: string): void {
  mkdirSync(join(remote, 'hooks'), { recursive: true })
  const text = '#!/bin/sh\ncase $1 in refs/heads/*) exit 0 ;; esac\necho "only branches here" >&2\nexit 1\n'
  writeFileSync(join(remote, 'hooks', 'update'), text, { mode: 0o755 })
}

/** Counts the git commands that speak to a remote while something is done. */
export async function networkCommands(work: () => Promise<unknown>): Promise<string[]> {
  const log = join(temporaryDirectory(), 'trace')
  process.env.GIT_TRACE2_EVENT = log
  onTestFinished(() => {
    delete process.env.GIT_TRACE2_EVENT
  })
  try {
    await work()
  } finally {
    delete process.env.GIT_TRACE2_EVENT
  }
  const events = readFileSync(log, 'utf8').split('\n').filter(Boolean)
  return events.flatMap((line) => {
    const event = JSON.parse(line)
    return event.event === 'cmd_name' && /^(?:fetch|push|ls-remote|pull)$/.test(event.name)
      ? [event.name]
      : []
  })
}
