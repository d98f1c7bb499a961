import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { dependOn, idOf, linkedRepositories } from '../support/linked-repositories.ts'
import { git } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

/** The file that lists repositories, whether they are there or not; the first letters are a nickname. */
function writeRepos(directory: string, ...names: readonly string[]): void {
  const entries = names.map(
    (name, i) =>
      `  - {name: ${name}, path: ${name}, nickname: ${name.slice(0, 2)}, tags: [t${i}], role: r${i}}\n`,
  )
  writeFileSync(join(directory, 'repos.yaml'), `repos:\n${entries.join('')}`)
}

/** Two repositories with two tasks each; what alpha#2 waits for is in beta. */
async function two(): Promise<string> {
  const { directory: top } = await federationOf({ alpha: [], beta: [] })
  writeRepos(top, 'alpha', 'beta')
  const [alpha, beta] = [join(top, 'alpha'), join(top, 'beta')]
  await run(alpha, 'tc', 'Fix auth', '--priority', 'high', '--label', 'auth,ui', '--deadline', '+1d')
  await run(alpha, 'tc', 'Release')
  await run(beta, 'tc', 'Index', '--priority', 'critical', '--assignee', 'Eva <eva@example.com>')
  await run(beta, 'tc', 'Search', '--depends-on', '1')
  await run(alpha, 'task', 'depend', '2', '--on', 'beta#2')
  return top
}

const refs = ({ tasks }: { tasks: { ref: string }[] }) => tasks.map(({ ref }) => ref)

