import { expect, onTestFinished } from 'vitest'
import { mhv, mhvJson } from './cli.ts'
import { temporaryRepository } from './repository.ts'

export const TASKS = 'refs/mtos/tasks'

/** Runs a command that has to succeed. */
export async function run(cwd: string, ...argv: string[]): Promise<string> {
  const { code, out, err } = await mhv(cwd, ...argv)
  if (code !== 0) throw new Error(`mhv ${argv.join(' ')} ended with ${code}: ${err}`)
  return out
}

/** Creates, edits, lists and shows a task in a directory; what it is called must come out of all of them. */
export async function useTasks(cwd: string, title = 'Fix auth bug'): Promise<number> {
  const { task } = await mhvJson(cwd, 'tc', title)
  const number = String(task.number)
  await run(cwd, 'task', 'edit', number, '--priority', 'high')
  const listed = await mhvJson(cwd, 'tl')
  expect(listed.problems).toEqual([])
  expect(listed.tasks).toContainEqual(expect.objectContaining({ id: task.id, title, priority: 'high' }))
  expect((await mhvJson(cwd, 'task', 'show', number)).task).toMatchObject({ title, priority: 'high' })
  return task.number
}

/** Sets variables for the time of a test. */
export function withEnvironment(variables: Record<string, string>): void {
  Object.assign(process.env, variables)
  onTestFinished(() => {
    for (const name of Object.keys(variables)) delete process.env[name]
  })
}

/** A repository with tasks in it, for others to clone. */
export async function withTasks(...initArguments: string[]): Promise<string> {
  const origin = temporaryRepository(...initArguments)
  await run(origin, 'init')
  await useTasks(origin)
  return origin
}
