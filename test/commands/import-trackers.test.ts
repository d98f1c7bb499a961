import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { findTrackers, importSteps } from '../../src/find-trackers.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { TRACKER_FIXTURES } from '../support/trackers.ts'

const at = (path: string) => join(TRACKER_FIXTURES, path)
const tip = (demo: string) => git(demo, 'rev-parse', 'refs/mtos/tasks')

async function initialised(): Promise<string> {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  return demo
}

/** A fixture at the place where its tool keeps it, or where people put what they export. */
function put(directory: string, fixture: string, path: string): void {
  mkdirSync(join(directory, path, '..'), { recursive: true })
  cpSync(at(fixture), join(directory, path), { recursive: true })
}

beforeEach(() => {
  // The fixtures were written later than tests take place.
  process.env.MHV_NOW = '2026-12-01T10:00:00.000Z'
  return () => {
    delete process.env.MHV_NOW
  }
})

/** Of each fixture how many tasks it has, one of them by its id there, and kinds of what is said to be lost. */
const FIXTURES = [
  ['beads', 'beads/issues.jsonl', 7, 'sample-a1b.1', ['dropped', 'relation', 'status', 'type', 'left_out']],
  ['backlog', 'backlog', 7, 'TASK-1', ['assignees', 'status', 'type', 'undated_end']],
  ['taskwarrior', 'taskwarrior/export.json', 8, null, ['repeats']],
  ['git-bug', 'git-bug/bugs.json', 2, 'a1'.repeat(32), ['partial', 'undated_end']],
  ['task-master', 'task-master/tasks.json', 9, '1', ['status', 'undated_end']],
  ['github', 'github/gh-issues.json', 4, 'example/sample#7', ['assignees', 'dropped', 'label']],
  ['github', 'github/gh-2.23.json', 3, 'example/sample#7', ['assignees', 'dropped', 'label']],
  ['beads', 'beads/bd-2025.jsonl', 3, 'old-0d2e77aa', ['dropped', 'early', 'relation']],
  ['beads', 'beads/bd-1.1.jsonl', 2, 'new-ble.1', ['dropped']],
  ['jira', 'jira/cloud-2025.csv', 2, 'OPS-19', ['type']],
  ['gitlab', 'gitlab/issues.csv', 3, 'example/team/sample#7', ['assignees', 'partial']],
  ['jira', 'jira/issues.csv', 4, 'OPS-7', ['relation', 'status', 'type']],
] as const

describe.each(FIXTURES)('what %s writes', (tracker, path, total, id, kinds) => {
  test('comes in one commit, twice changes nothing, and undo takes it back', async () => {
    const demo = await initialised()
    const begin = tip(demo)
    const env = { MHV_NOW: process.env.MHV_NOW! }
    const { code, out } = await mhvProcess(demo, ['task', 'import', at(path), '--json'], { env })
    const answer = JSON.parse(out)
    expect(code).toBe(0)
    expect(answer).toMatchObject({ imported: total, unchanged: 0 })
    const said = new Set<string>(answer.warnings.map(({ kind }: { kind: string }) => kind))
    expect([...said].sort()).toEqual([...kinds].sort())
    expect(git(demo, 'rev-list', '--count', `${begin}..refs/mtos/tasks`)).toBe('1')
    const list = await mhvJson(demo, 'tl', '--status', 'all')
    expect(list).toMatchObject({ total, problems: [] })
    const one = id
      ? list.tasks.find((task: { source: { id: string } }) => task.source.id === id)
      : list.tasks.find((task: { title: string }) => task.title.startsWith('Read'))
    expect(one).toMatchObject({
      source: { system: tracker },
      title: expect.stringMatching(/^Read the config/),
    })
    const { task } = await mhvJson(demo, 'task', 'show', String(one.number))
    expect(task).toMatchObject({
      title: one.title,
      description: one.description,
      criteria: one.criteria,
      comments: one.comments,
    })

    const before = tip(demo)
    const again = await mhvJson(demo, 'task', 'import', at(path), '--from', tracker)
    expect(again).toMatchObject({ imported: 0, unchanged: total, differing: [], linked: [] })
    expect(tip(demo)).toBe(before)
    expect((await mhv(demo, 'doctor')).out).toContain('Nothing is wrong')

    expect((await mhv(demo, 'undo')).code).toBe(0)
    expect((await mhvJson(demo, 'tl', '--status', 'all')).total).toBe(0)
  })

  test('is the same tasks in another clone', async () => {
    const [one, two] = [await initialised(), await initialised()]
    for (const demo of [one, two]) await mhv(demo, 'task', 'import', at(path))
    const ids = async (demo: string) =>
      (await mhvJson(demo, 'tl', '--status', 'all')).tasks.map((task: { id: string }) => task.id).sort()
    expect(await ids(one)).toEqual(await ids(two))
  })
})

