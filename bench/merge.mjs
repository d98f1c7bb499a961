import { execFileSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { median, milliseconds, printTable, ratio } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { loadProgram } from './program.mjs'
import { commitTaskFiles, copyOf, randomNumbers, seeded, ulid } from './seed.mjs'

const CHANGED = [10, 1000]

const git = (cwd, ...args) =>
  execFileSync('git', args, { cwd, maxBuffer: 1 << 28 })
    .toString()
    .trim()

/** So many tasks that are there, each with one more comment, as whole files. */
async function commented(program, cwd, count, random) {
  const paths = git(cwd, 'ls-tree', '-r', '--name-only', program.TASKS_REF)
    .split('\n')
    .filter((path) => path.startsWith('tasks/'))
  const files = new Map()
  const step = Math.max(1, Math.floor(paths.length / count))
  const chosen = paths.filter((_, i) => i % step === 0).slice(0, count)
  const now = '2026-06-01T00:00:00.000Z'
  for (const path of chosen) {
    const id = path.slice(-31, -5)
    const { log } = await program.readTaskFile(
      id,
      execFileSync('git', ['show', `${program.TASKS_REF}:${path}`], { cwd, encoding: 'utf8' }),
    )
    const environment = { now, newId: () => ulid(Date.parse(now), random), actor: 'Ann <ann@example.com>' }
    files.set(
      path,
      program.renderTaskFile(
        program.seal(log, [{ kind: 'CommentAdded', data: { text: 'Seen.' } }], environment),
      ),
    )
  }
  return files
}

/** Merging two tips that have each changed the same tasks: what it costs by changed tasks, and by all that there are. */
export async function run({ sizes, rounds }) {
  const program = await loadProgram()
  const rows = []
  const first = new Map()
  for (const size of sizes) {
    for (const changed of CHANGED.filter((count) => count <= size)) {
      const cwd = copyOf(await seeded(size))
      const repository = await program.findRepository(cwd)
      const random = randomNumbers(size + changed)
      const base = git(cwd, 'rev-parse', program.TASKS_REF)
      const tips = []
      for (let side = 0; side < 2; side++) {
        git(cwd, 'update-ref', program.TASKS_REF, base)
        await commitTaskFiles(
          program,
          cwd,
          await commented(program, cwd, changed, random),
          Date.UTC(2026, 5, 1 + side),
        )
        tips.push(git(cwd, 'rev-parse', program.TASKS_REF))
      }
      const times = []
      for (let round = 0; round <= Math.min(rounds, 7); round++) {
        git(cwd, 'update-ref', program.TASKS_REF, tips[0])
        const before = performance.now()
        await program.mergeTips(repository, program.TASKS_REF, tips[0], tips[1])
        if (round > 0) times.push(performance.now() - before)
      }
      const ms = median(times)
      if (!first.has(changed)) first.set(changed, ms)
      rows.push([
        `${changed.toLocaleString('en')} of ${size.toLocaleString('en')} tasks changed on both sides`,
        milliseconds(ms),
        ratio(ms / first.get(changed)),
      ])
    }
  }
  printTable(
    'Merging two logs, in process with the git that it starts',
    ['what', 'median', 'beside the smallest log'],
    rows,
  )
}

if (isMain(import.meta)) await run(options())
