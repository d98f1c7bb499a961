import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { mhv, PROGRAM } from '../support/cli.ts'
import { temporaryRepository } from '../support/repository.ts'

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/** Runs the built program with a terminal on all three streams, and gives what the terminal showed. */
function inTerminal(cwd: string, columns: number, ...argv: string[]) {
  const line = `stty cols ${columns} rows 24; ${[process.execPath, PROGRAM, ...argv].map(quote).join(' ')}`
  const linux = ['-qec', line, '/dev/null']
  const others = ['-q', '/dev/null', 'sh', '-c', line]
  const { status, stdout } = spawnSync('script', process.platform === 'linux' ? linux : others, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, TERM: 'xterm-256color', NO_COLOR: undefined, CI: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { code: status, shown: stdout.replaceAll('\r\n', '\n') }
}

const ESCAPE = String.fromCharCode(27)
const plain = (text: string) => text.replaceAll(new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]`, 'g'), '')

test('the same commands work with a terminal on every stream', async () => {
  const demo = temporaryRepository()
  for (const argv of [
    ['init'],
    ['tc', 'Fix auth bug', '--priority', 'critical'],
    ['tl'],
    ['task', 'show', '1'],
    ['ready'],
    ['doctor'],
    ['task', '--help'],
    ['--help'],
    ['version'],
  ]) {
    const { code, shown } = inTerminal(demo, 80, ...argv)
    expect({ argv, code, shown }).toMatchObject({ code: 0 })
    expect(shown).not.toContain('bug in mhv')
  }
  expect(inTerminal(demo, 80, 'task', 'show', '9')).toMatchObject({ code: 1 })
})

test('a table fits the width of the terminal, in colour; without a terminal it is whole and plain', async () => {
  const demo = temporaryRepository()
  await mhv(demo, 'init')
  const title = 'A title that is a good deal longer than what sixty columns have room for'
  await mhv(demo, 'tc', title, '--priority', 'critical', '--label', 'authentication')
  const { shown } = inTerminal(demo, 60, 'tl')
  expect(shown).toContain(`${ESCAPE}[`)
  const lines = plain(shown).trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
  expect(lines[1]).toContain('…')
  const piped = execFileSync(process.execPath, [PROGRAM, 'tl'], { cwd: demo, encoding: 'utf8' })
  expect(piped).toContain(title)
  expect(piped).not.toContain(ESCAPE)
})
