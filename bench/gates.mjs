import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compare, median, milliseconds, printTable, ratio, timeProcess, verdict } from './measure.mjs'
import { isMain, options } from './options.mjs'
import { RUN, root } from './program.mjs'

const PEERS = join(root, 'test', 'peers', 'node_modules')

/** The hook manager's own program, without the Node script around it: its hooks find it in the same way. */
function lefthookProgram() {
  const folder = readdirSync(PEERS).find((name) => /^lefthook-/.test(name))
  return join(PEERS, folder, 'bin', process.platform === 'win32' ? 'lefthook.exe' : 'lefthook')
}

/** A repository with a commit and an empty bare remote. */
function repository(place, name, files) {
  const directory = join(place, name)
  mkdirSync(directory)
  const git = (...args) => execFileSync('git', args, { cwd: directory, stdio: 'pipe' })
  git('init', '--quiet', '--bare', `../${name}.git`)
  git('init', '--quiet', '--initial-branch', 'main')
  git('config', 'user.name', 'bench')
  git('config', 'user.email', 'bench@localhost')
  git('remote', 'add', 'origin', `../${name}.git`)
  for (const [path, content] of Object.entries(files)) writeFileSync(join(directory, path), content)
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message', 'First')
  return { directory, git }
}

const mhv = (directory, ...argv) =>
  execFileSync(process.execPath, [RUN, ...argv], { cwd: directory, stdio: 'pipe' })

/** One repository for each way of running a check before a push. `sleeps` are the commands of its gates. */
function repositories(place, commands) {
  const gates = commands.map(
    (command, i) => `  - { name: gate${i}, command: "${command}", when: [pre-push] }`,
  )
  const ours = repository(place, 'mhv', { '.mhvrc.yaml': `gates:\n${gates.join('\n')}\n` })
  mhv(ours.directory, 'init')
  mhv(ours.directory, 'hooks', 'install')
  const jobs = commands.map((command, i) => `    gate${i}:\n      run: "${command}"`)
  const lefthook = repository(place, 'lefthook', {
    'lefthook.yml': `pre-push:\n  parallel: true\n  commands:\n${jobs.join('\n')}\n`,
  })
  execFileSync(lefthookProgram(), ['install'], { cwd: lefthook.directory, stdio: 'pipe' })
  const husky = repository(place, 'husky', {})
  execFileSync(process.execPath, [join(PEERS, 'husky', 'bin.js')], { cwd: husky.directory, stdio: 'pipe' })
  writeFileSync(join(husky.directory, '.husky', 'pre-push'), `${commands.join('\n')}\n`)
  const plain = repository(place, 'plain', {})
  return { ours, lefthook, husky, plain }
}

/** A push whose gates have passed already, beside hook managers with nothing to do either. */
function cachedPush(place, rounds) {
  const { ours, lefthook, husky, plain } = repositories(place, ['true'])
  const push = ['git', 'push', '--quiet', '--dry-run', 'origin', 'main']
  timeProcess(push, ours.directory)
  const rows = compare(
    [
      { name: 'no hook', argv: push, cwd: plain.directory },
      { name: 'mhv, cached pass', argv: push, cwd: ours.directory },
      { name: 'lefthook, one `true`', argv: push, cwd: lefthook.directory },
      { name: 'Husky, one `true`', argv: push, cwd: husky.directory },
    ],
    rounds,
  )
  const base = rows[1].median
  printTable(
    'A push that is let through, `git push --dry-run` to a repository beside',
    ['push', '× no hook', 'median', 'added by the hook'],
    rows
      .slice(1)
      .map(({ name, median: took }) => [
        name,
        ratio(took / base),
        milliseconds(took),
        milliseconds(took - base),
      ]),
  )
}

/** Three gates side by side, against the same under lefthook and one start of Node. */
function parallelGates(place, rounds) {
  const { ours, lefthook } = repositories(place, ['sleep 0.2', 'sleep 0.21', 'sleep 0.19'])
  const times = { mhv: [], lefthook: [], node: [] }
  for (let round = -1; round < rounds; round++) {
    const took = {
      node: timeProcess([process.execPath, '-e', '0'], ours.directory),
      lefthook: timeProcess([lefthookProgram(), 'run', 'pre-push', '--force'], lefthook.directory),
      mhv: timeProcess(
        [process.execPath, RUN, 'gate', 'run', '--moment', 'pre-push', '--no-cache'],
        ours.directory,
      ),
    }
    if (round >= 0) for (const [name, value] of Object.entries(took)) times[name].push(value)
  }
  const allowed = median(times.lefthook) + median(times.node)
  const took = median(times.mhv)
  printTable(
    'Three gates of 0.2 s side by side',
    ['command', 'median', '× lefthook + node', 'target', ''],
    [
      ['lefthook run', milliseconds(median(times.lefthook)), '', '', ''],
      ['lefthook run + node -e 0', milliseconds(allowed), ratio(1), '', ''],
      ['mhv gate run', milliseconds(took), ratio(took / allowed), '≤ 1.00×', verdict(took / allowed, 1)],
    ],
  )
}

export function run({ rounds }) {
  if (!existsSync(PEERS)) throw new Error('the peers are not installed: node scripts/test-peers.mjs')
  chmodSync(lefthookProgram(), 0o755)
  // Where its hook looks for it first, so that it is measured at its best.
  process.env.LEFTHOOK_BIN = lefthookProgram()
  for (const part of [cachedPush, parallelGates]) {
    const place = mkdtempSync(join(tmpdir(), 'mhv-gates-'))
    try {
      part(place, rounds)
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  }
}

if (isMain(import.meta)) run(options())
