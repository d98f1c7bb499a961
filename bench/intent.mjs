import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { parse as parseYaml } from 'yaml'
import { median, milliseconds, printTable, quantile, timeProcess, verdict } from './measure.mjs'
import { isMain } from './options.mjs'
import { CACHE, root } from './program.mjs'

const FIXTURES = join(root, 'test', 'fixtures')
const FIELDS = ['repository', 'priority', 'deadline', 'assignee', 'depends_on', 'type', 'labels']
/** Repositories that the requests of the development set name besides those of its federation. */
const ALSO_NAMED = ['dhruva', 'fastblocks']

async function load() {
  const outfile = join(CACHE, `intent-${process.pid}.mjs`)
  const contents = `
    export { parseRequest } from './src/intent/parse-request.ts'
    export { readDates } from './src/intent/dates/read-dates.ts'
    export { dateReader } from './src/intent/dates/date-languages.ts'`
  const stdin = { contents, resolveDir: root, loader: 'ts' }
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile, { force: true })
  }
}

const rowsOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
const share = (right, all) => (all === 0 ? '' : (right / all).toFixed(3))
const minutesOf = (reference) => Number(reference.slice(11, 13)) * 60 + Number(reference.slice(14, 16))

function contextFor(reference) {
  const { repos } = parseYaml(readFileSync(join(FIXTURES, 'ecosystem-repos.yaml'), 'utf8'))
  const repositories = repos.map(({ name, package: built, nickname, nicknames = [], tags = [] }) => ({
    name,
    names: [...new Set([built, nickname, ...nicknames])].filter((one) => one && one !== name),
    tags,
  }))
  repositories.push(...ALSO_NAMED.map((name) => ({ name, names: [], tags: [] })))
  const at = { today: reference.slice(0, 10), minutes: minutesOf(reference) }
  const localTime = (instant) => new Date(instant).toISOString().slice(0, 16)
  return { ...at, localTime, here: null, repositories, people: [], labels: [], me: 'me@example.org' }
}

const low = (value) =>
  value == null ? '' : String(value).trim().toLowerCase().normalize('NFC').replace(/^@/, '')