describe.each([
  ['beads', 'issues.jsonl', '{"id":"a","title":"fine","issue_type":"task"}\n{"id":"b"\n', 'line 2: line ends at column 10, before the JSON does'],
  ['taskwarrior', 'tasks.json', '[{"uuid":"a","entry":"20260301T090000Z","description":""}]', 'item 1: title is missing'],
  ['git-bug', 'bugs.json', '[{"human_id":"a","create_time":{},"title":"t"}]', 'item 1: id is missing'],
  ['task-master', 'tasks.json', '{"master":{"tasks":[{"id":1,"dependencies":[],"details":"d"}]}}', 'task 1: title is missing'],
  ['github', 'issues.json', '[{"number":1,"title":"t","state":"open","created_at":"soon"}]', 'item 1: created_at is not'],
  ['gitlab', 'issues.csv', 'Issue ID,Title,State,URL\n1,,Open,\n', 'line 2: title is missing'],
  ['jira', 'jira.csv', 'Issue key,Summary\n,a\n', 'line 2: id is missing'],
] as const)('a bad file of %s', (tracker, name, text, rule) => {
  test('is refused with its places, and nothing is imported', async () => {
    const demo = await initialised()
    const path = join(temporaryDirectory(), name)
    writeFileSync(path, text)
    const before = tip(demo)
    for (const flags of [[], ['--from', tracker]]) {
      const { code, out, err } = await mhv(demo, 'task', 'import', path, ...flags)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain('MHV-014 IMPORT_REJECTED')
      expect(err).toContain(rule)
    }
    expect(tip(demo)).toBe(before)
  })
}) // biome-ignore format: a table

test('a task file without a head stops the whole folder of Backlog.md', async () => {
  const demo = await initialised()
  put(demo, 'backlog', 'backlog')
  writeFileSync(join(demo, 'backlog/tasks/task-9 - bad.md'), 'no head\n')
  const before = tip(demo)
  const { code, err } = await mhv(demo, 'task', 'import', 'backlog')
  expect(code).toBe(2)
  expect(err).toContain('tasks/task-9 - bad.md: front matter is missing')
  expect(tip(demo)).toBe(before)
})

test('a file of one tracker is not taken for one of another', async () => {
  const demo = await initialised()
  const { code, err } = await mhv(demo, 'task', 'import', at('jira/issues.csv'), '--from', 'beads')
  expect(code).toBe(2)
  expect(err).toContain('is of jira, not of beads')
  expect(err).toMatch(/mhv task import \S+issues\.csv --from jira/)
})

test('what --from csv and --format say goes before what is told by the file', async () => {
  const demo = await initialised()
  const path = join(temporaryDirectory(), 'plan.csv')
  writeFileSync(path, 'ID,Title,Issue ID,URL,State\nP-1,One,1,,open\n')
  expect((await mhvJson(demo, 'task', 'import', path, '--from', 'csv')).imported).toBe(1)
  expect((await mhvJson(demo, 'task', 'show', '1')).task.source).toEqual({ system: 'plan', id: 'P-1' })
  expect((await mhv(demo, 'task', 'import', '--from', 'csv')).err).toContain('Name the file of csv')
  expect((await mhv(demo, 'task', 'import', '--format', 'json')).err).toContain('Name the file of json')
  expect((await mhv(demo, 'task', 'import', '.', '--format', 'json')).err).toContain(
    'cannot be read (EISDIR)',
  )
  const lines = join(temporaryDirectory(), 'own.jsonl')
  writeFileSync(lines, '{"id":"a","title":"A","issue_type":"bug"}\n')
  await mhvJson(demo, 'task', 'import', lines, '--format', 'jsonl')
  expect((await mhvJson(demo, 'task', 'show', '2')).task.source).toEqual({ system: 'own', id: 'a' })
})

test('standard input is told by its bytes, and another name for the source is kept', async () => {
  const demo = await initialised()
  const input = '[{"number":1,"title":"t","state":"open"}]'
  const { out } = await mhvProcess(demo, ['task', 'import', '-', '--source', 'upstream'], { input })
  expect(out).toBe('Imported 1 task from upstream as #1.\n')
})

