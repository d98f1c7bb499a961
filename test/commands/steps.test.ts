import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { dependOn } from '../support/linked-repositories.ts'
import { git, temporaryDirectory } from '../support/repository.ts'

/** Runs a step as a shell would where it was read. */
const paste = (cwd: string, step: string) => mhv(cwd, ...step.split(' ').slice(1))

const stepsOf = async (cwd: string, ...argv: string[]): Promise<string[]> => {
  const { error } = await mhvJson(cwd, ...argv)
  expect(error).toBeDefined()
  return error.recovery
}

describe('steps of a command that was given a list of repositories', () => {
  let outside: string
  let list: string
  let at: (name: string) => string

  beforeEach(async () => {
    const place = await federationOf({ alpha: ['A'], beta: ['B'] })
    at = place.at
    outside = temporaryDirectory()
    list = join(place.directory, 'others.yaml')
    renameSync(join(place.directory, 'repos.yaml'), list)
    const { code } = await mhv(outside, 'task', 'depend', 'beta#1', '--on', 'alpha#1', '--repos', list)
    expect(code).toBe(0)
  })

  test.each([
    ['tl', '--repo', 'nosuch'],
    ['task', 'depend', 'alpha#1', '--on', 'beta#1'],
    ['graph', 'alpha#9'],
    ['task', 'show', 'alpha#9'],
    ['task', 'show', 'nosuch#1'],
    ['tl', '--all', '--fail-on', 'pending'],
    ['tl', '--repo', 'alpha', '--number', 'beta#1'],
    ['tl', '--all', '--at', 'HEAD'],
  ])('lead to the same list: %s %s %s', async (...argv) => {
    for (const step of await stepsOf(outside, ...argv, '--repos', list)) {
      expect(await paste(outside, step), step).toMatchObject({ code: 0 })
    }
  })

  test('also where the list is named from the directory that -C leads to', async () => {
    const dir = dirname(list)
    const [step] = await stepsOf(
      dirname(dir),
      '-C',
      basename(dir),
      'tl',
      '--repo',
      'nosuch',
      '--repos',
      basename(list),
    )
    expect(step).toBe(`mhv -C ${basename(dir)} repos list --repos ${basename(list)}`)
    expect((await paste(dirname(dir), step!)).code).toBe(0)
    const [there] = await stepsOf(dir, 'task', 'show', 'alpha#9', '--repos', basename(list))
    expect(there).toContain(`-C ${at('alpha')}`)
    expect((await paste(dir, there!)).code).toBe(0)
  })

  test('in what is found wrong too', async () => {
    for (const [name, on] of [
      ['alpha', 'beta'],
      ['beta', 'alpha'],
    ] as const) {
      const { id } = (await mhvJson(outside, 'task', 'show', `${on}#1`, '--repos', list)).task
      await dependOn(at(name), 1, `${on}/${id}`)
    }
    const { findings } = await mhvJson(outside, 'doctor', '--all', '--repos', list)
    const steps: string[] = findings.flatMap(({ fix }: { fix: string[] }) => fix)
    expect(steps.length).toBeGreaterThan(0)
    for (const step of steps) expect(await paste(outside, step), step).toMatchObject({ code: 0 })
    expect((await mhv(outside, 'plan', '--all', '--repos', list)).err).not.toContain('Cycle')
  })

  test('in what is said of a list too', async () => {
    const nothing = await mhv(outside, 'ready', '--repo', 'alpha', '--text', 'zzz', '--repos', list)
    const step = /: (mhv .*)$/m.exec(nothing.err)![1]!
    expect(await paste(outside, step)).toMatchObject({ code: 0, out: expect.stringContaining('A') })
  })

  test('are no others where none was given', async () => {
    expect(await stepsOf(at('alpha'), 'task', 'show', '9')).toEqual(['mhv task list --status all'])
    const elsewhere = await stepsOf(outside, '-C', at('alpha'), 'task', 'show', '9')
    expect(elsewhere).toEqual([`mhv -C ${at('alpha')} task list --status all`])
    expect(await stepsOf(at('alpha'), 'tl', '--nonsense')).toEqual(['mhv task list --help'])
  })
})

