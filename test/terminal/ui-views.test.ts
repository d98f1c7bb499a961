import { describe, expect, onTestFinished, test } from 'vitest'
import { mhvJson, mhvProcess } from '../support/cli.ts'
import { cloneFor, mergeFrom } from '../support/clones.ts'
import { federationOf } from '../support/federation.ts'
import { gatedRepository } from '../support/gates.ts'
import { demoWith } from '../support/hand-made.ts'
import { hasTerminal, openTerminal, type Size, type Terminal } from '../support/tmux.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

/** The full-screen view opened in a directory. */
async function uiIn(
  directory: string,
  line = 'mhv ui',
  env: Readonly<Record<string, string>> = {},
  size?: Size,
): Promise<Terminal> {
  const terminal = await openTerminal(directory, size, env)
  onTestFinished(() => terminal.close())
  terminal.type(line)
  terminal.keys('Enter')
  await terminal.until(/\? help/)
  return terminal
}

/** #3 waits for #2, which waits for #1; #4 is alone. */
async function chain(): Promise<string> {
  const demo = await demoWith('Lay bricks', 'Build walls', 'Put on the roof', 'Paint the fence')
  await run(demo, 'task', 'depend', '2', '--on', '1')
  await run(demo, 'task', 'depend', '3', '--on', '2')
  return demo
}

/** The part of the screen that a view has beside the task. */
const leftOf = (screen: string) =>
  screen
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split('│')[0]!.trimEnd())
    .join('\n')
    .trimEnd()

const statusOf = async (demo: string, number: number): Promise<string> =>
  (await mhvJson(demo, 'task', 'show', `${number}`)).task.status