describe('trackers of a directory', () => {
  test('are found where their tools keep them, and what to do is said', async () => {
    const demo = await initialised()
    expect(await findTrackers(demo)).toEqual([])
    put(demo, 'beads/issues.jsonl', '.beads/issues.jsonl')
    put(demo, 'backlog', 'backlog')
    put(demo, 'task-master/tasks.json', '.taskmaster/tasks/tasks.json')
    put(demo, 'taskwarrior/export.json', 'taskwarrior.json')
    put(demo, 'github/gh-issues.json', 'gh.json')
    put(demo, 'gitlab/issues.csv', 'export.csv')
    put(demo, 'jira/issues.csv', 'Jira.csv')
    writeFileSync(join(demo, 'tasks.json'), '{"no":"tracker"}')
    writeFileSync(join(demo, 'package.json'), '{"name": "demo", "version": "1.0.0"}')
    writeFileSync(join(demo, 'schema.json'), '{\n"id": "a", "title": "A", "status": "open"}')
    writeFileSync(join(demo, 'films.csv'), 'id,title,year\n1,Alien,1979\n')
    writeFileSync(join(demo, 'plan.csv'), 'ID,Title,Status\nP-1,One,open\n')
    writeFileSync(join(demo, 'prs.json'), '[{"number":1,"title":"A","state":"OPEN","url":"https://github.com/o/r/pull/1"}]') // biome-ignore format: a row
    writeFileSync(join(demo, 'own.jsonl'), '{"id":1,"title":"One","priority":"high"}\n{"id":\n')
    git(demo, 'update-ref', 'refs/bugs/aa', 'HEAD')
    const found = await findTrackers(demo)
    expect(found.map(({ tracker, path, count }) => `${tracker} ${path} ${count}`)).toEqual([
      'beads .beads/issues.jsonl 7',
      'backlog backlog 7',
      'taskwarrior taskwarrior.json 8',
      'git-bug bugs.json null',
      'task-master .taskmaster/tasks/tasks.json 9',
      'github gh.json 4',
      'gitlab export.csv 3',
      'jira Jira.csv 4',
      'csv plan.csv 1',
      'json own.jsonl null',
    ])
    expect(found.flatMap(importSteps)).toContain('mhv task import backlog --from backlog')
    const { code, out } = await mhv(demo, 'task', 'import')
    expect(code).toBe(0)
    expect(out).toContain('Beads: .beads/issues.jsonl (7 tasks). To import it:\n')
    expect(out).toContain(
      'CSV of your own: plan.csv (could be 1 task). To import it:\n  mhv task import plan.csv\n',
    )
    for (const step of found.flatMap(importSteps)) expect(out).toContain(step)
    const named = await mhv(demo, 'task', 'import', '.')
    expect(named.code).toBe(2)
    expect(named.err).toContain(
      'Several trackers have tasks here; name the one to import:\n  Beads: .beads/issues.jsonl (7 tasks)',
    )
    expect(named.err).not.toContain('plan.csv')
    expect((await mhvJson(demo, 'task', 'import', '--from', 'task-master')).imported).toBe(9)
    expect((await mhvJson(demo, 'task', 'import', '.taskmaster')).unchanged).toBe(9)
    expect((await mhvJson(demo, 'task', 'import', '.beads')).imported).toBe(7)
  })

  test('are not imported by asking for them, and the command that is shown does it', async () => {
    const demo = await initialised()
    put(demo, 'backlog', 'backlog')
    const before = tip(demo)
    const { code, out } = await mhv(demo, 'task', 'import')
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Backlog.md: backlog (7 tasks). To import it:\n  mhv task import backlog --from backlog\n',
    })
    expect(await mhvJson(demo, 'task', 'import')).toEqual({
      schema: 1,
      trackers: [{ tracker: 'backlog', path: 'backlog', count: 7, step: null }],
      steps: ['mhv task import backlog --from backlog'],
    })
    expect(tip(demo)).toBe(before)
    expect((await mhvJson(demo, 'task', 'import', 'backlog', '--from', 'backlog')).imported).toBe(7)
    // The project’s directory, and the folder from inside, are the same tasks.
    expect((await mhvJson(demo, 'task', 'import', '.')).unchanged).toBe(7)
    expect((await mhvJson(join(demo, 'backlog'), 'task', 'import', '.')).unchanged).toBe(7)
  })

  test('that keep tasks in a form of their own have to export them first', async () => {
    const demo = await initialised()
    mkdirSync(join(demo, '.beads'))
    expect((await mhv(demo, 'task', 'import')).out).toBe(
      'Beads: .beads/issues.jsonl (has to be exported first). To import it:\n  bd export -o .beads/issues.jsonl\n  mhv task import .beads/issues.jsonl --from beads\n',
    )
    const { error } = await mhvJson(demo, 'task', 'import', '--from', 'beads')
    expect(error).toMatchObject({
      code: 'MHV-011',
      recovery: ['bd export -o .beads/issues.jsonl', 'mhv task import .beads/issues.jsonl --from beads'],
    })
  })

  test('where there are none, how to get a file is said', async () => {
    const demo = await initialised()
    const none = await mhvJson(demo, 'task', 'import')
    expect(none.error).toMatchObject({
      message: expect.stringContaining('There are no tasks of a tracker'),
      recovery: ['mhv task import --help'],
    })
    const { error } = await mhvJson(demo, 'task', 'import', '--from', 'taskwarrior')
    expect(error.recovery).toEqual(['task export > tasks.json', 'mhv task import --help'])
    const empty = temporaryDirectory()
    expect((await mhv(demo, 'task', 'import', empty)).code).toBe(2)
    expect(existsSync(join(empty, '.git'))).toBe(false)
    expect(await findTrackers(empty)).toEqual([])
  })

  test('are looked for in a bounded number of files, those first that are named as exports are', async () => {
    const directory = temporaryDirectory()
    for (let i = 0; i < 120; i++) put(directory, 'github/gh-2.23.json', `data-${i}.json`)
    put(directory, 'jira/issues.csv', 'z-issues.csv')
    const found = await findTrackers(directory)
    expect(found).toHaveLength(100)
    expect(found.map(({ path }) => path)).toContain('z-issues.csv')
  })

  test('with a file that cannot be read in full are found without a count', async () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, '.beads'))
    writeFileSync(join(directory, '.beads/issues.jsonl'), '{"id":\n')
    expect(await findTrackers(directory)).toEqual([
      { tracker: 'beads', path: '.beads/issues.jsonl', count: null, step: null },
    ])
  })
})

