import { execFileSync, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import * as portable from 'isomorphic-git'
import { describe, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

const TASKS = 'refs/mtos/tasks'

async function run(cwd: string, ...argv: string[]): Promise<void> {
  const { code, err } = await mhv(cwd, ...argv)
  if (code !== 0) throw new Error(`mhv ${argv.join(' ')} ended with ${code}: ${err}`)
}

/** A bare remote without tasks, and a clone of it. */
function remoteAndClone(): { remote: string; clone: string } {
  const remote = join(temporaryDirectory(), 'demo.git')
  execFileSync('git', ['clone', '--quiet', '--bare', temporaryRepository(), remote])
  return { remote, clone: cloneOf(remote) }
}

function cloneOf(remote: string): string {
  const clone = join(temporaryDirectory(), 'demo')
  execFileSync('git', ['clone', '--quiet', remote, clone])
  return clone
}

const commitTo = (directory: string, message: string) =>
  git(directory, 'commit', '--quiet', '--allow-empty', '-m', message)

/** Contents of everything below a directory, by path; `skip` leaves out what is not to be compared. */
function contentsOf(directory: string, skip: RegExp): Map<string, string> {
  const names = fs.readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()
  const files = names.filter((name) => !skip.test(name) && fs.statSync(join(directory, name)).isFile())
  return new Map(files.map((name) => [name, fs.readFileSync(join(directory, name), 'latin1')]))
}

describe('ordinary use of git', () => {
  test('goes on after init, although the remote has no tasks', async () => {
    const { remote, clone } = remoteAndClone()
    await run(clone, 'init')
    await run(clone, 'tc', 'Fix auth bug')
    const other = cloneOf(remote)
    commitTo(other, 'from elsewhere')
    git(other, 'push', '--quiet')
    for (const command of [
      'fetch',
      'pull',
      'fetch --prune',
      'fetch --all',
      'remote update --prune',
      'gc',
      'fsck',
    ]) {
      git(clone, ...command.split(' '), ...(/fsck|update/.test(command) ? [] : ['--quiet']))
    }
    expect(git(clone, 'log', '-1', '--format=%s')).toBe('from elsewhere')
    commitTo(clone, 'from here')
    git(clone, 'push', '--quiet')
    git(clone, 'push', '--quiet', '--all')
    expect(git(remote, 'log', '-1', '--format=%s')).toBe('from here')
    expect(git(remote, 'for-each-ref', 'refs/mtos')).toBe('')
    expect(fs.existsSync(join(cloneOf(clone), '.git'))).toBe(true)
    expect((await mhvJson(clone, 'tl')).total).toBe(1)
  })

  test('brings tasks along once the remote has them, and pruning takes none away', async () => {
    const { remote, clone } = remoteAndClone()
    await run(clone, 'init')
    await run(clone, 'tc', 'Fix auth bug')
    git(clone, 'push', '--quiet', 'origin', TASKS)
    const other = cloneOf(remote)
    await run(other, 'init')
    git(other, 'fetch', '--quiet', '--prune')
    await run(other, 'init')
    expect((await mhvJson(other, 'tl')).tasks).toMatchObject([{ number: 1, title: 'Fix auth bug' }])
    git(remote, 'update-ref', '-d', TASKS)
    git(other, 'fetch', '--quiet', '--prune')
    expect((await mhvJson(other, 'tl')).total).toBe(1)
  })

  test('finds index, HEAD, branches, files, stash, reflogs and configuration byte for byte as they were', async () => {
    const { clone } = remoteAndClone()
    fs.writeFileSync(join(clone, 'stashed.txt'), 'a\n')
    git(clone, 'add', '.')
    git(clone, 'stash', '--quiet')
    fs.writeFileSync(join(clone, 'staged.txt'), 'a\n')
    git(clone, 'add', '.')
    fs.writeFileSync(join(clone, 'staged.txt'), 'b\n')
    fs.writeFileSync(join(clone, 'untracked.txt'), 'c\n')
    git(clone, 'branch', 'other')
    git(clone, 'status')
    const own = /^\.git\/(?:objects|mtos|refs\/mtos)(?:\/|$)/
    const before = contentsOf(clone, own)
    await run(clone, 'init')
    const config = fs.readFileSync(join(clone, '.git', 'config'), 'latin1')
    const refspec = '\tfetch = +refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*\n'
    expect(config.replace(refspec, '')).toBe(before.get('.git/config'))
    before.set('.git/config', config)
    await run(clone, 'tc', 'Fix auth bug', '--label', 'auth')
    await run(clone, 'task', 'edit', '1', '--title', 'Mend auth')
    await run(clone, 'task', 'comment', '1', 'looking')
    await run(clone, 'tl')
    await run(clone, 'task', 'show', '1')
    await run(clone, 'task', 'history', '1')
    expect(contentsOf(clone, own)).toEqual(before)
    await run(clone, 'deinit')
    before.set('.git/config', config.replace(refspec, ''))
    expect(contentsOf(clone, own)).toEqual(before)
  })

  test('shows tasks to a person: the file, its changes, and who did what', async () => {
    const demo = temporaryRepository()
    await run(demo, 'init')
    const { task } = await mhvJson(demo, 'tc', 'Fix auth bug', '--priority', 'high')
    await run(demo, 'task', 'edit', '1', '--priority', 'low')
    const path = git(demo, 'ls-tree', '-r', '--name-only', TASKS, 'tasks/')
    expect(git(demo, 'show', `${TASKS}:${path}`)).toMatch(/^id: .*\nnumber: 1\ntitle: Fix auth bug\n/)
    expect(git(demo, 'log', '-1', '-p', TASKS)).toMatch(/^-priority: high\n\+priority: low$/m)
    expect(git(demo, 'log', '-1', '--format=%an <%ae>%n%s%n%(trailers:key=Mtos-Task,valueonly)', TASKS)).toBe(
      `Ann <ann@example.com>\nTaskEdited #1 Fix auth bug\n${task.id}\n`,
    )
  })
})

test('another implementation of git reads the same log, loose and packed', async () => {
  const demo = temporaryRepository()
  await run(demo, 'init')
  await run(demo, 'tc', 'Fix auth bug')
  await run(demo, 'tc', 'Write notes', '-d', 'first\nsecond')
  const gitdir = join(demo, '.git')
  const readAll = async () => {
    const oid = await portable.resolveRef({ fs, gitdir, ref: TASKS })
    const files = new Map<string, string>()
    await portable.walk({
      fs,
      gitdir,
      trees: [portable.TREE({ ref: oid })],
      map: async (path, [entry]) => {
        const content = (await entry?.type()) === 'blob' ? await entry?.content() : undefined
        if (content) files.set(path, Buffer.from(content).toString('utf8'))
      },
    })
    return files
  }
  const names = git(demo, 'ls-tree', '-r', '--name-only', TASKS).split('\n')
  const expected = new Map(
    names.map((name) => [
      name,
      execFileSync('git', ['show', `${TASKS}:${name}`], { cwd: demo, encoding: 'utf8' }),
    ]),
  )
  expect(expected.size).toBe(3)
  expect(await readAll()).toEqual(expected)
  git(demo, 'gc', '--quiet', '--prune=now')
  expect(await readAll()).toEqual(expected)
})

const canSign = !spawnSync('ssh-keygen', ['-?']).error
test.skipIf(!canSign)('with commit.gpgSign every commit of a command is signed', async () => {
  const demo = temporaryRepository()
  const keys = temporaryDirectory()
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, 'key')])
  fs.writeFileSync(join(keys, 'allowed'), `ann@example.com ${fs.readFileSync(join(keys, 'key.pub'), 'utf8')}`)
  for (const [name, value] of [
    ['gpg.format', 'ssh'],
    ['user.signingKey', join(keys, 'key')],
    ['gpg.ssh.allowedSignersFile', join(keys, 'allowed')],
    ['commit.gpgSign', 'yes'],
  ] as const) {
    git(demo, 'config', name, value)
  }
  await run(demo, 'init')
  const root = git(demo, 'rev-parse', TASKS)
  await run(demo, 'tc', 'Fix auth bug')
  await run(demo, 'task', 'edit', '1', '--title', 'Mend auth')
  expect(git(demo, 'log', '--format=%G? %s', TASKS)).toBe(
    'G TaskEdited #1 Mend auth\nG TaskCreated #1 Fix auth bug\nN Begin task log',
  )
  expect(git(demo, 'rev-parse', `${TASKS}~2`)).toBe(root)
  expect(git(demo, 'for-each-ref', '--format=%(refname)', 'refs/mtos')).toBe(TASKS)
  expect((await mhvJson(demo, 'task', 'show', '1')).task.title).toBe('Mend auth')
})
