import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mhvJson } from '../support/cli.ts'
import { type AnyGate, gatedRepository } from '../support/gates.ts'
import { temporaryDirectory } from '../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT, type Terminal } from '../support/tmux.ts'
import { run } from '../support/use-tasks.ts'

/** The full-screen view over a task that these gates are for, in its worktree. */
async function uiWith(...gates: readonly AnyGate[]): Promise<Terminal> {
  const demo = await gatedRepository(gates)
  await run(demo, 'tc', 'Fix auth bug')
  await run(demo, 'tc', 'Write notes')
  const { worktree } = await mhvJson(demo, 'start', '1')
  const terminal = await openTerminal(worktree)
  onTestFinished(() => terminal.close())
  terminal.type('mhv ui')
  terminal.keys('Enter')
  await terminal.until(/\? help/)
  return terminal
}

const isAlive = (pid: string): boolean => {
  try {
    process.kill(Number(pid), 0)
    return true
  } catch {
    return false
  }
}

/** A gate that writes down its process, and goes on until it is ended. */
function endless(): { gate: AnyGate; pids: () => string[] } {
  const file = join(temporaryDirectory(), 'pids')
  // The second one does not let itself be asked.
  const command = `echo $$ >> '${file}'; (trap '' TERM; sh -c 'echo $PPID' >> '${file}'; while :; do sleep 1; done) & while :; do echo busy; sleep 0.2; done`
  return {
    gate: { name: 'endless', command },
    pids: () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []),
  }
}

async function expectGone(pids: readonly string[]): Promise<void> {
  expect(pids).toHaveLength(2)
  for (let i = 0; i < 200 && pids.some(isAlive); i++) await pause(25)
  expect(pids.filter(isAlive)).toEqual([])
}

