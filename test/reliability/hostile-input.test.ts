import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse as parseCsv } from 'papaparse'
import { expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { title as titleRule } from '../../schemas/task.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { expectError } from '../support/whole.ts'

async function demoWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  expect((await mhv(demo, 'init')).code).toBe(0)
  for (const title of titles) expect((await mhv(demo, 'task', 'create', '--', title)).code).toBe(0)
  return demo
}

const pathOf = (id: string) => `refs/mtos/tasks:tasks/${[...id.slice(-3).toLowerCase()].join('/')}/${id}.yaml`

/** Undoes the escapes of a Markdown cell. */
const fromMarkdown = (cell: string) => cell.replace(/\\([\\|<>*_`[\]])/g, '$1')

/** A title as it comes back in every form in which the program gives it out. */
async function everyForm(demo: string, number: number): Promise<Record<string, string>> {
  const { task } = await mhvJson(demo, 'task', 'show', String(number))
  const list = ['task', 'list', '--number', String(number), '--columns', 'title', '--format']
  const csv = parseCsv<string[]>((await mhv(demo, ...list, 'csv')).out, { delimiter: ',' }).data[1]!
  const [, , row] = (await mhv(demo, ...list, 'markdown')).out.split('\n')
  const jsonl = JSON.parse((await mhv(demo, ...list, 'jsonl')).out)
  const stored = parseYaml(git(demo, 'cat-file', 'blob', pathOf(task.id)))
  return {
    show: task.title,
    csv: csv[0]!,
    markdown: fromMarkdown(row!.slice(2, -2)),
    jsonl: jsonl.title,
    yaml: stored.title,
    event: stored.events[0].data.title,
  }
}

async function expectRoundTrip(demo: string, title: string): Promise<void> {
  const created = JSON.parse((await mhv(demo, 'task', 'create', '--no-parse', '--json', '--', title)).out)
  expect(created.error, title).toBeUndefined()
  const forms = await everyForm(demo, created.task.number)
  expect(forms).toEqual(Object.fromEntries(Object.keys(forms).map((form) => [form, title])))
}

const AWKWARD = [
  'yes', 'NO', 'null', '~', '1e3', '0x1F', '012', '1_000', '.inf', '2026-11-20', '12:30:45', '=', '<<',
  '- a', '? a', ': a', 'title: x', '# no comment', 'a #b', 'a: b', '{a: b}', '[a]', '*a', '&a b', '!!js', '!!js/function "f"',
  '%YAML 1.2', '---', '...', '|', '>-', '@a', '`a`', '"quoted"', "it's", 'back\\slash', '\\n', 'a,b', 'a;b', '=1+1', '+1', '@SUM(A1)',
  '| a | b |', '<b>bold</b>', '[link](http://x)', '--help', '-d', '--', '--json', '$(touch x)', '`touch x`', '; touch x', '| touch x',
  '../../x', '/etc/passwd', 'C:\\x', '%s %n %d', '$HOME', '~root', '🦄', '👩‍👩‍👧‍👦 family', 'e\u0301 combining', '日本語のタイトル', 'العربية', '\ud83d\ude00'.repeat(50),
  'constructor', '__proto__', 'toString', 'x'.repeat(200), '\u00a0inner\u00a0space\u00a0x'.trim(), '\uffff', 'a\u200db', 'a\u200bb', 'tab?',
] // biome-ignore format: a table

test('awkward titles come back as they were in every form, and nothing in them is executed', async () => {
  const demo = await demoWith()
  for (const title of AWKWARD) await expectRoundTrip(demo, title)
  expect((await mhvJson(demo, 'task', 'list')).total).toBe(AWKWARD.length)
  expect((await mhvJson(demo, 'doctor')).findings).toEqual([])
  expect(readdirSync(demo)).toEqual(['.git'])
  expect(git(demo, 'fsck', '--strict', '--no-dangling')).toBe('')
}, 120_000)

test('any title that is legal comes back as it was in every form', async () => {
  const demo = await demoWith()
  const legal = fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
      fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
      fc
        .array(fc.constantFrom(...'-:#{}[],&*!|>\'"%@` \\/$=\n~?yesno01'), { minLength: 1, maxLength: 30 })
        .map((c) => c.join('')),
    )
    .map((text) => text.trim())
    .filter((text) => titleRule.safeParse(text).success)
  await fc.assert(
    fc.asyncProperty(legal, (title) => expectRoundTrip(demo, title)),
    { seed: 1, numRuns: process.env.MHV_LONG ? 2000 : 60 },
  )
}, 600_000)