describe.runIf(hasTerminal)('beside the list', () => {
  test('the board moves a card with the command that does so everywhere, and the cursor goes with it', async () => {
    const demo = await chain()
    const terminal = await uiIn(demo)
    terminal.keys('2')
    await terminal.until(/pending 4 +blocked 0 +in_progress 0 +completed 0\n> #1 Lay bricks/)
    terminal.type('.')
    await terminal.until(/pending 3 .*in_progress 1 .*\n.*> #1 Lay bricks/)
    expect(await statusOf(demo, 1)).toBe('in_progress')
    terminal.type(',')
    await terminal.until('Block, because #1:')
    terminal.type('no bricks')
    terminal.keys('Enter')
    await terminal.until(/blocked 1 +in_progress 0/)
    expect((await mhvJson(demo, 'task', 'show', '1')).task).toMatchObject({
      status: 'blocked',
      reason: 'no bricks',
    })
    terminal.keys('u')
    await terminal.until(/blocked 0 +in_progress 1/)
    terminal.keys('Left', 'Left', 'Down')
    await terminal.until(/> #3 \(waiting\) Put/)
  })

  test('a board for which there is no room shows the columns around the cursor', async () => {
    const terminal = await uiIn(await chain(), 'mhv ui --view board', {}, { columns: 60, rows: 20 })
    await terminal.until(/pending 4 +blocked 0 +in_progress 0$/m)
    terminal.keys('Right', 'Right', 'Right')
    await terminal.until(/blocked 0 +in_progress 0 +completed 0$/m)
  })

  test('the graph, with the task of each line', async () => {
    const terminal = await uiIn(await chain())
    terminal.keys('3')
    const screen = await terminal.until('└─ #2')
    expect(leftOf(screen)).toBe(
      '> #3 pending Put on the roof\n  └─ #2 pending Build walls\n     └─ #1 pending Lay bricks',
    )
    terminal.keys('Down', 'Down')
    await terminal.until(/│ #1 Lay bricks/)
    // Every action works here too, on the task that the cursor is on.
    terminal.keys('c')
    await terminal.until('Comment on #1:')
  })

  test('the plan, which is read while keys are answered', async () => {
    const terminal = await uiIn(await chain())
    terminal.keys('4')
    terminal.keys('?')
    await terminal.until('Esc')
    terminal.keys('Escape')
    const screen = await terminal.until('Level 3')
    expect(leftOf(screen).split('\n').slice(0, 9)).toEqual([
      '> 4 tasks in 3 levels',
      '  16 h of work, 12 h at least',
      '',
      '  Critical path, 12 h',
      '  #1     4* h      path  Lay bricks',
      '  #2     4* h      path  Build walls',
      '  #3     4* h      path  Put on the roof',
      '',
      '  Can run now',
    ])
  })

  test('worktrees; one is removed by a key', async () => {
    const demo = await chain()
    await run(demo, 'start', '4')
    const terminal = await uiIn(demo)
    terminal.keys('5')
    await terminal.until(/#4 in_progress Paint the fence\n +task\/4 .*4-paint-the-fence +no work yet/)
    terminal.keys('Down', 'r')
    await terminal.until(/#4 is in progress without a worktree here: Paint the fence/)
    expect((await mhvJson(demo, 'worktree', 'list')).worktrees).toHaveLength(1)
    await terminal.until('Removed the worktree of #4; u, or mhv worktree undo 4, brings it back.')
    terminal.keys('u')
    await terminal.until(/Brought the worktree of #4 back\./)
    await terminal.until(/#4 in_progress Paint the fence\n +task\/4 .*4-paint-the-fence/)
    expect((await mhvJson(demo, 'worktree', 'list')).worktrees).toHaveLength(2)
    // Then the command before that is the last one.
    terminal.keys('u')
    await terminal.until(/Undone: #4 Paint the fence \(pending\)/)
  })

  test('gates run while one looks on, and their last results stay', async () => {
    const demo = await gatedRepository([
      { name: 'style', command: 'true' },
      { name: 'slow', command: 'sleep 2; echo too slow >&2; false' },
    ])
    await run(demo, 'tc', 'Fix auth bug')
    const { worktree } = await mhvJson(demo, 'start', '1')
    const terminal = await uiIn(worktree)
    terminal.keys('6')
    await terminal.until('none recorded yet')
    terminal.keys('r')
    const seen = await terminal.until(/style +passed/)
    expect(seen).toMatch(/slow +runs/)
    await terminal.until(/slow +failed/)
    await terminal.until('GATE_FAILED')
    terminal.keys('Escape')
    await terminal.until((screen) => !screen.includes('GATE_FAILED'))
    terminal.keys('d')
    await terminal.until(/#1 failed Fix auth bug\s+│.*\n +style +passed.*\n +slow +failed/)
  })

  test('a click selects, in every view, and the wheel moves', async () => {
    const terminal = await uiIn(await chain())
    const report = (code: number, x: number, y: number) => terminal.type(`\u001b[<${code};${x};${y}M`)
    const click = (x: number, y: number) => report(0, x, y)
    terminal.keys('2')
    await terminal.until(/> #1 Lay bricks/)
    click(5, 5)
    await terminal.until(/> #3 \(waiting\)/)
    terminal.keys('3')
    await terminal.until('└─ #2')
    click(9, 4)
    await terminal.until(/│ #1 Lay bricks/)
    terminal.keys('4')
    await terminal.until('Level 3')
    click(5, 7)
    await terminal.until(/│ #2 Build walls[\s\S]*> #2 /)
    terminal.keys('7')
    await terminal.until('2. #4')
    click(5, 6)
    await terminal.until(/│ #4 Paint the fence/)
    report(64, 5, 6)
    await terminal.until(/│ #1 Lay bricks/)
  })

  test('predictions, and what is told of one task', async () => {
    const terminal = await uiIn(await chain())
    terminal.keys('7')
    await terminal.until(/1\. #1 pending Lay bricks[\s\S]*2\. #4 pending Paint the fence/)
    terminal.keys('Down', 'p')
    await terminal.until(/│ predict 4 +done/)
  })

  test('conflicts, of which one is settled by a key', async () => {
    withEnvironment({ MHV_NOW: '2026-11-20T10:00:00.000Z' })
    const demo = await demoWith('Fix auth bug')
    const other = await cloneFor(demo, 'Ben')
    await run(demo, 'task', 'edit', '1', '--title', 'Anns')
    withEnvironment({ MHV_NOW: '2026-11-20T10:01:00.000Z' })
    await run(other, 'task', 'edit', '1', '--title', 'Bens')
    await mergeFrom(demo, other)
    const terminal = await uiIn(demo)
    terminal.keys('8')
    await terminal.until(/#1 title Bens[\s\S]*lost “Anns” by Ann[\s\S]*won {2}“Bens” by Ben/)
    terminal.keys('t')
    await terminal.until('No concurrent change has lost')
    expect((await mhvJson(demo, 'task', 'show', '1')).task.title).toBe('Anns')
  })

  test('several repositories: each task by its repository, and commands in the right one', async () => {
    const { directory, at } = await federationOf({ akosha: ['Store'], crackerjack: ['Ship'] })
    await run(at('crackerjack'), 'task', 'depend', '1', '--on', 'akosha#1')
    const terminal = await uiIn(directory, 'mhv ui --all')
    await terminal.until(/akosha#1 +pending[\s\S]*crackerjack#1 +waiting/)
    expect(terminal.screen()).toMatch(/│ akosha#1 Store/)
    terminal.keys('2')
    await terminal.until(/pending 2 /)
    terminal.keys('3')
    await terminal.until(/> crackerjack#1 pending Ship[\s\S]*└─ akosha#1 pending Store/)
    terminal.keys('4')
    await terminal.until(/Critical path, \d+ h\s+│.*\n +akosha#1/)
    terminal.keys('7')
    await terminal.until(/1\. akosha#1 pending Store/)
    terminal.keys('s')
    await terminal.until(/1\. akosha#1 in_progress Store/)
    terminal.keys('5')
    await terminal.until(/akosha#1 in_progress Store\n +task\/1 /)
    terminal.keys('8')
    await terminal.until('No concurrent change has lost')
    terminal.keys('6')
    await terminal.until(/> akosha#1 in_progress Store/)
    terminal.keys('r')
    await terminal.until(/gate run akosha#1 +done/)
  })

  test('two repositories: what is done to a task is done in its own, and taken back there', async () => {
    const { directory, at } = await federationOf({ akosha: ['Store'], crackerjack: ['Ship', 'Sell'] })
    const other = at('crackerjack')
    const titles = async (name: string) =>
      (await mhvJson(at(name), 'tl')).tasks.map(({ title }: { title: string }) => title)
    const terminal = await uiIn(directory, 'mhv ui --all', {}, { columns: 120, rows: 30 })
    await terminal.until(
      /1 of 3[\s\S]*akosha#1 +pending[\s\S]*crackerjack#1 +pending[\s\S]*crackerjack#2 +pending/,
    )
    terminal.keys('End')
    await terminal.until(/> +crackerjack#2/)
    terminal.type('et')
    terminal.keys('C-u')
    terminal.type('Sell it')
    terminal.keys('Enter')
    await terminal.until(/Set the title of crackerjack#2 Sell it/)
    expect(await titles('akosha')).toEqual(['Store'])
    expect(await titles('crackerjack')).toContain('Sell it')
    terminal.type('s')
    await terminal.until(/Started crackerjack#2 Sell it \(in_progress\)[\s\S]*Worktree: /, 40)
    expect(await statusOf(other, 2)).toBe('in_progress')
    terminal.type('d')
    await terminal.until(/Completed crackerjack#2 Sell it \(completed\)/, 40)
    expect(await statusOf(other, 2)).toBe('completed')
    // The cursor is on a task of either now: what was done here last is what is taken back.
    terminal.keys('Home')
    await terminal.until(/> +akosha#1/)
    terminal.type('u')
    await terminal.until(/Undone: crackerjack#2 Sell it \(in_progress\)/, 40)
    expect(await statusOf(other, 2)).toBe('in_progress')
    expect(await statusOf(at('akosha'), 1)).toBe('pending')
    await mhvProcess(other, ['tc', 'From elsewhere', '--no-parse'])
    await terminal.until(/crackerjack#3 +pending/)
    await mhvProcess(at('akosha'), ['task', 'cancel', '1', '--reason', 'no'])
    await terminal.until((seen) => !/akosha#1 +pending/.test(seen))
  })

  test('all of it at 200×50, each view with its name', async () => {
    const terminal = await uiIn(await chain(), 'mhv ui', {}, { columns: 200, rows: 50 })
    await terminal.until(
      /1 List {2}2 Board {2}3 Graph {2}4 Plan {2}5 Worktrees {2}6 Gates {2}7 Predictions {2}8 Conflicts/,
    )
    terminal.keys('4')
    await terminal.until(/#3 pending +4\* h +path {2}Put on the roof +after #2/)
  })
})

describe.runIf(hasTerminal)('what it looks like', () => {
  const described = async () => {
    const demo = await demoWith('Fix auth bug')
    const text = '# Why\n\nIt is **bold** and `code`.\n\n- [x] one\n- two\n\n```ts\nconst x = 1 // y\n```\n'
    await run(demo, 'task', 'edit', '1', '--description', text)
    return demo
  }
  const colours = (terminal: Terminal) =>
    new Set(terminal.screen({ colours: true }).match(/\u001b\[[34]8;5;\d+m|\u001b\[(?:3|4|9|10)[0-7]m/g))

  test('Markdown is shown as what it means', async () => {
    const terminal = await uiIn(await described())
    const screen = await terminal.until('const x = 1')
    const text = screen.split('\n').map((line) => line.split('│ ')[1]?.trimEnd() ?? '')
    expect(text.slice(text.indexOf('Why')).slice(0, 8)).toEqual([
      'Why',
      '',
      'It is bold and `code`.',
      '',
      '[x] one',
      '• two',
      '',
      'const x = 1 // y',
    ])
    expect(terminal.screen({ colours: true })).toMatch(/1mbold/)
  })

  test('a light theme where the terminal is light, and where it is asked for', async () => {
    const demo = await described()
    const asked = await uiIn(demo, 'mhv ui --theme light')
    expect(colours(asked)).toContain('\u001b[48;5;231m')
    const auto = await uiIn(demo, 'mhv ui', { COLORFGBG: '0;15' })
    expect(colours(auto)).toContain('\u001b[48;5;231m')
    const usual = await uiIn(demo)
    expect(colours(usual)).not.toContain('\u001b[48;5;231m')
  })

  test('in CI too it has its colours, and with NO_COLOR none', async () => {
    const demo = await described()
    expect(colours(await uiIn(demo, 'mhv ui', { CI: 'true' })).size).toBeGreaterThan(3)
    const plain = await uiIn(demo, 'mhv ui', { NO_COLOR: '1' })
    expect([...colours(plain)]).toEqual([])
    expect(plain.screen({ colours: true })).toMatch(/\u001b\[(?:0;)?7m[^\n]*> +1 pending/)
  })

  test('a theme that there is not is refused before anything is drawn', async () => {
    const demo = await described()
    const terminal = await openTerminal(demo)
    onTestFinished(() => terminal.close())
    terminal.type('mhv ui --theme drak; echo "ended $?"')
    terminal.keys('Enter')
    await terminal.until(/did you mean dark\?[\s\S]*mhv ui --theme dark\n[\s\S]*ended 2/)
  })
})
