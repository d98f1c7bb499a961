import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import {
  bytes,
  compare,
  milliseconds,
  printComparison,
  printTable,
  quantile,
  timeProcess,
  verdict,
} from './measure.mjs'
import { isMain, options } from './options.mjs'
import { loadProgram, RUN } from './program.mjs'
import { printQuality } from './search-quality.mjs'
import { copyOf, randomNumbers, randomTexts, seeded } from './seed.mjs'

/** Ratios to the yardstick. */
const TARGETS = { 10000: 3, 100000: 10 }
const WORDS = ['cursor', 'jumps', 'after', 'deploy', 'zone']
const IN_PROCESS = 10_000
const QUERIES = 300
/** Milliseconds for 95 of 100 queries in process. */
const P95 = 100

const mhv = (...argv) => [process.execPath, RUN, ...argv]
const indexOf = (cwd) => join(cwd, '.git', 'mtos', 'search')
const sizeOf = (directory) => Number(execFileSync('du', ['-sb', directory]).toString().split('\t')[0])

/** Searches as processes, with the index as earlier ones left it. */
function printSearches(size, cwd, rounds) {
  const row = (name, target, ...argv) => ({ name, target, cwd, argv: mhv(...argv) })
  const target = TARGETS[size]
  const rows = compare(
    [
      row('task list --limit 20', undefined, 'task', 'list', '--limit', '20'),
      row('search zephyr --json', target, 'search', 'zephyr', '--json'),
      row('search cursor --json', target, 'search', 'cursor', '--json'),
      row('search with five words', target, 'search', ...WORDS, '--json'),
      row('search --similar 7', target, 'search', '--similar', '7', '--json'),
    ],
    rounds,
  )
  printComparison(`Searching ${size.toLocaleString('en')} tasks`, rows)
}

/** What the index costs: made from nothing, and after one change. */
async function printIndexes(sizes) {
  const rows = []
  for (const size of sizes) {
    const cwd = copyOf(await seeded(size))
    const search = () => timeProcess(mhv('search', 'cursor', '--limit', '1'), cwd)
    rmSync(indexOf(cwd), { recursive: true, force: true })
    const cold = search()
    const warm = search()
    const room = sizeOf(indexOf(cwd))
    const changed = []
    for (let change = 0; change < 5; change++) {
      execFileSync(process.execPath, [RUN, 'task', 'edit', '7', '--title', `Cursor ${change}`], { cwd })
      changed.push(search())
    }
    rows.push([
      size.toLocaleString('en'),
      `${(cold / 1000).toFixed(1)} s`,
      milliseconds(warm),
      milliseconds(quantile(changed, 0.5)),
      bytes(room),
    ])
  }
  printTable('The search index', ['tasks', 'made anew', 'as it is', 'after one change', 'size'], rows)
}

/** Queries without a process of their own, each from opening the index to what is shown of the ten best. */
async function printInProcess() {
  const program = await loadProgram()
  const cwd = await seeded(IN_PROCESS)
  const store = program.openGitStore(await program.findRepository(cwd))
  const random = randomNumbers(3)
  const { pick, phrase } = randomTexts(random)
  const queries = [
    () => pick(['zephyr', 'curso', 'wrkspace']),
    () => phrase(1),
    () => phrase(2),
    () => phrase(5),
    () => `program freezes while ${phrase(3)}`,
  ]
  const times = []
  for (let i = -20; i < QUERIES; i++) {
    const before = performance.now()
    const place = program.onlyPlace(store.name, await store.view())
    const searched = program.openSearch(
      [place],
      () => indexOf(cwd),
      () => {},
    )
    const query = queries[(i + 20) % queries.length]()
    const { concepts, numbers, scores } = await program.searchTasks(searched, query, 10, () => true)
    for (const number of numbers) program.foundAt(searched, concepts, number, scores[number], false)
    if (i >= 0) times.push(performance.now() - before)
  }
  printTable(
    `In process, ${IN_PROCESS.toLocaleString('en')} tasks: ${times.length} × search`,
    ['', 'p50', 'p95', 'p99', 'highest'],
    [
      ['measured', ...[0.5, 0.95, 0.99, 1].map((share) => milliseconds(quantile(times, share)))],
      ['target', '', `< ${P95} ms`, '', ''],
      ['', '', verdict(quantile(times, 0.95), P95), '', ''],
    ],
  )
}

/** How well tasks are found, and how soon. */
export async function run({ sizes, rounds }) {
  await printQuality()
  for (const size of sizes) {
    const cwd = await seeded(size)
    execFileSync(process.execPath, [RUN, 'search', 'cursor'], { cwd, stdio: 'ignore' })
    printSearches(size, cwd, rounds)
  }
  await printIndexes(sizes)
  await printInProcess()
}

if (isMain(import.meta)) await run(options())
