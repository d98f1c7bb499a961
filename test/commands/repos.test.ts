import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

const repositoryAt = (path: string, ...args: string[]) => {
  git('/', 'init', '--quiet', ...args, path)
  return path
}

const read = (file: string) =>
  parse(readFileSync(file, 'utf8')) as { repos: { name: string; path?: string; url?: string }[] }

/** A directory with the repositories akosha, which keeps tasks, and crackerjack, which keeps none. */
async function two(): Promise<string> {
  const top = temporaryDirectory()
  await run(repositoryAt(join(top, 'akosha')), 'init')
  repositoryAt(join(top, 'crackerjack'))
  return top
}

test('repositories are added by directory, name and URL; again changes nothing; doubles are refused', async () => {
  const top = await two()
  const file = join(top, 'repos.yaml')
  expect(
    (
      await mhv(
        top,
        'repos',
        'add',
        './akosha',
        '--nickname',
        'ak',
        '--tag',
        'search,vector',
        '--role',
        'seer',
      )
    ).out,
  ).toBe(`akosha added to ${file}\n`)
  await run(join(top, 'akosha'), 'repos', 'add', 'crackerjack')
  await run(
    top,
    'repos',
    'add',
    'https://ann:secret@example.com/x/session-buddy.git',
    '--nickname',
    'sb',
    '--nickname',
    'buddy',
  )
  expect(readFileSync(file, 'utf8')).toContain(
    'repos:\n  - name: akosha\n    path: akosha\n    nickname: ak\n    role: seer\n    tags:\n      - search\n      - vector\n  - name: crackerjack\n    path: crackerjack\n',
  )
  const before = readFileSync(file, 'utf8')
  expect((await mhv(top, 'repos', 'add', 'akosha')).out).toContain('already')
  for (const [words, error] of [
    [['akosha', '--name', 'other'], 'REPOSITORY_LISTED'],
    [['ssh://example.com/akosha'], 'REPOSITORY_LISTED'],
    [['example.com:x', '--name', 'AK'], 'REPOSITORY_LISTED'],
    [['https://ann:secret@example.com/x/session-buddy.git', '--name', 'q'], 'REPOSITORY_LISTED'],
    [['none'], 'INVALID_INPUT'],
    [['ext::sh -c true'], 'INVALID_INPUT'],
    [['https://example.com/y', '--nickname', 'a/b'], 'INVALID_INPUT'],
  ] as const) {
    const answer = await mhvJson(top, 'repos', 'add', ...words)
    expect([words, answer.error?.name]).toEqual([words, error])
    expect(JSON.stringify(answer)).not.toContain('secret')
  }
  mkdirSync(join(top, 'akosha', 'docs'))
  expect((await mhvJson(join(top, 'akosha'), 'repos', 'add', 'docs')).error.name).toBe('REPOSITORY_MISSING')
  expect(readFileSync(file, 'utf8')).toBe(before)

  const listed = await mhv(top, 'repos', 'list')
  expect(listed.out.replace(/ +/g, ' ')).toBe(
    [
      'NAME NICKNAMES ROLE TAGS STATE WHERE',
      `akosha ak seer search vector here ${join(top, 'akosha')}`,
      `crackerjack not initialised ${join(top, 'crackerjack')}`,
      'session-buddy sb buddy URL only https://example.com/x/session-buddy.git',
      '',
    ].join('\n'),
  )
  const { repositories, problems } = await mhvJson(top, 'repos', 'list')
  expect(problems).toEqual([])
  expect(repositories[2]).toEqual({
    name: 'session-buddy',
    nicknames: ['sb', 'buddy'],
    role: null,
    tags: [],
    path: null,
    url: 'https://example.com/x/session-buddy.git',
    description: '',
    state: 'URL only',
  })
  expect((await mhv(top, 'repos', 'remove', 'buddy')).out).toBe(`session-buddy removed from ${file}\n`)
  expect((await mhvJson(top, 'repos', 'remove', 'akosa')).error).toMatchObject({
    name: 'UNKNOWN_REPOSITORY',
    data: { meant: 'akosha' },
  })
  await run(top, 'repos', 'remove', 'akosha')
  await run(top, 'repos', 'remove', 'crackerjack')
  expect(read(file).repos ?? []).toEqual([])
  expect((await mhvJson(top, 'repos', 'list')).repositories).toEqual([])
})

