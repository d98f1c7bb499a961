import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bytes, compare, printComparison, printTable, ratio, timeProcess, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { RUN } from './program.mjs'
import { copyOf, seeded } from './seed.mjs'

const create = [
  process.execPath,
  RUN,
  'task',
  'create',
  'Bench creation',
  '--description',
  'text',
  '--label',
  'bench',
]

/** Size and time of change of every file below a directory. */
function filesBelow(directory, found = new Map()) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) filesBelow(path, found)
    else {
      const { size, mtimeNs, ino } = lstatSync(path, { bigint: true })
      found.set(path, { size: Number(size), state: `${size} ${mtimeNs} ${ino}`, ino })
    }
  }
  return found
}

/** What one creation leaves written: new files, files replaced or added to, and the bytes that went into them. */
function writtenBy(argv, cwd) {
  const before = filesBelow(cwd)
  timeProcess(argv, cwd)
  let fresh = 0
  let changed = 0
  let written = 0
  for (const [path, now] of filesBelow(cwd)) {
    const old = before.get(path)
    if (old?.state === now.state) continue
    if (old) changed++
    else fresh++
    const appended = old && old.ino === now.ino && now.size > old.size
    written += appended ? now.size - old.size : now.size
  }
  return { fresh, changed, written }
}

/** `task create` as a process, and what it writes, at each size. */
export async function run({ sizes, rounds }) {
  const all = []
  for (const size of sizes) {
    const cwd = copyOf(await seeded(size))
    const row = { name: `task create, ${size.toLocaleString('en')} tasks`, argv: create, cwd, target: 3 }
    const rows = compare([row], rounds)
    printComparison(`Creating beside ${size.toLocaleString('en')} tasks`, rows)
    const samples = Array.from({ length: 5 }, () => writtenBy(create, cwd))
    samples.sort((a, b) => a.written - b.written)
    all.push({ size, ratio: rows[1].ratio, ...samples[2] })
  }
  const [first] = all
  printTable(
    `What a creation writes, and how it grows from ${first.size.toLocaleString('en')} tasks on`,
    ['tasks', 'new files', 'changed files', 'bytes', 'bytes, growth', '', 'time, growth', ''],
    all.map((row) => [
      row.size.toLocaleString('en'),
      row.fresh,
      row.changed,
      bytes(row.written),
      ratio(row.written / first.written),
      verdict(row.written / first.written, 2),
      ratio(row.ratio / first.ratio),
      verdict(row.ratio / first.ratio, 1.5),
    ]),
  )
}

if (isMain(import.meta)) await run(options())
