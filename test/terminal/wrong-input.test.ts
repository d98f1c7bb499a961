import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { noneOf } from '../../src/query/none-of.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git } from '../support/repository.ts'

let demo: string
beforeAll(async () => {
  demo = join(mkdtempSync(join(tmpdir(), 'mhv-wrong-')), 'demo')
  mkdirSync(demo)
  git(demo, 'init', '--quiet')
  git(demo, 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
  git(demo, 'remote', 'add', 'upstream', demo)
  writeFileSync(join(demo, '.mhvrc.yaml'), 'gates: [{name: lint, command: "true"}]\n')
  writeFileSync(
    join(demo, '..', 'repos.yaml'),
    'repos:\n  - {name: demo, path: demo, tags: [backend], role: manager}\n',
  )
  await mhv(demo, 'init')
  await mhv(demo, 'tc', 'A')
})

test('a command in quotation marks is told apart, by whichever program answers', async () => {
  for (const [argv, line] of [
    [['task list'], 'mhv task list'],
    [['task show', '1'], 'mhv task show 1'],
    [['task create', "it's here", '--type', 'bug'], "mhv task create 'it'\\''s here' --type bug"],
    [['--plain', 'task list', '--status', 'open'], 'mhv task list --status open'],
  ] as const) {
    const { code, err } = await mhvProcess(demo, [...argv])
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('came as one word') })
    expect(err).toContain(`    ${line}\n`)
  }
})

test('a flag that a topic does not have is refused, and those of help are taken', async () => {
  for (const [line, said] of [
    ['task --bogus', 'mhv task has no flag --bogus, and needs a command behind it.'],
    ['config --jsn', 'did you mean --json?'],
    ['gate -x', 'mhv gate has no flag -x'],
  ] as const) {
    const { code, out, err } = await mhv(demo, ...line.split(' '))
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(said)
  }
  expect((await mhv(demo, 'task', '--help', '--no-pager')).code).toBe(0)
})

test.each([
  ['task lits --status all', 'mhv task list --status all'],
  ['hooks instal --force', 'mhv hooks install --force'],
  ['lst -n 3', 'mhv task list -n 3'],
  ['tcc Fix --type bug', 'mhv tc Fix --type bug'],
  ['help lits', 'mhv task list --help'],
  ['staus', 'mhv status'],
  ['task nosuch --help', 'mhv task --help'],
])('the step for a command that is none is what was typed, with the right one: %s', async (line, step) => {
  const { code, err } = await mhv(demo, ...line.split(' '))
  expect(code).toBe(2)
  expect(err).toContain(`  Try:\n    ${step}\n`)
})

/** What is typed, what the error has to name, and the word that was meant. */
test.each<[string, string, string | null]>([
  ['tsk list', '“tsk list”', 'task list'],
  ['task lsit', '“task lsit”', 'task list'],
  ['--json tl --statsu pending', '--statsu', '--status'],
  ['--jsno tl', '--jsno', '--json'],
  ['tl --status pnding', '--status "pnding"', 'pending'],
  ['tl --type bgu', '--type "bgu"', 'bug'],
  ['tl --priority hihg', '--priority "hihg"', 'high'],
  ['tl --columns titel', '--columns "titel"', 'title'],
  ['tl --sort urgencey', '--sort "urgencey"', 'urgency'],
  ['tl --group-by statsu', '--group-by “statsu”', 'status'],
  ['strat 1', 'strat', 'start'],
  ['tl --format tabel', '--format "tabel"', 'table'],
  ['tl --fail-on labl:red', '“labl”', 'label'],
  ['tl --fail-on priority:hihg', '“hihg”', 'high'],
  ['tl --fail-on overdeu', '“overdeu”', 'overdue'],
  ['tc A --type bgu', '--type “bgu”', 'bug'],
  ['task edit 1 --priority hihg', '--priority “hihg”', 'high'],
  ['shell-init bsh', '“bsh”', 'bash'],
  ['config show gatign', '"gatign"', 'gating'],
  ['gate run --only lnt', 'no gate lnt', 'lint'],
  ['gate run --moment pre-psh', '--moment “pre-psh”', 'pre-push'],
  ['gate init --preset pytst', 'no preset pytst', 'pytest'],
  ['audit --export jsonl --kind TaskCompleted,taskcreate', '--kind “taskcreate”', 'TaskCreated'],
  ['sync --remote upstraem', 'no remote upstraem', 'upstream'],
  ['task show dmo#1', 'is called dmo', 'demo'],
  ['tl --tag backnd', 'tag backnd', 'backend'],
  ['tl --role mangaer', 'role mangaer', 'manager'],
  ['explain GIT_MISING', '“GIT_MISING”', 'GIT_MISSING'],
  ['TL', '“TL”', 'tl'],
  ['Task List', '“Task List”', 'task list'],
  ['taks', '“taks”', 'task'],
])('mhv %s', async (line, named, meant) => {
  const { code, err, out } = await mhv(demo, ...line.split(' '))
  const said = err || JSON.parse(out).error.message
  expect(said).toContain(named)
  expect(said).toMatch(new RegExp(`[Dd]id you mean “?${meant}`))
  expect(code).toBe(/no remote/.test(named) ? 1 : 2)
})