test('what is added to a repository that is listed comes into its entry, or is refused', async () => {
  const top = await two()
  const file = join(top, 'repos.yaml')
  await run(top, 'repos', 'add', 'akosha', '--name', 'former')
  await run(top, 'repos', 'add', 'crackerjack', '--role', 'inspector')
  const add = (...words: string[]) => mhv(top, 'repos', 'add', ...words)
  expect((await add('akosha', '--nickname', 'ak', '--tag', 'search', '-d', 'Finds')).out).toBe(
    `former in ${file}: added description Finds, nickname ak, tag search\n`,
  )
  expect((await add('former', '--nickname', 'AK', '--nickname', 'akosha', '--tag', 'search')).out).toBe(
    `former in ${file}: added nickname akosha\n`,
  )
  expect(await mhvJson(top, 'repos', 'add', 'ak', '--url', 'https://ann:secret@example.com/a')).toMatchObject(
    {
      changed: true,
      repository: {
        name: 'former',
        path: 'akosha',
        url: 'https://example.com/a',
        nickname: 'ak',
        nicknames: ['akosha'],
      },
    },
  )
  const before = readFileSync(file, 'utf8')
  expect((await add('ak', '--tag', 'search')).out).toBe(`former is in ${file} already.\n`)
  for (const [words, said] of [
    [['crackerjack', '--role', 'seer'], 'with the role inspector, not seer'],
    [['crackerjack', '--nickname', 'AK', '--tag', 'new'], 'AK is former'],
    [['https://example.com/y', '--nickname', 'former'], 'former is former'],
    [
      ['ak', '--url', 'https://example.com/b'],
      'with the url https://example.com/a, not https://example.com/b',
    ],
    [['ak', '--name', 'other'], 'as former'],
  ] as const) {
    const { error } = await mhvJson(top, 'repos', 'add', ...words)
    expect(error).toMatchObject({ name: 'REPOSITORY_LISTED', message: expect.stringContaining(said) })
  }
  expect((await mhvJson(top, 'repos', 'add', 'ak', '--nickname', 'a/b')).error.name).toBe('INVALID_INPUT')
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('a nickname removes the entry that has it, also of two with one name', async () => {
  const top = temporaryDirectory()
  const entry = (path: string, nickname: string) => `- {name: a, path: ${path}, nickname: ${nickname}}\n`
  const [first, second] = [entry('one', 'x'), entry('two', 'y')]
  for (const [word, left] of [
    ['x', second],
    ['Y', first],
    ['a', first],
    ['A', first],
  ]) {
    writeFileSync(join(top, 'repos.yaml'), `repos:\n${first}${second}`)
    expect((await mhv(top, 'repos', 'remove', word!)).code).toBe(0)
    expect([word, readFileSync(join(top, 'repos.yaml'), 'utf8')]).toEqual([word, `repos:\n${left}`])
  }
})

test('the file keeps its mode, and a link to it stays one; ten additions at once are all there', async () => {
  const top = await two()
  const place = join(top, 'shared.yaml')
  writeFileSync(place, '# ours\nrepos:\n')
  chmodSync(place, 0o640)
  symlinkSync(place, join(top, 'repos.yaml'))
  const urls = Array.from({ length: 10 }, (_, i) => `https://example.com/r${i}`)
  await Promise.all(urls.map((url) => mhvProcess(top, ['repos', 'add', url])))
  expect(
    read(place)
      .repos.map(({ url }) => url)
      .sort(),
  ).toEqual(urls)
  expect(lstatSync(join(top, 'repos.yaml')).isSymbolicLink()).toBe(true)
  expect(statSync(place).mode & 0o777).toBe(0o640)
  expect((await mhv(top, 'repos', 'add', 'akosha', '--file', 'other.txt')).code).toBe(2)
  await run(top, 'repos', 'add', 'akosha', '--file', 'lists/repos.yaml')
  expect(read(join(top, 'lists', 'repos.yaml')).repos).toEqual([{ name: 'akosha', path: '../akosha' }])
})

test('check names all that is wrong and ends with 1; what other programs keep there is right', async () => {
  const top = await two()
  const file = join(top, 'repos.yaml')
  writeFileSync(file, 'mcp: {}\nrepos:\n  - {name: akosha, path: akosha, port: 1}\n')
  expect(await mhv(top, 'repos', 'check')).toMatchObject({ code: 0, err: '' })
  mkdirSync(join(top, 'akosha', 'docs'))
  writeFileSync(
    file,
    `repos:
  - {name: akosha, path: akosha, nickname: x}
  - {name: crackerjack, path: crackerjack, nickname: x}
  - {name: gone, path: gone}
  - {name: docs, path: akosha/docs}
  - {name: again, path: ./akosha/}
  - {name: there, url: "file://${top}/akosha"}
  - {name: Akosha, url: "https://example.com/x.git"}
  - {name: other, url: "https://ann@example.com/x/"}
  - {name: nowhere, url: "file://${top}/nowhere", path: nowhere}
  - {path: y}
`,
  )
  const { problems } = await mhvJson(top, 'repos', 'check')
  const said = (list: { repository: string; message: string }[]) =>
    list.map(({ repository, message }) => `${repository}: ${message}`)
  expect(said(problems)).toEqual([
    'entry 10: name is missing, as in “name: akosha”',
    'crackerjack: its nickname x is akosha’s already',
    'again: is the same repository as akosha',
    'there: is the same repository as akosha',
    'other: has the same url https://example.com/x/ as Akosha',
    'Akosha: is called the same, in another case as akosha',
    'crackerjack: keeps no tasks yet',
    `gone: gone is not there: there is no directory ${top}/gone`,
    `docs: docs is not there: ${top}/akosha/docs is only a directory inside the repository ${top}/akosha`,
  ])
  expect(problems[2].step).toBe('mhv repos remove again')
  await run(top, 'repos', 'remove', 'Akosha')
  await run(top, 'repos', 'remove', 'other')
  const remote = await mhvJson(top, 'repos', 'check', '--remote')
  expect(remote.problems.slice(7)).toEqual([
    {
      repository: 'nowhere',
      message: expect.stringContaining(`no repository at file://${top}/nowhere`),
      step: null,
    },
  ])
  const { code, out } = await mhv(top, 'repos', 'check')
  expect(code).toBe(1)
  expect(out).toContain(`crackerjack: keeps no tasks yet\n    mhv -C ${top}/crackerjack init\n`)
  writeFileSync(file, 'repos: 7\n')
  expect((await mhv(top, 'repos', 'check')).code).toBe(2)
})

test('discover leaves out a bare repository that others here are clones of', async () => {
  const top = temporaryDirectory()
  repositoryAt(join(top, 'remote.git'), '--bare')
  repositoryAt(join(top, 'alone.git'), '--bare')
  git(top, 'clone', '--quiet', 'remote.git', 'clone')
  const { added } = await mhvJson(top, 'repos', 'discover', '--dry-run')
  expect(added.map(({ name }: { name: string }) => name)).toEqual(['alone', 'clone'])
})

test('discover finds repositories of every shape once, and adds what is not listed', async () => {
  const top = await two()
  git(join(top, 'akosha'), 'commit', '--quiet', '--allow-empty', '--message', 'x')
  git(join(top, 'akosha'), 'worktree', 'add', '--quiet', join(top, 'akosha.worktrees', '1-x'))
  git(join(top, 'akosha'), 'remote', 'add', 'origin', 'https://ann:secret@example.com/akosha.git')
  repositoryAt(join(top, 'akosha', 'inner'))
  repositoryAt(join(top, 'bare.git'), '--bare')
  repositoryAt(join(top, 'node_modules', 'x'))
  repositoryAt(join(top, '.hidden', 'x'))
  repositoryAt(join(top, 'group', 'Ünder (2)'))
  repositoryAt(join(top, 'group', 'akosha'))
  repositoryAt(join(top, 'a', 'b', 'c', 'deep'))
  symlinkSync(top, join(top, 'group', 'loop'))
  symlinkSync(join(top, 'crackerjack'), join(top, 'cj'))
  mkdirSync(join(top, 'broken'))
  writeFileSync(join(top, 'broken', '.git'), 'gitdir: /nowhere\n')
  const file = join(top, 'repos.yaml')
  const dry = await mhvJson(top, 'repos', 'discover', '--dry-run', '--urls')
  expect(existsSync(file)).toBe(false)
  expect(dry.added).toEqual([
    { name: `${basename(top)}-akosha`, path: 'akosha', url: 'https://example.com/akosha.git' },
    { name: 'bare', path: 'bare.git' },
    { name: 'crackerjack', path: 'crackerjack' },
    { name: 'group-akosha', path: 'group/akosha' },
    { name: 'nder--2-', path: 'group/Ünder (2)' },
  ])
  expect(dry.problems.map(({ path }: { path: string }) => path)).toEqual([join(top, 'broken')])
  const mine = '# mine\nrepos:\n  # the best\n  - name: best\n    path: ./akosha # here\n    x: [1]\n'
  writeFileSync(file, mine)
  await run(join(top, 'crackerjack'), 'repos', 'discover', '..', '--depth', '4')
  expect(readFileSync(file, 'utf8').startsWith(mine)).toBe(true)
  expect(read(file).repos.map(({ name }) => name)).toEqual([
    'best',
    'bare',
    'crackerjack',
    'group-akosha',
    'nder--2-',
    'deep',
  ])
  const before = readFileSync(file, 'utf8')
  expect((await mhvJson(top, 'repos', 'discover', '--depth', '4')).added).toEqual([])
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect((await mhvJson(top, 'repos', 'discover', 'none')).error.name).toBe('NO_DIRECTORY')
})

test('paths are written so that the file can be handed on', async () => {
  const top = await two()
  const file = join(top, 'akosha', 'repos.yaml')
  const { code } = await mhv(join(top, 'akosha'), 'repos', 'add', '../crackerjack', '--file', 'repos.yaml')
  expect(code).toBe(0)
  await run(join(top, 'akosha'), 'repos', 'add', '.')
  repositoryAt(join(homedir(), 'src', 'far'))
  await run(join(top, 'akosha'), 'repos', 'add', '~/src/far')
  const elsewhere = repositoryAt(join(temporaryDirectory(), 'else'))
  await run(join(top, 'akosha'), 'repos', 'add', elsewhere)
  expect(read(file).repos.map(({ path }) => path)).toEqual(['../crackerjack', '.', '~/src/far', elsewhere])
})

test('check sends a clone whose remote has tasks to these, and has no other log begun', async () => {
  const top = await two()
  const bare = join(top, 'remote.git')
  git(top, 'init', '--quiet', '--bare', bare)
  git(top, 'clone', '--quiet', bare, 'fresh')
  writeFileSync(join(top, 'repos.yaml'), `repos:\n  - {name: fresh, path: fresh, url: "${bare}"}\n`)
  const step = async (...flags: string[]) => (await mhvJson(top, 'repos', 'check', ...flags)).problems[0]
  const inClone = `mhv -C ${top}/fresh`
  // Nobody has looked: if there is one, sync brings it.
  expect(await step()).toMatchObject({ message: 'keeps no tasks yet', step: `${inClone} sync` })
  expect(await step('--remote')).toMatchObject({ message: 'keeps no tasks yet', step: `${inClone} init` })
  await run(join(top, 'akosha'), 'init')
  git(join(top, 'akosha'), 'push', '--quiet', bare, 'refs/mtos/tasks')
  for (const flags of [['--remote'], []]) {
    expect(await step(...flags)).toMatchObject({
      message: 'its tasks are on its remote, and not here yet',
      step: `${inClone} sync`,
    })
  }
  await run(join(top, 'fresh'), 'sync')
  expect((await mhv(top, 'repos', 'check', '--remote')).code).toBe(0)
})

test('what lets somebody in never gets into the file, and it is said that it was left out', async () => {
  const top = temporaryDirectory()
  const file = join(top, 'repos.yaml')
  for (const [given, kept] of [
    ['https://u:ADDPW@a.invalid/a.git', 'https://a.invalid/a.git'],
    ['https://ghp_token@b.invalid/b.git', 'https://b.invalid/b.git'],
    ['ssh://git:ADDPW@c.invalid/c.git', 'ssh://git@c.invalid/c.git'],
    ['https://e.invalid/e.git?private_token=ADDPW', 'https://e.invalid/e.git'],
  ] as const) {
    const { code, err } = await mhv(top, 'repos', 'add', given)
    expect([code, err]).toEqual([0, expect.stringContaining('was left out of the URL')])
    expect(read(file).repos.at(-1)).toMatchObject({ url: kept })
  }
  expect(readFileSync(file, 'utf8')).not.toMatch(/ADDPW|ghp_/)
  expect((await mhv(top, 'repos', 'add', 'ssh://git@d.invalid/d.git')).err).toBe('')
  expect(read(file).repos.at(-1)).toMatchObject({ url: 'ssh://git@d.invalid/d.git' })
  // Whom one is there by SSH belongs to the place.
  expect((await mhvJson(top, 'repos', 'list')).repositories.at(-1).url).toBe('ssh://git@d.invalid/d.git')
})

test.each([
  ['- {nam: x, path: x}', 'entry 1 name is missing; by "nam" it may mean name, as in “name: akosha”'],
  ['- {name: x, url: 5}', 'x url is not text, as in “url: https://github.com/example/akosha.git”'],
  ['- {name: x, path: x, tags: web}', 'x tags is not a list of texts, as in “tags: [backend]”'],
  ['- {name: x, path: x, tags: [5]}', 'x tags.0 is not text, as in “tags: [backend]”'],
  ['- x', 'entry 1 is no entry of keys with values, as in “{name: akosha, path: ../akosha}”'],
])(
  'an entry that is wrong is told by field, rule and example, and opened by the step: %s',
  async (entry, said) => {
    const top = temporaryDirectory()
    const file = join(top, 'repos.yaml')
    writeFileSync(file, `repos:\n  ${entry}\n`)
    const { error } = await mhvJson(top, 'tl', '--all')
    expect(error).toMatchObject({ name: 'REPOS_INVALID', recovery: [`\${EDITOR:-vi} ${file}`] })
    expect(error.message).toContain(said)
  },
)

test('a file that lists none under the right word is not in order', async () => {
  const top = temporaryDirectory()
  writeFileSync(join(top, 'repos.yaml'), 'repo:\n  - {name: x, path: x}\n')
  for (const words of [
    ['repos', 'check'],
    ['tl', '--all'],
  ]) {
    const { error } = await mhvJson(top, ...words)
    expect(error.message).toContain('no list of repositories called repos; by "repo" it may mean repos')
  }
})
