import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

/** Commits at an instant, with what is to follow its subject. */
function commit(cwd: string, subject: string, at: string, ...more: string[]): string {
  const message = [subject, ...more].join('\n\n')
  execFileSync('git', ['commit', '--quiet', '--allow-empty', '--file=-'], {
    cwd,
    input: message,
    env: { ...process.env, GIT_COMMITTER_DATE: at },
  })
  return git(cwd, 'rev-parse', 'HEAD')
}

const subjectsOf = async (cwd: string, number: number) =>
  (await mhvJson(cwd, 'task', 'show', String(number))).task.commits.map(
    ({ subject }: { subject: string }) => subject,
  )

async function started(): Promise<string> {
  const demo = temporaryRepository()
  await run(demo, 'init')
  for (const title of ['One', 'Two']) await run(demo, 'tc', title)
  await run(demo, 'start', '1', '--no-worktree')
  return demo
}

test('show lists the commits whose trailer names the task, newest first, and no others', async () => {
  const demo = await started()
  commit(demo, 'Before the task', '2026-11-19T10:00:00Z', 'Task: #1')
  commit(demo, 'In the second of its creation', '2026-11-20T10:00:00Z', 'Task: #1')
  const first = commit(demo, 'First', '2026-11-20T11:00:00Z', 'Why\nso', 'Task: #1')
  commit(demo, 'Second', '2026-11-20T12:00:00Z', 'Reviewed-by: Bob <b@x>\nTask: #1')
  commit(demo, 'Another’s', '2026-11-20T12:01:00Z', 'Task: #12')
  commit(demo, 'In the text', '2026-11-20T12:02:00Z', 'Task: #1', 'was only mentioned')
  commit(demo, 'Without', '2026-11-20T12:03:00Z')
  expect(await subjectsOf(demo, 1)).toEqual(['Second', 'First', 'In the second of its creation'])
  const { out } = await mhv(demo, 'task', 'show', '1')
  expect(out).toContain(`\n  ${first.slice(0, 10)}  2026-11-20  First\n`)
})

test('on any branch, also of a remote', async () => {
  const demo = await started()
  git(demo, 'checkout', '--quiet', '-b', 'other')
  commit(demo, 'Elsewhere', '2026-11-20T11:00:00Z', 'Task: #1')
  const theirs = `${temporaryDirectory()}/theirs`
  execFileSync('git', ['clone', '--quiet', demo, theirs])
  commit(theirs, 'Theirs', '2026-11-20T12:00:00Z', 'Task: #1')
  git(demo, 'checkout', '--quiet', 'main')
  git(demo, 'remote', 'add', 'theirs', theirs)
  git(demo, 'fetch', '--quiet', 'theirs')
  git(demo, 'branch', '--quiet', '-D', 'other')
  expect(await subjectsOf(demo, 1)).toEqual(['Theirs', 'Elsewhere'])
})

test('at most twenty, also of a task that was not started', async () => {
  const demo = await started()
  for (let i = 10; i < 35; i++) commit(demo, `Number ${i}`, `2026-11-20T11:00:${i}Z`, 'Task: #1', 'Task: #2')
  for (let i = 10; i < 35; i++) commit(demo, `Number ${i}`, `2026-11-20T12:00:${i}Z`, 'Task: #2\nTask: #1')
  const subjects = await subjectsOf(demo, 1)
  expect(subjects).toHaveLength(20)
  expect(subjects[0]).toBe('Number 34')
  expect(await subjectsOf(demo, 2)).toHaveLength(20)
})
