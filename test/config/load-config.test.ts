import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { effectiveValues } from '../../src/config/effective-values.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { programText } from '../../src/config/read-source.ts'
import { recordTrust } from '../../src/config/trust.ts'
import type { MhvError } from '../../src/errors.ts'
import { findRepository } from '../../src/git/repository.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

let top = ''
let own = ''
beforeEach(() => {
  top = temporaryRepository()
  const home = temporaryDirectory()
  process.env.XDG_CONFIG_HOME = home
  own = join(home, 'mhv')
  mkdirSync(own)
})

const write = (name: string, content: string, directory = top) =>
  writeFileSync(join(directory, name), content)
/** Agrees to run what is a program. */
const agree = async (name: string) => {
  if (/\.[cm]?js$/.test(name)) recordTrust(await findRepository(top), programText(join(top, name)))
}
const jobs = async () => (await loadConfig(top)).config.gating.jobs
const refusal = async () => {
  // Wrong aliases stop only those who use them; for all others they are left out.
  const error = await loadConfig(top).then(
    ({ leftOut }) => leftOut,
    (thrown: MhvError) => thrown,
  )
  return { name: error?.error, message: error?.message.replace(top, '…') }
}

test('without any file the defaults hold', async () => {
  const { config, sources } = await loadConfig(top)
  expect(sources).toEqual([])
  expect(config.gates).toEqual([])
  expect(config.worktrees.trash).toBe(30 * 86_400_000)
  expect(config.preflight.disk).toBe(1e9)
})

describe('where it is found', () => {
  test.each([
    ['package.json', '{"name": "x", "mhv": {"gating": {"jobs": 7}}}'],
    ['.mhvrc', 'gating: {jobs: 7}'],
    ['.mhvrc', '{"gating": {"jobs": 7}}'],
    ['.mhvrc.json', '{"gating": {"jobs": 7}}'],
    ['.mhvrc.yaml', 'gating:\n  jobs: 7\n'],
    ['.mhvrc.yml', 'gating:\n  jobs: 7\n'],
    ['.mhvrc.cjs', 'module.exports = { gating: { jobs: 7 } }'],
    ['mhv.config.json', '{"gating": {"jobs": 7}}'],
    ['mhv.config.yaml', 'gating: {jobs: 7}'],
    ['mhv.config.js', 'module.exports = { gating: { jobs: 3 + 4 } }'],
    ['mhv.config.cjs', 'module.exports = { gating: { jobs: 7 } }'],
    ['mhv.config.mjs', 'export default { gating: { jobs: 7 } }'],
  ])('%s', async (name, content) => {
    write(name, content)
    await agree(name)
    expect(await jobs()).toBe(7)
  })

  test('a package.json that says nothing of it, and an empty file, mean the defaults', async () => {
    write('package.json', '{"name": "x"}')
    expect(await jobs()).toBe(4)
    write('.mhvrc.yaml', '')
    expect(await jobs()).toBe(4)
  })

  test('only the top directory is looked at', async () => {
    write('.mhvrc.yaml', 'gating: {jobs: 7}')
    mkdirSync(join(top, 'below'))
    expect((await loadConfig(join(top, 'below'))).config.gating.jobs).toBe(4)
  })
})

describe('the user’s own', () => {
  test('holds where the repository says nothing, section by section', async () => {
    write('config.yaml', 'gating: {jobs: 2, cache: all}\nworktrees: {setup: [a, b]}', own)
    write('.mhvrc.yaml', 'gating: {jobs: 7}\nworktrees: {setup: [c]}')
    const loaded = await loadConfig(top)
    expect(loaded.config.gating).toEqual({ jobs: 7, cache: 'all' })
    expect(loaded.config.worktrees.setup).toEqual(['c'])
    const from = Object.fromEntries(effectiveValues(loaded).map(({ key, origin }) => [key, origin]))
    expect(from).toMatchObject({
      'gating.jobs': 'repository',
      'gating.cache': 'user',
      'worktrees.setup': 'repository',
      'worktrees.path': 'default',
    })
  })

  test('is all there is in a bare repository', async () => {
    write('config.yaml', 'gating: {jobs: 2}', own)
    expect((await loadConfig(null)).config.gating.jobs).toBe(2)
  })

  test('is named when it is the one that is wrong', async () => {
    write('config.yaml', 'gating: {jobs: 0}', own)
    expect((await refusal()).message).toContain(join(own, 'config.yaml'))
  })
})