test.each([
  ['a mark in front', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16, as PowerShell redirects it', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
])('a file with %s is known and read as any other, wherever it is', async (_, written) => {
  const files = [
    ['issues.json', 'github/gh-2.23.json', 'github', 3],
    ['jira.csv', 'jira/cloud-2025.csv', 'jira', 2],
    ['beads.jsonl', 'beads/bd-1.1.jsonl', 'beads', 2],
  ] as const
  for (const [name, path, tracker, total] of files) {
    const demo = await initialised()
    writeFileSync(join(demo, name), written(readFileSync(at(path), 'utf8')))
    const found = await mhvJson(demo, 'task', 'import')
    expect(found.trackers).toMatchObject([{ tracker, path: name, count: total }])
    expect(await mhvJson(demo, 'task', 'import', name)).toMatchObject({ imported: total })
    const own = join(demo, 'own.json')
    writeFileSync(own, written('[{"id": "A-1", "title": "One"}]'))
    expect(await mhvJson(demo, 'task', 'import', own)).toMatchObject({ imported: 1 })
  }
})

test('with -q only the numbers of what came are printed, and nothing where nothing came', async () => {
  const demo = await initialised()
  const first = await mhv(demo, 'task', 'import', at('beads/bd-2025.jsonl'), '-q')
  expect(first).toMatchObject({ code: 0, out: '#1-3\n' })
  expect(first.err).toContain('is before its creation')
  expect(await mhv(demo, 'task', 'import', at('beads/bd-2025.jsonl'), '-q')).toMatchObject({
    code: 0,
    out: '',
  })
})

test('what no field is for is shown with the task', async () => {
  const demo = await initialised()
  const path = join(temporaryDirectory(), 'own.jsonl')
  const more = { project: 'server', a_name_that_is_long: 1, flags: { x: [true] } }
  writeFileSync(path, JSON.stringify({ id: 'a', title: 'A', ...more }))
  await mhv(demo, 'task', 'import', path)
  const { out } = await mhv(demo, 'task', 'show', '1')
  expect(out).toMatch(/^ {2}project {7}server$/m)
  expect(out).toContain('  a_name_that_is_long 1\n')
  expect(out).toMatch(/^ {2}flags {9}\{"x":\[true\]\}$/m)
})

test('names that are nearly those of fields are named, also in a dry run and as JSON', async () => {
  const demo = await initialised()
  const path = join(temporaryDirectory(), 'plan.csv')
  writeFileSync(
    path,
    'id,title,priorty,due_date,assigned,owner,colour\nP-1,One,high,2026-12-01,ann,ann,red\n',
  )
  const { err } = await mhv(demo, 'task', 'import', path, '--dry-run')
  for (const [
    word,
    field,
  ] of [['priorty', 'priority'], ['due_date', 'deadline'], ['assigned', 'assignee'], ['owner', 'assignee']]) // biome-ignore format: a list
    expect(err).toContain(`line 2: “${word}” is no field: it is kept as metadata; did you mean ${field}?`)
  expect(err).not.toContain('colour')
  const { warnings } = await mhvJson(demo, 'task', 'import', path)
  expect(warnings.map(({ kind }: { kind: string }) => kind)).toEqual(['field', 'field', 'field', 'field'])
})
