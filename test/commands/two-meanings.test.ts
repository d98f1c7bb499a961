import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory } from '../support/repository.ts'

let top: string

async function repositoryAt(path: string, title: string): Promise<string> {
  mkdirSync(path, { recursive: true })
  git(path, 'init', '--quiet')
  git(path, 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
  for (const argv of [['init'], ['tc', title]]) expect((await mhv(path, ...argv)).code).toBe(0)
  return path
}

beforeEach(async () => {
  top = temporaryDirectory()
  await repositoryAt(join(top, 'x', 'app'), 'in x')
  await repositoryAt(join(top, 'y', 'app'), 'in y')
})

describe('discover', () => {
  const added = async (...flags: string[]) =>
    (await mhvJson(top, 'repos', 'discover', ...flags)).added.map(({ name }: { name: string }) => name)

  test('names both of two directories of one name by their parents', async () => {
    await repositoryAt(join(top, 'z'), 'alone')
    expect(await added()).toEqual(['z', 'x-app', 'y-app'])
    expect((await mhvJson(top, 'repos', 'check')).problems).toEqual([])
    expect((await mhv(join(top, 'y', 'app'), 'task', 'show', 'x-app#1')).out).toContain('in x')
  })

  test('takes more parents, and a number at the end, as far as that is needed', async () => {
    await repositoryAt(join(top, 'p', 'x', 'app'), 'in p/x')
    await repositoryAt(join(top, 'p', 'x-app'), 'has the name')
    expect(await added()).toEqual(['x-app', `${basename(top)}-x-app`, 'y-app', 'p-x-app'])
  })

  test('gives nobody the name of a directory that is listed under another', async () => {
    writeFileSync(join(top, 'repos.yaml'), 'repos:\n  - {name: mine, path: y/app}\n')
    expect(await added()).toEqual(['x-app'])
  })
})

describe('a name that means two repositories', () => {
  beforeEach(() => {
    writeFileSync(
      join(top, 'repos.yaml'),
      'repos:\n  - {name: app, path: x/app, nickname: xa}\n  - {name: other, path: y/app}\n',
    )
  })

  test.each([
    ['done', 'app#1'],
    ['done', 'APP#1'],
    ['task', 'show', 'app#1'],
    ['task', 'assign', 'app#1', 'bob'],
    ['tc', 'T', '--repo', 'app'],
    ['tl', '--repo', 'app'],
    ['tl', '--number', 'app#1'],
    ['tl', '--all', '--depends-on', 'app#1'],
    ['plan', '--repo', 'app'],
    ['graph', 'app#1'],
    ['doctor', '--repo', 'app'],
    ['task', 'depend', '1', '--on', 'app#1'],
    ['task', 'depend', 'xa#1', '--on', 'app#1'],
    ['tc', 'T', '--depends-on', 'app#1'],
    ['task', 'edit', '1', '--parent', 'app#1'],
    ['link', 'app#1', 'other#1'],
    ['audit', '--export', 'jsonl', '--task', 'app#1'],
    ['worktree', 'remove', 'app#1'],
    ['gate', 'run', 'app#1'],
  ])('is refused where it could be either: %s %s %s %s', async (...argv) => {
    const here = join(top, 'y', 'app')
    const before = git(here, 'rev-parse', 'refs/mtos/tasks')
    const { error } = await mhvJson(here, ...argv)
    expect(error).toMatchObject({ name: 'AMBIGUOUS_REPOSITORY' })
    expect(error.message).toContain(here)
    expect(error.message).toContain(join(top, 'x', 'app'))
    expect(error.message).toContain('other#')
    expect(error.message).toContain('xa#')
    expect(git(here, 'rev-parse', 'refs/mtos/tasks')).toBe(before)
    const steps: string[] = error.recovery
    expect((await mhv(here, ...steps[0]!.split(' ').slice(1))).out).toContain('in y')
    expect((await mhv(here, ...steps[1]!.split(' ').slice(1))).out).toContain('in x')
  })

  test('is none anywhere else, and each has words that mean one', async () => {
    const title = async (cwd: string, ...argv: string[]) =>
      (await mhvJson(cwd, 'task', 'show', ...argv)).task.title
    expect(await title(top, 'app#1')).toBe('in x')
    expect(await title(join(top, 'x', 'app'), 'app#1')).toBe('in x')
    for (const [word, what] of [
      ['1', 'in y'],
      ['other#1', 'in y'],
      ['xa#1', 'in x'],
    ] as const) {
      expect(await title(join(top, 'y', 'app'), word)).toBe(what)
    }
  })

  test('what is shown of the repository around does not look like the other’s', async () => {
    const here = join(top, 'y', 'app')
    await mhv(here, 'task', 'depend', '1', '--on', 'xa#1')
    await mhv(here, 'tc', 'Then', '--depends-on', '1')
    expect((await mhv(here, 'task', 'show', '1')).out).toMatch(
      /depends on +app#1 \(pending: in x\)\n +needed by +#2\n/,
    )
    expect((await mhv(here, 'task', 'show', 'xa#1')).out).not.toContain('needed by')
  })

  test('check tells of it, and so do add and discover when they make one', async () => {
    const check = await mhv(top, 'repos', 'check')
    expect(check.code).toBe(1)
    expect(check.out).toMatch(/^other: in .*\/y\/app, “app” is both this repository and app, .*\/x\/app/m)
    writeFileSync(join(top, 'repos.yaml'), 'repos:\n  - {name: app, path: x/app}\n')
    const add = await mhv(top, 'repos', 'add', 'y/app', '--name', 'why')
    expect(add.err).toMatch(/^Note: why: in .*“app” is both/)
  })

  test('add gives no name that is the directory of another', async () => {
    writeFileSync(join(top, 'repos.yaml'), 'repos:\n  - {name: other, path: y/app}\n')
    const before = (await mhvJson(top, 'repos', 'list')).repositories
    const { error } = await mhvJson(top, 'repos', 'add', 'x/app')
    expect(error).toMatchObject({ name: 'REPOSITORY_LISTED', message: expect.stringContaining('--name') })
    expect((await mhvJson(top, 'repos', 'add', 'x/app', '--name', 'x', '--nickname', 'app')).error.name).toBe(
      'REPOSITORY_LISTED',
    )
    expect((await mhvJson(top, 'repos', 'list')).repositories).toEqual(before)
    expect((await mhv(top, 'repos', 'add', 'x/app', '--name', 'x-app')).err).toBe('')
  })
})

test('a name is no other’s where the file means the repository around by it, through a worktree or a URL too', async () => {
  const here = join(top, 'y', 'app')
  const file = join(top, 'repos.yaml')
  const linked = join(temporaryDirectory(), 'linked')
  git(here, 'worktree', 'add', '--quiet', linked)
  writeFileSync(file, 'repos:\n  - {name: app, path: y/app}\n')
  expect((await mhv(linked, 'task', 'assign', 'app#1', 'bob')).code).toBe(0)
  git(here, 'remote', 'add', 'origin', 'https://ann:secret@example.invalid/app.git')
  writeFileSync(file, 'repos:\n  - {name: app, url: "https://example.invalid/app"}\n')
  expect((await mhv(here, 'task', 'assign', 'app#1', 'eve')).code).toBe(0)
  writeFileSync(file, 'repos:\n  - {name: app, url: "https://example.invalid/another"}\n')
  expect((await mhv(here, 'task', 'assign', 'app#1', 'eve')).err).toContain('AMBIGUOUS_REPOSITORY')
  // What is not there is nothing that could be meant.
  writeFileSync(file, 'repos:\n  - {name: app, path: gone}\n')
  expect((await mhv(here, 'task', 'assign', 'app#1', 'dan')).code).toBe(0)
  appendFileSync(file, '  - [\n')
  expect((await mhv(here, 'task', 'assign', 'app#1', 'ann')).code).toBe(0)
})
