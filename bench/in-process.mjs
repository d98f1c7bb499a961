import { performance } from 'node:perf_hooks'
import { milliseconds, printTable, quantile, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { loadProgram } from './program.mjs'
import { copyOf, randomNumbers, randomTexts, seeded } from './seed.mjs'

const SIZE = 10_000
const BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, Number.POSITIVE_INFINITY]
const TARGETS = { create: [50, 100, 500], query: [20, 100, 200] }

async function timeEach(count, work) {
  const times = []
  for (let i = 0; i < count; i++) {
    const before = performance.now()
    await work(i)
    times.push(performance.now() - before)
  }
  return times
}

/** Creations through the single write path, git included, each with a title and a description of its own. */
function creations(program, store, count) {
  const random = randomNumbers(1)
  const texts = randomTexts(random)
  return timeEach(count, async () => {
    const instant = new Date().toISOString()
    const newId = program.newIds(instant)
    const id = newId()
    const data = { title: texts.title(), description: texts.description(), type: 'task', priority: 'high' }
    const environment = { now: instant, newId, actor: 'Ann <ann@example.com>' }
    await program.handle(
      store,
      { targets: [], create: id, commands: () => [{ kind: 'CreateTask', id, data }] },
      environment,
    )
  })
}

/** Queries of the kinds that lists ask, each from opening the index to the cells or the JSON of its first 50 tasks. */
function queries(program, store, count) {
  const random = randomNumbers(2)
  const { pick } = randomTexts(random)
  const today = { now: Date.UTC(2025, 0, 1), date: '2025-01-01' }
  const localDate = (instant) => instant.slice(0, 10)
  const filters = [
    () => ({}),
    () => ({ priorities: ['critical'], labels: [pick(['auth', 'api', 'docs', 'ui'])] }),
    () => ({ assignee: pick(['ann', 'ben', 'eva']), types: ['bug'] }),
    () => ({ overdue: true }),
    () => ({ statuses: ['completed'], updated: { since: Date.UTC(2025, 0, 1) } }),
    () => ({ numbers: new Set([random(SIZE)]), statuses: ['all'] }),
    () => ({ text: [pick(['cursor', 'deploy', 'zone'])], priorities: ['high'] }),
  ]
  return timeEach(count, async (i) => {
    const snapshot = await store.view()
    const found = program.filterTasks(snapshot, filters[i % filters.length](), today, localDate)
    const places = [program.onlyPlace(store.name, snapshot)]
    const entries = program.sortTasks(places, [found], [{ key: 'urgency', descending: false }]).slice(0, 50)
    if (i % 2 === 0) program.taskDocuments(places, entries, ',')
    else program.taskRows(places, entries, program.DEFAULT_COLUMNS, today, 'page')
  })
}

function printTimes(kind, times) {
  const shares = [0.5, 0.95, 0.99]
  printTable(
    `In process, ${SIZE.toLocaleString('en')} tasks: ${times.length} × ${kind}`,
    ['', 'p50', 'p95', 'p99', 'highest'],
    [
      [
        'measured',
        ...shares.map((share) => milliseconds(quantile(times, share))),
        milliseconds(Math.max(...times)),
      ],
      ['target', ...TARGETS[kind].map((target) => `< ${target} ms`), ''],
      ['', ...shares.map((share, i) => verdict(quantile(times, share), TARGETS[kind][i])), ''],
    ],
  )
  let from = 0
  for (const to of BUCKETS) {
    const count = times.filter((time) => time >= from && time < to).length
    if (count > 0) {
      const label = to === Number.POSITIVE_INFINITY ? `≥ ${from}` : `${from} to ${to}`
      console.log(
        `    ${`${label} ms`.padEnd(14)} ${String(count).padStart(6)} ${'#'.repeat(Math.ceil((count / times.length) * 50))}`,
      )
    }
    from = to
  }
}

/** The product's service levels: no process is started for the program itself, only git's own. */
export async function run() {
  const program = await loadProgram()
  const directory = copyOf(await seeded(SIZE))
  const store = program.openGitStore(await program.findRepository(directory))
  await creations(program, store, 5)
  // Enough to see the index compacted, which is the slowest thing that a creation may have to do.
  printTimes('create', await creations(program, store, 1500))
  await queries(program, store, 20)
  printTimes('query', await queries(program, store, 700))
}

if (isMain(import.meta)) await run(options())
