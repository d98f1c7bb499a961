import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { median, milliseconds, printTable, ratio, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { RUN } from './program.mjs'
import { seeded } from './seed.mjs'

const TARGET = { 10000: 2.5 }
/** What is on the screen once the list is. */
const PAINTED = '❯ task'
/** What is typed, key by key. */
const TYPED = 'cachelog'
const ESCAPE = '\u001b'

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`

/** Starts a command in a terminal of its own. */
const inTerminal = (argv, cwd) =>
  spawn('script', ['-qec', `stty cols 120 rows 40; exec ${argv.map(quoted).join(' ')}`, '/dev/null'], {
    cwd,
    env: { ...process.env, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })

/** Milliseconds that a command takes in a terminal from start to end. */
async function timeToEnd(argv, cwd) {
  const before = performance.now()
  const child = inTerminal(argv, cwd).on('error', console.error)
  child.stdout.resume()
  await once(child, 'exit')
  return performance.now() - before
}

/** Resolves once a text has been shown. */
function shown(child, text) {
  return new Promise((resolve, reject) => {
    let seen = ''
    const read = (bytes) => {
      seen += bytes
      if (!seen.includes(text)) return
      child.stdout.off('data', read)
      resolve()
    }
    child.stdout.on('data', read)
    child.on('exit', () => reject(new Error(`${text} was never shown: ${seen}`)))
  })
}

/** Milliseconds until the palette's list is shown, and until each key that is typed then is answered. */
async function timePalette(cwd) {
  const before = performance.now()
  const child = inTerminal([process.execPath, RUN], cwd)
  const ended = once(child, 'exit')
  await shown(child, PAINTED)
  const opened = performance.now() - before
  const keys = []
  for (let length = 1; length <= TYPED.length; length++) {
    // People are slower than that; meanwhile all titles are read.
    await pause(150)
    const pressed = performance.now()
    child.stdin.write(TYPED[length - 1])
    await shown(child, `mhv › ${TYPED.slice(0, length)}`)
    keys.push(performance.now() - pressed)
  }
  child.stdin.write(ESCAPE)
  await ended
  return { opened, keys }
}

/** Opening the palette until its list is on the screen. What the terminal itself costs is measured and taken off. */
export async function run({ sizes, rounds }) {
  for (const size of sizes) {
    const cwd = await seeded(size)
    const times = { terminal: [], node: [], palette: [], keys: [] }
    for (let round = -1; round < rounds * 2; round++) {
      const terminal = await timeToEnd(['true'], cwd)
      const node = await timeToEnd([process.execPath, '-e', '0'], cwd)
      const { opened, keys } = await timePalette(cwd)
      // The first round only warms the file system's cache.
      if (round < 0) continue
      times.terminal.push(terminal)
      times.node.push(node)
      times.palette.push(opened)
      times.keys.push(...keys)
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
        [
          'a key until it is answered',
          '',
          '',
          milliseconds(median(times.keys)),
          milliseconds(best(times.keys)),
          '',
          '',
        ],
      ],
    )
  }
}

if (isMain(import.meta)) await run(options())