describe('a list of several repositories', () => {
  test('is one, in one order, with what waits elsewhere, and totals', async () => {
    const top = await two()
    const { code, out, err } = await mhv(
      top,
      'tl',
      '--all',
      '--columns',
      'repository,number,status,waiting_on,title',
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(
      [
        'REPO   #  STATUS   WAITING ON  TITLE',
        'beta   1  pending              Index',
        'alpha  1  pending              Fix auth',
        'alpha  2  waiting  beta#2      Release',
        'beta   2  waiting  #1          Search',
        '',
        'REPO   TASKS  PENDING',
        'alpha      2        2',
        'beta       2        2',
        'all        4        4',
        '',
      ].join('\n'),
    )
    const document = await mhvJson(top, 'tl', '--all')
    expect(refs(document)).toEqual(['beta#1', 'alpha#1', 'alpha#2', 'beta#2'])
    expect(document).toMatchObject({ schema: 1, total: 4, problems: [] })
    expect(document.totals.alpha).toMatchObject({ total: 2, pending: 2, completed: 0 })
    expect(document.tasks[2]).toMatchObject({
      repository: 'alpha',
      depends_on: ['beta#2'],
      waiting_on: ['beta#2'],
    })
    const alone = await mhv(join(top, 'alpha'), 'tl', '--columns', 'number,waiting_on')
    expect(alone.out).toBe('#  WAITING ON\n1\n2  beta#2\n')
    // From inside of one of them it is the same.
    expect(await mhvJson(join(top, 'beta'), 'tl', '--all')).toEqual(document)
  })

  test('is chosen by name, nickname, tag and role, and filtered like any', async () => {
    const top = await two()
    expect(refs(await mhvJson(top, 'tl', '--repo', 'be'))).toEqual(['beta#1', 'beta#2'])
    expect(refs(await mhvJson(top, 'tl', '--tag', 't0', '--role', 'r0'))).toEqual(['alpha#1', 'alpha#2'])
    expect(refs(await mhvJson(join(top, 'beta'), 'tl', '--repos', '..', '--limit', '1'))).toEqual(['beta#1'])
    expect(refs(await mhvJson(top, 'tl', '--all', '--number', '1'))).toEqual(['beta#1', 'alpha#1'])
    expect(refs(await mhvJson(top, 'tl', '--all', '--number', 'be#1-2,alpha#2'))).toEqual([
      'beta#1',
      'alpha#2',
      'beta#2',
    ])
    expect(refs(await mhvJson(top, 'tl', '--all', '--depends-on', 'beta#2'))).toEqual(['alpha#2'])
    expect(refs(await mhvJson(join(top, 'alpha'), 'tl', '--depends-on', 'be#2'))).toEqual(['alpha#2'])
    expect(refs(await mhvJson(top, 'tl', '--all', '--sort', 'repository:desc'))[0]).toBe('beta#1')
    expect(refs(await mhvJson(top, 'tl', '--all', '--status', 'waiting'))).toEqual(['alpha#2', 'beta#2'])
    expect(refs(await mhvJson(top, 'ready', '--all'))).toEqual(['beta#1', 'alpha#1'])
    await run(join(top, 'beta'), 'task', 'cancel', '2', '--reason', 'no need')
    expect(refs(await mhvJson(top, 'ready', '--all'))).toEqual(['beta#1', 'alpha#1', 'alpha#2'])
    expect((await mhvJson(top, 'tl', '--all', '--depends-on', 'beta#9')).error.name).toBe('TASK_NOT_FOUND')
    expect((await mhvJson(top, 'tl', '--repo', 'bata')).error).toMatchObject({ name: 'UNKNOWN_REPOSITORY' })
  })

  test('opens no other repositories than those that its tasks refer to', async () => {
    const top = await two()
    const index = (name: string) => join(top, name, '.git', 'mtos', 'index.base')
    const forget = () => ['alpha', 'beta'].map((name) => rmSync(index(name)))
    forget()
    await mhvJson(top, 'tl', '--repo', 'beta')
    expect([existsSync(index('beta')), existsSync(index('alpha'))]).toEqual([true, false])
    await mhvJson(top, 'tl', '--all')
    forget()
    const document = await mhvJson(top, 'tl', '--repo', 'alpha', '--number', '2')
    expect(document.tasks[0]).toMatchObject({ ref: 'alpha#2', waiting_on: ['beta#2'] })
    expect(existsSync(index('beta'))).toBe(true)
    expect(refs(await mhvJson(top, 'tl', '--repo', 'beta', '--depends-on', 'alpha#1'))).toEqual([])
  })

  test('members of a cycle through several are never ready, until one of them has ended', async () => {
    const top = await linkedRepositories('alpha', 'beta')
    const [alpha, beta] = [join(top, 'alpha'), join(top, 'beta')]
    for (const directory of [alpha, beta]) await run(directory, 'tc', 'Round')
    const [a, b] = [await idOf(alpha, 1), await idOf(beta, 1)]
    await dependOn(alpha, 1, `beta/${b}`)
    await dependOn(beta, 1, `alpha/${a}`)
    expect(refs(await mhvJson(top, 'ready', '--all'))).toEqual([])
    expect(refs(await mhvJson(alpha, 'ready'))).toEqual([])
    await run(beta, 'done', '1', '--force', '--reason', 'it was never needed')
    expect(refs(await mhvJson(top, 'ready', '--all'))).toEqual(['alpha#1'])
    expect(refs(await mhvJson(alpha, 'ready'))).toEqual(['alpha#1'])
  })

  test('“me” is who each repository says', async () => {
    const top = await two()
    git(join(top, 'beta'), 'config', 'user.email', 'eva@example.com')
    expect(refs(await mhvJson(top, 'tl', '--all', '--assignee', 'me'))).toEqual(['beta#1'])
  })

  test('names what cannot be read, and fails only where nothing can', async () => {
    const top = await two()
    writeRepos(top, 'alpha', 'beta', 'gamma', 'delta')
    mkdirSync(join(top, 'delta'))
    git(join(top, 'delta'), 'init', '--quiet')
    const document = await mhvJson(top, 'tl', '--all')
    expect(document.total).toBe(4)
    expect(document.problems).toEqual([
      {
        repository: 'gamma',
        code: 'REPOSITORY_MISSING',
        message: expect.stringContaining('gamma'),
        fetched_at: null,
      },
      { repository: 'delta', code: 'NOT_INITIALISED', message: expect.any(String), fetched_at: null },
    ])
    const { code, err } = await mhv(top, 'tl', '--all')
    expect(code).toBe(0)
    expect(err).toMatch(/^Problem: gamma is .*\nProblem: delta: .*\n$/)
    expect((await mhv(top, 'tl', '--all', '--format', 'markdown')).out).toMatch(/^- gamma is .*$/m)
    const nothing = await mhv(top, 'tl', '--repo', 'gamma,delta')
    expect({ code: nothing.code, out: nothing.out }).toEqual({ code: 1, out: '' })
    expect(nothing.err).toContain('None of the repositories can be read.')
    expect((await mhv(top, 'tl', '--all', '--max-age', '10m')).code).toBe(0)
    expect((await mhv(top, 'tl', '--all', '--max-age', 'soon')).code).toBe(2)
    rmSync(join(top, 'repos.yaml'))
    expect((await mhvJson(top, 'tl', '--all')).error.name).toBe('NO_FEDERATION')
  })

  test('directories that are not there are named, and that is no failure, even if it is all of them', async () => {
    const top = await two()
    writeRepos(top, 'gamma', 'epsilon')
    const { code, out, err } = await mhv(top, 'tl', '--all')
    expect([code, out]).toEqual([0, ''])
    expect(err).toMatch(
      /^None of the repositories is here\.\nProblem: gamma is .*\nProblem: epsilon is .*\n$/,
    )
    const document = await mhvJson(top, 'tl', '--all', '--assignee', 'me')
    expect(document).toMatchObject({ tasks: [], total: 0, problems: [{}, {}] })
    for (const argv of [
      ['status'],
      ['ready'],
      ['plan'],
      ['task', 'export'],
      ['tl', '--format', 'markdown'],
    ]) {
      expect([argv, (await mhv(top, ...argv, '--all')).code]).toEqual([argv, 0])
    }
    expect((await mhv(top, 'tl', '--all', '--fail-on', 'problem')).code).toBe(1)
  })

  test('says what tasks wait for and cannot be seen, and of which repository, as one repository does', async () => {
    const top = await two()
    const away = join(top, 'away')
    renameSync(join(top, 'beta'), away)
    const alone = await mhvJson(join(top, 'alpha'), 'tl')
    expect(alone.problems).toMatchObject([{ repository: 'beta', code: 'REPOSITORY_MISSING' }])
    for (const words of [['tl'], ['ready'], ['tl', '--all']]) {
      const flags = words.includes('--all') ? [] : ['--repo', 'alpha']
      const { problems } = await mhvJson(top, ...words, ...flags)
      const [own] = alone.problems
      expect(problems.at(-1)).toEqual({ ...own, message: own.message.replace('#2', 'alpha#2') })
      expect((await mhv(top, ...words, ...flags)).err).toContain(
        'Problem: beta: alpha#2 waits until it can be seen: beta is not there: ',
      )
    }
    renameSync(away, join(top, 'beta'))
    const file = join(top, 'repos.yaml')
    const entry = (name: string, path: string) => `  - { name: ${name}, path: ${path} }\n`
    writeFileSync(file, `repos:\n${entry('alpha', 'alpha')}${entry('betas', 'beta')}`)
    expect((await mhv(top, 'tl', '--all')).err).toBe(
      `Problem: beta: alpha#2 waits until it can be seen: no repository in ${file} is called so; did you mean betas?\n`,
    )
    // What others do not know is not theirs to tell.
    expect((await mhv(top, 'tl', '--repo', 'betas')).err).toBe('')
  })

  test('an entry of the file that cannot be read is named too', async () => {
    const top = await two()
    writeFileSync(join(top, 'repos.yaml'), 'repos:\n  - {name: alpha, path: alpha}\n  - {path: beta}\n')
    const { total, problems } = await mhvJson(top, 'tl', '--all')
    expect(total).toBe(2)
    expect(problems).toMatchObject([
      { repository: 'entry 2', code: 'REPOS_INVALID' },
      { repository: 'beta', code: 'UNKNOWN_REPOSITORY' },
    ])
  })

  test('shows the past by date; a commit belongs to one repository', async () => {
    const top = await two()
    const now = process.env.MHV_NOW!
    onTestFinished(() => {
      process.env.MHV_NOW = now
    })
    process.env.MHV_NOW = '2026-12-01T10:00:00.000Z'
    await run(join(top, 'alpha'), 'tc', 'Later')
    process.env.MHV_NOW = '2026-12-02T10:00:00.000Z'
    expect((await mhvJson(top, 'tl', '--all')).total).toBe(5)
    expect((await mhvJson(top, 'tl', '--all', '--at', '2026-11-30')).total).toBe(4)
    expect((await mhvJson(top, 'tl', '--all', '--at', 'HEAD')).error.name).toBe('BAD_REVISION')
  })

  test('is exported, with the refs of other repositories’ tasks', async () => {
    const top = await two()
    const { out } = await mhv(top, 'task', 'export', '--all')
    const records = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records.map(({ ref }) => ref)).toEqual(['alpha#1', 'alpha#2', 'beta#1', 'beta#2'])
    expect(records[1].depends_on).toEqual(['beta#2'])
  })
})

