import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

type Told = { repository: string; code: string; message: string }

/** Lines of a file that lists repositories. */
const listing = (directory: string, ...entries: readonly string[]) =>
  writeFileSync(join(directory, 'repos.yaml'), `repos:\n${entries.map((each) => `  - {${each}}\n`).join('')}`)

test.each([
  ['a file', 'repos.yaml'],
  ['a path through a file', 'repos.yaml/x'],
  ['a circle of links', 'circle'],
  ['a repository whose .git is a circle of links', 'round'],
])('%s in place of a repository is that entry’s problem, and hides no other', async (_, path) => {
  const { directory } = await federationOf({ alpha: ['One'] })
  listing(directory, 'name: alpha, path: alpha', `name: odd, path: ${path}`)
  symlinkSync('circle', join(directory, 'circle'))
  mkdirSync(join(directory, 'round'))
  symlinkSync('.git', join(directory, 'round', '.git'))
  for (const words of [
    ['tl', '--all'],
    ['status', '--all'],
    ['plan', '--all'],
    ['doctor', '--all'],
  ]) {
    const { code, out, err } = await mhv(directory, ...words)
    expect([words, code, out]).toEqual([words, 0, expect.stringMatching(/One|alpha|Health 96/)])
    expect(out + err).toMatch(/odd (?:is not there|cannot be read): /)
  }
  expect((await mhvJson(directory, 'tl', '--all')).problems).toMatchObject([
    { repository: 'odd', code: 'REPOSITORY_MISSING' },
  ])
  expect((await mhvJson(directory, 'repos', 'list')).repositories[1].state).toBe('missing')
  const { problems } = await mhvJson(directory, 'repos', 'check')
  expect(problems.map(({ repository }: Told) => repository)).toEqual(['odd'])
  expect((await mhvJson(directory, 'tc', 'Two', '--repo', 'odd')).error.name).toBe('REPOSITORY_MISSING')
})

test('a repository that is listed twice counts once, in every answer, and goes by both names', async () => {
  const { directory, at } = await federationOf({ alpha: ['One'] })
  git(at('alpha'), 'worktree', 'add', '--quiet', join(directory, 'linked'))
  listing(
    directory,
    'name: alpha, path: alpha',
    'name: again, path: ./alpha/, nickname: ag',
    'name: linked, path: linked',
    `name: there, url: "file://${at('alpha')}"`,
  )
  const { tasks, totals, problems } = await mhvJson(directory, 'tl', '--all')
  expect(tasks.map(({ ref }: { ref: string }) => ref)).toEqual(['alpha#1'])
  expect(Object.keys(totals)).toEqual(['alpha'])
  expect(problems.map(({ repository, code }: Told) => `${repository} ${code}`)).toEqual([
    'again REPOS_INVALID',
    'linked REPOS_INVALID',
    'there REPOS_INVALID',
  ])
  const { err } = await mhv(directory, 'tl', '--all')
  expect(err).toContain('Problem: linked is the same repository as alpha')
  expect((await mhvJson(directory, 'status', '--all')).total.open).toBe(1)
  const plan = await mhvJson(directory, 'plan', '--all')
  expect([plan.now, plan.problems]).toEqual([
    ['alpha#1'],
    expect.arrayContaining(problems.map(({ repository }: Told) => expect.objectContaining({ repository }))),
  ])
  expect((await mhvJson(directory, 'doctor', '--all')).repositories).toBe(1)
  expect(await run(directory, 'task', 'comment', 'ag#1', 'x')).toContain('alpha#1')
  const check = await mhvJson(directory, 'repos', 'check')
  expect(check.problems.map(({ step }: { step: string }) => step)).toEqual([
    'mhv repos remove again',
    'mhv repos remove linked',
    'mhv repos remove there',
  ])
  for (const name of ['again', 'linked', 'there']) await run(directory, 'repos', 'remove', name)
  expect((await mhvJson(directory, 'repos', 'check')).problems).toEqual([])
  const refused = await mhvJson(directory, 'repos', 'add', 'linked', '--name', 'other')
  expect(refused.error.name).toBe('REPOSITORY_LISTED')
  expect((await mhvJson(directory, 'repos', 'add', './linked')).error.name).toBe('REPOSITORY_LISTED')
})

