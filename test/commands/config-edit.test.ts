import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { mhv } from '../support/cli.ts'
import { inTerminal } from '../support/in-terminal.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'

let here = ''
let own = ''
beforeEach(() => {
  here = temporaryRepository()
  process.env.XDG_CONFIG_HOME = temporaryDirectory()
  own = join(process.env.XDG_CONFIG_HOME, 'mhv', 'config.yaml')
})

const read = (path: string) => readFileSync(path, 'utf8')
/** Edits with a line of the shell, which gets the file's name behind it. */
const edit = (editor: string, ...argv: string[]) => {
  execFileSync('git', ['config', '--global', 'core.editor', editor])
  return inTerminal(here, 200, 'config', 'edit', ...argv)
}

test('what is right takes the place of the file, and one that is not there is begun', () => {
  const file = join(here, '.mhvrc.yaml')
  expect(edit('true')).toMatchObject({ code: 0, shown: `Nothing was changed in ${file}.\n` })
  expect(existsSync(file)).toBe(false)
  expect(edit('echo "sync: {push: true}" >>')).toEqual({ code: 0, shown: `Changed ${file}.\n` })
  expect(read(file)).toMatch(/^# Configuration of mhv for this repository.*\n.*\nsync: \{push: true\}\n$/s)
  expect(edit('echo "ui: {theme: dark}" >', '--user').shown).toBe(`Changed ${own}.\n`)
  expect(read(own)).toBe('ui: {theme: dark}\n')
})

test('outside of any repository the user’s own is edited', () => {
  execFileSync('git', ['config', '--global', 'core.editor', 'echo "ui: {mouse: false}" >'])
  expect(inTerminal(temporaryDirectory(), 200, 'config', 'edit').shown).toBe(`Changed ${own}.\n`)
  expect(read(own)).toBe('ui: {mouse: false}\n')
})

test.each([
  ['gatez: []', 'has no key "gatez"; did you mean gates?'],
  ['gating: {jobs: 0}', 'gating.jobs: is less than 1, as in “jobs: 4”'],
  ['aliases: {x: task list}', 'aliases: counts in your own file only'],
  ['gates: [', 'config.yaml:1:9 cannot be read: unexpected end of the stream'],
  ['gates: # mine [', 'gates: is not a list'],
])('%s is refused; the file stays, and what was written is kept', (text, said) => {
  const file = join(here, '.mhvrc.yaml')
  writeFileSync(file, 'sync: {push: true}\n')
  const { code, shown } = edit(`echo "${text}" >`)
  expect(code).not.toBe(0)
  expect(shown).toContain(said)
  expect(read(file)).toBe('sync: {push: true}\n')
  const kept = /wrote\s+is\s+in\s+(\S+)\./.exec(shown)![1]!
  expect(read(kept)).toBe(`${text}\n`)
  expect(shown).toMatch(/[.?^]\s+What\s+you\s+wrote\s+is\s+in/)
  rmSync(dirname(kept), { recursive: true })
})

test('the step of a refusal opens what was written again, until it is right', () => {
  const file = join(here, '.mhvrc.yaml')
  writeFileSync(file, 'sync: {push: true}\n')
  const stepOf = (shown: string) => /mhv (config edit --repository --resume \S+)/.exec(shown)![1]!.split(' ')
  const first = stepOf(edit('echo "gating: {jobs: 0} # mine" >').shown)
  const resume = (editor: string, words: readonly string[]) => edit(editor, ...words.slice(2))
  // Left as it is it is refused again, and is still where it was.
  const again = resume('true', first)
  expect(again).toMatchObject({ code: 2, shown: expect.stringContaining('gating.jobs: is less than 1') })
  expect(stepOf(again.shown)).toEqual(first)
  const broken = resume("sed -i.old 's/0/many/'", first)
  expect(read(stepOf(broken.shown).at(-1)!)).toBe('gating: {jobs: many} # mine\n')
  expect(resume("sed -i.old 's/many/3/'", stepOf(broken.shown))).toEqual({
    code: 0,
    shown: `Changed ${file}.\n`,
  })
  expect(read(file)).toBe('gating: {jobs: 3} # mine\n')
  // What was taken is not kept any longer; a file of one’s own is.
  expect(existsSync(dirname(stepOf(broken.shown).at(-1)!))).toBe(false)
  rmSync(dirname(first.at(-1)!), { recursive: true })
  const mine = join(temporaryDirectory(), 'mine.yaml')
  writeFileSync(mine, 'gating: {jobs: 4}\n')
  expect(edit('true', '--resume', mine).code).toBe(0)
  expect(existsSync(mine)).toBe(true)
  expect(edit('true', '--resume', '/no/such').shown).toContain('does not exist')
})

test('what somebody else changed meanwhile is not lost', () => {
  const file = join(here, '.mhvrc.yaml')
  writeFileSync(file, 'sync: {push: true}\n')
  const { code, shown } = edit(`echo "gating: {jobs: 2}" >> ${file}; echo "sync: {push: false}" >`)
  expect(code).toBe(1)
  expect(shown).toContain('MHV-095 CONFIG_CHANGED')
  expect(read(file)).toBe('sync: {push: true}\ngating: {jobs: 2}\n')
  const kept = /wrote\s+is\s+in\s+(\S+)\./.exec(shown)![1]!
  expect(read(kept)).toBe('sync: {push: false}\n')
  expect(shown).toContain(`mhv config edit --repository --resume ${kept}`)
  rmSync(dirname(kept), { recursive: true })
})

test('of package.json our part alone is opened, as JSON', () => {
  const file = join(here, 'package.json')
  writeFileSync(file, '{\n  "name": "x",\n  "mhv": {"sync": {"push": true}}\n}\n')
  expect(edit('sed -i.old s/true/false/').shown).toBe(`Changed ${file}.\n`)
  expect(JSON.parse(read(file))).toEqual({ name: 'x', mhv: { sync: { push: false } } })
})

test('a file that does not parse can be put right', () => {
  mkdirSync(dirname(own), { recursive: true })
  writeFileSync(own, 'ui: {')
  expect(edit('echo "ui: {theme: light}" >', '--user').code).toBe(0)
  expect(read(own)).toBe('ui: {theme: light}\n')
})

test.each([
  ['gating: {jobs: 0}\n', 'gating.jobs: is less than 1'],
  ['gating: {\n', 'config.yaml:1:10 cannot be read: unexpected end'],
])('one that is wrong and is left so is said to be: %j', (text, said) => {
  const file = join(here, '.mhvrc.yaml')
  writeFileSync(file, text)
  const { shown } = edit('true')
  expect(shown).toContain(`Note: ${file} is wrong still: `)
  expect(shown).toContain(said)
  expect(shown).toContain(`Nothing was changed in ${file}.`)
})

test('without a terminal nothing is opened', async () => {
  const { code, err } = await mhv(here, 'config', 'edit')
  expect(code).toBe(2)
  expect(err).toContain('mhv config set')
})
