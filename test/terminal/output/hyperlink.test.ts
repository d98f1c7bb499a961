import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { knowsLinks } from '../../../src/terminal/output/hyperlink.ts'
import { mhv, mhvProcess, PROGRAM } from '../../support/cli.ts'
import { temporaryRepository } from '../../support/repository.ts'

const known: readonly (readonly [Record<string, string>, boolean])[] = [
  [{}, false],
  [{ TERM: 'xterm-256color' }, false],
  [{ TERM: 'xterm-kitty' }, true],
  [{ TERM: 'alacritty' }, true],
  [{ TERM: 'xterm-256color', VTE_VERSION: '5202' }, true],
  [{ TERM: 'xterm-256color', VTE_VERSION: '0.51.1' }, false],
  [{ TERM: 'xterm-256color', VTE_VERSION: '4800' }, false],
  [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.1.0' }, true],
  [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15' }, false],
  [{ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.72.0' }, true],
  [{ TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' }, true],
  [{ TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '455' }, false],
  [{ WT_SESSION: 'x' }, true],
  [{ WT_SESSION: 'x', CI: 'true' }, false],
  [{ FORCE_HYPERLINK: '0', TERM: 'xterm-kitty' }, false],
  [{ FORCE_HYPERLINK: '1', TERM: 'dumb' }, true],
]

test.each(known)('a terminal that says %o knows links: %s', (environment, knows) => {
  expect(knowsLinks(environment)).toBe(knows)
})

const ESCAPE = String.fromCharCode(27)
const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/** What a terminal is written. */
function inTerminal(cwd: string, env: Record<string, string>, ...argv: string[]): string {
  const line = `stty cols 200 rows 50; ${[process.execPath, PROGRAM, ...argv].map(quote).join(' ')}`
  const { stdout } = spawnSync(
    'script',
    process.platform === 'linux' ? ['-qec', line, '/dev/null'] : ['-q', '/dev/null', 'sh', '-c', line],
    {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm-256color', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  return stdout.replaceAll('\r\n', '\n')
}

test('paths of worktrees are links where the terminal shows them, and as wide as without', async () => {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  await mhv(cwd, 'tc', '--no-parse', 'Größe ändern')
  await mhv(cwd, 'start', '1')
  const [usual, linked] = [inTerminal(cwd, {}, 'wl'), inTerminal(cwd, { FORCE_HYPERLINK: '1' }, 'wl')]
  expect(usual).not.toContain(`${ESCAPE}]8`)
  expect(linked).toContain(`${ESCAPE}]8;;file://${hostname()}/`)
  const links = new RegExp(`${ESCAPE}\\]8;;[^${ESCAPE}]*${ESCAPE}\\\\`, 'g')
  expect(linked.replaceAll(links, '')).toBe(usual)
  // The address of a link is ASCII.
  for (const [address] of linked.matchAll(links)) expect(address).toMatch(/^[\x1b-\x7e]*$/)
  expect(inTerminal(cwd, { FORCE_HYPERLINK: '1' }, 'task', 'show', '1')).toMatch(/worktree +\x1b\]8;;file:/)
  for (const env of [{ FORCE_HYPERLINK: '1' }, { FORCE_HYPERLINK: '1', MHV_PLAIN: '1' }] as const) {
    expect((await mhvProcess(cwd, ['wl'], { env })).out).not.toContain(ESCAPE)
  }
  expect(inTerminal(cwd, { FORCE_HYPERLINK: '1', MHV_PLAIN: '1' }, 'wl')).not.toContain(ESCAPE)
})
