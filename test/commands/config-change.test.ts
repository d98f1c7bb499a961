import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { splitWords } from '../../src/config/alias.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { inTerminal } from '../support/in-terminal.ts'
import { asOrdinaryUser } from '../support/ordinary-user.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

let here = ''
let own = ''
beforeEach(() => {
  here = temporaryRepository()
  process.env.XDG_CONFIG_HOME = temporaryDirectory()
  own = join(process.env.XDG_CONFIG_HOME, 'mhv', 'config.yaml')
})

const read = (path: string) => readFileSync(path, 'utf8')
const write = (name: string, text: string) => writeFileSync(join(here, name), text)
const set = (...words: string[]) => mhv(here, 'config', 'set', ...words)

describe('config set', () => {
  test('begins the repository’s file, or the user’s own, and says which it wrote', async () => {
    const file = join(here, '.mhvrc.yaml')
    expect(await set('gating.jobs', '8')).toEqual({
      code: 0,
      out: `Set gating.jobs to 8 in ${file}.\n`,
      err: '',
    })
    expect(read(file)).toBe('gating:\n  jobs: 8\n')
    expect((await set('gating.jobs', '8')).out).toBe(`gating.jobs is 8 in ${file} already.\n`)
    expect((await set('ui.theme', 'dark', '--user')).out).toContain(own)
    expect(read(own)).toBe('ui:\n  theme: dark\n')
    const outside = temporaryDirectory()
    expect((await mhv(outside, 'config', 'set', 'ui.mouse', 'false')).out).toContain(own)
    expect(await mhv(outside, 'config', 'set', 'ui.mouse', 'true', '--repository')).toMatchObject({ code: 1 })
    expect(read(own)).toBe('ui:\n  theme: dark\n  mouse: false\n')
    expect(await mhvJson(here, 'config', 'set', 'sync.push', 'true')).toEqual({
      schema: 1,
      key: 'sync.push',
      value: true,
      path: file,
      changed: true,
    })
    // What counts in the user's own file only goes there, and can be taken out of where it does not.
    expect(await mhvJson(here, 'config', 'set', 'ui.theme', 'light')).toMatchObject({ path: own })
    write('.mhvrc.yaml', 'ui: {theme: light}\n')
    expect(await mhvJson(here, 'config', 'unset', 'ui.theme', '--repository')).toMatchObject({
      path: file,
      changed: true,
    })
  })

  test('in a bare repository there is only the user’s own', async () => {
    const bare = join(temporaryDirectory(), 'bare.git')
    git(here, 'clone', '-q', '--bare', here, bare)
    expect((await mhv(bare, 'config', 'set', 'gating.jobs', '2')).out).toContain(own)
  })

  test('takes a text as it is where the key does, else as YAML or JSON', async () => {
    for (const [key, value, said] of [
      ['worktrees.path', '{type}/{number}: x #', '{type}/{number}: x #'],
      ['worktrees.setup', '[npm ci, "a, b"]', ['npm ci', 'a, b']],
      ['gates', '[{"name": "lint", "command": "true"}]', [{ name: 'lint', command: 'true' }]],
      ['gates[0].env.N', '1', '1'],
      ['gates[0].required', 'false', false],
      ['gates[1]', '{name: more, command: x}', { name: 'more', command: 'x' }],
      ['next.deadline', '2.5', 2.5],
    ] as const) {
      expect(await mhvJson(here, 'config', 'set', key, value)).toMatchObject({ key, value: said })
      expect(await mhvJson(here, 'config', 'get', key)).toMatchObject({ is_set: true })
    }
    expect((await mhv(here, 'config', 'get', 'worktrees.path')).out).toBe('{type}/{number}: x #\n')
    expect((await mhvJson(here, 'config', 'get', 'gates[0]')).value).toMatchObject({
      name: 'lint',
      env: { N: '1' },
      required: false,
    })
  })

  test.each([
    [
      ['gating.jobs', '0'],
      'gating.jobs cannot be "0": it is less than 1, as in “mhv config set gating.jobs 4”. Nothing was changed.',
    ],
    [['gating.jobs', 'many'], 'cannot be "many": it is not a number, as in “mhv config set gating.jobs 4”'],
    [['gating.jobs', ''], 'VALUE is empty. Example: mhv config set gating.jobs 4\n'],
    [['aliases.e', ''], 'VALUE is empty. Example: mhv config set aliases.e '],
    [['gating.jbs', ''], 'did you mean gating.jobs?'],
    [['aliases.f', '-C /tmp tl'], "after all flags. Example: mhv config set aliases.f -- '-C /tmp tl'\n"],
    [['gating.jbs', '3'], 'Nothing is called "gating.jbs" in the configuration; did you mean gating.jobs?'],
    [['gatingg.jobs', '3'], 'did you mean gating.jobs?'],
    [['sync.zzzzz', '3'], 'Nothing is called "sync.zzzzz" in the configuration; there in sync are push.'],
    [['gates[0', '3'], 'Nothing is called "gates[0" in the configuration'],
    [['gates', '[{name: a}]'], 'gates[0]: has neither a command nor a coverage report'],
    [['gates', '[{name: a'], 'gates cannot be "[{name: a": it is not a list, as in'],
    [['gates[3].name', 'x'], 'gates'],
    [['gating', '{jobs: 2, cach: own}'], 'it has no key "cach"; did you mean cache?'],
    [['ui.theme', 'drak'], 'it is none of auto, light, dark, high-contrast; did you mean dark?'],
    [
      ['ui.themes.night.accent', 'red'],
      "it is not a colour as #rrggbb, as in “mhv config set ui.themes.night.accent '#5fafff'”",
    ],
    [
      ['ui.themes.night.accnet', '#5fafff'],
      'Nothing is called "ui.themes.night.accnet" in the configuration; did you mean ui.themes.night.accent?',
    ],
    [['ui.themes.x', '{acent: "#5fafff"}'], 'it has no key "acent"; did you mean accent?'],
    [
      ['worktrees.branch', 'x y'],
      'it gives "x y", which is not a branch name, as in “mhv config set worktrees.',
    ],
    [['worktrees.branch', 'a..b'], '"a..b", which is not a branch name'],
    [
      ['worktrees.path', '/etc'],
      'it is the same for several tasks: it needs {number}, {slug} or {branch}, as in “mhv config set worktrees.path',
    ],
    [['worktrees.path', '../{repo}.{type}'], 'it needs {number}, {slug} or {branch}'],
    [['worktrees.path', '{nope}'], 'it has {nope}, which is not known there; there are {repo}'],
    [['aliases.x', 'tl', '--repository'], 'aliases: counts in your own file only'],
    [['ui.mouse', 'false', '--repository'], 'ui: counts in your own file only'],
    [['ui.mouse', 'false', '--repository'], '    mhv config set ui.mouse false\n'],
    [['aliases.tl', 'task list'], 'it would hide the command mhv tl; an alias needs a name of its own.'],
    [['aliases.task', 'status'], 'would hide the command mhv task'],
    [['aliases.help', 'status'], 'would hide the command mhv help'],
    [
      ['aliases.x', 'tsk list'],
      'it begins with “tsk list”, which is no command, as in “mhv config set aliases.x',
    ],
    [['aliases.x', '!ls'], 'it begins with “!ls”, which is no command'],
    [['aliases.bad name', 'tl'], 'that an alias can have, as in “mhv config set aliases.mine'],
    [['aliases.x', 'tl --foo'], 'it has --foo, which is no flag of mhv task list'],
    [['aliases.x', 'mhv task list'], 'it begins with mhv, which is left out'],
    [['aliases.x', 'task list "a'], 'it has a quote or a backslash that nothing follows'],
    [['aliases.x', 'x y'], 'it stands for itself (x → x)'],
  ])('%j is refused, and changes nothing', async (words, said) => {
    write('.mhvrc.yaml', 'sync: {push: true}\n')
    const { code, err } = await set(...words)
    expect(err).toContain(said)
    expect({ code, text: read(join(here, '.mhvrc.yaml')), own: existsSync(own) }).toEqual({
      code: 2,
      text: 'sync: {push: true}\n',
      own: false,
    })
  })

  test('what is wrong already is no fault of the value, and can be put right', async () => {
    write('.mhvrc.yaml', '# ours\ngating: {jobs: 0}\n')
    const { code, err } = await set('sync.push', 'true')
    expect(code).toBe(0)
    expect(err).toMatch(/^Note: .*\.mhvrc\.yaml is wrong still: gating\.jobs: is less than 1.*\.\n$/)
    expect((await set('gating.jobs', '0')).code).toBe(2)
    expect(await set('gating.jobs', '2')).toMatchObject({ code: 0, err: '' })
    expect(read(join(here, '.mhvrc.yaml'))).toBe('# ours\ngating: {jobs: 2}\nsync:\n  push: true\n')
    // What only shows once the schema is kept was there before, too.
    write('.mhvrc.yaml', 'gatez: []\ngating: {jobs: 0}\nworktrees: {branch: a..b}\n')
    expect((await set('gating.jobs', '2')).code).toBe(0)
    expect((await mhv(here, 'config', 'unset', 'gatez')).err).toContain('"a..b", which is not a branch name')
    expect(await set('worktrees.branch', 'task/{number}')).toMatchObject({ code: 0, err: '' })
    write('.mhvrc.yaml', '- a\n')
    expect((await set('gating.jobs', '3')).err).toContain('.mhvrc.yaml was wrong before')
    write('.mhvrc.yaml', 'gating: {jobs: 2\n')
    expect((await set('gating.jobs', '3')).err).toContain('MHV-038 CONFIG_INVALID')
  })

  test('of values for worktrees it is noted what comes of them and is not to be seen in them', async () => {
    expect((await set('worktrees.base', 'nosuch')).err).toBe(
      'Note: worktrees.base nosuch is no commit here: until it is, mhv start begins no branch.\n',
    )
    expect((await set('worktrees', '{base: main, branch: "{user}"}')).err).toBe(
      'Note: worktrees.branch {user} is the same for several tasks: of a name that is taken the branch is called {user}-{number}-{slug}.\n',
    )
    expect(await set('worktrees', '{base: HEAD, branch: "x/{slug}"}')).toMatchObject({ code: 0, err: '' })
    // What is noted is so.
    await set('worktrees.branch', 'work')
    for (const words of [['init'], ['tc', 'One'], ['tc', 'Two'], ['start', '1']]) await mhv(here, ...words)
    expect((await mhvJson(here, 'start', '2')).task.branch).toBe('work-2-two')
  })

  test('of a key that was probably meant, the step is what was typed with that key', async () => {
    const stepsOf = async (...words: string[]) => (await mhvJson(here, 'config', ...words)).error.recovery
    expect(await stepsOf('set', 'sync.psh', 'true')).toEqual(['mhv config set sync.push true --json'])
    expect(await stepsOf('set', 'synk.push', 'true', '--user')).toEqual([
      'mhv config set sync.push true --user --json',
    ])
    expect(await stepsOf('get', 'gating.jbs')).toEqual(['mhv config get gating.jobs --json'])
    expect(await stepsOf('unset', 'gating.jbs')).toEqual(['mhv config unset gating.jobs --json'])
    expect(await stepsOf('list', 'synk')).toEqual(['mhv config list sync --json'])
    // What was meant within it nobody knows.
    expect(await stepsOf('set', 'synk.zzzz', 'true')).toEqual(['mhv config list sync'])
  })

  test('of aliases in a circle each can be taken out or put right by itself', async () => {
    const begin = (text: string) => {
      mkdirSync(join(own, '..'), { recursive: true })
      writeFileSync(own, text)
    }
    begin('aliases:\n  l1: l2\n  l2: l1\n')
    const { err } = await mhv(here, 'config', 'list')
    const steps = [...err.matchAll(/^ {4}mhv (config unset .*)$/gm)].map(([, step]) => step!.split(' '))
    expect(steps).toEqual([
      ['config', 'unset', 'aliases.l1'],
      ['config', 'unset', 'aliases.l2'],
    ])
    const first = await mhv(here, ...steps[0]!)
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('Took aliases.l1 out of') })
    expect(first.err).toMatch(/^Note: .* is wrong still: aliases\.l2: begins with “l1”, which is no command/)
    expect(await mhv(here, ...steps[1]!)).toMatchObject({ code: 0, err: '' })
    begin('aliases:\n  l1: l2\n  l2: l1\n')
    expect(await set('aliases.l2', 'task list')).toMatchObject({ code: 0, err: '' })
    // What is wrong with names comes before what aliases lead to, and hides none of it.
    begin('aliases:\n  bad name: tl\n  l1: l2\n  l2: l1\n')
    expect((await mhv(here, 'config', 'unset', 'aliases.bad name')).code).toBe(0)
    // One that was right stays so.
    begin('aliases:\n  a: tl\n  b: a\n')
    expect(await mhv(here, 'config', 'unset', 'aliases.a')).toMatchObject({ code: 2 })
    expect(read(own)).toBe('aliases:\n  a: tl\n  b: a\n')
  })

  test('writes JSON as it is indented, and package.json around our part', async () => {
    write(
      'package.json',
      '{\n\t"name": "x",\n\t"mhv": {\n\t\t"gating": {"jobs": 2}\n\t},\n\t"private": true\n}\n',
    )
    expect((await set('gating.jobs', '3')).out).toContain('package.json')
    expect(read(join(here, 'package.json'))).toBe(
      '{\n\t"name": "x",\n\t"mhv": {\n\t\t"gating": {"jobs": 3}\n\t},\n\t"private": true\n}\n',
    )
    await mhv(here, 'config', 'unset', 'gating.jobs')
    expect(JSON.parse(read(join(here, 'package.json')))).toEqual({ name: 'x', private: true })
    write('.mhvrc.json', '{"sync": {"push": true}}')
    await set('gating.jobs', '3')
    expect(read(join(here, '.mhvrc.json'))).toBe('{"sync": {"push": true}, "gating": {"jobs": 3}}')
  })

  test('refuses a program, with what to do', async () => {
    write('mhv.config.mjs', 'export default {}\n')
    for (const words of [
      ['set', 'gating.jobs', '3'],
      ['unset', 'gating.jobs'],
      ['edit', '--repository'],
    ]) {
      const { code, err } = await mhv(here, 'config', ...words)
      expect({ words, code }).toEqual({ words, code: 1 })
      expect(err).toContain('MHV-096 CONFIG_IS_A_PROGRAM')
      expect(err).toContain(`\${EDITOR:-vi} ${join(here, 'mhv.config.mjs')}`)
    }
    expect((await mhv(here, 'config', 'path')).out).toContain('a program, which mhv does not write')
    expect(read(join(here, 'mhv.config.mjs'))).toBe('export default {}\n')
  })

  test('a link stays one, and permissions stay; one that leads nowhere is told', async () => {
    const place = join(temporaryDirectory(), 'shared.yaml')
    writeFileSync(place, 'sync: {push: true}\n')
    chmodSync(place, 0o640)
    symlinkSync(place, join(here, '.mhvrc.yaml'))
    expect((await set('sync.push', 'false')).code).toBe(0)
    expect(read(place)).toBe('sync: {push: false}\n')
    expect(lstatSync(join(here, '.mhvrc.yaml')).isSymbolicLink()).toBe(true)
    expect(statSync(place).mode & 0o777).toBe(0o640)
    mkdirSync(join(own, '..'), { recursive: true })
    symlinkSync('/no/such/file', own)
    const { code, err } = await set('sync.push', 'false', '--user')
    expect(code).toBe(1)
    expect(err).toContain('config.yaml')
    expect(lstatSync(own).isSymbolicLink()).toBe(true)
  })

  test('of many at once none is lost', async () => {
    const keys = ['in_progress', 'deadline', 'priority', 'unblocks', 'critical_path']
    write('.mhvrc.yaml', '# ours\n')
    await Promise.all(keys.map((key) => mhvProcess(here, ['config', 'set', `next.${key}`, '7'])))
    expect((await mhvJson(here, 'config', 'get', 'next')).value).toEqual(
      Object.fromEntries(keys.map((key) => [key, 7])),
    )
    expect(read(join(here, '.mhvrc.yaml'))).toMatch(/^# ours\n/)
  })

  test('says where the repository has another value', async () => {
    await set('gating.jobs', '3')
    const { err } = await set('gating.jobs', '9', '--user')
    expect(err).toBe(`Note: ${join(here, '.mhvrc.yaml')} says gating.jobs too, which counts here.\n`)
    expect((await mhv(here, 'config', 'get', 'gating.jobs')).out).toBe('3\n')
  })
})