test('what only another entry of the same repository was called in a dependency is still found', async () => {
  const { directory, at } = await federationOf({ alpha: ['One'], beta: ['Two'] })
  listing(directory, 'name: beta, path: beta', 'name: again, path: alpha')
  await run(at('beta'), 'task', 'depend', '1', '--on', 'again#1')
  listing(directory, 'name: beta, path: beta', 'name: alpha, path: alpha', 'name: again, path: alpha')
  const { tasks } = await mhvJson(directory, 'tl', '--repo', 'beta')
  expect(tasks[0].depends_on).toEqual(['alpha#1'])
})

test('where nothing can be seen, plans, graphs and health fail as lists do, with the step that shows why', async () => {
  const directory = temporaryDirectory()
  listing(directory, `name: away, url: "file://${directory}/nowhere.git"`)
  for (const words of [['tl'], ['status'], ['plan'], ['graph'], ['doctor'], ['task', 'export']]) {
    const { code, err } = await mhv(directory, ...words, '--all')
    expect([words, code, err]).toEqual([
      words,
      1,
      expect.stringContaining('None of the repositories can be read'),
    ])
    expect(err).toContain('    mhv repos check --remote\n')
  }
  expect((await mhv(directory, 'repos', 'check', '--remote')).code).toBe(1)
  expect(await mhvJson(directory, 'tl', '--all')).toMatchObject({
    tasks: [],
    total: 0,
    problems: [{ repository: 'away' }],
    error: { name: 'REMOTE_MISSING', data: { problems: [{ repository: 'away' }] } },
  })
})

test('a pipeline is shown what could not be read, also where that is everything', async () => {
  const directory = temporaryDirectory()
  listing(directory, `name: away, url: "file://${directory}/nowhere.git"`)
  const page = join(directory, 'page.md')
  withEnvironment({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: page })
  const flags = [
    '--all',
    '--summary',
    '--annotations',
    'gl.json',
    '--fail-on',
    'problem',
    '--format',
    'markdown',
  ]
  const { code, out, err } = await mhv(directory, 'tl', ...flags)
  expect([code, out]).toEqual([1, expect.stringMatching(/^\| all \| 0 \|\n\n- away: .*nowhere/m)])
  expect(err).toMatch(/^::warning title=mhv::away: .*\nError MHV-\d+ \w+: None of the repositories/)
  expect(readFileSync(page, 'utf8')).toBe(out)
  const report = JSON.parse(readFileSync(join(directory, 'gl.json'), 'utf8'))
  expect(report).toMatchObject([{ description: expect.stringContaining('away') }])
})

test('a repository that git cannot read is a critical finding with its steps, and keeps no other from being looked at', async () => {
  const { directory, at } = await federationOf({ alpha: ['One'], broken: ['Two'] })
  rmSync(join(at('broken'), '.git', 'objects'), { recursive: true })
  const { ok, score, repositories, findings } = await mhvJson(directory, 'doctor', '--all')
  expect([ok, score, repositories]).toEqual([false, 90, 2])
  expect(findings).toMatchObject([{ code: 'GIT_FAILED', severity: 'critical', repository: 'broken' }])
  expect(findings[0].fix).toEqual([`git -C ${at('broken')} fsck`])
  expect((await mhv(directory, 'doctor', '--all')).out).toContain('critical  GIT_FAILED: broken: git ')
  const check = await mhvJson(directory, 'repos', 'check')
  expect(check.problems).toMatchObject([{ repository: 'broken', step: `git -C ${at('broken')} fsck` }])
})
