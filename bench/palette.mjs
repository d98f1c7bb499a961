import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { median, milliseconds, printTable, ratio, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { RUN } from './program.mjs'
import { seeded } from './seed.mjs'

const TARGET = { 10000: 2.5 }
/** What is on the screen once the list is. */
const PAINTED = '❯ task'
const ESCAPE = '\u001b'

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`

/**
 * Milliseconds from the start of a command in a terminal of its own until it shows something, or until it ends.
 * @param shown what to wait for; null for the end
 */
function timeInTerminal(argv, cwd, shown) {
  return new Promise((resolve, reject) => {
    const line = `stty cols 120 rows 40; exec ${argv.map(quoted).join(' ')}`
    const before = performance.now()
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      cwd,
      env: { ...process.env, TERM: 'xterm-256color' },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let seen = ''
    let took = null
    child.stdin.on('error', () => {})
    child.stdout.on('data', (bytes) => {
      seen += bytes
      if (took !== null || shown === null || !seen.includes(shown)) return
      took = performance.now() - before
      child.stdin.write(ESCAPE)
    })
    child.on('error', reject)
    child.on('exit', () => {
      if (shown !== null && took === null)
        reject(new Error(`${argv.join(' ')} never showed ${shown}: ${seen}`))
      else resolve(took ?? performance.now() - before)
    })
  })
}

/** Opening the palette until its list is on the screen. What the terminal itself costs is measured and taken off. */
export async function run({ sizes, rounds }) {
  for (const size of sizes) {
    const cwd = await seeded(size)
    const times = { terminal: [], node: [], palette: [] }
    for (let round = -1; round < rounds * 2; round++) {
      const terminal = await timeInTerminal(['true'], cwd, null)
      const node = await timeInTerminal([process.execPath, '-e', '0'], cwd, null)
      const palette = await timeInTerminal([process.execPath, RUN], cwd, PAINTED)
      // The first round only warms the file system's cache.
      if (round < 0) continue
      times.terminal.push(terminal)
      times.node.push(node)
      times.palette.push(palette)
    }
    const best = (values) => Math.min(...values)
    const [node, palette] = [times.node, times.palette].map((all) => median(all) - median(times.terminal))
    const [least, leastOpen] = [times.node, times.palette].map((all) => best(all) - best(times.terminal))
    const target = TARGET[size]
    printTable(
      `Opening the palette over ${size.toLocaleString('en')} tasks`,
      ['command', 'ratio', 'ratio of minima', 'median', 'minimum', 'target', ''],
      [
        ['node -e 0', ratio(1), ratio(1), milliseconds(node), milliseconds(least), '', ''],
        [
          'mhv, until the list is shown',
          ratio(palette / node),
          ratio(leastOpen / least),
          milliseconds(palette),
          milliseconds(leastOpen),
          target === undefined ? '' : `≤ ${ratio(target)}`,
          verdict(palette / node, target),
        ],
      ],
    )
  }
}

if (isMain(import.meta)) await run(options())