describe('config get', () => {
  test('prints the value alone, and where it comes from', async () => {
    await set('gating.jobs', '3')
    await set('gating.cache', 'all', '--user')
    const get = async (...words: string[]) => (await mhv(here, 'config', 'get', ...words)).out
    expect(await get('gating.jobs')).toBe('3\n')
    expect(await get('worktrees.trash', '--show-origin')).toBe('default\t30d\n')
    expect(await get('gating.jobs', '--show-origin')).toBe(`${join(here, '.mhvrc.yaml')}\t3\n`)
    expect(await get('gating')).toBe('{"jobs":3,"cache":"all"}\n')
    expect(await mhvJson(here, 'config', 'get', 'gating')).toEqual({
      schema: 1,
      key: 'gating',
      value: { jobs: 3, cache: 'all' },
      is_set: true,
      origins: [join(here, '.mhvrc.yaml'), own],
    })
  })

  test('ends with 1 and says nothing where nothing is set, as git config does', async () => {
    for (const key of ['search.model', 'aliases.mine', 'gates[0]', 'gates[0].name']) {
      expect({ key, ...(await mhv(here, 'config', 'get', key)) }).toEqual({ key, code: 1, out: '', err: '' })
    }
    expect(await mhv(here, 'config', 'get', 'search.modle')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean search.model?'),
    })
  })
})