const keyed = (field, value) => {
  if (field === 'deadline') return value ? String(value).slice(0, 10) : ''
  if (!['labels', 'depends_on'].includes(field)) return low(value)
  return [
    ...new Set((value ?? []).map((one) => (field === 'labels' ? low(one).replace(/^[#+]/, '') : low(one)))),
  ]
    .sort()
    .join(' ')
}

const flat = (parse) => ({
  ...Object.fromEntries(FIELDS.map((field) => [field, parse[field]?.value ?? null])),
  depends_on: parse.dependsOn?.value ?? null,
})

async function utterances(program, rows) {
  const tally = Object.fromEntries(FIELDS.map((field) => [field, { right: 0, said: 0, saidRight: 0 }]))
  const judged = []
  for (const row of rows) {
    const parse = await program.parseRequest(row.text, contextFor(row.reference))
    const said = flat(parse)
    const wrong = FIELDS.filter((field) => {
      const wanted = [row.gold[field], ...(row.accept?.[field] ?? [])].map((value) => keyed(field, value))
      const isRight = wanted.includes(keyed(field, said[field]))
      const count = tally[field]
      if (isRight) count.right++
      if (keyed(field, said[field]) !== '') {
        count.said++
        if (isRight) count.saidRight++
      }
      return !isRight
    })
    const isRight = wrong.every((field) => field === 'type' || field === 'labels')
    judged.push({ row, wrong, isRight, confidence: parse.confidence, ambiguous: row.gold.ambiguous })
  }
  const right = judged.filter((one) => one.isRight).length
  printTable(
    `Requests: ${rows.length}, of which ${share(right, rows.length)} right with the type left out (target ≥ 0.88: ${verdict(-right / rows.length, -0.88)})`,
    ['field', 'accuracy', 'precision'],
    FIELDS.map((field) => [
      field,
      share(tally[field].right, rows.length),
      share(tally[field].saidRight, tally[field].said),
    ]),
  )
  for (const { row, wrong } of judged.filter((one) => one.wrong.length > 0)) {
    console.log(`    ${row.utterance_id} ${wrong.join(', ')}: ${JSON.stringify(row.text.slice(0, 80))}`)
  }
  return judged
}

/** Whether it is as often right as it says. What the gold calls ambiguous is right where it is asked about. */
function reliability(judged) {
  const bins = [0, 0.6, 0.8, 0.9, 0.96, 1.01]
  const rows = bins.slice(1).map((to, i) => {
    const inside = judged.filter(({ confidence }) => confidence >= bins[i] && confidence < to)
    const mean = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length
    const right = inside.filter((one) => one.isRight).length
    return [
      `${bins[i]} to ${Math.min(to, 1)}`,
      inside.length,
      inside.length ? mean.toFixed(2) : '',
      share(right, inside.length),
      inside.filter((one) => one.ambiguous).length,
    ]
  })
  printTable('Reliability', ['confidence', 'requests', 'mean', 'right', 'ambiguous by the gold'], rows)
}

async function dates(program, rows) {
  const english = await program.dateReader('en')
  const alone = ({ text, reference }) => {
    const [found] = english.parse(text, { instant: new Date(`${reference}Z`), timezone: 0 })
    const part = (name) => String(found.start.get(name)).padStart(2, '0')
    return found ? `${part('year')}-${part('month')}-${part('day')}` : null
  }
  const ours = async ({ text, reference }) => {
    const at = { today: reference.slice(0, 10), minutes: minutesOf(reference) }
    return (await program.readDates(text, at, { forward: false }))[0]?.day ?? null
  }
  const score = async (read, some) => {
    let right = 0
    for (const row of some) if ((row.accept ?? [row.date]).includes(await read(row))) right++
    return share(right, some.length)
  }
  const groups = [
    ['English', rows.filter(({ lang }) => lang === 'en')],
    ['seven others', rows.filter(({ lang }) => lang !== 'en')],
    ['all', rows],
  ]
  // Microsoft's recognizers 1.3.2, told the language and asked for any of their readings: measured apart, as they are no dependency.
  const recognizers = ['0.638', '0.384', '0.476']
  const table = []
  for (const [i, [name, some]] of groups.entries()) {
    table.push([
      `${name} (${some.length})`,
      await score(alone, some),
      await score(ours, some),
      recognizers[i],
    ])
  }
  printTable('Date phrases of chrono’s tests', ['', 'chrono/en', 'ours', 'recognizers'], table)
}

async function times(program, rows) {
  const context = contextFor(rows[0].reference)
  const perKilobyte = []
  const time = async (text) => {
    const before = performance.now()
    await program.parseRequest(text, context)
    perKilobyte.push(((performance.now() - before) * 1024) / Math.max(1024, text.length))
  }
  for (let round = 0; round < 5; round++) for (const { text } of rows) await time(text)
  const usual = [...perKilobyte]
  perKilobyte.length = 0
  const hostile = [
    'a ',
    '#1 ',
    '((3h',
    'by Friday ',
    'A-1 ',
    'the ',
    '2026-',
    'urgent ',
    "' ",
    'in a ',
    'after #1, ',
    'morgen ',
  ]
  for (const piece of hostile) await time(piece.repeat(10_240).slice(0, 10_240))
  const yardstick = median([1, 2, 3].map(() => timeProcess([process.execPath, '-e', '0'], root)))
  const row = (name, values) => [
    name,
    milliseconds(median(values)),
    milliseconds(quantile(values, 0.95)),
    milliseconds(Math.max(...values)),
    `${(Math.max(...values) / yardstick).toFixed(2)}×`,
    verdict(Math.max(...values), 50),
  ]
  printTable(
    'Time per kilobyte (a shorter request counts as one), against node -e 0',
    ['', 'median', 'p95', 'highest', 'ratio', '< 50 ms'],
    [row(`${usual.length} requests`, usual), row(`${hostile.length} hostile ones of 10 KB`, perKilobyte)],
  )
}

/** How well requests in words are understood; `--eval` names a folder with other sets of the same form. */
export async function run({ folder = join(FIXTURES, 'eval') } = {}) {
  const program = await load()
  const rows = rowsOf(join(folder, 'utterances.jsonl'))
  reliability(await utterances(program, rows))
  await dates(program, rowsOf(join(folder, 'date_phrases.jsonl')))
  await times(program, rows)
}

if (isMain(import.meta)) {
  const { values } = parseArgs({ options: { eval: { type: 'string' } } })
  await run(values.eval ? { folder: values.eval } : {})
}
