import { spawnSync } from 'node:child_process'
import { PROGRAM } from './cli.ts'

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/**
 * Runs the built program with a terminal on all three streams, and gives what the terminal showed. Nobody is there to leave a
 * pager.
 */
export function inTerminal(cwd: string, columns: number, ...argv: string[]) {
  const line = `stty cols ${columns} rows 24; ${[process.execPath, PROGRAM, ...argv].map(quote).join(' ')}`
  const linux = ['-qec', line, '/dev/null']
  const others = ['-q', '/dev/null', 'sh', '-c', line]
  const { status, stdout } = spawnSync('script', process.platform === 'linux' ? linux : others, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, TERM: 'xterm-256color', NO_COLOR: undefined, CI: undefined, MHV_PAGER: 'cat' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { code: status, shown: stdout.replaceAll('\r\n', '\n') }
}
