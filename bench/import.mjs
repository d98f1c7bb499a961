import { execFileSync } from 'node:child_process'
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { usage } from './indexing.mjs'
import { bytes, printTable, timeProcess, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, RUN } from './program.mjs'
import { copyOf, newRepository, seeded } from './seed.mjs'

const SIZE = 10_000
const TARGET = 8000

/** Tasks of one repository, exported, imported into an empty one, and exported there again. */
export async function run() {
  const source = copyOf(await seeded(SIZE))
  const file = join(CACHE, `export-${process.pid}.jsonl`)
  const mhv = (...argv) => [process.execPath, RUN, 'task', ...argv]
  const exported = timeProcess(mhv('export', '--output', file), source)
  const target = join(CACHE, `import-${process.pid}`, 'demo')
  newRepository(target)
  const { wall, cpu, memory } = usage(mhv('import', file), target)
  const list = execFileSync(process.execPath, [RUN, 'task', 'list', '--status', 'all', '--json'], {
    cwd: target,
    maxBuffer: 1 << 30,
  })
  const arrived = JSON.parse(list).tasks.length
  if (arrived !== SIZE) throw new Error(`${arrived} of ${SIZE} tasks arrived`)
  const again = timeProcess(mhv('import', file), target)
  printTable(
    `${SIZE.toLocaleString('en')} tasks, ${bytes(statSync(file).size)} of JSON lines`,
    ['', 'time', 'target', '', 'processor time', 'memory'],
    [
      ['export', `${(exported / 1000).toFixed(1)} s`, '', '', '', ''],
      [
        'import',
        `${(wall / 1000).toFixed(1)} s`,
        `≤ ${TARGET / 1000} s`,
        verdict(wall, TARGET),
        `${(cpu / 1000).toFixed(1)} s`,
        bytes(memory),
      ],
      ['import again: nothing new', `${(again / 1000).toFixed(1)} s`, '', '', '', ''],
    ],
  )
  rmSync(file)
  rmSync(join(target, '..'), { recursive: true })
}

if (isMain(import.meta)) await run(options())