describe('groups', () => {
  test('have headings and counts; a task with two labels is in both', async () => {
    const top = await two()
    const { out } = await mhv(top, 'tl', '--all', '--group-by', 'label', '--columns', 'title')
    expect(out.split('\n\n').slice(0, 4)).toEqual([
      'TITLE',
      'auth (1)\nFix auth',
      'ui (1)\nFix auth',
      'none (3)\nIndex\nRelease\nSearch',
    ])
    const document = await mhvJson(top, 'tl', '--all', '--group-by', 'deadline')
    expect(document.groups).toEqual([
      { group: 'this_week', total: 1 },
      { group: 'none', total: 3 },
    ])
    expect(document.tasks.map((task: { groups: string[] }) => task.groups)).toEqual([
      ['none'], ['this_week'], ['none'], ['none'],
    ]) // biome-ignore format: a list
    const csv = await mhv(
      top,
      'tl',
      '--repo',
      'alpha',
      '--group-by',
      'label',
      '--format',
      'csv',
      '--columns',
      'number',
    )
    expect(csv.out).toBe('number,group\n1,"auth,ui"\n2,none\n')
    const page = await mhv(
      join(top, 'beta'),
      'tl',
      '--group-by',
      'priority',
      '--format',
      'markdown',
      '--columns',
      'title',
    )
    expect(page.out).toBe(
      '## critical (1)\n\n| TITLE |\n| --- |\n| Index |\n\n## medium (1)\n\n| TITLE |\n| --- |\n| Search |\n',
    )
  })
})

