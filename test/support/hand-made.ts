import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import { mhv, mhvJson } from './cli.ts'
import { git, temporaryRepository } from './repository.ts'
import type { Document } from './whole.ts'

/** A repository with tasks of these titles, numbered from 1. */
export async function demoWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  expect((await mhv(demo, 'init')).code).toBe(0)
  for (const title of titles) expect((await mhv(demo, 'task', 'create', title)).code).toBe(0)
  return demo
}

export const store = (demo: string) => join(demo, '.git', 'mtos')
export const tipOf = (demo: string) => git(demo, 'rev-parse', 'refs/mtos/tasks')
export const titlesOf = (tasks: Document[]) => tasks.map(({ title }) => title)
export const codesOf = (findings: Document[]) => findings.map(({ code }) => code)
export const pathOf = (id: string) => `tasks/${[...id.slice(-3).toLowerCase()].join('/')}/${id}.yaml`

/** Commits a file, or null to take it away, to the log with git's plumbing alone, as a person or a foreign program may. */
export function commitFile(demo: string, path: string, content: string | null): string {
  const input = { cwd: demo, encoding: 'utf8' as const }
  const index = { ...process.env, GIT_INDEX_FILE: join(demo, '.git', 'foreign-index') }
  const tip = tipOf(demo)
  execFileSync('git', ['read-tree', tip], { ...input, env: index })
  if (content === null) {
    execFileSync('git', ['update-index', '--force-remove', path], { ...input, env: index })
  } else {
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { ...input, input: content }).trim()
    const entry = `100644,${blob},${path}`
    execFileSync('git', ['update-index', '--add', '--cacheinfo', entry], { ...input, env: index })
  }
  const tree = execFileSync('git', ['write-tree'], { ...input, env: index }).trim()
  const commit = git(demo, 'commit-tree', '-p', tip, '-m', 'By hand', tree)
  git(demo, 'update-ref', 'refs/mtos/tasks', commit, tip)
  return commit
}

export const contentOf = (demo: string, id: string) =>
  `${git(demo, 'cat-file', 'blob', `refs/mtos/tasks:${pathOf(id)}`)}\n`
export const idOf = async (demo: string, number: number): Promise<string> =>
  (await mhvJson(demo, 'task', 'show', String(number))).task.id
