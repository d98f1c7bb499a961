import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

/** Two clones of remotes of their own with a task each, and a third member that is not there. */
async function federation(): Promise<string> {
  const place = temporaryDirectory()
  for (const name of ['akosha', 'crackerjack']) {
    git(place, 'init', '--quiet', '--bare', `${name}.git`)
    git(place, 'clone', '--quiet', join(place, `${name}.git`), name)
    git(join(place, name), 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
    await run(join(place, name), 'init')
    await run(join(place, name), 'tc', `Task of ${name}`)
  }
  const entries = ['akosha', 'crackerjack', 'gone'].map((name) => `  - { name: ${name}, path: ${name} }\n`)
  writeFileSync(join(place, 'repos.yaml'), `repos:\n${entries.join('')}`)
  return place
}

test('sync goes through all repositories; one that is missing is named and keeps no other from its turn', async () => {
  const place = await federation()
  const { code, out, err } = await mhv(place, 'sync', '--all')
  expect(code).toBe(1)
  expect(out).toBe('== akosha\norigin: sent 1 task\n== crackerjack\norigin: sent 1 task\n')
  expect(err).toContain('Problem: gone is not there')
  const again = await mhvJson(place, 'sync', '--repo', 'akosha,crackerjack')
  expect(again.repositories).toMatchObject([
    { repository: 'akosha', remotes: [{ remote: 'origin', sent: 0 }] },
    { repository: 'crackerjack' },
  ])
  expect(again.problems).toEqual([])
  rmSync(join(place, 'akosha.git'), { recursive: true })
  const broken = await mhv(place, 'sync', '--repo', 'akosha,crackerjack')
  expect([broken.code, broken.out]).toEqual([1, '== akosha\n== crackerjack\norigin: nothing new\n'])
})

test('repositories without a remote, or without tasks, are told and are no failure; steps lead into theirs', async () => {
  const place = await federation()
  git(join(place, 'akosha'), 'remote', 'remove', 'origin')
  git(place, 'init', '--quiet', '--bare', 'new.git')
  git(place, 'clone', '--quiet', join(place, 'new.git'), 'gone')
  const { code, out, err } = await mhv(place, 'sync', '--all')
  expect([code, out]).toEqual([0, '== crackerjack\norigin: sent 1 task\n== gone\n'])
  expect(err).toContain('Problem: akosha: This repository has no remote to sync with.')
  expect(err).toContain(`mhv -C ${join(place, 'gone')} init`)
})

test('that a repository may get its tasks from a remote is told with a command that works from elsewhere', async () => {
  const place = await federation()
  git(place, 'init', '--quiet', '--bare', 'new.git')
  git(place, 'clone', '--quiet', join(place, 'new.git'), 'gone')
  const said = `mhv -C ${join(place, 'gone')} sync brings it.`
  for (const command of ['conflicts', 'audit', 'tl']) {
    expect((await mhv(place, command, '--all')).err, command).toContain(said)
  }
})

test('a change that lost is taken back by the command that stands beside it, from wherever it was listed', async () => {
  const place = await federation()
  await run(place, 'sync', '--repo', 'akosha')
  git(place, 'clone', '--quiet', join(place, 'akosha.git'), 'other')
  await run(join(place, 'other'), 'sync')
  await run(join(place, 'akosha'), 'task', 'edit', '1', '--priority', 'high')
  await run(join(place, 'other'), 'task', 'edit', '1', '--priority', 'low')
  for (const clone of ['akosha', 'other', 'akosha']) await run(join(place, clone), 'sync')
  const { repositories } = await mhvJson(place, 'conflicts', '--repo', 'akosha,crackerjack')
  const [conflict] = repositories[0].conflicts
  expect(await run(place, 'conflicts', '--repo', 'akosha,crackerjack')).toContain(conflict.take)
  await run(place, ...conflict.take.split(' ').slice(1))
  const { task } = await mhvJson(place, 'task', 'show', 'akosha#1')
  expect(task.priority).toBe(conflict.lost.value)
})

test.each([
  ['audit', 'Nothing is wrong'],
  ['conflicts', 'No concurrent change has lost'],
  ['worktree list', 'PLACE'],
])('%s tells about each repository', async (command, said) => {
  const place = await federation()
  const words = [...command.split(' '), '--repo', 'akosha,crackerjack']
  const { code, out } = await mhv(place, ...words)
  expect([code, out.split('== ').length]).toEqual([0, 3])
  expect(out.split(said).length).toBe(3)
  const { repositories, problems } = await mhvJson(place, ...words)
  expect(repositories.map(({ repository }: { repository: string }) => repository)).toEqual([
    'akosha',
    'crackerjack',
  ])
  expect(problems).toEqual([])
})

test.each([
  [['sync', '--all', '--watch'], 'one repository'],
  [['audit', '--all', '--export', 'csv'], 'one repository'],
])('%j is refused', async (words, said) => {
  const { code, err } = await mhv(await federation(), ...words)
  expect([code, err]).toEqual([2, expect.stringContaining(said)])
})

test('worktree list leaves out what has no directory to work in', async () => {
  const place = await federation()
  await run(join(place, 'akosha'), 'sync')
  const akosha = '  - { name: akosha, path: akosha }\n'
  const away = `  - { name: away, url: "${join(place, 'akosha.git')}" }\n`
  writeFileSync(join(place, 'repos.yaml'), `repos:\n${akosha}${away}`)
  const { repositories, problems } = await mhvJson(place, 'wl', '--all')
  expect(repositories.map(({ repository }: { repository: string }) => repository)).toEqual(['akosha'])
  expect(problems).toEqual([])
  expect((await mhv(place, 'wl', '--all')).out).not.toContain('away')
})

test('preflight, hooks and gates are checked in all repositories, with steps that lead into theirs', async () => {
  const place = await federation()
  const akosha = join(place, 'akosha')
  await run(join(place, 'crackerjack'), 'hooks', 'install')
  const hooks = await mhv(place, 'hooks', 'status', '--repo', 'akosha,crackerjack')
  expect(hooks.code).toBe(1)
  expect(hooks.out).toMatch(
    /^== akosha\nakosha: The hooks are not installed here\.\n[^=]*== crackerjack\n\S+\s+alive\n$/,
  )
  expect(hooks.out).toContain(`mhv -C ${akosha} hooks install`)
  const verified = await mhvJson(place, 'gate', 'verify', '--repo', 'akosha,crackerjack')
  expect(verified.repositories).toMatchObject([
    { repository: 'akosha', gates: [] },
    { repository: 'crackerjack', gates: [] },
  ])
  expect(verified.problems).toEqual([])
  writeFileSync(join(akosha, '.mhvrc.yaml'), 'gates: no\n')
  const checked = await mhv(place, 'preflight', '--all')
  expect([checked.code, checked.err]).toEqual([1, expect.stringContaining('Problem: gone')])
  expect(checked.out).toMatch(/== akosha\n[^=]*Work cannot be saved as it should: [^=]*== crackerjack\n/)
  const [{ checks, totals }] = (await mhvJson(place, 'preflight', '--repo', 'akosha')).repositories
  expect(totals.critical).toBeGreaterThan(0)
  const steps = checks.flatMap(({ recovery }: { recovery: string[] }) => recovery)
  expect(steps).toContain(`mhv -C ${akosha} hooks install`)
  for (const step of steps) expect(step).not.toMatch(/^mhv (?!-C |explain)/)
})