describe('--fail-on', () => {
  test('refuses a repository that nothing is called, of which it would never hold; a nickname is as good as a name', async () => {
    const top = await two()
    const failing = (cwd: string, condition: string, ...flags: string[]) =>
      mhvJson(cwd, 'tl', ...flags, '--fail-on', condition)
    expect((await failing(top, 'repo:betta', '--all')).error).toMatchObject({
      name: 'UNKNOWN_REPOSITORY',
      data: { meant: 'beta' },
    })
    expect((await mhv(top, 'tl', '--all', '--fail-on', 'repo:betta')).code).toBe(2)
    expect((await failing(top, 'repo:beta', '--repo', 'alpha')).error).toBeUndefined()
    const [alpha, beta] = [join(top, 'alpha'), join(top, 'beta')]
    expect((await failing(alpha, 'repo:Alpha')).error.data.total).toBe(2)
    expect((await mhv(alpha, 'tl', '--fail-on', 'repo:alfa')).code).toBe(2)
    rmSync(beta, { recursive: true })
    expect((await failing(top, 'problem and repo:BE', '--all')).error.data.repositories).toEqual(['beta'])
  })

  test('a page says how many tasks it leaves out', async () => {
    const top = await two()
    const { out } = await mhv(top, 'tl', '--all', '--limit', '1', '--format', 'markdown')
    expect(out).toMatch(/Index .*\n\n… and 3 more\n\n\| REPO/)
  })

  test('prints the list, and then says which of its tasks are so', async () => {
    const top = await two()
    const { code, out, err } = await mhv(top, 'tl', '--all', '--fail-on', 'priority:critical or label:auth')
    expect(code).toBe(1)
    expect(out).toContain('Release')
    expect(err).toMatch(
      /CONDITION_MET: “priority:critical or label:auth” holds for 2 tasks: beta#1 Index; alpha#1 Fix auth\./,
    )
    const passed = await mhv(top, 'tl', '--all', '--fail-on', 'overdue')
    expect({ code: passed.code, err: passed.err }).toEqual({ code: 0, err: '' })
  })

  test('with --json stays one document', async () => {
    const top = await two()
    const answer = await mhv(top, 'tl', '--all', '--limit', '1', '--fail-on', 'waiting', '--json')
    expect(answer.code).toBe(1)
    const document = JSON.parse(answer.out)
    expect(document.total).toBe(4)
    expect(document.error).toMatchObject({
      name: 'CONDITION_MET',
      data: { condition: 'waiting', total: 2, tasks: ['alpha#2', 'beta#2'], repositories: [] },
    })
  })

  test('can ask for repositories that cannot be read', async () => {
    const top = await two()
    writeRepos(top, 'alpha', 'gamma')
    const { error } = await mhvJson(top, 'tl', '--all', '--fail-on', 'problem')
    expect(error.data).toMatchObject({ total: 0, repositories: ['gamma'] })
    expect((await mhv(top, 'tl', '--all', '--fail-on', 'overdue or')).code).toBe(2)
  })

  test('in a pipeline tells it where that one looks', async () => {
    const top = await two()
    const page = join(top, 'page.md')
    withEnvironment({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: page })
    const report = join(top, 'report.json')
    const flags = ['--fail-on', 'label:auth', '--summary', '--annotations', report, '--format', 'markdown']
    const { code, out, err } = await mhv(top, 'tl', '--all', ...flags)
    expect(code).toBe(1)
    expect(out).not.toContain('::')
    expect(err).toMatch(/^::error title=alpha#1::Fix auth \(pending, high, due 2026-11-21\)\nError /)
    expect(readFileSync(page, 'utf8')).toBe(out)
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject([
      { check_name: 'mhv', severity: 'major', location: { path: 'repos.yaml', lines: { begin: 1 } } },
    ])
  })
})

describe('status of several repositories', () => {
  test('has a row for each, one for all, and their worktrees', async () => {
    const top = await two()
    const beta = join(top, 'beta')
    await run(beta, 'start', '1')
    await run(beta, 'start', '2', '--force', '--reason', 'now')
    rmSync(join(top, 'beta.worktrees', '2-search'), { recursive: true })
    writeRepos(top, 'alpha', 'beta', 'gamma')
    const document = await mhvJson(top, 'status', '--all')
    expect(document.repositories).toMatchObject([
      {
        repository: 'alpha',
        open: 2,
        ready: 1,
        waiting: 1,
        worktrees: { total: 0, attention: 0 },
        fetched_at: null,
      },
      { repository: 'beta', open: 2, in_progress: 2, worktrees: { total: 2, attention: 1 } },
    ])
    expect(document.total).toMatchObject({ open: 4, in_progress: 2 })
    expect(document.problems).toMatchObject([{ repository: 'gamma' }])
    const said = await mhvProcess(top, ['status', '--all', '--plain'])
    expect(said.out).toContain('repo beta; open 2; in progress 2; worktrees 2, 1 to be looked at\n')
    const { out, err } = await mhv(top, 'status', '--all')
    expect(out).toBe(
      [
        'REPO   OPEN  READY  WAITING  IN PROGRESS  WORKTREES',
        'alpha     2      1        1',
        'beta      2                            2     2 (1!)',
        'all       4      1        1            2     2 (1!)',
        '',
      ].join('\n'),
    )
    expect(err).toMatch(/^Problem: gamma/)
  })
})
