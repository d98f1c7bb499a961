import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare, printComparison } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, RUN } from './program.mjs'
import { seeded } from './seed.mjs'

const REPOSITORIES = 50
const TASKS = 1000
const TARGET = 5

/** A directory with a federation of local repositories, each with a warm index; made once and kept. */
async function seededFederation() {
  const directory = join(CACHE, `federation-${REPOSITORIES}-${TASKS}`)
  if (!existsSync(directory)) {
    const seed = await seeded(TASKS)
    const making = `${directory}.${process.pid}`
    const names = Array.from(
      { length: REPOSITORIES },
      (_, i) => `repository-${String(i + 1).padStart(2, '0')}`,
    )
    mkdirSync(making, { recursive: true })
    for (const name of names) cpSync(seed, join(making, name), { recursive: true })
    const entries = names.map(
      (name, i) =>
        `  - name: ${name}\n    path: ./${name}\n    nickname: r${i + 1}\n    role: ${i % 5 === 0 ? 'tool' : 'library'}\n    tags: [t${i % 7}]\n    description: The repository ${name}\n`,
    )
    writeFileSync(join(making, 'repos.yaml'), `repos:\n${entries.join('')}`)
    renameSync(making, directory)
  }
  execFileSync(process.execPath, [RUN, 'task', 'list', '--all'], { cwd: directory, stdio: 'ignore' })
  return directory
}

/** Lists over many local repositories on warm indexes. */
export async function run({ rounds }) {
  const cwd = await seededFederation()
  const mhv = (name, target, ...argv) => ({ name, target, cwd, argv: [process.execPath, RUN, ...argv] })
  const rows = compare(
    [
      mhv('task list --all', TARGET, 'task', 'list', '--all'),
      mhv('task list --all --limit 20', undefined, 'task', 'list', '--all', '--limit', '20'),
      mhv('task list --all --json', undefined, 'task', 'list', '--all', '--json'),
      mhv('ready --all', undefined, 'ready', '--all'),
      mhv('status --all', undefined, 'status', '--all'),
    ],
    rounds,
  )
  printComparison(`${REPOSITORIES} local repositories of ${TASKS.toLocaleString('en')} tasks, warm`, rows)
}

if (isMain(import.meta)) await run(options())
