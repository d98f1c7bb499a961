import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { median, milliseconds, printTable, quantile, ratio, timeProcess, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { RUN } from './program.mjs'
import { seeded } from './seed.mjs'

/** Milliseconds in which a key is to be answered. */
const TARGET = 50
/** What ends a picture: the terminal may show it. */
const PICTURE = '\u001b[?2026l'
const QUIET = 60

/** The view in a terminal of its own (util-linux's script), of 200 columns and 50 lines. */
function open(cwd) {
  const line = `stty rows 50 cols 200; exec '${process.execPath}' '${RUN}' ui`
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    cwd,
    env: { ...process.env, TERM: 'xterm-256color' },
  })
  let waiting = null
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text) => {
    if (!text.includes(PICTURE)) return
    waiting?.()
    waiting = null
  })
  const picture = () =>
    new Promise((resolve) => {
      waiting = () => resolve(performance.now())
    })
  return {
    picture,
    /** Milliseconds from a key to the first picture that answers it. */
    press: async (keys) => {
      const answered = picture()
      const before = performance.now()
      child.stdin.write(keys)
      return (await answered) - before
    },
    send: (keys) => child.stdin.write(keys),
    ended: new Promise((resolve) => {
      child.on('exit', resolve)
    }),
  }
}

async function startUp(cwd, rounds) {
  const times = []
  for (let round = -1; round < rounds; round++) {
    const before = performance.now()
    const ui = open(cwd)
    const shown = await ui.picture()
    if (round >= 0) times.push(shown - before)
    await pause(QUIET)
    ui.send('q')
    await ui.ended
  }
  return times
}

const repeated = (key, times) => Array.from({ length: times }, () => key)

/** Keys that are pressed one after another, each when the one before was answered. */
const KEYS = [
  ['next task', repeated('j', 100)],
  ['a page down', repeated('\u001b[6~', 50)],
  ['last, first', repeated(['G', 'g'], 20).flat()],
  ['search as one types', [...'/cache parse', '\u001b', ...'/zq', '\u001b', ...'/message', '\u001b']],
  [
    'the palette as one types',
    [...'\u000bcache parse', '\u001b', ...'\u000b#zq', '\u001b', ...'\u000bmessage', '\u001b'],
  ],
  ['sort by title, by urgency', repeated(['o', 't', 'o', 'u'], 8).flat()],
  ['mark', repeated(' ', 20)],
]

/** From a key to the picture that answers it, over many tasks; and how long the first picture takes. */
export async function run({ sizes, rounds }) {
  for (const size of sizes.filter((each) => each <= 10_000)) {
    const cwd = await seeded(size)
    const base = median(Array.from({ length: rounds }, () => timeProcess([process.execPath, '-e', '0'], cwd)))
    const starts = await startUp(cwd, rounds)
    const ui = open(cwd)
    await ui.picture()
    const rows = []
    for (const [name, keys] of KEYS) {
      const times = []
      for (const key of keys) {
        await pause(QUIET)
        times.push(await ui.press(key))
      }
      const most = quantile(times, 0.95)
      rows.push([
        name,
        String(times.length),
        milliseconds(median(times)),
        milliseconds(most),
        milliseconds(Math.max(...times)),
        verdict(most, TARGET),
      ])
    }
    ui.send('q')
    await ui.ended
    const title = `The full-screen view over ${size.toLocaleString('en')} tasks, 200×50`
    printTable(
      `${title}: from key to picture, p95 ≤ ${TARGET} ms`,
      ['key', 'presses', 'p50', 'p95', 'longest', ''],
      rows,
    )
    printTable(
      `${title}: the first picture`,
      ['', 'median', 'ratio'],
      [
        ['node -e 0', milliseconds(base), ''],
        ['mhv ui, first picture', milliseconds(median(starts)), ratio(median(starts) / base)],
      ],
    )
  }
}

if (isMain(import.meta)) await run(options())
