import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { median, milliseconds, printTable, ratio } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, RUN } from './program.mjs'
import { seeded } from './seed.mjs'

const REPOSITORIES = 50
const TASKS = 1000
const REF = 'refs/mtos/tasks'

const git = (cwd, ...args) => execFileSync('git', args, { cwd, stdio: 'ignore' })

/** Bare remotes with a task log each, made once and kept, and the list of their URLs in an empty directory. */
async function remotes() {
  const directory = join(CACHE, `url-federation-${REPOSITORIES}-${TASKS}`)
  if (existsSync(directory)) return directory
  const seed = await seeded(TASKS)
  const making = `${directory}.${process.pid}`
  mkdirSync(join(making, 'empty'), { recursive: true })
  const names = Array.from({ length: REPOSITORIES }, (_, i) => `repository-${String(i + 1).padStart(2, '0')}`)
  for (const name of names) {
    git(making, 'init', '-q', '--bare', `${name}.git`)
    git(seed, 'push', '-q', join(making, `${name}.git`), `${REF}:${REF}`)
  }
  const urls = names.map((name) => `  - { name: ${name}, url: "file://${directory}/${name}.git" }\n`)
  writeFileSync(join(making, 'empty', 'repos.yaml'), `repos:\n${urls.join('')}`)
  renameSync(making, directory)
  return directory
}

/** Milliseconds of a command with a cache of its own. */
function timed(file, args, cwd, cache) {
  const before = performance.now()
  execFileSync(file, args, {
    cwd,
    env: { ...process.env, XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return performance.now() - before
}

/** The same fetches by git alone, eight at a time as the program does, into repositories that are made for them. */
const byGit = (directory, cache) =>
  `ls -d ${directory}/*.git | xargs -P 8 -I{} sh -c 'd=${cache}/$(basename {}) && git init -q --bare $d && git -C $d fetch -q --no-tags file://{} +${REF}:${REF}'`

/** `task list --all` in an empty directory with URLs only. */
export async function run({ rounds }) {
  const directory = await remotes()
  const empty = join(directory, 'empty')
  const list = [RUN, 'task', 'list', '--all', '--format', 'markdown']
  const took = { git: [], cold: [], warm: [] }
  for (let round = 0; round <= Math.min(rounds, 5); round++) {
    const caches = [0, 1].map(() => mkdtempSync(join(CACHE, 'url-cache-')))
    const times = {
      git: timed('sh', ['-c', byGit(directory, caches[0])], empty, caches[0]),
      cold: timed(process.execPath, list, empty, caches[1]),
      warm: timed(process.execPath, [...list, '--max-age', '1h'], empty, caches[1]),
    }
    for (const cache of caches) rmSync(cache, { recursive: true, force: true })
    if (round > 0) for (const [name, ms] of Object.entries(times)) took[name].push(ms)
  }
  const base = median(took.git)
  printTable(
    `The tasks of ${REPOSITORIES} repositories of ${TASKS.toLocaleString('en')} tasks that are known by their URLs only`,
    ['what', 'median', 'ratio'],
    [
      ['git init and git fetch of the task refs, 8 at a time', milliseconds(base), ratio(1)],
      [
        'mhv task list --all, nothing cached',
        milliseconds(median(took.cold)),
        ratio(median(took.cold) / base),
      ],
      [
        'mhv task list --all --max-age 1h, then',
        milliseconds(median(took.warm)),
        ratio(median(took.warm) / base),
      ],
    ],
  )
}

if (isMain(import.meta)) await run(options())
