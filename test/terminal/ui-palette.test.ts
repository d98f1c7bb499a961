import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { demoWith } from '../support/hand-made.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT, type Size, type Terminal } from '../support/tmux.ts'

interface Opened extends Terminal {
  /** Lines that were kept, the newest first. */
  readonly kept: () => string[]
}

/** The full-screen view opened in a directory, with a history of its own. */
async function uiIn(directory: string, size?: Size, line = 'mhv ui'): Promise<Opened> {
  const state = temporaryDirectory()
  const terminal = await openTerminal(directory, size, { XDG_STATE_HOME: state })
  onTestFinished(() => terminal.close())
  terminal.type(line)
  terminal.keys('Enter')
  await terminal.until(/\? help/)
  const file = join(state, 'mhv', 'palette.json')
  return {
    ...terminal,
    kept: () =>
      existsSync(file)
        ? JSON.parse(readFileSync(file, 'utf8')).lines.map(({ line: kept }: { line: string }) => kept)
        : [],
  }
}

const three = () => demoWith('Fix auth bug', 'Write release notes', 'Tidy the cellar')

describe.runIf(hasTerminal)('the palette in the full-screen view', () => {
  test.each([
    { columns: 80, rows: 24 },
    { columns: 200, rows: 50 },
    { columns: 60, rows: 12 },
  ])('opens over the list at %j, and Esc leaves the list as it was', async (size) => {
    const terminal = await uiIn(await three(), size)
    const before = await terminal.until('created')
    terminal.keys('C-k')
    const shown = await terminal.until(/^ mhv › *\n❯ task {5}#1 Fix auth bug +pending medium$/m)
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(size.columns)
    expect(shown).toMatch(/ Enter do it {2}> commands {2}# tasks {2}@ worktrees {2}↑ history/)
    terminal.keys('Escape')
    await terminal.until((screen) => screen === before)
    expect(terminal.kept()).toEqual([])
    terminal.keys('q')
    await terminal.until((screen) => screen.endsWith(PROMPT))
  })

  test('finds a task by some of its letters, goes to it, and does what is chosen', async () => {
    const demo = await three()
    const terminal = await uiIn(demo)
    terminal.keys('C-k')
    terminal.type('rlsnt')
    await terminal.until(/❯ task {5}#2 Write release notes/)
    const letters = terminal.screen({ colours: true })
    expect(letters).toContain('\u001b[4m')
    terminal.keys('Enter')
    await terminal.until(/> +2 pending[\s\S]*#2 Write release notes › *\n❯ show +everything about it/)
    terminal.type('block')
    await terminal.until(/❯ block +say what is in the way/)
    terminal.keys('Enter')
    await terminal.until(/ reason: .*/)
    terminal.type('no paper')
    terminal.keys('Enter')
    await terminal.until(/❯ run +mhv task block 2 --reason 'no paper'/)
    terminal.keys('Enter')
    await terminal.until(/2 blocked/, 40)
    expect((await mhvJson(demo, 'task', 'show', '2')).task).toMatchObject({
      status: 'blocked',
      reason: 'no paper',
    })
    expect(terminal.kept()).toEqual(["task block 2 --reason 'no paper'"])
    // What can be done goes by the status that the task has now.
    terminal.keys('C-k')
    terminal.type('#release')
    await terminal.until(/❯ task {5}#2 Write release notes +blocked/)
    terminal.keys('Enter')
    await terminal.until(/ {2}unblock +nothing is in the way/)
  })

  test('runs a line that is typed, and ↑ brings back what ran here and from bare mhv', async () => {
    const demo = await three()
    const terminal = await uiIn(demo)
    terminal.type(':task history 1')
    await terminal.until(/❯ run +mhv task history 1/)
    terminal.keys('Enter')
    await terminal.until(/task history 1 +done[\s\S]*TaskCreated/)
    terminal.keys('C-k')
    await terminal.until(/mhv › *\n❯ (?:recent|task)/)
    terminal.keys('Up')
    await terminal.until(/^ mhv › task history 1 *\n❯ run/m)
    terminal.keys('Escape')
    await terminal.until(/\? help/)
    terminal.keys('q')
    await terminal.until((screen) => screen.endsWith(PROMPT))
    terminal.type('mhv')
    terminal.keys('Enter')
    await terminal.until(/❯ recent +task history 1/)
    terminal.type('tl --limit 1')
    terminal.keys('Enter')
    await terminal.until(/\$ mhv tl --limit 1\n[\s\S]*Fix auth bug[\s\S]*ready\$$/)
    terminal.type('mhv ui')
    terminal.keys('Enter')
    await terminal.until(/\? help/)
    terminal.keys('C-k')
    await terminal.until(/❯ recent +tl --limit 1 *\n {2}recent +task history 1/)
    terminal.keys('Up', 'Up', 'Down')
    await terminal.until(/ mhv › tl --limit 1 *\n/)
    expect(terminal.kept()).toEqual(['tl --limit 1', 'task history 1'])
  })

  test('makes a task of a text, and searches for one', async () => {
    const demo = await three()
    const terminal = await uiIn(demo)
    terminal.keys('C-k')
    terminal.type('Paint the fence')
    await terminal.until(/❯ search +search “Paint the fence”\n {2}create +create task “Paint the fence”/)
    terminal.keys('Down', 'Enter')
    await terminal.until(/ 4 pending +Paint the fence/, 40)
    terminal.keys('C-k')
    terminal.type('zebra')
    await terminal.until(/❯ search +search “zebra”/)
    terminal.keys('Enter')
    await terminal.until(/no tasks · open · “zebra” · ranked/, 40)
  })

  test('opens while gates run, and keeps a line that has to wait for them', async () => {
    const demo = await three()
    const go = join(demo, '..', 'go')
    writeFileSync(
      join(demo, '.mhvrc.yaml'),
      `gates: [{ name: slow, command: 'until [ -e "${go}" ]; do sleep 0.1; done' }]\n`,
    )
    git(demo, 'add', '.mhvrc.yaml')
    git(demo, 'commit', '--quiet', '--message', 'Gates')
    expect((await mhv(demo, 'start', '1')).code).toBe(0)
    const terminal = await uiIn(demo)
    terminal.type('d')
    await terminal.until(/slow +runs/)
    terminal.keys('C-k')
    terminal.type('#release')
    await terminal.until(/❯ task {5}#2 Write release notes/)
    terminal.keys('C-c')
    await terminal.until(/\? help/)
    terminal.keys('C-k')
    terminal.type('task history 1')
    await terminal.until(/❯ run +mhv task history 1/)
    terminal.keys('Enter')
    await terminal.until(
      /mhv › task history 1 *\n Wait for “Complete #1” to end[\s\S]*❯ run +mhv task history 1/,
    )
    writeFileSync(go, '')
    await terminal.until((screen) => !screen.includes('Wait for'), 40)
    terminal.keys('Enter')
    await terminal.until(/task history 1 +done[\s\S]*TaskCreated/)
  })

  test('goes to a worktree among the worktrees', async () => {
    const demo = await three()
    for (const number of ['1', '2']) expect((await mhv(demo, 'start', number)).code).toBe(0)
    const terminal = await uiIn(demo)
    terminal.keys('C-k')
    terminal.type('@task/2')
    await terminal.until(/❯ worktree task\/2/)
    terminal.keys('Enter')
    await terminal.until(/^> #2 in_progress Write release notes/m, 40)
  })

  test('knows the tasks of other repositories, and what is done to them is done there', async () => {
    const { at } = await federationOf({ akosha: ['Weigh the hits'], 'session-buddy': ['Keep trails'] })
    const terminal = await uiIn(at('akosha'))
    await mhv(at('session-buddy'), 'tl')
    terminal.keys('C-k')
    terminal.type('trails')
    await terminal.until(/❯ task +session-buddy#1 Keep trails/)
    terminal.keys('Enter')
    await terminal.until(/session-buddy#1 Keep trails › *\n/)
    terminal.type('start')
    terminal.keys('Enter')
    await terminal.until(/task start session-buddy#1: done/, 40)
    expect((await mhvJson(at('session-buddy'), 'task', 'show', '1')).task.status).toBe('in_progress')
  })
})
