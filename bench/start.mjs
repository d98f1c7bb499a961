import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { median, milliseconds, printTable, ratio, timeProcess, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { CACHE, RUN } from './program.mjs'
import { copyOf, newRepository } from './seed.mjs'

const FILES = 50_000
/** A round takes seconds; what counts is the ratio within each. */
const ROUNDS = 7
const TARGET = 1.15

const git = (cwd, ...args) => execFileSync('git', args, { cwd, stdio: 'ignore' })

/** A repository of many small files, fifty in a directory, made once and kept. */
function manyFiles() {
  const directory = join(CACHE, `files-${FILES}`, 'demo')
  if (existsSync(directory)) return directory
  const making = join(CACHE, `files-${FILES}.${process.pid}`, 'demo')
  newRepository(making)
  for (let i = 0; i < FILES; i++) {
    const folder = join(making, `part${Math.floor(i / 2500)}`, `group${Math.floor(i / 50)}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `file${i}.ts`), `export const value${i} = ${i}\n`.repeat(1 + (i % 40)))
  }
  git(making, 'add', '--all')
  git(making, 'commit', '-q', '-m', `${FILES} files`)
  git(making, 'gc', '-q')
  renameSync(join(making, '..'), join(directory, '..'))
  return directory
}

/** Milliseconds of one worktree by git alone and of one by mhv, each on a branch that is new. */
function round(cwd, number, isGitFirst) {
  execFileSync(process.execPath, [RUN, 'task', 'create', `Work ${number}`], { cwd, stdio: 'ignore' })
  const [bare, ours] = [join(cwd, '..', `bare-${number}`), join(cwd, '..', `mhv-${number}`)]
  const byGit = () => timeProcess(['git', 'worktree', 'add', '-q', '-b', `bare/${number}`, bare], cwd)
  const byMhv = () => timeProcess([process.execPath, RUN, 'start', String(number), '--path', ours], cwd)
  const times = isGitFirst ? [byGit(), byMhv()] : [byMhv(), byGit()].reverse()
  for (const path of [bare, ours]) git(cwd, 'worktree', 'remove', '--force', path)
  // The next round is not to wait for what this one has left to be written.
  execFileSync('sync')
  return times
}

/** `mhv start` beside bare `git worktree add`, in pairs. */
export async function run() {
  const cwd = copyOf(manyFiles())
  git(cwd, 'status')
  const pairs = Array.from({ length: ROUNDS + 1 }, (_, i) => round(cwd, i + 1, i % 2 === 0))
  // The first round only warms the file system's cache.
  pairs.shift()
  const [byGit, byMhv] = [0, 1].map((i) => median(pairs.map((pair) => pair[i])))
  const paired = median(pairs.map(([bare, ours]) => ours / bare))
  printTable(
    `Starting a task in a repository of ${FILES.toLocaleString('en')} files`,
    ['command', 'median', 'ratio, paired', 'target', ''],
    [
      ['git worktree add -b', milliseconds(byGit), '', '', ''],
      ['mhv start', milliseconds(byMhv), ratio(paired), `≤ ${ratio(TARGET)}`, verdict(paired, TARGET)],
    ],
  )
}

if (isMain(import.meta)) await run(options())
