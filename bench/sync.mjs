import { execFileSync, spawn } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { median, milliseconds, printTable, ratio, timeProcess, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, loadProgram, RUN, root } from './program.mjs'
import { commitTaskFiles, copyOf, randomNumbers, seeded, ulid } from './seed.mjs'

const SIZE = 100_000
/** A sync is to cost no more than this, beside what git alone needs to carry the same bytes. */
const TARGET = 1.5
/** Milliseconds that a server on a network is away, there and back. */
const AWAY = 25
const NODE = [process.execPath, '-e', '0']
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

/** A git server over HTTP for what is below a folder, each answer of which comes late. */
async function serve(folder) {
  const script = join(root, 'test', 'support', 'http-remote-server.mjs')
  const server = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'ignore'] })
  const port = await new Promise((resolve) => server.stdout.once('data', (line) => resolve(Number(line))))
  const address = `http://127.0.0.1:${port}`
  await fetch(`${address}/_control`, { method: 'POST', body: JSON.stringify({ delay: AWAY }) })
  return { address, end: () => server.kill() }
}

/**
 * A clone of a repository with many tasks, another one, and the bare remote beside them that they are in step with.
 * @param address where the remote is served; a path for null
 */
function clones(seed, address) {
  const clone = copyOf(seed)
  const remote = join(clone, '..', 'remote.git')
  git(clone, 'clone', '-q', '--bare', '.', remote)
  git(remote, 'config', 'http.receivepack', 'true')
  git(clone, 'push', '-q', remote, `${REF}:${REF}`)
  const other = copyOf(clone)
  git(other, 'remote', 'add', 'origin', remote)
  const url = address ? `${address}/${basename(dirname(remote))}/remote.git` : remote
  git(clone, 'remote', 'add', 'origin', url)
  git(clone, 'config', '--add', 'remote.origin.fetch', `+${REF}*:refs/mtos/remotes/origin/tasks*`)
  execFileSync(process.execPath, [RUN, 'sync'], { cwd: clone, stdio: 'ignore' })
  return { clone, other }
}

let added = 0

/** So many new tasks on top of a clone's log, made without starting the program. */
async function addTasks(program, clone, count) {
  const random = randomNumbers(added + 1)
  const files = new Map()
  const time = Date.UTC(2026, 0, 1) + added
  for (let i = 0; i < count; i++) {
    const id = ulid(time + i, random)
    added += 1
    const draft = { kind: 'TaskCreated', data: { number: SIZE + added, title: `New task ${added}` } }
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

/** Makes something new on the side that sends. */
async function prepare(program, { clone, other }, count, direction) {
  if (count === 0) return
  if (direction === 'send') {
    await addTasks(program, clone, count)
    // As whoever writes with the program leaves it.
    execFileSync(process.execPath, [RUN, 'task', 'list', '--limit', '1'], { cwd: clone, stdio: 'ignore' })
    return
  }
  git(other, 'fetch', '-q', 'origin', `+${REF}:${REF}`)
  await addTasks(program, other, count)
  git(other, 'push', '-q', 'origin', `${REF}:${REF}`)
}

const bySync = [process.execPath, RUN, 'sync']

/** Times both ways in turn, each after the same number of new tasks on the side that sends, and Node by itself. */
async function rounds(program, places, count, direction, times) {
  const took = [[], [], []]
  for (let round = 0; round <= times; round++) {
    for (const [i, argv] of [bySync, ['sh', '-c', byGit(direction)]].entries()) {
      await prepare(program, places[i], count, direction)
      const ms = timeProcess(argv, places[i].clone)
      if (round > 0) took[i].push(ms)
    }
    const ms = timeProcess(NODE, CACHE)
    if (round > 0) took[2].push(ms)
  }
  return took
}

async function measure(program, seed, address, times) {
  const places = [clones(seed, address), clones(seed, address)]
  const rows = []
  for (const [count, direction] of [
    [0, 'send'],
    [1, 'send'],
    [1, 'receive'],
    [1000, 'send'],
    [1000, 'receive'],
  ]) {
    const [sync, plain, node] = await rounds(program, places, count, direction, times)
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
      milliseconds(median(node)),
      ratio(median(sync.map((ms, i) => (ms - node[i]) / plain[i]))),
    ])
  }
  return rows
}

/** `mhv sync` beside `git fetch` and `git push` of the same bytes, in pairs, with a remote in a folder and on a server. */
export async function run({ rounds: times }) {
  const program = await loadProgram()
  const seed = await seeded(SIZE)
  const server = await serve(CACHE)
  const columns = ['what', 'git', 'mhv sync', 'ratio, paired', 'target', '', 'node -e 0', 'ratio without it']
  try {
    for (const [where, address] of [
      ['a bare repository beside', null],
      [`a server over HTTP, ${AWAY} ms away`, server.address],
    ]) {
      printTable(
        `Sync with ${SIZE.toLocaleString('en')} tasks in the log and ${where}, and git fetch and git push of the same`,
        columns,
        await measure(program, seed, address, Math.min(times, 7)),
      )
    }
  } finally {
    server.end()
  }
}

if (isMain(import.meta)) await run(options())
