// The main job on real repositories in a temporary directory: each command is shown with its true output.
// Ends non-zero as soon as a step does not do what it should, and leaves nothing behind.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { manyRepositories } from './demo-federation.mjs'

const project = fileURLToPath(new URL('..', import.meta.url))
const program = join(project, 'bin', 'run.js')
const place = realpathSync(mkdtempSync(join(tmpdir(), 'mhv-demo-')))
const home = join(place, 'home')

/** Nobody's own configuration takes part: neither git's nor mhv's. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GIT_|MHV_)/.test(name))),
  HOME: home,
  XDG_CONFIG_HOME: join(home, '.config'),
  XDG_CACHE_HOME: join(home, '.cache'),
  GIT_CONFIG_NOSYSTEM: '1',
  NO_COLOR: '1',
}

const quote = (word) => (/^[\w./:=+,@#-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** Runs a command in a repository, shows it, and stops the demo when its exit code is not the one expected. */
function step(directory, words, { exit = 0, input = '', quiet = false } = {}) {
  const [command, ...rest] = words
  const argv = command === 'mhv' ? [process.execPath, [program, ...rest]] : [command, rest]
  const result = spawnSync(argv[0], argv[1], { cwd: directory, env: environment, input, encoding: 'utf8' })
  const shown = `${result.stdout}${result.stderr}`.replaceAll(place, '…').trimEnd()
  if (quiet && result.status === exit) return result.stdout
  console.log(
    `\n${directory.replace(place, '…')} $ ${words.map(quote).join(' ')}${shown ? `\n${shown}` : ''}`,
  )
  if (result.status !== exit) throw new Error(`exit code ${result.status} instead of ${exit}`)
  return result.stdout
}

const git = (directory, ...words) =>
  execFileSync('git', words, { cwd: directory, env: environment, stdio: 'pipe' })
const title = (text) => console.log(`\n=== ${text}`)

/** A repository with one commit, and a bare remote that it is pushed to. */
function makeRepository(name, files, parent = place) {
  const directory = join(parent, name)
  git(parent, 'init', '--quiet', '--initial-branch=main', name)
  for (const [file, content] of Object.entries(files)) writeFileSync(join(directory, file), content)
  git(directory, 'add', '--all')
  git(directory, 'commit', '--quiet', '--message', 'First commit')
  git(parent, 'clone', '--quiet', '--bare', name, `${name}.git`)
  git(directory, 'remote', 'add', 'origin', join(parent, `${name}.git`))
  git(directory, 'fetch', '--quiet')
  return directory
}

function check(what, isTrue) {
  if (!isTrue) throw new Error(`not so: ${what}`)
  console.log(`(checked: ${what})`)
}

function run() {
  mkdirSync(home)
  git(place, 'config', '--global', 'user.name', 'Ann')
  git(place, 'config', '--global', 'user.email', 'ann@example.com')
  const session = makeRepository('session-buddy', { 'auth.py': 'def refresh(token):\n    return None\n' })
  const akosha = makeRepository('akosha', { 'README.md': '# akosha\n' })
  git(place, 'clone', '--quiet', '--no-hardlinks', project, 'mhv')
  const own = join(place, 'mhv')

  title('A repository begins to keep tasks')
  step(session, ['mhv', 'init'])
  step(session, ['git', 'fetch', '--prune'])

  title('Tasks come into being')
  step(session, [
    'mhv',
    'tc',
    'Fix auth bug',
    '--type',
    'bug',
    '--priority',
    'high',
    '--deadline',
    '+7d',
    '--label',
    'auth',
    '--criterion',
    'refresh works after 1 h',
  ])
  step(session, ['mhv', 'tc', 'Write release notes', '--depends-on', '1', '--estimate', '2h'])
  const words = JSON.parse(
    step(session, ['mhv', 'tc', 'Rotate the keys by 2030-01-04 ~2h #security', '--dry-run', '--json']),
  )
  check('words become fields', words.parse.deadline === '2030-01-04' && words.parse.estimate === '2h')
  step(session, ['mhv', 'tc', 'Speed up start', '-d', '-'], { input: 'It takes 3 s to load the index.\n' })
  step(session, ['mhv', 'tl'])
  step(session, ['mhv', 'ready'])
  step(session, ['mhv', 'next'])
  const found = JSON.parse(step(session, ['mhv', 'search', 'login defect', '--json']))
  check('a task is found by other words', found.results[0]?.task.title === 'Fix auth bug')

  title('What cannot be is refused, with a way out')
  step(session, ['mhv', 'task', 'depend', '1', '--on', '2'], { exit: 1 })
  step(session, ['mhv', 'start', '2'], { exit: 1 })

  title('Work on one, in a branch and worktree of its own')
  step(session, ['mhv', 'start', '1'])
  const worktree = join(place, 'session-buddy.worktrees', '1-fix-auth-bug')
  writeFileSync(join(worktree, 'auth.py'), 'def refresh(token):\n    return token\n')
  step(worktree, ['git', 'commit', '--quiet', '--all', '--message', 'Return the refreshed token'])
  step(worktree, ['mhv', 'current'])
  step(worktree, ['mhv', 'done'], { exit: 1 })
  step(worktree, ['mhv', 'task', 'check', '1', '1', '--evidence', 'tried by hand'])
  step(worktree, ['mhv', 'done'])
  step(session, ['mhv', 'task', 'show', '1'])

  title('A change of mind')
  step(session, ['mhv', 'task', 'edit', '3', '--title', 'Speed up start-up', '--priority', 'low'])
  step(session, ['mhv', 'undo'])
  step(session, ['mhv', 'task', 'history', '3'])

  title('It is all in git, for people and for machines')
  const tree = step(session, ['git', 'ls-tree', '-r', '--name-only', 'refs/mtos/tasks'])
  step(session, [
    'git',
    'show',
    `refs/mtos/tasks:${tree.split('\n').find((path) => path.startsWith('tasks/'))}`,
  ])
  step(session, ['git', 'log', '--oneline', 'refs/mtos/tasks'])
  step(session, ['mhv', 'tl', '--status', 'all', '--format', 'markdown'])
  step(session, ['git', 'status', '--short'])

  title('Tasks of another system come along, and real ones survive the doctor')
  step(akosha, ['mhv', 'init'])
  const fixture = join(project, 'test', 'fixtures', 'backlog-tasks.jsonl')
  step(akosha, ['mhv', 'task', 'import', fixture, '--source', 'backlog-md'])
  step(akosha, ['mhv', 'task', 'import', fixture, '--source', 'backlog-md'])
  step(akosha, ['mhv', 'tl', '--limit', '5'])
  step(akosha, ['mhv', 'doctor'])

  workUnderGates()
  manyRepositories(
    { home, step, title, check, makeRepository },
    join(project, 'test', 'fixtures', 'ecosystem-repos.yaml'),
  )

  title('This project’s own clone')
  step(own, ['mhv', 'init'])
  const created = JSON.parse(step(own, ['mhv', 'tc', 'Try the demo', '--json']))
  check('the task answers as JSON with its ref', created.task.ref === 'mhv#1')
  step(own, ['mhv', 'start', '1'])
  step(own, ['mhv', 'done', '1'])
  step(own, ['mhv', 'deinit', '--delete-log', '--force'])
  check(
    'every log is whole',
    [session, akosha].every((directory) => git(directory, 'fsck', '--strict') !== null),
  )
  check('the file of the user is untouched', readFileSync(join(session, 'auth.py'), 'utf8').includes('None'))
}

