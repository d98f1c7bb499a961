import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { bytes, milliseconds, printTable, timeProcess, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, loadProgram, RUN } from './program.mjs'
import { copyOf, seeded } from './seed.mjs'

const REBUILD_TARGET = { 10000: 5000, 100000: 45_000 }
const list = [process.execPath, RUN, 'task', 'list', '--limit', '1']

/** Wall time, processor time and memory of a process with all its children, by GNU time where there is one. */
export function usage(argv, cwd) {
  const file = join(CACHE, `usage-${process.pid}`)
  const before = performance.now()
  const done = spawnSync('/usr/bin/time', ['-f', '%U %S %M', '-o', file, ...argv], { cwd, stdio: 'ignore' })
  if (done.error) return { wall: timeProcess(argv, cwd), cpu: Number.NaN, memory: Number.NaN }
  const wall = performance.now() - before
  const [user, system, memory] = readFileSync(file, 'utf8').split(' ').map(Number)
  rmSync(file)
  return { wall, cpu: (user + system) * 1000, memory: memory * 1024 }
}

/** Times a list, and names the git processes that it started, which git itself writes down. */
function listTraced(cwd) {
  const trace = join(CACHE, `trace-${process.pid}`)
  const before = performance.now()
  execFileSync(list[0], list.slice(1), { cwd, env: { ...process.env, GIT_TRACE: trace }, stdio: 'ignore' })
  const took = performance.now() - before
  const processes = readFileSync(trace, 'utf8').match(/trace: built-in: git \S+/g) ?? []
  rmSync(trace)
  return { took, processes: processes.map((line) => line.split(' ').at(-1)) }
}

/** A foreign program's commits: each changes one task's file, and none goes through our index. */
async function commitElsewhere(program, cwd, count) {
  const clone = copyOf(cwd)
  const repository = await program.findRepository(clone)
  const store = program.openGitStore(repository)
  const seen = await store.view()
  const { handle, newIds } = program
  for (let i = 1; i <= count; i++) {
    const instant = new Date().toISOString()
    await handle(
      store,
      {
        targets: [Math.ceil((i / count) * seen.slots)],
        commands: () => [{ kind: 'AddComment', text: `Comment ${i}` }],
      },
      { now: instant, newId: newIds(instant), actor: 'Ben <ben@example.com>' },
    )
  }
  return clone
}

async function forward(program, size) {
  const cwd = copyOf(await seeded(size))
  const other = await commitElsewhere(program, cwd, 100)
  execFileSync('git', ['fetch', '-q', other, 'refs/mtos/tasks:refs/mtos/tasks'], { cwd })
  const base = statSync(join(cwd, '.git/mtos/index.base')).mtimeMs
  const { took, processes } = listTraced(cwd)
  const read = tasksInDelta(program, cwd)
  const warm = timeProcess(list, cwd)
  return [
    size.toLocaleString('en'),
    milliseconds(took),
    milliseconds(warm),
    `${read} of ${size.toLocaleString('en')}`,
    statSync(join(cwd, '.git/mtos/index.base')).mtimeMs === base ? 'kept' : 'written anew',
    processes.join(', '),
  ]
}

/** How many tasks the index read again: those in the records of its delta. */
function tasksInDelta(program, cwd) {
  const index = program.loadIndex(join(cwd, '.git', 'mtos'))
  return index.overlays.reduce((sum, overlay) => sum + overlay.slots.length, 0)
}

async function rebuild(size) {
  const cwd = copyOf(await seeded(size))
  rmSync(join(cwd, '.git/mtos/index.base'), { force: true })
  const { wall, cpu, memory } = usage(list, cwd)
  const target = REBUILD_TARGET[size]
  return [
    size.toLocaleString('en'),
    `${(wall / 1000).toFixed(1)} s`,
    target ? `≤ ${target / 1000} s` : '',
    verdict(wall, target),
    `${(cpu / 1000).toFixed(1)} s`,
    `${(cpu / wall).toFixed(2)} of ${availableParallelism()}`,
    bytes(memory),
    bytes(statSync(join(cwd, '.git/mtos/index.base')).size),
  ]
}

/** The index brought forward over what others have written, and made from nothing. */
export async function run({ sizes }) {
  const program = await loadProgram()
  const forwarded = []
  const rebuilt = []
  for (const size of sizes) {
    forwarded.push(await forward(program, size))
    rebuilt.push(await rebuild(size))
  }
  printTable(
    'The first list after 100 commits by others, one changed task each',
    ['tasks', 'first list', 'next list', 'task files read', 'base', 'git processes'],
    forwarded,
  )
  printTable(
    'The index rebuilt from nothing',
    ['tasks', 'time', 'target', '', 'processor time', 'cores busy', 'memory', 'index'],
    rebuilt,
  )
}

if (isMain(import.meta)) await run(options())
