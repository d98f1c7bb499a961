import { compare, printComparison } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { RUN } from './program.mjs'
import { seeded } from './seed.mjs'

const LIST_TARGET = { 1000: 1.8, 10000: 2, 100000: 2.8 }
const FILTER = ['--priority', 'critical', '--label', 'auth']

/** `task list` and `task show` on a warm index. */
export async function run({ sizes, rounds }) {
  for (const size of sizes) {
    const cwd = await seeded(size)
    const mhv = (name, target, ...argv) => ({ name, target, cwd, argv: [process.execPath, RUN, ...argv] })
    const target = LIST_TARGET[size]
    const rows = compare(
      [
        mhv('task list --priority critical --label auth', target, 'task', 'list', ...FILTER),
        mhv('task list', size <= 10_000 ? target : undefined, 'task', 'list'),
        mhv('task list --json', undefined, 'task', 'list', '--json'),
        mhv('task list --limit 20', undefined, 'task', 'list', '--limit', '20'),
        mhv('task list --text zephyr', undefined, 'task', 'list', '--text', 'zephyr'),
        mhv('task show 7', target, 'task', 'show', '7'),
        mhv('task show 7 --json', target, 'task', 'show', '7', '--json'),
      ],
      rounds,
    )
    printComparison(`Reading ${size.toLocaleString('en')} tasks, warm index`, rows)
  }
}

if (isMain(import.meta)) await run(options())