test('a clone whose tasks are not here yet is named with the step that brings them', async () => {
  const { directory, at } = await federationOf({ alpha: ['A'], beta: ['B'] })
  git(directory, 'clone', '--quiet', at('beta'), 'fresh')
  writeFileSync(
    join(directory, 'repos.yaml'),
    'repos:\n  - {name: alpha, path: alpha}\n  - {name: beta, path: fresh}\n',
  )
  const { err } = await mhv(directory, 'tl', '--all')
  const step = /(mhv .*sync) brings/.exec(err)![1]!
  expect(await paste(directory, step)).toMatchObject({ code: 0 })
  expect((await mhv(directory, 'tl', '--all')).out).toContain('B')
})

test('a list that cannot be read is shown where it goes wrong', async () => {
  const directory = temporaryDirectory()
  const file = join(directory, 'repos.yaml')
  writeFileSync(file, 'repos:\n  - {name: a, path: a}\n  - {name: b, path: [}\n  - {name: c, path: c}\n')
  for (const argv of [
    ['tl', '--all'],
    ['repos', 'check'],
    ['task', 'show', 'a#1'],
  ]) {
    expect(await stepsOf(directory, ...argv)).toEqual([`sed -n 3p ${file}`, `\${EDITOR:-vi} ${file}`])
  }
  writeFileSync(file, 'repos:\n  - [\n')
  expect((await stepsOf(directory, 'tl', '--all'))[0]).toBe(`sed -n 2p ${file}`)
  expect((await mhv(directory, 'tl', '--all')).err).toMatch(/repos\.yaml:2 cannot be read: (?!.*at line)/)
  writeFileSync(file, 'repos:\n  - {name: a, pth: a}\n')
  expect((await mhv(directory, 'repos', 'check')).out).toContain(
    'neither a path nor a url; by "pth" it may mean path',
  )
  writeFileSync(file, 'nothing: of that\nrepos: 7\n')
  expect(await stepsOf(directory, 'tl', '--all')).toEqual([`sed -n 1,20p ${file}`, `\${EDITOR:-vi} ${file}`])
  rmSync(file)
  mkdirSync(file)
  expect(await stepsOf(directory, 'tl', '--all', '--repos', directory)).toBeDefined()
})

test.each([
  ['start', 'away#1'],
  ['switch', 'away#1'],
  ['gate', 'run', 'away#1'],
])('what needs a clone says how to get one: %s %s', async (...argv) => {
  const place = await federationOf({ away: ['First'], own: ['Mine'] })
  const bare = join(temporaryDirectory(), 'remote.git')
  git(place.directory, 'clone', '--quiet', '--mirror', place.at('away'), bare)
  rmSync(place.at('away'), { recursive: true })
  writeFileSync(
    join(place.directory, 'repos.yaml'),
    `repos:\n  - {name: away, nickname: aw, url: "file://${bare}"}\n`,
  )
  const steps = await stepsOf(place.at('own'), ...argv)
  expect(steps[0]).toBe(`git clone file://${bare} ${place.at('away')}`)
  git(place.at('own'), ...steps[0]!.split(' ').slice(1))
  for (const step of steps.slice(1))
    expect(await paste(place.at('own'), step), step).toMatchObject({ code: 0 })
  const { error } = await mhvJson(place.at('own'), ...argv)
  expect(error?.name).toBe(argv[0] === 'start' ? undefined : 'NO_WORKTREE')
  if (error) expect(await paste(place.at('own'), error.recovery[0])).toMatchObject({ code: 0 })
})

test('a number of another repository than the list is no empty list', async () => {
  const { at } = await federationOf({ alpha: ['A'], beta: ['B'] })
  const { error } = await mhvJson(at('alpha'), 'tl', '--number', 'beta#1')
  expect(error.message).toBe('beta#1 is of another repository than this list, which is of alpha.')
  expect((await paste(at('alpha'), error.recovery[0])).out).toContain('B')
  expect((await mhvJson(at('alpha'), 'tl', '--all', '--number', 'beta#1,7')).tasks).toHaveLength(1)
})
