import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { git } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

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
  expect((await mhvJson(directory, 'plan', '--all')).now).toEqual(['alpha#1'])
  expect((await mhvJson(directory, 'doctor', '--all')).repositories).toBe(1)
  expect(await run(directory, 'task', 'comment', 'ag#1', '--message', 'x')).toContain('alpha#1')
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