describe('what is wrong is named by file, place and rule', () => {
  test.each([
    ['gatez: []', 'has no key "gatez"; did you mean gates?'],
    ['zzzzzzzzz: 1', '…/.mhvrc.yaml: has no key "zzzzzzzzz"'],
    ['gates: [{name: a, comand: x}]', 'gates[0]: has no key "comand"; did you mean command?'],
    ['gates: [{name: a}]', 'gates[0]: has neither a command nor a coverage report'],
    ['gates: [{name: a, command: x, timeout: 0s}]', 'gates[0].timeout: is no time at all'],
    ['gates: [{name: a, command: x, timeout: 5}]', 'gates[0].timeout: is not a span of time'],
    ['gates: [{name: a, command: x, cwd: ../b}]', 'gates[0].cwd: is not a path inside the repository'],
    [
      'gates: [{name: a, coverage: {file: /abs}}]',
      'gates[0].coverage.file: is not a path inside the repository',
    ],
    ['gates: [{name: a, command: x, when: []}]', 'gates[0].when: is empty'],
    ['gates: [{name: a, command: x, inputs: {files: ["b/**"]}}]', 'gates[0].inputs.files[0]: is a glob'],
    [
      'gates: [{name: a, command: x, when: [later]}]',
      'gates[0].when[0]: is none of done, pre-push, pre-commit, ci, as in “done” (it is "later")',
    ],
    ['gates: [{name: a, command: x}, {name: a, command: y}]', 'gates: has two gates of one name'],
    ['gates: [{name: "a b", command: x}]', 'gates[0].name: is not a name'],
    ['preflight: {disk: lots}', 'preflight.disk: is not a size'],
    ['gates: {a: 1', '.mhvrc.yaml:1:13 cannot be read: unexpected end of the stream'],
    ['[]', '…/.mhvrc.yaml: is not a section of keys with values'],
  ])('%s', async (content, rule) => {
    write('.mhvrc.yaml', content)
    const { name, message } = await refusal()
    expect(name).toBe('CONFIG_INVALID')
    expect(message).toContain(rule)
    expect(message).toContain('…/.mhvrc.yaml')
  })

  test.each([
    [
      'gates: [{name: a, command: x, timeout: soon}]',
      'is not a span of time with its unit (30s, 10m, 2h, 7d), as in “timeout: 10m”',
    ],
    ['gates: [{name: two words, command: x}]', ' inside, as in “name: lint”'],
    ['gates: [{command: x}]', 'gates[0].name: is missing, as in “name: lint”'],
    ['gates: [{name: a, command: 3}]', 'gates[0].command: is not text, as in “command: npm test”'],
    [
      'gates: [{name: a, coverage: {}}]',
      'gates[0].coverage.file: is missing, as in “file: coverage/lcov.info”',
    ],
    [
      'gates: [{name: a, coverage: {file: x, threshold: 120}}]',
      'threshold: is more than 100, as in “threshold: 80”',
    ],
    ['gates: [{name: a, comand: x}]', 'has no key "comand"; did you mean command?'],
    [
      'gates: [lint]',
      'gates[0]: is not a section of keys with values, as in “{name: lint, command: npm test}”',
    ],
    ['gates: {lint: x}', 'gates: is not a list, as in “gates: [{name: lint, command: npm test}]”'],
    ['gating: {jobs: 0}', 'gating.jobs: is less than 1, as in “jobs: 4”'],
    ['gating: {jobs: many}', 'gating.jobs: is not a number, as in “jobs: 4”'],
    ['gating: 4', 'gating: is not a section of keys with values, as in “gating: {jobs: 4}”'],
    ['hooks: {trailer: 1}', 'hooks.trailer: is not true or false, as in “trailer: true”'],
    ['preflight: {disk: 1 GB}', 'is not a size with its unit (500MB, 1GB), as in “disk: 1GB”'],
    ['worktrees: {remove: always}', 'is none of merged, pushed, never, as in “remove: merged”'],
    // Of the keys that may be there, not of all that there are.
    ['hooks: {jobs: 3}', 'hooks: has no key "jobs"; there are trailer, cleanup'],
  ])('and an example of what would be right follows: %s', async (content, said) => {
    write('.mhvrc.yaml', content)
    expect((await refusal()).message).toContain(said)
  })

  test.each([
    ['ui: {themes: {night: {accent: red}}}', 'is not a colour as #rrggbb, as in “accent: "#5fafff"”'],
    ['ui: {themes: {dark: {accent: "#000000"}}}', 'is the name of a theme of the program'],
    ['aliases: {Mine: task list}', 'aliases.Mine: is not a name of lower-case letters'],
    ['aliases: {bad name: tl}', 'can have, as in “mine: task list'],
    ['ui: {theme: drak}', 'ui.theme: is none of auto, light, dark, high-contrast; did you mean dark?'],
    ['ui: {theme: nigth, themes: {night: {}}}', 'did you mean night?'],
    ['ui: {themes: {x: {acent: "#5fafff"}}}', 'ui.themes.x: has no key "acent"; did you mean accent?'],
    ['worktrees: {path: "{foo}"}', 'worktrees.path: has {foo}, which is not known there; there are {repo}'],
    [
      'worktrees: {branch: a..b}',
      'worktrees.branch: gives "a..b", which is not a branch name, as in “branch',
    ],
    ['aliases: {mine: --json}', 'aliases.mine: does not begin with a command, as in “mine: task list'],
  ])('what the terminal is configured with, in the user’s own file: %s', async (content, said) => {
    write('config.yaml', content, own)
    expect((await refusal()).message).toContain(said)
  })

  test.each([
    ['aliases: {tl: task delete}', 'aliases'],
    ['ui: {theme: dark}', 'ui'],
  ])(
    'a repository cannot choose what commands run, nor what the screen looks like: %s',
    async (content, place) => {
      write('.mhvrc.yaml', content)
      expect((await refusal()).message).toContain(`…/.mhvrc.yaml: ${place}: counts in your own file only`)
    },
  )

  test('every fault is named, not the first alone', async () => {
    write('.mhvrc.yaml', 'gates: [{name: a, command: x, timeout: 5}]\ngating: {jobs: 0}\nhooks: {x: 1}\n')
    expect((await refusal()).message?.split('; ')).toHaveLength(4)
  })

  test('a module that throws', async () => {
    write('mhv.config.mjs', 'throw new Error("oh no")')
    await agree('mhv.config.mjs')
    expect(await refusal()).toEqual({
      name: 'CONFIG_INVALID',
      message: '…/mhv.config.mjs cannot be read: oh no.',
    })
  })

  test.each([
    [
      '.mhvrc.yaml',
      'gating:\n  jobs: 2\n bad: [\n',
      ':3:2 cannot be read: bad indentation of a mapping entry.\n    1 | gating:\n    2 |   jobs: 2\n    3 |  bad: [\n      |  ^',
    ],
    [
      '.mhvrc.json',
      '{"sync": 1,\n "b": }\n',
      ':2:7 cannot be read: Unexpected token \'}\'.\n    1 | {"sync": 1,\n    2 |  "b": }\n      |       ^',
    ],
    [
      '.mhvrc.json',
      '{"sync": 1,\n',
      ':1:12 cannot be read: Expected double-quoted property name.\n    1 | {"sync": 1,\n      |            ^',
    ],
    ['.mhvrc.json', '{"sync": [', ':1:11 cannot be read: Unexpected end of JSON input.\n'],
  ])('what does not parse is told once, with its lines below: %s %j', async (name, text, said) => {
    write(name, text)
    const { message } = await refusal()
    expect(message).toContain(`…/${name}${said}`)
    expect(message?.split(name)).toHaveLength(2)
  })

  test('and no terminal escape of the file reaches the message', async () => {
    write('mhv.config.mjs', 'throw new Error("\\u001b[31mred")')
    await agree('mhv.config.mjs')
    expect((await refusal()).message).not.toContain('\u001b')
  })
})

