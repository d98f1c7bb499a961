import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { hasTerminal, openTerminal } from '../support/tmux.ts'

const BACKLOG = join(import.meta.dirname, '..', 'fixtures', 'trackers', 'backlog')

/** A repository with another one beside it, a hook of its own and the tasks of another tracker. */
function repositoryWithHistory(): string {
  const demo = temporaryRepository()
  git(dirname(demo), 'init', '--quiet', 'other')
  writeFileSync(join(demo, '.git', 'hooks', 'post-commit'), '#!/bin/sh\n', { mode: 0o755 })
  cpSync(BACKLOG, join(demo, 'backlog'), { recursive: true })
  return demo
}

test('in a pipe it begins the log only, and says what else there is', async () => {
  const demo = repositoryWithHistory()
  const { code, out } = await mhv(demo, 'init')
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('mhv task import backlog') })
  expect(out).toContain('mhv hooks install')
  expect(existsSync(join(demo, '..', 'repos.yaml'))).toBe(false)
  expect((await mhvJson(demo, 'tl')).total).toBe(0)
})

test('in a pipe imports that are done are not offered again, and what came since is', async () => {
  const demo = repositoryWithHistory()
  writeFileSync(join(demo, 'jira.csv'), 'Issue key,Summary,Status\nP-1,One,Open\n')
  const step = 'Jira: jira.csv (1 task): mhv task import jira.csv --from jira'
  expect((await mhv(demo, 'init')).out).toContain(step)
  expect((await mhv(demo, 'task', 'import', 'jira.csv')).code).toBe(0)
  const { code, out } = await mhv(demo, 'init')
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('all of them are here') })
  expect(out).not.toContain('mhv task import jira.csv')
  expect(out).toContain('mhv task import backlog')
  writeFileSync(join(demo, 'jira.csv'), 'Issue key,Summary,Status\nP-1,One,Open\nP-2,Two,Open\n')
  expect((await mhv(demo, 'init')).out).toContain('mhv task import jira.csv')
})

test('--yes goes through all three steps, and again changes nothing', async () => {
  const demo = repositoryWithHistory()
  const { code, out } = await mhvProcess(demo, ['init', '--yes'])
  expect(code).toBe(0)
  expect(out).toContain('Changes are signed by Ann <ann@example.com>, as git has it.')
  expect(out).toMatch(/Imported \d+ tasks from backlog/)
  expect(out).toContain('Installed the git hooks')
  const list = join(demo, '..', 'repos.yaml')
  expect(readFileSync(list, 'utf8')).toMatch(/name: demo[\s\S]*name: other/)
  expect((await mhvJson(demo, 'hooks', 'status')).alive).toBe(true)

  const [tip, text] = [git(demo, 'rev-parse', 'refs/mtos/tasks'), readFileSync(list, 'utf8')]
  const again = await mhvProcess(demo, ['init', '--yes'])
  expect(again.out).toContain('all of them are here')
  expect(again.out).toContain('Next: mhv tc')
  expect([git(demo, 'rev-parse', 'refs/mtos/tasks'), readFileSync(list, 'utf8')]).toEqual([tip, text])
})

describe('a step that fails is told, with what leads out, and the next one is taken', () => {
  const goesOn = async (demo: string, error: string, env = {}) => {
    const { code, out, err } = await mhvProcess(demo, ['init', '--yes'], { env })
    expect(err).toContain(error)
    expect(err).toContain('  Try:\n')
    expect(out).toContain('3 of 3: what is here already')
    expect(out).toMatch(/Imported \d+ tasks from backlog/)
    expect(out).toContain('Installed the git hooks')
    return code
  }

  test('a list of repositories that cannot be read', async () => {
    const demo = repositoryWithHistory()
    const list = join(demo, '..', 'repos.yaml')
    writeFileSync(list, 'repos: [\n')
    // What was agreed to is not done.
    expect(await goesOn(demo, 'REPOS_INVALID')).toBe(2)
    expect(readFileSync(list, 'utf8')).toBe('repos: [\n')
  })

  test('one that was named and is not there', async () => {
    const demo = repositoryWithHistory()
    expect(await goesOn(demo, 'NO_FEDERATION', { MHV_REPOS: '/nope/repos.yaml' })).toBe(1)
  })
})

test('without an identity --yes says how to get one, and does the rest that it can', async () => {
  const demo = temporaryRepository()
  for (const key of ['user.name', 'user.email']) git(demo, 'config', key, '')
  git(demo, 'config', 'user.useConfigOnly', 'true')
  cpSync(BACKLOG, join(demo, 'backlog'), { recursive: true })
  const offered = await mhvProcess(demo, ['init'])
  expect(offered).toMatchObject({ code: 0, err: '' })
  expect(offered.out).toContain('(7 tasks): mhv task import backlog --from backlog')
  const { code, out } = await mhvProcess(demo, ['init', '--yes'])
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('git config user.name') })
  expect(out).toContain('not imported, since git does not know you. Once it does: mhv init --yes')
  expect(out).toContain('mhv task import backlog --from backlog')
  expect(out).toContain('Installed the git hooks')
})

test('what was imported and taken back is said to be deleted, with the command that brings it back', async () => {
  const demo = temporaryRepository()
  writeFileSync(join(demo, 'jira.csv'), 'Issue key,Summary,Status\nP-1,One,Open\n')
  expect((await mhvProcess(demo, ['init', '--yes'])).out).toContain('Imported 1 task from jira as #1.')
  expect((await mhv(demo, 'undo')).code).toBe(0)
  const again = (await mhvProcess(demo, ['init', '--yes'])).out
  expect(again).toContain('Jira: jira.csv (1 task): nothing to import.\n1 task of the file is deleted here.')
  expect(again).toContain('mhv task restore 1')
})