describe.runIf(hasTerminal)('gates in the full-screen view', () => {
  test('that they run is on the screen wherever one has gone, and that Ctrl+C ends them', async () => {
    const { gate, pids } = endless()
    const terminal = await uiWith(gate)
    terminal.keys('d')
    await terminal.until('busy')
    terminal.keys('C-k')
    await terminal.until(/^ \S+ {2}Complete #1 … · [\s\S]*do it/)
    terminal.keys('Escape')
    await terminal.until(/^ \S+ {2}Complete #1 … {2}Ctrl\+C ends it/)
    terminal.keys('Escape')
    await terminal.until((seen) => !seen.includes('busy'))
    // What is said of a key stands where it was said that something runs.
    terminal.type('s')
    await terminal.until(/^ \S+ {2}Complete #1 … {2}Ctrl\+C ends it[\s\S]*Wait for/)
    terminal.keys('Escape')
    terminal.keys('C-c')
    await terminal.until('Cancelled: Complete #1')
    expect(terminal.screen().split('\n')[0]).not.toContain('Complete #1')
    await expectGone(pids())
  })

  test('show what they print as it comes, harmless, with seconds that tick; then all of it can be read', async () => {
    const script =
      'for i in $(seq 1 40); do printf "\\033[31mstep %s\\033[0m\\n" $i; sleep 0.1; done; printf "10 %%\\r20 %%\\r99 %%"; sleep 1; echo; echo last; false'
    const terminal = await uiWith({ name: 'style', command: 'true' }, { name: 'slow', command: script })
    terminal.keys('6')
    await terminal.until('none recorded yet')
    terminal.keys('r')
    await terminal.until(/style +passed, 0 s[\s\S]*slow +runs, 0 s[\s\S]*│ {3}step 5\s/)
    await terminal.until(/slow +runs, 2 s/)
    // The rest answers meanwhile.
    terminal.keys('?')
    await terminal.until('a page down')
    terminal.keys('Escape')
    await terminal.until(/slow +runs, 3 s[\s\S]*step 3\d/)
    await terminal.until(/│ {3}99 %/)
    // Who has gone on to something else is not interrupted.
    terminal.type('/notes')
    await terminal.until(/ \/ notes/)
    await pause(6000)
    expect(terminal.screen()).not.toContain('GATE_FAILED')
    terminal.keys('Escape')
    await terminal.until('“gate run 1” failed.  v tells why')
    terminal.type('v')
    await terminal.until('GATE_FAILED', 40)
    terminal.keys('Escape')
    const end = await terminal.until((seen) => !seen.includes('GATE_FAILED'))
    expect(end).toMatch(
      /style +passed, 0 s[\s\S]*slow +failed, \d s[\s\S]*│ slow: failed[^\n]*\n[^\n]*│ step 1\n/,
    )
    terminal.keys('NPage', 'NPage', 'NPage')
    await terminal.until(/│ last\n/)
    terminal.keys('Escape')
    await terminal.until((seen) => !seen.includes('│ last'))
    terminal.type('v')
    await terminal.until(/slow +failed/)
    terminal.keys('End')
    await terminal.until(/GATE_FAILED[\s\S]*mhv /)
  })

  test('answer keys while one prints without end, and Ctrl+C ends all of it', async () => {
    const { gate, pids } = endless()
    const terminal = await uiWith(gate, { name: 'flood', command: 'yes "$(printf "\\033[2J%080d" 1)"' })
    terminal.keys('6')
    terminal.keys('r')
    await terminal.until(/endless +runs, 1 s[\s\S]*busy[\s\S]*flood +runs, 1 s[\s\S]*000/)
    const began = Date.now()
    terminal.keys('1', 'Down')
    await terminal.until(/> +2 pending/)
    terminal.type('2')
    await terminal.until(/in_progress 1/)
    expect(Date.now() - began).toBeLessThan(2000)
    expect(memoryOf(terminal)).toBeLessThan(400_000)
    terminal.keys('C-c')
    await terminal.until('Cancelled: gate run 1')
    await expectGone(pids())
  })

  test('whatever is said of them in the end can be read at 80×24', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `gate-${i}`)
    const terminal = await uiWith(...names.map((name) => ({ name, command: `echo from ${name}` })))
    terminal.type('d')
    await terminal.until(/Completed #1 [\s\S]*\n {3}… \d+ more lines: v shows all\n/, 40)
    terminal.type('v')
    terminal.keys('End')
    await terminal.until(/Output of gate-8[\s\S]*from gate-8/)
    terminal.keys('Home')
    const first = await terminal.until(/[│┃] Completed #1[\s\S]*Gate gate-0: passed/)
    terminal.keys('NPage')
    const second = await terminal.until((screen) => !screen.includes('Completed #1'))
    // Where the page ends depends on how long they took.
    for (const name of names) expect(first + second).toContain(`Gate ${name}: passed`)
  })

  test('end with the view where it is killed', async () => {
    const { gate, pids } = endless()
    const terminal = await uiWith(gate)
    terminal.type('6')
    terminal.type('r')
    await terminal.until(/endless +runs, 1 s/)
    process.kill(terminal.foreground(), 'SIGKILL')
    await expectGone(pids())
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGQUIT', 131],
  ])('end with the view where %s ends it, which is told once the terminal is back', async (signal, code) => {
    const { gate, pids } = endless()
    const terminal = await uiWith(gate)
    const modes = terminal.modes()
    terminal.type('d')
    await terminal.until(/endless +runs, 1 s/)
    process.kill(terminal.foreground(), signal)
    await terminal.until(/ended by SIG[A-Z]+ while “Complete #1” was running[\s\S]*mhv task show 1/)
    expect(terminal.screen()).toContain(`ended by ${signal} `)
    await terminal.until((seen) => seen.split('\n').at(-1) === PROMPT)
    expect(terminal.modes()).not.toBe(modes)
    terminal.type('echo ended with $?')
    terminal.keys('Enter')
    await terminal.until(`ended with ${code}`)
    await expectGone(pids())
  })

  test('end with the view', async () => {
    const { gate, pids } = endless()
    const terminal = await uiWith(gate)
    terminal.type('6')
    terminal.type('r')
    await terminal.until(/endless +runs, 1 s/)
    terminal.type('qy')
    await terminal.until((seen) => seen.split('\n').at(-1) === PROMPT)
    await expectGone(pids())
  })
})

/** Kilobytes of memory that the view takes. */
const memoryOf = (terminal: Terminal): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', `${terminal.foreground()}`], { encoding: 'utf8' }))