describe('config unset, list and path', () => {
  test('a misspelt key comes out of a file that holds it, and is told else', async () => {
    write('.mhvrc.yaml', 'gatez: []\nsync: {push: true}\n')
    expect((await mhv(here, 'config', 'list')).code).toBe(1)
    expect((await mhv(here, 'config', 'unset', 'gatez')).code).toBe(0)
    expect(read(join(here, '.mhvrc.yaml'))).toBe('sync: {push: true}\n')
    expect((await mhv(here, 'config', 'unset', 'gatez')).err).toContain('did you mean gates?')
    expect((await mhv(here, 'config', 'unset', 'gating.jobs')).out).toContain('says nothing of gating.jobs')
  })

  test.each([
    ['.mhvrc.yaml', '# Ours.\ngating:\n  cache: all # of it\n', 'gating.jobs'],
    ['.mhvrc.yaml', 'worktrees:\n  ports:\n    first: 21000\n  trash: 9d\n', 'worktrees.ports.count'],
    ['.mhvrc.yaml', 'gates: [{name: a, command: b, env: {A: b}}]\n', 'gates[0].env.ZZZ'],
    ['.mhvrc.yaml', 'gates: [{name: a, command: b}]\n', 'gates[1]'],
    ['.mhvrc.json', '{"gating":{"cache":"all"}}\n', 'gating.jobs'],
    ['package.json', '{"mhv":{"gating":{"cache":"all"}}}\n', 'gating.jobs'],
  ])('what is not in %s leaves what is beside its place: %#', async (name, text, key) => {
    write(name, text)
    expect(await mhvJson(here, 'config', 'unset', key)).toMatchObject({ key, changed: false })
    expect(read(join(here, name))).toBe(text)
  })

  test('without a file there is nothing to take out, and none is begun', async () => {
    for (const words of [['gating.jobs'], ['--user', 'ui.theme'], ['aliases']]) {
      expect((await mhv(here, 'config', 'unset', ...words)).out).toContain('says nothing of')
    }
    expect(existsSync(join(here, '.mhvrc.yaml'))).toBe(false)
  })

  test('no name is one that every section has of itself', async () => {
    expect(await mhv(here, 'config', 'set', 'aliases.__proto__', 'task list')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Nothing is called "aliases.__proto__"'),
    })
  })

  test('a link that leads nowhere is told as one, with steps that show it', async () => {
    symlinkSync('nowhere.yaml', join(here, '.mhvrc.yaml'))
    for (const words of [['list'], ['set', 'gating.jobs', '3']]) {
      const { error } = await mhvJson(here, 'config', ...words)
      expect(error.message).toContain('it is a link that leads nowhere')
      expect(error.recovery[0]).toContain(`ls -ld ${join(here, '.mhvrc.yaml')}`)
    }
  })

  test('of wrong items of a list the last is taken out first, and the good ones stay', async () => {
    const text =
      'gates:\n  - {name: l1}\n  - {name: l2, command: c, nme: x}\n  - {name: l3}\n  - {name: ok, command: c}\n'
    write('.mhvrc.yaml', text)
    const { error } = await mhvJson(here, 'config', 'show')
    const steps = error.recovery.filter((step: string) => step.startsWith('mhv config unset'))
    expect(steps).toEqual(
      ["'gates[2]'", "'gates[1].nme'", "'gates[0]'"].map((each) => `mhv config unset ${each}`),
    )
    for (const step of steps) {
      const words = step.replaceAll("'", '').split(' ').slice(1)
      expect({ step, ...(await mhv(here, ...words)) }).toMatchObject({ code: 0 })
    }
    const left = readFileSync(join(here, '.mhvrc.yaml'), 'utf8')
    expect(left).toBe('gates:\n  - {name: l2, command: c}\n  - {name: ok, command: c}\n')
    expect((await mhv(here, 'config', 'show')).code).toBe(0)
  })

  test.each([
    ['.mhvrc.yaml', 'gatng: {jobs: 2}\nsync: {push: true}\n', 'mhv config unset gatng'],
    [
      '.mhvrc.json',
      '{"sync": {"push": true}, "gates": [{"name": "a", "command": "b", "nme": 1}]}',
      "mhv config unset 'gates[0].nme'",
    ],
    ['.mhvrc.yaml', 'sync: {push: true}\ngating: {jobs: many}\n', 'mhv config unset gating.jobs'],
    [
      '.mhvrc.yaml',
      'sync: {push: true}\naliases: {mine: task list}\n',
      'mhv config unset aliases --repository',
    ],
  ])(
    'the one key that is wrong in %s can be taken out by the step that the error tells: %#',
    async (name, text, step) => {
      write(name, text)
      const editor = `\${EDITOR:-vi} ${join(here, name)}`
      const { error } = await mhvJson(here, 'config', 'show')
      expect(error).toMatchObject({ name: 'CONFIG_INVALID', recovery: [step, editor] })
      const words = step.replaceAll("'", '').split(' ').slice(1)
      expect((await mhv(here, ...words)).code).toBe(0)
      expect((await mhv(here, 'config', 'get', 'sync.push')).out).toBe('true\n')
    },
  )

  test('your own file is named in the steps; for a key that is lacking the editor alone is left', async () => {
    mkdirSync(join(own, '..'), { recursive: true })
    const editor = `\${EDITOR:-vi} ${own}`
    const recoveryOf = async (text: string) => {
      writeFileSync(own, text)
      return (await mhvJson(here, 'config', 'show')).error.recovery
    }
    expect(await recoveryOf('gatng: {}\n')).toEqual(['mhv config unset gatng --user', editor])
    const both = ['mhv config unset gatng --user', 'mhv config unset snyc --user']
    expect(await recoveryOf('gatng: {}\nsnyc: {}\n')).toEqual([...both, editor])
    for (const step of both) expect((await mhv(here, ...step.split(' ').slice(1))).code).toBe(0)
    expect((await mhv(here, 'config', 'show')).code).toBe(0)
    expect(await recoveryOf('gates: [{command: x}]\n')).toEqual([editor])
    expect(await recoveryOf('gatng: {}\ngates: [{command: x}]\n')).toEqual([both[0], editor])
  })

  test('a word that is no command is answered with what was meant, though your own file cannot be read', async () => {
    mkdirSync(join(own, '..'), { recursive: true })
    writeFileSync(own, 'ui: {\n')
    const { error } = await mhvJson(here, 'lst')
    expect(error.message).toContain('There is no command “lst”; did you mean “task list”?')
    expect(error.message).toContain('config.yaml:1:6 cannot be read')
    expect(error.recovery).toEqual(['mhv task list --help', `\${EDITOR:-vi} ${own}`])
  })

  test('the key is never cut where values are listed', async () => {
    const { shown } = inTerminal(here, 40, 'config', 'list', 'worktrees')
    expect(shown).toContain('worktrees.submodules  ')
    expect(shown).toContain('worktrees.ports.first  ')
  })

  test('aliases that lead to no command, or to one without their flags, are told where they are listed', async () => {
    mkdirSync(join(own, '..'), { recursive: true })
    writeFileSync(own, 'aliases: {a: tsk list, b: tl --foo, c: b --bar}\n')
    for (const words of [
      ['config', 'list'],
      ['config', 'get', 'aliases'],
    ]) {
      const { error } = await mhvJson(here, ...words)
      expect(error.message).toContain('aliases.a: begins with “tsk list”')
      expect(error.message).toContain('aliases.b: has --foo, which is no flag of mhv task list')
      expect(error.recovery).toContain('mhv config unset aliases.b')
    }
    expect((await mhv(here, 'config', 'list', 'gating')).code).toBe(0)
    expect((await mhv(here, 'preflight')).out).toContain('has --foo, which is no flag of mhv task list')
  })

  test('what the page about configuration shows works in its order', async () => {
    const [, block] = /```sh\n(.*?)```/s.exec(read('docs/config.md'))!
    const lines = block!.split('\n').filter((line) => line !== '' && !line.includes(' edit '))
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) {
      const words = splitWords(line.replace(/ +# .*/, ''))!.slice(1)
      expect({ line, ...(await mhv(here, ...words)) }).toMatchObject({ line, code: 0 })
    }
  })

  test('one file’s values are listed as it says them', async () => {
    await set('worktrees.trash', '90s')
    await set('ui.theme', 'dark', '--user')
    expect((await mhv(here, 'config', 'list', '--repository')).out).toMatch(
      /^KEY +VALUE +FROM\nworktrees\.trash +90s +\.mhvrc\.yaml\n$/,
    )
    expect((await mhvJson(here, 'config', 'list', '--user')).values).toEqual([
      { key: 'ui.theme', value: 'dark', origin: 'user', path: own },
    ])
    expect((await mhv(here, 'config', 'list', 'sync', '--user')).err).toBe(`${own} says nothing of sync.\n`)
    expect((await mhv(here, 'config', 'list', 'gating.jobs')).out).toBe(
      (await mhv(here, 'config', 'show', 'gating.jobs')).out,
    )
  })

  test('path names what counts, what is not read beside it, and what would be written', async () => {
    write('.mhvrc.json', '{}')
    write('.mhvrc.yaml', '')
    expect((await mhv(here, 'config', 'path')).out).toBe(
      `repository  ${join(here, '.mhvrc.json')}  (written unless you say otherwise)\n            ${join(here, '.mhvrc.yaml')}  (not read beside it)\nuser        ${own}  (not there yet)\n`,
    )
    expect((await mhv(here, 'config', 'path', '--user')).out).toBe(`${own}\n`)
    expect(await mhvJson(here, 'config', 'path')).toMatchObject({
      files: [
        { origin: 'repository', exists: true, not_read: [join(here, '.mhvrc.yaml')] },
        { origin: 'user', exists: false },
      ],
      written: join(here, '.mhvrc.json'),
    })
  })
})

