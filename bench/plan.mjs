import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { compare, printComparison } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, loadProgram, RUN } from './program.mjs'
import { commitTaskFiles, newRepository, randomNumbers, ulid } from './seed.mjs'

const SIZES = [1000, 100_000]
/** Ratios to the yardstick: well under a second, and a few seconds. */
const TARGETS = { 1000: 8, 100000: 90 }
const NOW = Date.UTC(2025, 0, 1)

/** A repository of open tasks, each of which depends on two earlier ones: 2 edges for every node. */
async function openTasks(program, count) {
  const directory = join(CACHE, `plan-${count}.${process.pid}`, 'demo')
  newRepository(directory)
  const random = randomNumbers(count)
  const ids = []
  const files = new Map()
  for (let number = 1; number <= count; number++) {
    const at = NOW + number
    const id = ulid(at, random)
    const earlier = [1, 2].flatMap(() => (ids.length > 0 ? [ids[random(ids.length)]] : []))
    const data = {
      number,
      title: `Task ${number}`,
      type: 'task',
      priority: 'medium',
      estimate: `${1 + random(8)}h`,
      depends_on: [...new Set(earlier)],
    }
    const environment = {
      now: new Date(at).toISOString(),
      newId: () => ulid(at, random),
      actor: 'Ann <ann@example.com>',
    }
    const log = program.seal({ id, events: [] }, [{ kind: 'TaskCreated', data }], environment)
    files.set(program.taskPath(id), program.renderTaskFile(log))
    ids.push(id)
  }
  await commitTaskFiles(program, directory, files, NOW)
  return directory
}

/** Plans and graphs on a warm index, beside the list of the same repository. */
export async function run({ rounds }) {
  const program = await loadProgram()
  for (const size of SIZES) {
    const cwd = await openTasks(program, size)
    try {
      const mhv = (name, target, ...argv) => ({ name, target, cwd, argv: [process.execPath, RUN, ...argv] })
      const rows = compare(
        [
          mhv('task list --limit 20', undefined, 'task', 'list', '--limit', '20'),
          mhv('ready --limit 20', undefined, 'ready', '--limit', '20'),
          mhv('plan', TARGETS[size], 'plan'),
          mhv('plan --json', TARGETS[size], 'plan', '--json'),
          mhv('graph --json', TARGETS[size], 'graph', '--json'),
          mhv('graph 7', undefined, 'graph', '7'),
        ],
        Math.min(rounds, size > 10_000 ? 3 : rounds),
      )
      printComparison(`Planning ${size.toLocaleString('en')} open tasks with twice as many edges`, rows)
    } finally {
      rmSync(join(cwd, '..'), { recursive: true, force: true })
    }
  }
}

if (isMain(import.meta)) await run(options())
