import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'

async function withTasks(): Promise<string> {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  for (const argv of [
    ['Fix auth bug', '--label', 'auth,late', '--deadline', '2026-11-27', '-d', 'Why it is so.'],
    ['日本語のタイトル 👩‍💻 and more'],
    ['Write notes', '--depends-on', '1'],
  ]) {
    await mhv(cwd, 'tc', '--no-parse', ...argv)
  }
  return cwd
}

test('a template writes a line for each task, with the values that a program gets', async () => {
  const cwd = await withTasks()
  const out = async (...argv: string[]) => (await mhv(cwd, ...argv)).out
  expect(await out('tl', '--format', '{number}\\t{status}\\t{title}')).toBe(
    '1\tpending\tFix auth bug\n2\tpending\t日本語のタイトル 👩‍💻 and more\n3\tpending\tWrite notes\n',
  )
  expect(await out('ready', '--format', '{ref} {deadline?none}')).toMatch(/#1 2026-11-27\n.*#2 none\n$/)
  // A width is in columns of a terminal; what is too long is cut.
  expect(await out('tl', '--format', '[{title:12}] {number:3}|')).toBe(
    '[Fix auth bug] 1  |\n[日本語のタ… ] 2  |\n[Write notes ] 3  |\n',
  )
  expect(await out('tl', '--format', '{number}\\0')).toBe('1\u00002\u00003\u0000')
  expect(await out('tl', '--format', '\\{{number}\\}\\\\', '--limit', '1')).toBe('{1}\\\n')
  expect(await out('tl', '--format', '{number}', '--label', 'nothing')).toBe('')
  const { tasks } = await mhvJson(cwd, 'tl')
  const times = await out('tl', '--format', '{id} {created}')
  expect(times).toBe(
    tasks.map(({ id, created_at }: { id: string; created_at: string }) => `${id} ${created_at}\n`).join(''),
  )
})

test('search, show and worktree list take templates too', async () => {
  const cwd = await withTasks()
  const found = await mhv(cwd, 'ts', 'auth', '--format', '{number} {score} {title}')
  expect(found.out).toMatch(/^1 \d+\.\d{4} Fix auth bug\n/)
  const shown = await mhv(cwd, 'task', 'show', '1,3', '--format', '{number}: {description?-}; {labels}')
  expect(shown.out).toBe('1: Why it is so.; auth,late\n3: -; \n')
  await mhv(cwd, 'start', '1')
  const { worktrees } = await mhvJson(cwd, 'wl')
  const listed = await mhv(cwd, 'wl', '--format', '{number?main} {branch} {path} {untracked}')
  expect(listed.out).toBe(
    worktrees
      .map(
        ({ path, branch, task }: { path: string; branch: string; task: { number: number } | null }) =>
          `${task?.number ?? 'main'} ${branch} ${path} 0\n`,
      )
      .join(''),
  )
})

test('a template that cannot be read is refused with what was meant, and nothing is listed', async () => {
  const cwd = await withTasks()
  const wrong = [
    [['tl', '--format', '{titel}'], 'did you mean “title”?', "mhv task list --format '{title}'"],
    [['tl', '--format', '{}'], 'Fields: ref, repository, number', 'mhv task list --format'],
    [['tl', '--format', '{number'], 'never closed', 'mhv task list --format'],
    [['tl', '--format', '{title:5000}'], 'A width is at most 1000', 'mhv task list --format'],
    [['tl', '--format', 'tabel'], 'is none of: table, json, jsonl, csv, markdown', 'mhv task list --format'],
    [['ts', 'auth', '--format', '{scroe}'], 'did you mean “score”?', 'mhv search --format'],
    [['task', 'show', '1', '--format', '{descripton}'], '“description”', 'mhv task show --format'],
    [['task', 'show', '1', '--format', 'json'], 'a template without a field', 'mhv task show --json'],
    [['search', 'auth', '--format', 'json'], 'a template without a field', 'mhv search --json'],
    [['wl', '--format', 'xyz'], 'such as “{number} {title}”', 'mhv worktree list --format'],
    [['wl', '--format', '{brnch}'], 'did you mean “branch”?', "mhv worktree list --format '{branch}'"],
  ] as const
  for (const [argv, said, step] of wrong) {
    const { code, out, err } = await mhv(cwd, ...argv)
    expect({ argv, code, out }).toEqual({ argv, code: 2, out: '' })
    expect(err).toContain(said)
    expect(err).toContain(step)
  }
  expect((await mhv(cwd, 'tl', '--json', '--format', '{title}')).code).toBe(2)
})

test.each([['--json=false'], ['--plain=0'], ['--overdue=true'], ['--no-pager=1']])(
  'tl %s: a flag that is there or not takes no value',
  async (flag) => {
    const { code, out, err } = await mhv(await withTasks(), 'tl', flag)
    expect(code).toBe(2)
    expect(`${out}${err}`).toContain('takes no value')
  },
)