test('every value that holds is told as its author wrote it', async () => {
  write('.mhvrc.yaml', 'gates: [{name: a, command: x, timeout: 90s, env: {B: "1"}}]\nworktrees: {trash: 2d}')
  const values = Object.fromEntries(
    effectiveValues(await loadConfig(top)).map(({ key, value }) => [key, value]),
  )
  expect(values).toMatchObject({
    'gates[0].timeout': '90s',
    'gates[0].env.B': '1',
    'gates[0].when': ['done', 'pre-push', 'ci'],
    'worktrees.trash': '2d',
    'worktrees.orphan': '7d',
    'preflight.disk': '1GB',
  })
  expect(values['gating.on_override']).toBeUndefined()
})

describe('a program', () => {
  const MARKED = (mark: string) =>
    `require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); module.exports = {}`

  test('is not run before the user has agreed to it, as it is', async () => {
    const mark = join(temporaryDirectory(), 'mark')
    write('mhv.config.cjs', MARKED(mark))
    expect((await refusal()).name).toBe('NOT_TRUSTED')
    expect(existsSync(mark)).toBe(false)
    await agree('mhv.config.cjs')
    await loadConfig(top)
    expect(existsSync(mark)).toBe(true)
    write('mhv.config.cjs', `${MARKED(mark)} // changed`)
    expect((await refusal()).name).toBe('NOT_TRUSTED')
  })

  test('that is agreed to may run in every worktree of the repository', async () => {
    write('mhv.config.cjs', 'module.exports = { gating: { jobs: 7 } }')
    await agree('mhv.config.cjs')
    git(top, 'worktree', 'add', '-q', '../linked', '-b', 'other')
    write('mhv.config.cjs', 'module.exports = { gating: { jobs: 7 } }', join(top, '../linked'))
    expect((await loadConfig(join(top, '../linked'))).config.gating.jobs).toBe(7)
  })

  test('of somebody else’s is not even looked for', async () => {
    const mark = join(temporaryDirectory(), 'mark')
    mkdirSync(join(top, '.config'))
    write('.config/config.js', MARKED(mark))
    const before = process.cwd()
    process.chdir(top)
    try {
      expect(await jobs()).toBe(4)
    } finally {
      process.chdir(before)
    }
    expect(existsSync(mark)).toBe(false)
  })
})

describe('what is broken', () => {
  test('of a package.json that does not speak of mhv is nobody’s business', async () => {
    write('package.json', '<<<<<<< HEAD\n{')
    write('.mhvrc.yaml', 'gating: {jobs: 7}')
    expect(await jobs()).toBe(7)
  })

  test('of one that does is told', async () => {
    write('package.json', '{"mhv": ')
    expect((await refusal()).message).toContain('…/package.json:1:8 cannot be read')
  })

  test.each([
    ['a link that leads nowhere', () => symlinkSync('/no/such/file', join(top, '.mhvrc.yaml'))],
    ['a directory', () => mkdirSync(join(top, '.mhvrc.yaml'))],
    ['a device without an end', () => symlinkSync('/dev/zero', join(top, '.mhvrc.yaml'))],
  ])('%s in the place of a file is told', async (_name, make) => {
    make()
    expect((await refusal()).message).toContain('…/.mhvrc.yaml cannot be read')
  })
})
