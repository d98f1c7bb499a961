import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { median, milliseconds, printTable, ratio, timeProcess, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { loadProgram, RUN } from './program.mjs'
import { commitTaskFiles, copyOf, randomNumbers, seeded, ulid } from './seed.mjs'

const SIZE = 100_000
/** A sync is to cost no more than this, beside what git alone needs to carry the same bytes. */
const TARGET = 1.5
const REF = 'refs/mtos/tasks'
const TRACKED = 'refs/mtos/remotes/origin/tasks'

const git = (cwd, ...args) =>
  execFileSync('git', args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .trim()

/** The same exchange by git alone: fetch, go forward to what came, push. */
const byGit = (direction) =>
  [
    `git fetch -q --no-tags origin '+${REF}*:refs/mtos/remotes/origin/tasks*'`,
    ...(direction === 'receive' ? [`git update-ref ${REF} ${TRACKED}`] : []),
    `git push -q --no-verify origin ${REF}:${REF}`,
  ].join(' && ')

/** A clone of a repository with many tasks, and the bare remote beside it that it is in step with. */
function pair(seed) {
  const clone = copyOf(seed)
  const remote = join(clone, '..', 'remote.git')
  git(clone, 'clone', '-q', '--bare', '.', remote)
  git(clone, 'push', '-q', remote, `${REF}:${REF}`)
  git(clone, 'remote', 'add', 'origin', remote)
  git(clone, 'config', '--add', 'remote.origin.fetch', `+${REF}*:refs/mtos/remotes/origin/tasks*`)
  execFileSync(process.execPath, [RUN, 'sync'], { cwd: clone, stdio: 'ignore' })
  return { clone, remote }
}

/** So many new tasks on top of a clone's log, made without starting the program. */
async function addTasks(program, clone, count, round) {
  const random = randomNumbers(count * 1000 + round)
  const files = new Map()
  const time = Date.UTC(2026, 0, 1) + round * 1000
  for (let i = 0; i < count; i++) {
    const id = ulid(time + i, random)
    const draft = {
      kind: 'TaskCreated',
      data: { number: SIZE + 1 + round * count + i, title: `New task ${round} ${i}` },
    }
    const environment = {
      now: new Date(time).toISOString(),
      newId: () => ulid(time + i, random),
      actor: 'Ann <ann@example.com>',
    }
    files.set(
      program.taskPath(id),
      program.renderTaskFile(program.seal({ id, events: [] }, [draft], environment)),
    )
  }
  await commitTaskFiles(program, clone, files, time)
}

const bySync = [process.execPath, RUN, 'sync']

/** Times both ways in turn, each after the same number of new tasks on the side that sends. */
async function rounds(program, seed, count, direction, times) {
  const places = [pair(seed), pair(seed)]
  const others =
    direction === 'send'
      ? []
      : places.map(({ clone, remote }) => {
          const other = copyOf(clone)
          git(other, 'remote', 'set-url', 'origin', remote)
          return other
        })
  const took = [[], []]
  for (let round = 0; round <= times; round++) {
    for (const [i, argv] of [bySync, ['sh', '-c', byGit(direction)]].entries()) {
      const { clone } = places[i]
      if (count > 0) {
        const sender = direction === 'send' ? clone : others[i]
        await addTasks(program, sender, count, round)
        if (direction !== 'send') git(sender, 'push', '-q', 'origin', `${REF}:${REF}`)
      }
      const ms = timeProcess(argv, clone)
      if (round > 0) took[i].push(ms)
    }
  }
  return took
}

/** `mhv sync` beside `git fetch` and `git push` of the same bytes, in pairs. */
export async function run({ rounds: times }) {
  const program = await loadProgram()
  const seed = await seeded(SIZE)
  const rows = []
  for (const [count, direction] of [
    [0, 'send'],
    [1, 'send'],
    [1, 'receive'],
    [1000, 'send'],
    [1000, 'receive'],
  ]) {
    const [sync, plain] = await rounds(program, seed, count, direction, Math.min(times, 7))
    const paired = median(sync.map((ms, i) => ms / plain[i]))
    rows.push([
      count === 0
        ? 'nothing new'
        : `${count.toLocaleString('en')} new ${count === 1 ? 'task' : 'tasks'} to ${direction}`,
      milliseconds(median(plain)),
      milliseconds(median(sync)),
      ratio(paired),
      `≤ ${ratio(TARGET)}`,
      verdict(paired, TARGET),
    ])
  }
  printTable(
    `Sync with ${SIZE.toLocaleString('en')} tasks in the log, beside git fetch and git push of the same`,
    ['what', 'git', 'mhv sync', 'ratio, paired', 'target', ''],
    rows,
  )
}

if (isMain(import.meta)) await run(options())
