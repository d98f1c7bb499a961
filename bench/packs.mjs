import { execFileSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { usage } from './indexing.mjs'
import { bytes, compare, median, milliseconds, printTable, ratio } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { RUN } from './program.mjs'
import { copyOf, seeded } from './seed.mjs'

const SIZE = 1000
const BLOBS = 256
const BLOB_BYTES = 4 << 20

const COMMANDS = {
  list: ['task', 'list'],
  show: ['task', 'show', '7'],
  create: ['task', 'create', 'Bench creation'],
}

/** Commits a gigabyte that no compression makes smaller, and packs it with everything else. */
function addLargePacks(cwd) {
  const git = (...args) => execFileSync('git', args, { cwd, stdio: 'ignore' })
  git('config', 'core.compression', '0')
  const blob = Buffer.allocUnsafe(BLOB_BYTES)
  for (let i = 0; i < BLOBS; i++) {
    randomFillSync(blob)
    writeFileSync(join(cwd, `large-${i}.bin`), blob)
  }
  git('add', '.')
  git('commit', '-q', '-m', 'Large files')
  git('-c', 'pack.window=0', 'repack', '-a', '-d', '-q')
  git('config', '--unset', 'core.compression')
}

const packedBytes = (cwd) => {
  const directory = join(cwd, '.git/objects/pack')
  return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
}

/** The same tasks in a small repository and in one with a gigabyte of packs. */
export async function run({ rounds }) {
  const small = copyOf(await seeded(SIZE))
  const large = copyOf(small)
  addLargePacks(large)
  const argv = (name) => [process.execPath, RUN, ...COMMANDS[name]]
  const rows = []
  for (const name of Object.keys(COMMANDS)) {
    const [, a, b] = compare(
      [
        { name: 'small', argv: argv(name), cwd: small },
        { name: 'large', argv: argv(name), cwd: large },
      ],
      rounds,
    )
    const memory = [small, large].map((cwd) =>
      median(Array.from({ length: 5 }, () => usage(argv(name), cwd).memory)),
    )
    rows.push([
      `task ${name}`,
      milliseconds(a.median),
      milliseconds(b.median),
      ratio(b.median / a.median),
      ...memory.map(bytes),
      ratio(memory[1] / memory[0]),
    ])
  }
  printTable(
    `${SIZE.toLocaleString('en')} tasks beside ${bytes(packedBytes(small))} and beside ${bytes(packedBytes(large))} of packs`,
    ['', 'time, small', 'time, large', '', 'memory, small', 'memory, large', ''],
    rows,
  )
}

if (isMain(import.meta)) await run(options())
