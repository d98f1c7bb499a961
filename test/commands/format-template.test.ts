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
    [['tl', '--format', '{titel}'], 'did you mean “title”?', "mhv tl --format '{title}'\n"],
    [['tl', '--format', '{}'], 'Fields: ref, repository, number', "mhv tl --format '{number} {title}'\n"],
    [['tl', '--format', '{number'], 'never closed', "mhv tl --format '{number} {title}'\n"],
    [['tl', '--format', '{title:5000}'], 'A width is from 1 to 1000', "mhv tl --format '{title:1000}'\n"],
    [['tl', '--format', '{title:0}'], 'A width is from 1 to 1000', "mhv tl --format '{title:1}'\n"],
    [['tl', '--format', 'tabel'], 'table, json, jsonl, csv, markdown', 'mhv tl --format table\n'],
    [['ready', '--format', 'x'], 'Or a template for each task', 'mhv ready --format table\n'],
    [['ready', '--format', '- {titel:4?x}'], '“title”', "mhv ready --format '- {title:4?x}'\n"],
    [['tl', '--format', '{deadline?none:5}'], 'the width is behind', "mhv tl --format '{deadline:5?none}'\n"],
    [['ts', 'auth', '--format', '{scroe}'], 'did you mean “score”?', "mhv ts auth --format '{score}'\n"],
    [
      ['task', 'show', '1', '--format', '{descripton}'],
      '“description”',
      "mhv task show 1 --format '{description}'\n",
    ],
    [['task', 'show', '1', '--format', 'json'], 'a template without a field', 'mhv task show 1 --json\n'],
    [['search', 'auth', '--format', 'json'], 'a template without a field', 'mhv search auth --json\n'],
    [['wl', '--format', 'xyz'], 'such as “{path} {branch}”', "mhv wl --format '{path} {branch}'\n"],
    [['wl', '--format', '{brnch}'], 'did you mean “branch”?', "mhv wl --format '{branch}'\n"],
  ] as const
  for (const [argv, said, step] of wrong) {
    const { code, out, err } = await mhv(cwd, ...argv)
    expect({ argv, code, out }).toEqual({ argv, code: 2, out: '' })
    expect(err).toContain(said)
    expect(err).toContain(step)
  }
  expect((await mhv(cwd, 'tl', '--json', '--format', '{title}')).code).toBe(2)
})

test('a time as what stands for nothing has no width behind it', async () => {
  const cwd = await withTasks()
  expect((await mhv(cwd, 'tl', '--format', '{estimate?0:30}', '--limit', '1')).out).toBe('0:30\n')
})

test('what a listing cannot do as it was asked is noted beside it', async () => {
  const cwd = await withTasks()
  const columns = await mhv(cwd, 'tl', '--format', '{number}', '--columns', 'title')
  expect([columns.code, columns.out]).toEqual([0, '1\n2\n3\n'])
  expect(columns.err).toContain('--columns counts for nothing beside a template')
  const later = await mhv(cwd, 'tl', '--at', '2050-01-01', '--format', '{number}')
  expect([later.code, later.out]).toEqual([0, '1\n2\n3\n'])
  expect(later.err).toContain('--at 2050-01-01 is yet to come')
  expect((await mhv(cwd, 'tl', '--at', 'today')).err).toBe('')
})

test.each([['--json=false'], ['--plain=0'], ['--overdue=true'], ['--no-pager=1']])(
  'tl %s: a flag that is there or not takes no value',
  async (flag) => {
    const { code, out, err } = await mhv(await withTasks(), 'tl', flag)
    expect(code).toBe(2)
    expect(`${out}${err}`).toContain('takes no value')
  },
)