test.each<[string, RegExp]>([
  ['tl --limit many', /--limit needs a whole number, not “many”\. Example: mhv /],
  ['tl --label=', /The value of --label is empty\. Example: mhv tl .*--label/],
  ['task cancel 1', /--reason is missing\. Example: mhv task cancel .*--reason/],
  ['task create', /WORDS is missing\. Example: mhv tc /],
  ['task edit 1 --estimate soon', /The estimate "soon" .*Example: 3h/],
  ['tl --created-after never', /created-after “never” is not a date \(2026-11-27/],
  [
    'done 1 --override --reason x --expires 2020-01-01',
    /--expires “2020-01-01” has passed already\. Example: 7d/,
  ],
  ['task edit 1 --deadline whenever', /The deadline “whenever” is not a date/],
  ['tl --number x', /: --number: “x” is not a task number/],
  ['conflicts --settled nope', /: “nope” is not a task number/],
  ['task check 1 x', /“x” does not give places in the list of criteria, such as 1 or 1,3-4\.\n/],
  ['gate run lint', /“lint” is not a task number .* behind --only\.[\s\S]*\n {4}mhv gate run --only lint\n/],
  ['tl --created-after blah', /: --created-after “blah” is not a date/],
  ['-C /nope tl', /: There is no directory \/nope, which -C names\./],
  ['audit --since 2026-01-01', /--since counts only with --export\. Example: mhv audit --export/],
  ['config set --user --repository cache off', /: --repository and --user exclude each other\. Example: mhv/],
])('names the field, the value, the rule and an example: mhv %s', async (line, said) => {
  const { code, err } = await mhv(demo, ...line.split(' '))
  expect([code, err]).toEqual([2, expect.stringMatching(said)])
})

test.each(['help nope', 'mine', '-x', '--help x', 'gate run --gate', 'explain MHV-999', 'explain MHV-099x'])(
  'what is like nothing is not taken for something: mhv %s',
  async (line) => {
    const { code, err } = await mhv(demo, ...line.split(' '))
    expect(code).toBe(2)
    expect(err).not.toMatch(/did you mean/i)
  },
)

test.each([
  ['tl --priority hihg --label a', 'mhv tl --priority high --label a'],
  ['task edit 1 --type bgu', 'mhv task edit 1 --type bug'],
  ['tl --group-by assigne', 'mhv tl --group-by assignee'],
  ['graph --format tre', 'mhv graph --format tree'],
  ['tl --fail-on open,priority:hihg', 'mhv task list --fail-on'],
  ['tl --fail-on priority:hihg', 'mhv tl --fail-on priority:high'],
  ['tl --fail-on overdeu', 'mhv tl --fail-on overdue'],
  ['tl --statsu open --label x', 'mhv tl --status open --label x'],
  ['-C . tl --columns number,titel', 'mhv -C . tl --columns number,title'],
  ['audit --export jsonl --kind taskcreate', 'mhv audit --export jsonl --kind TaskCreated'],
])('the step is what was typed, with the right word: mhv %s', async (line, step) => {
  const { code, err } = await mhv(demo, ...line.split(' '))
  expect([code, err]).toEqual([2, expect.stringContaining(`Try:\n    ${step}`)])
})

test('a task that is not there is told with the flag that names it', async () => {
  const { err } = await mhv(demo, 'tc', 'x', '--depends-on', '77')
  expect(err).toContain(': --depends-on: There is no task #77.')
})

test('a word that is like none is answered with all that there are', () => {
  expect(noneOf('xyzzy', ['low', 'high'])).toEqual({ rule: 'is none of: low, high.', meant: null })
  expect(noneOf(' HIHG ', ['low', 'high']).meant).toBe('high')
})

test('a wrong word in the configuration is named, with the one that was meant, but no secret is', async () => {
  const file = join(demo, '.mhvrc.yaml')
  writeFileSync(file, 'worktrees: {remove: mergd}\ngates: [{name: a, command: x, env: {TOKEN: 4711}}]\n')
  const { message } = (await mhvJson(demo, 'config', 'show')).error
  expect(message).toContain('worktrees.remove: is none of merged, pushed, never; did you mean merged?')
  expect(message).toContain('(it is "mergd")')
  expect(message).not.toContain('4711')
})

test('an error fits the terminal, but for what is to be copied', async () => {
  const { isTTY, columns } = process.stderr
  Object.assign(process.stderr, { isTTY: true, columns: 50 })
  onTestFinished(() => void Object.assign(process.stderr, { isTTY, columns }))
  const { err } = await mhv(demo, 'tl', '--format', '{titel}')
  const lines = err.trimEnd().split('\n')
  const prose = lines.filter((line) => /^\S/.test(line))
  expect(prose.length).toBeGreaterThan(2)
  expect(prose.filter((line) => line.length > 50)).toEqual([])
  expect((await mhv(demo, 'tc')).err).toMatch(
    /^ {2}Example: mhv tc "Fix auth bug in session-buddy by Friday"$/m,
  )
})
