import { expect } from 'vitest'
import { type Answer, mhvProcess } from './cli.ts'
import { git } from './repository.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every shape
export type Document = any

/** The built program with `--json`, parsed; a failure too. */
export async function mhvProcessJson(
  cwd: string,
  argv: readonly string[],
  env: Record<string, string> = {},
): Promise<Document> {
  const { out, err } = await mhvProcess(cwd, [...argv, '--json'], { env })
  try {
    return JSON.parse(out)
  } catch {
    throw new Error(`not one JSON document: ${out}\n${err}`)
  }
}

/** All tasks, read by a process of its own. */
export async function allTasks(cwd: string): Promise<Document[]> {
  return (await mhvProcessJson(cwd, ['task', 'list', '--status', 'all'])).tasks
}

/** The repository is whole to git, and to the doctor: neither has anything to say of what would be wrong. */
export async function expectWhole(cwd: string): Promise<void> {
  expect(git(cwd, 'fsck', '--strict', '--no-dangling', '--no-progress')).toBe('')
  const { findings } = await mhvProcessJson(cwd, ['doctor'])
  expect(findings.filter((finding: Document) => finding.severity === 'error')).toEqual([])
}

/** An error as a user meets it: nothing on standard output, a known code, steps to go on with. */
export function expectError(answer: Answer, name: string): void {
  expect(answer.err).toContain(` ${name}: `)
  expect(answer.err).toMatch(/ {2}Try:\n {4}\S/)
  expect(answer.err).not.toContain('This is a bug')
  expect(answer.code).not.toBe(0)
}
