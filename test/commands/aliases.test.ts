import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { splitWords } from '../../src/config/alias.ts'
import { mhv, mhvProcess } from '../support/cli.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'

let own = ''
beforeEach(() => {
  process.env.XDG_CONFIG_HOME = temporaryDirectory()
  own = join(process.env.XDG_CONFIG_HOME, 'mhv')
  mkdirSync(own)
})

const aliases = (...lines: string[]) =>
  writeFileSync(join(own, 'config.yaml'), `aliases:\n${lines.map((line) => `  ${line}\n`).join('')}`)

async function repository(): Promise<string> {
  const here = temporaryRepository()
  await mhv(here, 'init')
  await mhv(here, 'tc', 'Fix the login', '--label', 'auth')
  await mhv(here, 'tc', 'Other work')
  return here
}

describe('words of an alias', () => {
  test.each([
    ['task list', ['task', 'list']],
    ['  a  \'b c\'d "e \\" f" ', ['a', 'b cd', 'e " f']],
    ['a\\ b ""', ['a b', '']],
    ['a\\\\b \'\\\' "\\x"', ['a\\b', '\\', '\\x']],
    ['', []],
    ['a "b', null],
    ["a 'b", null],
    ['a \\', null],
  ])('%s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })
})

test('an alias stands for its command line, further words follow it, and it may begin with another', async () => {
  const here = await repository()
  aliases('mine: task list --label "auth" --json', 'less: mine --limit 1', 'new: tc "More of it"')
  for (const words of [['mine'], ['less']]) {
    const { code, out } = await mhvProcess(here, words)
    expect({ words, code }).toEqual({ words, code: 0 })
    expect(JSON.parse(out).tasks.map(({ title }: { title: string }) => title)).toEqual(['Fix the login'])
  }
  expect((await mhvProcess(here, ['new', '--json'])).out).toContain('"number":3')
  expect((await mhvProcess(here, ['-C', here, '--json', 'mine'])).code).toBe(0)
  expect((await mhvProcess(here, ['mine', '--limt', '3'])).err).toContain('did you mean --limit?')
})

test('what is wrong within an alias is told with its name and the line that it stands for', async () => {
  const here = await repository()
  aliases('mine: task list --labl "two words"', 'fine: task list')
  const { code, err } = await mhv(here, 'mine', '--limit', '3')
  expect(code).toBe(2)
  expect(err).toContain('There is no flag --labl; did you mean --label?')
  expect(err).toContain("“mine” is an alias of your own for: mhv task list --labl 'two words')\n")
  expect(err).toContain('\n    mhv config get aliases.mine\n')
  expect((await mhv(here, 'config', 'get', 'aliases.mine')).err).toMatch(
    /aliases\.mine: has --labl, which is no flag of mhv task list/,
  )
  // Also where the wrong word was typed behind it, which it does not say of the alias.
  expect((await mhv(here, 'fine', '--limt', '3')).err).toMatch(
    /no flag --limt.*alias of your own for: mhv task list\)\n/,
  )
  expect((await mhv(here, 'task', 'list', '--limt', '3')).err).not.toContain('alias')
})

test('no command waits for it: a broken configuration is told where an alias could be meant only', async () => {
  const here = await repository()
  writeFileSync(join(own, 'config.yaml'), 'aliases: {')
  expect((await mhvProcess(here, ['task', 'list'])).code).toBe(0)
  expect((await mhvProcess(here, ['help'])).err).toContain('Note: aliases of your own cannot be read')
  expect((await mhvProcess(here, ['mine'])).err).toContain('MHV-038 CONFIG_INVALID')
})

test('written by hand, one that would hide a command does not', async () => {
  const here = await repository()
  aliases('tl: task delete 1', 'task: status', 'help: status')
  expect((await mhvProcess(here, ['tl'])).out).toContain('Fix the login')
  expect((await mhvProcess(here, ['task'])).out).toContain('task create')
  expect((await mhvProcess(here, ['help'])).out).not.toContain('ALIASES OF YOUR OWN')
})

test.each([
  ['loop: loop', 'loop', 'aliases.loop: stands for itself (loop → loop)'],
  ['a: "b x"\n  b: "a y"', 'a', 'stands for itself (a → b → a)'],
  ['x: tsk', 'x', 'begins with “tsk”, which is no command'],
  ["x: task list 'a", 'x', 'a quote or a backslash that nothing follows'],
])('%s ends in an error that names the file', async (line, word, said) => {
  aliases(line)
  const { code, err } = await mhvProcess(temporaryDirectory(), [word])
  expect(code).toBe(1)
  expect(err).toContain(join(own, 'config.yaml'))
  expect(err).toContain(said)
})

test('a repository’s aliases change nothing', async () => {
  const here = await repository()
  writeFileSync(join(here, '.mhvrc.yaml'), 'aliases: {mine: task delete 1}\n')
  expect((await mhvProcess(here, ['mine'])).err).toContain('There is no command “mine”')
})

test('help lists them, tells of each, and a mistyped one is known', async () => {
  const here = temporaryDirectory()
  aliases('mine: task list --assignee me', 'my-new: tc')
  expect((await mhvProcess(here, ['help'])).out).toMatch(
    /ALIASES OF YOUR OWN\n {2}mine {4}task list --assignee me\n {2}my-new {2}tc\n$/,
  )
  for (const words of [
    ['mine', '--help'],
    ['help', 'mine'],
  ]) {
    const { code, out } = await mhvProcess(here, words)
    expect({ words, code }).toEqual({ words, code: 0 })
    expect(out).toMatch(/^“mine” is an alias of your own for: mhv task list --assignee me\n\nList tasks\./)
  }
  const { code, err } = await mhvProcess(here, ['mien'])
  expect(code).toBe(2)
  expect(err).toContain('Did you mean “mine”?')
})

test('a wrong one stops nobody who does not use it, and each comes out by itself', async () => {
  const here = await repository()
  aliases('Bad: tl', 'two words: tl', 'mine: tl', 'x: "-n"')
  for (const words of [['start', '1'], ['mine'], ['config', 'get', 'gating.jobs']]) {
    expect({ words, ...(await mhvProcess(here, words)) }).toMatchObject({ words, code: 0 })
  }
  expect((await mhvProcess(here, ['task', 'lsit'])).err).toContain('Did you mean “task list”?')
  for (const words of [['x'], ['config', 'list', 'aliases'], ['config', 'get', 'aliases']])
    expect((await mhvProcess(here, words)).err).toContain('CONFIG_INVALID')
  for (const name of ['two words', 'x', 'Bad'])
    expect((await mhvProcess(here, ['config', 'unset', '--user', `aliases.${name}`])).code).toBe(0)
  expect((await mhvProcess(here, ['config', 'list', 'aliases'])).out).toContain('aliases.mine')
})

test('what YAML has a tag for is refused without a word of the library', async () => {
  const { code, err } = await mhvProcess(temporaryDirectory(), ['config', 'set', 'aliases.sh', '!ls'])
  expect(code).toBe(2)
  expect(err).not.toContain('Warning')
})
