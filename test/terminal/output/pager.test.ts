import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { mhv, mhvProcess } from '../../support/cli.ts'
import { temporaryRepository } from '../../support/repository.ts'
import { hasTerminal, openTerminal, PROMPT, type Terminal } from '../../support/tmux.ts'

/** A pager that says what it was given, and by which name it was found. */
const saying = (name: string) => `sed -e '1i paged by ${name}' | head -n 3`

async function withTasks(count: number): Promise<string> {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      source: 'x',
      id: `x-${i}`,
      title: `Task ${i}`,
      status: 'open',
      created_at: '2026-11-01T00:00:00Z',
    }),
  )
  expect(
    await mhvProcess(cwd, ['task', 'import', '-', '--format', 'jsonl'], { input: lines.join('\n') }),
  ).toMatchObject({
    code: 0,
  })
  return cwd
}

async function opened(cwd: string, env: Record<string, string> = {}): Promise<Terminal> {
  const terminal = await openTerminal(cwd, { columns: 80, rows: 12 }, env)
  onTestFinished(() => terminal.close())
  return terminal
}

let runs = 0
const run = async (terminal: Terminal, line: string) => {
  // The screen still shows the end of the one before when this one is typed.
  const end = `run ${++runs} ended`
  terminal.type(`clear; ${line}; echo "run ${runs}" "ended $?"`)
  terminal.keys('Enter')
  await terminal.until(end)
  return terminal.screen()
}

test.skipIf(!hasTerminal)(
  'what is longer than the screen goes through the pager that was chosen, in the order of git',
  async () => {
    const cwd = await withTasks(40)
    execFileSync('git', ['config', 'core.pager', saying('git')], { cwd })
    const terminal = await opened(cwd)
    expect(await run(terminal, 'mhv tl')).toContain('paged by git')
    expect(await run(terminal, `GIT_PAGER="${saying('GIT_PAGER')}" mhv tl`)).toContain('paged by GIT_PAGER')
    expect(await run(terminal, `MHV_PAGER="${saying('mhv')}" mhv tl`)).toContain('paged by mhv')
    // What fits is written as it is.
    expect(await run(terminal, 'mhv tl --limit 3')).not.toContain('paged by')
    for (const line of ['mhv tl --no-pager', 'mhv --no-pager tl', 'MHV_PAGER=cat mhv tl', 'mhv tl --plain']) {
      expect(await run(terminal, line)).not.toContain('paged by')
    }
    for (const line of [
      'mhv tl --json',
      'mhv tl --format csv',
      "mhv tl --format '{title}'",
      'mhv tl | cat',
    ]) {
      expect(await run(terminal, line)).not.toContain('paged by')
    }
    // A pager that is not there hides no answer.
    expect(await run(terminal, 'MHV_PAGER=no-such-pager mhv tl')).toMatch(/Task \d+[\s\S]*ended 0/)
  },
)

test.skipIf(!hasTerminal)(
  'so do help and every command whose answer is written in pieces, and an error comes after it',
  async () => {
    const cwd = await withTasks(40)
    const terminal = await opened(cwd, { MHV_PAGER: saying('mhv') })
    for (const line of ['mhv help', 'mhv tl --help', 'mhv task --help', 'mhv config list', 'mhv explain']) {
      expect({ line, shown: await run(terminal, line) }).toMatchObject({
        line,
        shown: expect.stringContaining('paged by mhv'),
      })
    }
    for (const line of [
      'mhv help --no-pager',
      'mhv --no-pager tl --help',
      'mhv config list --json',
      'mhv help | cat',
    ]) {
      expect(await run(terminal, line)).not.toContain('paged by')
    }
    // Short answers are written as they are.
    expect(await run(terminal, 'mhv doctor')).toMatch(/^Nothing is wrong/)
    writeFileSync(join(cwd, '.mhvrc.yaml'), 'gates: [{name: lint, command: no-such-program}]\n')
    const failed = await run(terminal, 'mhv preflight')
    expect(failed).toMatch(/paged by mhv[\s\S]*Error MHV-\d+ PREFLIGHT_FAILED[\s\S]*ended 1/)
  },
)

test.skipIf(!hasTerminal)('the pager is left early without a failure, and Ctrl-C is its own', async () => {
  const cwd = await withTasks(40)
  const terminal = await opened(cwd, { PAGER: 'less', GIT_PAGER: 'less' })
  const before = terminal.modes()
  terminal.type('mhv tl; echo "ended $?"')
  terminal.keys('Enter')
  await terminal.until((screen) => screen.endsWith(':'))
  terminal.keys('C-c')
  // What is typed at once goes with what Ctrl-C throws away.
  await pause(300)
  terminal.keys('Space')
  await terminal.until(/Task 1\d/)
  terminal.keys('q')
  await terminal.until('ended 0')
  await terminal.until((screen) => screen.endsWith(PROMPT))
  expect(terminal.modes()).toBe(before)
})
