import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { viewMembers } from '../../src/federation/view-members.ts'
import { entriesKnown, readParsed } from '../../src/repos/parsed-repos.ts'
import { readFederation } from '../../src/repos/read-federation.ts'
import { mhvProcess } from '../support/cli.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

const kept = () => join(homedir(), '.cache', 'mhv', 'federations')

const names = async (file: string) =>
  (await readFederation(file)).members.map(({ name, path }) => [name, path])

test('a file is parsed once, until it says something else; paths are resolved each time', async () => {
  const directory = temporaryDirectory()
  const file = join(directory, 'repos.yaml')
  const text = 'repos: [{name: a, path: ~/x}, {name: "../b", path: b}]\n'
  writeFileSync(file, text)
  expect(readParsed(file, text)).toBe(null)
  const first = await readFederation(file)
  expect(readParsed(file, text)).not.toBe(null)
  expect(await readFederation(file)).toEqual(first)
  expect(first.faults).toHaveLength(1)
  const home = homedir()
  withEnvironment({ XDG_CACHE_HOME: join(home, '.cache') })
  process.env.HOME = '/elsewhere'
  try {
    expect(await names(file)).toEqual([['a', '/elsewhere/x']])
  } finally {
    process.env.HOME = home
  }
  // The same length, written within the same instant.
  writeFileSync(file, text.replace('name: a', 'name: c'))
  expect(await names(file)).toEqual([['c', join(home, 'x')]])
  expect(readParsed(file, text)).toBe(null)
})

test('what is kept and damaged, or of another program, is not believed', async () => {
  rmSync(kept(), { recursive: true, force: true })
  const file = join(temporaryDirectory(), 'repos.yaml')
  writeFileSync(file, 'repos: [{name: aaa, path: x}]\n')
  const before = await names(file)
  const [place] = readdirSync(kept()).map((name) => join(kept(), name))
  const content = readFileSync(place!, 'utf8')
  for (const damaged of [
    '',
    'x',
    content.slice(0, -3),
    content.replace('"name":"aaa"', '"name":"aab"'),
    content.replace('"version":"', '"version":"9'),
  ]) {
    writeFileSync(place!, damaged)
    expect(await names(file)).toEqual(before)
    expect(readFileSync(place!, 'utf8')).toBe(content)
  }
  rmSync(kept(), { recursive: true })
  writeFileSync(kept(), 'in the way')
  expect(await names(file)).toEqual(before)
  rmSync(kept())
})

test('repositories that are here are seen without starting git, whatever a hook’s variables say', async () => {
  const paths = [temporaryRepository(), temporaryRepository()]
  for (const path of paths) {
    await run(path, 'init')
    await run(path, 'tc', `In ${path}`)
  }
  const file = join(temporaryDirectory(), 'repos.yaml')
  writeFileSync(file, JSON.stringify({ repos: paths.map((path, i) => ({ name: `r${i}`, path })) }))
  const { members } = await readFederation(file)
  const bin = temporaryDirectory()
  mkdirSync(join(bin, 'bin'))
  writeFileSync(join(bin, 'bin', 'git'), '#!/bin/sh\nexit 99\n')
  chmodSync(join(bin, 'bin', 'git'), 0o755)
  const before = process.env.PATH!
  withEnvironment({ PATH: [join(bin, 'bin'), before].join(delimiter), GIT_DIR: join(paths[0]!, '.git') })
  try {
    const views = await viewMembers(members)
    expect(views.map(({ problem }) => problem)).toEqual([null, null])
    expect(views.map(({ snapshot }) => snapshot!.head(0).title)).toEqual(paths.map((path) => `In ${path}`))
    expect((await mhvProcess(bin, ['repos', 'list', '--repos', file])).out).toMatch(/r0 +here/)
  } finally {
    process.env.PATH = before
  }
})

test.each([
  ['a password in a URL', 'repos: [{name: a, url: "http://bob:hunter2@example.com/a.git"}]\n'],
  ['one in a comment', '# was ssh://bob:hunter2@example.com/a.git\nrepos: [{name: a, path: a}]\n'],
  ['a token behind a URL', 'repos: [{name: a, url: "https://example.com/a.git?token=hunter2"}]\n'],
])(
  'of a file with %s only entries without it are kept, and no longer what it said before',
  async (_, text) => {
    const file = join(temporaryDirectory(), 'repos.yaml')
    writeFileSync(file, 'repos: [{name: a, path: a}]\n')
    await readFederation(file)
    const before = readdirSync(kept()).length
    writeFileSync(file, text)
    expect((await readFederation(file)).members).toHaveLength(1)
    expect(readParsed(file, text)).toBe(null)
    expect(readdirSync(kept())).toHaveLength(before)
    for (const name of readdirSync(kept())) {
      expect(readFileSync(join(kept(), name), 'utf8')).not.toContain('hunter2')
    }
    expect(entriesKnown(file, text)).toEqual([expect.objectContaining({ name: 'a' })])
    // They are known until the file is changed, and are not written anew each time.
    const times = () => readdirSync(kept()).map((name) => statSync(join(kept(), name)).ino)
    const written = times()
    await readFederation(file)
    expect(times()).toEqual(written)
    utimesSync(file, 1, 1)
    expect(entriesKnown(file, text)).toEqual([])
  },
)

test('an entry with a password elsewhere than in its URL is kept nowhere', async () => {
  const file = join(temporaryDirectory(), 'repos.yaml')
  const text = `repos:
  - {name: a, path: "https://bob:hunter2@example.com/a.git"}
  - {name: b, path: b, description: "was http://bob:hun@ter2@example.com"}
  - {name: c, url: "https://bob:hun@ter2@example.com/c.git", description: stays}
`
  writeFileSync(file, text)
  await readFederation(file)
  expect(entriesKnown(file, text)).toEqual([
    expect.objectContaining({ name: 'c', url: 'https://example.com/c.git', description: 'stays' }),
  ])
  for (const name of readdirSync(kept())) {
    expect(readFileSync(join(kept(), name), 'utf8')).not.toMatch(/hun|ter2/)
  }
})

test('a cache in a place that takes no directories costs time only', async () => {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'repos.yaml'), 'repos: [{name: a, path: a}, {name: b, url: "/nowhere"}]\n')
  const env = { XDG_CACHE_HOME: '/proc/nope', XDG_STATE_HOME: '/proc/nope' }
  const { code, err } = await mhvProcess(directory, ['tl', '--all'], { env })
  expect([code, err]).toEqual([1, expect.stringContaining('/proc/nope/mhv/repositories cannot be written: ')])
  expect((await mhvProcess(directory, ['repos', 'list'], { env })).code).toBe(0)
}, 20_000)