test('with -q a change says nothing, and what is refused is still told', async () => {
  expect(await set('gating.jobs', '8', '-q')).toEqual({ code: 0, out: '', err: '' })
  expect(await set('gating.jobs', '8', '-q')).toEqual({ code: 0, out: '', err: '' })
  expect((await set('gating.jobs', '0', '-q')).err).toContain('is less than 1')
  expect(await mhv(here, 'config', 'unset', 'gating.jobs', '-q')).toEqual({ code: 0, out: '', err: '' })
})

test('a repository that git refuses is no reason to set for all others what was meant for it', async () => {
  write('.mhvrc.yaml', 'gating: {jobs: 4}\n')
  const elsewhere = temporaryDirectory()
  writeFileSync(join(elsewhere, '.git'), 'gitdir: /nonexistent\n')
  for (const [cwd, env] of [
    [here, { GIT_DIR: '/nonexistent' }],
    [elsewhere, {}],
  ] as const) {
    const at = (...words: string[]) => mhvProcess(cwd, ['config', ...words], { env })
    for (const words of [['set', 'gating.jobs', '9'], ['unset', 'gating.jobs'], ['list']])
      expect(await at(...words)).toMatchObject({ code: 1, err: expect.stringContaining('/nonexistent') })
    expect(existsSync(own)).toBe(false)
    expect(await at('set', 'gating.jobs', '9', '--user')).toMatchObject({ code: 0 })
    expect(await at('set', 'ui.theme', 'dark')).toMatchObject({ code: 0 })
    rmSync(own)
  }
})

test('a directory of your own that may not be looked into is told, and is no bug', () => {
  const home = temporaryDirectory()
  const config = join(home, 'config')
  mkdirSync(join(config, 'mhv'), { recursive: true })
  const user = asOrdinaryUser(home, { XDG_CONFIG_HOME: config })
  expect(user(home, 'config', 'set', 'ui.theme', 'dark').code).toBe(0)
  chmodSync(join(config, 'mhv'), 0)
  onTestFinished(() => chmodSync(join(config, 'mhv'), 0o755))
  expect(user(home, 'config', 'set', 'ui.theme', 'light').err).toContain('CONFIG_UNWRITABLE')
  expect(user(home, 'config', 'get', 'ui.theme').err).toMatch(/CONFIG_INVALID: \S+mhv cannot be read: EACCES/)
  expect(user(home, 'config', 'path').err).not.toContain('bug in mhv')
})
