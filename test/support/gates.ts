import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { git, temporaryRepository } from './repository.ts'
import { run } from './use-tasks.ts'

/** Commits files, texts by their paths at the top. */
export function commitFiles(
  cwd: string,
  files: Readonly<Record<string, string>>,
  message = 'Change',
): string {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text)
  git(cwd, 'add', '--all')
  git(cwd, 'commit', '--quiet', '--message', message)
  return git(cwd, 'rev-parse', 'HEAD')
}

export interface AnyGate {
  readonly name: string
  readonly command?: string
  readonly [key: string]: unknown
}

/** A configuration file's text; JSON is YAML too. */
export const configOf = (gates: readonly AnyGate[], more: object = {}) =>
  `${JSON.stringify({ gates, ...more })}\n`

/** A repository with these gates, and with tasks. What matches `*.ignored` is ignored. */
export async function gatedRepository(gates: readonly AnyGate[], more: object = {}): Promise<string> {
  const demo = temporaryRepository()
  commitFiles(demo, { '.mhvrc.yaml': configOf(gates, more), '.gitignore': '*.ignored\n' }, 'Gates')
  await run(demo, 'init')
  return demo
}

/** A gate that leaves a mark outside of the repository each time that it runs. */
export const counting = (file: string, then = 'true') => `echo run >> '${file}'; ${then}`