test.each([
  ['nothing', ''],
  ['only blanks', '   '],
  ['201 characters', 'x'.repeat(201)],
  ['a terminal escape', 'red \u001b[31m'],
  ['an OSC escape', '\u001b]0;owned\u0007'],
  ['a C1 control', 'a\u009bb'],
  ['a right-to-left override', 'gpj.\u202eexe'],
  ['an isolate', 'a\u2066b'],
  ['a line feed', 'one\ntwo'],
  ['a tab', 'a\tb'],
  ['a line separator', 'a\u2028b'],
])('a title with %s is refused by name, and nothing is written', async (_name, title) => {
  const demo = await demoWith()
  const answer = await mhv(demo, 'task', 'create', '--no-parse', '--', title)
  expectError(answer, 'INVALID_INPUT')
  expect(answer.code).toBe(2)
  expect(answer.err).not.toMatch(/[\u0007\u001b\u009b\u202e\u2066]/)
  expect((await mhvJson(demo, 'task', 'list')).total).toBe(0)
})

test('a description from standard input: NUL, escapes and ten megabytes are refused, long text is kept', async () => {
  const demo = await demoWith()
  const create = (input: string) => mhvProcess(demo, ['task', 'create', 'Piped', '-d', '-'], { input })
  for (const input of ['a\0b', 'a\u001b[2Jb', 'a\u202eb', 'x'.repeat(10 << 20), '\u0000'.repeat(5000)]) {
    const answer = await create(input)
    expectError(answer, 'INVALID_INPUT')
    expect(answer.err.length).toBeLessThan(600)
    expect(answer.err).not.toMatch(/[\0\u001b\u202e]/)
  }
  const text = `title: x\n- a\n  # not a comment\n\n\ttab\n${'long '.repeat(900)}\n$(touch x)\nevents: []`
  expect((await create(text)).code).toBe(0)
  expect((await mhvJson(demo, 'task', 'show', '1')).task.description).toBe(text)
  expect((await mhvJson(demo, 'doctor')).findings).toEqual([])
  expect(readdirSync(demo)).toEqual(['.git'])
})

test('a title of ten megabytes is refused by the operating system or by us, and never half taken', async () => {
  const demo = await demoWith()
  const answer = await mhv(demo, 'task', 'create', 'x'.repeat(10 << 20))
  expectError(answer, 'INVALID_INPUT')
  expect(answer.err.length).toBeLessThan(600)
})

test.each([
  ['--branch', '../../x'],
  ['--branch', '../../../refs/heads/x'],
  ['--branch', '--force'],
  ['--branch', '-D'],
  ['--branch', 'x.lock'],
  ['--branch', 'refs/../x'],
  ['--branch', '@{-1}'],
  ['--branch', 'a..b'],
  ['--branch', '$(touch x)'],
  ['--base', '../../x'],
  ['--base', '--output=x'],
  ['--base', '-x'],
  ['--path', 'evil\u001b[2J'],
  ['--path', ''],
])('start %s %j is refused or taken literally: no file of another kind appears', async (flag, value) => {
  const demo = await demoWith('Innocent')
  const outside = join(demo, '..')
  const before = git(demo, 'for-each-ref')
  const answer = await mhv(demo, 'start', '1', `${flag}=${value}`)
  expect(answer.err).not.toContain('This is a bug')
  if (answer.code === 0)
    expect(git(demo, 'for-each-ref', '--format=%(refname)')).toContain(`refs/heads/${value}`)
  else {
    expect(answer.err).toMatch(/^Error MHV-\d+ [A-Z_]+: .*\n {2}Try:/s)
    expect(git(demo, 'for-each-ref', 'refs/heads')).toBe(
      before
        .split('\n')
        .filter((l) => l.includes('refs/heads'))
        .join('\n'),
    )
    expect(git(demo, 'config', '--list')).not.toContain('mtostask')
    expect((await mhvJson(demo, 'task', 'show', '1')).task.status).toBe('pending')
  }
  expect(existsSync(join(demo, 'x'))).toBe(false)
  expect(readdirSync(outside).sort()).toEqual(answer.code === 0 ? ['demo', 'demo.worktrees'] : ['demo'])
})

test('numbers, filters, sort keys and revisions that are no such things are refused by name', async () => {
  const demo = await demoWith('One')
  for (const argv of [
    ['task', 'show', '1;touch x'],
    ['task', 'show', '-1'],
    ['task', 'show', '99999999999999999999'],
    ['task', 'list', '--at', '--output=x'],
    ['task', 'list', '--at', 'HEAD'],
    ['task', 'list', '--at', '$(touch x)'],
    ['task', 'list', '--sort', '__proto__'],
    ['task', 'list', '--columns', 'constructor'],
    ['task', 'list', '--status', 'toString'],
    ['task', 'create', 'x', '--label', 'a b'],
    ['task', 'create', 'x', '--depends-on', '../../x'],
    ['task', 'create', 'x', '--deadline', '2026-02-30'],
    ['task', 'create', 'x', '--estimate', '1e3h'],
  ]) {
    const answer = await mhv(demo, ...argv)
    expect(answer.code, argv.join(' ')).not.toBe(0)
    expect(answer.err, argv.join(' ')).toMatch(/^Error MHV-\d+ [A-Z_]+: /)
  }
  expect(readdirSync(demo)).toEqual(['.git'])
  expect((await mhvJson(demo, 'task', 'list')).total).toBe(1)
})