test('files that no tracker wrote, and lists without a task, are neither imported nor named', async () => {
  const demo = temporaryRepository()
  writeFileSync(join(demo, 'posts.json'), '[{"id":1,"title":"My holiday","status":"draft"}]')
  writeFileSync(join(demo, 'products.csv'), 'id,title,status,price\n1,Lamp,open,20\n')
  writeFileSync(join(demo, 'prs.json'), '[{"number":1,"title":"A","state":"OPEN","url":"https://github.com/o/r/pull/1"}]') // biome-ignore format: a row
  for (const words of [['init'], ['init', '--yes']]) {
    const { code, out, err } = await mhvProcess(demo, words)
    expect(code).toBe(0)
    expect(out + err).not.toMatch(/import|posts|products|prs/i)
  }
  expect((await mhvJson(demo, 'tl', '--status', 'all')).total).toBe(0)
})

test('a list further up is added to with what lies beside this repository', async () => {
  const demo = temporaryRepository()
  const above = dirname(demo)
  const [one, other] = ['one', 'other'].map((name) => join(above, 'group', name))
  for (const path of [one!, other!, join(above, 'stranger')]) git(above, 'init', '--quiet', path)
  writeFileSync(join(above, 'repos.yaml'), 'repos:\n  - {name: demo, path: demo}\n')
  expect((await mhvProcess(one!, ['init', '--yes'])).code).toBe(0)
  const list = readFileSync(join(above, 'repos.yaml'), 'utf8')
  expect(list).toMatch(/name: one[\s\S]*name: other/)
  expect(list).not.toContain('stranger')
})

test('--yes and --json contradict each other', async () => {
  const { error } = await mhvJson(temporaryRepository(), 'init', '--yes')
  expect(error).toMatchObject({ name: 'USAGE', message: expect.stringContaining('--json has none of them') })
})

test.skipIf(!hasTerminal)('in a terminal each step may be declined, and is offered again', async () => {
  const demo = repositoryWithHistory()
  const terminal = await openTerminal(demo, { columns: 110, rows: 50 })
  onTestFinished(() => terminal.close())
  // A question that is wider than the screen goes over several lines.
  const answer = async (question: RegExp, key: string) => {
    await terminal.until((screen) => question.test(screen.split('\n').slice(-3).join(' ')))
    terminal.type(key)
    terminal.keys('Enter')
  }
  terminal.type('mhv init; echo "ended $?"')
  terminal.keys('Enter')
  await answer(/List demo, other in .*\[y\/N\]$/, 'maybe')
  await answer(/“maybe” is neither yes nor no.*\[y\/N\]$/, 'n')
  await answer(/Import Backlog\.md.*\[y\/N\]$/, 'y')
  await answer(/after your own \(post-commit\)\? \[y\/N\]$/, 'n')
  await terminal.until('ended 0')
  expect(existsSync(join(demo, '..', 'repos.yaml'))).toBe(false)
  expect((await mhvJson(demo, 'tl', '--status', 'all')).total).toBeGreaterThan(5)

  terminal.type('clear; mhv init; echo "ended again $?"')
  terminal.keys('Enter')
  await answer(/List demo, other in .*\[y\/N\]$/, 'y')
  // What was done is not asked for again.
  await answer(/post-commit\)\? \[y\/N\]$/, 'y')
  expect(await terminal.until('ended again 0')).toContain('all of them are here')
  expect(existsSync(join(demo, '..', 'repos.yaml'))).toBe(true)
  expect((await mhvJson(demo, 'hooks', 'status')).alive).toBe(true)
})

test.skipIf(!hasTerminal)('who git does not know is asked for a name, kept in this repository', async () => {
  const demo = temporaryRepository()
  for (const key of ['user.name', 'user.email']) git(demo, 'config', key, '')
  git(demo, 'config', 'user.useConfigOnly', 'true')
  const terminal = await openTerminal(demo)
  onTestFinished(() => terminal.close())
  terminal.type('mhv init; echo "ended $?"')
  terminal.keys('Enter')
  for (const [question, text] of [
    ['Your name', 'Bo'],
    ['Your e-mail', 'not an address'],
    ['“not an address” has to have one @', '\u0015bo@example.com'],
  ] as const) {
    await terminal.until(question)
    terminal.type(text)
    terminal.keys('Enter')
  }
  await terminal.until('Install git hooks')
  // To leave a question leaves the rest, too.
  terminal.keys('C-c')
  const screen = await terminal.until('ended 130')
  expect(screen).toContain('The rest is offered again by: mhv init')
  expect((await mhvJson(demo, 'hooks', 'status')).installed).toBe(false)
  expect(git(demo, 'config', '--local', 'user.email')).toBe('bo@example.com')
  expect((await mhvJson(demo, 'tc', 'Fix it', '--no-parse')).task.created_by).toContain('Bo')
})

test.skipIf(!hasTerminal)(
  'stopped at a question, init goes on with it; who one is can be told another time',
  async () => {
    const demo = repositoryWithHistory()
    for (const key of ['user.name', 'user.email']) git(demo, 'config', key, '')
    const terminal = await openTerminal(demo, { columns: 110, rows: 50 })
    onTestFinished(() => terminal.close())
    terminal.type('mhv init; echo "ended $?"')
    terminal.keys('Enter')
    await terminal.until(/Your name \(Enter: another time\)/)
    terminal.keys('Enter')
    await terminal.until(/List demo, other in .*\[y\/N\]$/s)
    terminal.keys('C-z')
    await terminal.until(/Stopped|suspended/)
    terminal.type('clear; fg')
    terminal.keys('Enter')
    await terminal.until(/\[y\/N\]$/)
    terminal.type('y')
    terminal.keys('Enter')
    await terminal.until(/Listed demo, other/)
  },
)