/** Gates on a task's work and on what is pushed, and a worktree that goes when its work is safe. */
function workUnderGates() {
  const sum = (sign) => `export const sum = (a, b) => a ${sign} b\n`
  const crackerjack = makeRepository('crackerjack', {
    'package.json': '{ "name": "crackerjack", "type": "module", "scripts": { "test": "node --test" } }\n',
    'sum.js': sum('-'),
    'sum.test.js':
      "import assert from 'node:assert'\nimport { test } from 'node:test'\nimport { sum } from './sum.js'\n\ntest('adds up', () => assert.equal(sum(1, 0), 1))\n",
  })
  const worktree = join(place, 'crackerjack.worktrees', '1-sum-does-not-add-up')

  title('Quality gates: what the repository uses is found, hooks are installed when asked')
  step(crackerjack, ['mhv', 'init'])
  step(crackerjack, ['mhv', 'gate', 'init'])
  step(crackerjack, ['git', 'add', '.mhvrc.yaml'])
  step(crackerjack, ['git', 'commit', '--quiet', '--message', 'Configure gates'])
  step(crackerjack, ['mhv', 'hooks', 'install'])
  step(crackerjack, ['mhv', 'preflight'])
  step(crackerjack, ['git', 'push', '--quiet', 'origin', 'main'])

  title('A gate fails, is mended, passes; the second time the answer is there already')
  step(crackerjack, ['mhv', 'tc', 'Sum does not add up', '--type', 'bug'])
  step(crackerjack, ['mhv', 'start', '1'])
  const test = readFileSync(join(worktree, 'sum.test.js'), 'utf8').replace('sum(1, 0), 1', 'sum(1, 2), 3')
  writeFileSync(join(worktree, 'sum.test.js'), test)
  step(worktree, ['git', 'commit', '--quiet', '--all', '--message', 'Test with more than nothing'])
  step(worktree, ['mhv', 'done'], { exit: 3 })
  step(worktree, ['git', 'push', 'origin', 'task/1'], { exit: 1 })
  writeFileSync(join(worktree, 'sum.js'), sum('+'))
  step(worktree, ['git', 'commit', '--quiet', '--all', '--message', 'Add instead of subtracting'])
  step(worktree, ['mhv', 'gate', 'run'])
  step(worktree, ['mhv', 'gate', 'run'])
  step(worktree, ['git', 'push', '--quiet', 'origin', 'task/1'])
  step(worktree, ['mhv', 'done'])
  step(crackerjack, ['mhv', 'worktree', 'list'])

  title('The worktree goes when its work is merged, and comes back when it was wanted')
  step(crackerjack, ['git', 'merge', '--quiet', 'task/1'])
  check('the worktree is gone', !existsSync(worktree))
  step(crackerjack, ['mhv', 'worktree', 'undo', '1'])
  check('and here again', readFileSync(join(worktree, 'sum.js'), 'utf8') === sum('+'))
  step(crackerjack, ['mhv', 'worktree', 'prune'])
  step(crackerjack, ['mhv', 'gate', 'verify'])
  step(crackerjack, ['mhv', 'task', 'show', '1'])
  step(crackerjack, ['mhv', 'hooks', 'uninstall'])
}

try {
  run()
  console.log('\nThe demo went through.')
} catch (error) {
  console.error(`\nThe demo stopped: ${error.message}`)
  process.exitCode = 1
} finally {
  rmSync(place, { recursive: true, force: true })
}
