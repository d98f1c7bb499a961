import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { mhvProcess, PROGRAM } from '../support/cli.ts'
import { mounted } from '../support/mounted.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { expectError, expectWhole, mhvProcessJson } from '../support/whole.ts'

/** A repository with one task, files that git ignores, and set-up commands. */
async function demoWith(setup: readonly string[], files: Record<string, string> = {}): Promise<string> {
  const demo = temporaryRepository()
  const ours = {
    '.gitignore': '.env\nvendor/\n',
    '.worktreeinclude': '.env\nvendor/\n',
    '.mhvrc.json': JSON.stringify({ worktrees: { setup } }),
    ...files,
  }
  for (const [name, content] of Object.entries(ours)) writeFileSync(join(demo, name), content)
  git(demo, 'add', '.')
  git(demo, 'commit', '--quiet', '--message', 'Files')
  writeFileSync(join(demo, '.env'), 'KEY=1')
  mkdirSync(join(demo, 'vendor'))
  writeFileSync(join(demo, 'vendor', 'library'), 'library')
  for (const argv of [['init'], ['task', 'create', 'A']]) expect((await mhvProcess(demo, argv)).code).toBe(0)
  return demo
}

const worktreeOf = (demo: string) => join(`${demo}.worktrees`, '1-a')

async function expectPrepared(demo: string): Promise<void> {
  const worktree = worktreeOf(demo)
  expect(readFileSync(join(worktree, '.env'), 'utf8')).toBe('KEY=1')
  expect(readFileSync(join(worktree, 'vendor', 'library'), 'utf8')).toBe('library')
  expect(git(worktree, 'status', '--porcelain')).toBe('')
  const history = JSON.stringify(await mhvProcessJson(demo, ['task', 'history', '1']))
  expect(history.match(/"kind":"TaskStarted"/g)).toHaveLength(1)
  expect(await mhvProcessJson(demo, ['start', '1'])).toMatchObject({
    changed: false,
    set_up: { ran: [], skipped: [] },
  })
  await expectWhole(demo)
}

test.each([
  ['task-started', 'one\ntwo\n'],
  ['branch-claimed', 'one\ntwo\n'],
  ['branch-made', 'one\ntwo\n'],
  ['worktree-added', 'one\ntwo\n'],
  ['port-given', 'one\ntwo\n'],
  ['files-copied', 'one\ntwo\n'],
  // What ran is known when it was recorded; before that it runs again.
  ['set-up-ran', 'one\none\ntwo\n'],
])('a start killed at %s is gone on with by the next one', async (step, ran) => {
  const demo = await demoWith(['echo one >> ../ran', 'echo two >> ../ran'])
  const killed = await mhvProcess(demo, ['start', '1', '--trust'], { env: { MHV_FAULT: step } })
  expect(killed).toMatchObject({ code: 137, out: '' })
  expect(await mhvProcessJson(demo, ['start', '1', '--trust'])).toMatchObject({
    changed: true,
    branch: 'task/1',
  })
  expect(readFileSync(join(`${demo}.worktrees`, 'ran'), 'utf8')).toBe(ran)
  await expectPrepared(demo)
})

/** Starts `mhv start 1 --trust` in a process group of its own, as a terminal does. */
function startInGroup(demo: string) {
  const child = spawn(process.execPath, [PROGRAM, 'start', '1', '--trust'], {
    cwd: demo,
    detached: true,
    stdio: 'ignore',
  })
  return { interrupt: () => process.kill(-child.pid!, 'SIGINT'), closed: once(child, 'close') }
}

const until = async (holds: () => boolean) => {
  while (!holds()) await sleep(5)
}

test('where a hook of git fails in the new worktree, this stays, and the next start makes it ready', async () => {
  const demo = await demoWith(['echo one >> ../ran'])
  const hook = join(demo, '.git', 'hooks', 'post-checkout')
  mkdirSync(join(hook, '..'), { recursive: true })
  writeFileSync(hook, '#!/bin/sh\necho refused >&2\nexit 1\n', { mode: 0o755 })
  expectError(await mhvProcess(demo, ['start', '1', '--trust']), 'GIT_FAILED')
  expect((await mhvProcessJson(demo, ['task', 'show', '1'])).task.status).toBe('pending')
  expect(existsSync(join(worktreeOf(demo), '.env'))).toBe(false)
  const next = await mhvProcessJson(demo, ['start', '1', '--trust'])
  expect(next).toMatchObject({
    task: { status: 'in_progress' },
    branch: 'task/1',
    set_up: { ran: [expect.any(String)] },
  })
  expect(readFileSync(join(worktreeOf(demo), '.env'), 'utf8')).toBe('KEY=1')
})

test('a start whose event cannot be written leaves neither branch nor worktree, unless somebody is at work there', async () => {
  const demo = await demoWith([])
  const hook = (name: string, script: string) => {
    mkdirSync(join(demo, '.git', 'hooks'), { recursive: true })
    writeFileSync(join(demo, '.git', 'hooks', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }
  const before = git(demo, 'for-each-ref')
  hook('reference-transaction', 'grep -q refs/mtos/tasks && exit 1 || exit 0')
  expect((await mhvProcessJson(demo, ['start', '1'])).error.name).toBe('GIT_FAILED')
  expect([git(demo, 'for-each-ref'), existsSync(`${demo}.worktrees`)]).toEqual([before, false])
  expect(git(demo, 'config', '--get', '--default', 'none', 'branch.task/1.mtosTask')).toBe('none')
  hook('post-checkout', 'echo mine > .env')
  expect((await mhvProcessJson(demo, ['start', '1'])).error.name).toBe('GIT_FAILED')
  expect(readFileSync(join(worktreeOf(demo), '.env'), 'utf8')).toBe('mine\n')
  rmSync(join(demo, '.git', 'hooks'), { recursive: true })
  expect(await mhvProcessJson(demo, ['start', '1'])).toMatchObject({ branch: 'task/1', copied: { kept: 1 } })
  expect(readFileSync(join(worktreeOf(demo), '.env'), 'utf8')).toBe('mine\n')
})

test('starts at the same time share no port, however few there are', async () => {
  const demo = await demoWith([], {
    '.mhvrc.json': JSON.stringify({ worktrees: { ports: { first: 5000, count: 5 } } }),
  })
  const titles = ['B', 'C', 'D', 'E']
  for (const title of titles) expect((await mhvProcess(demo, ['task', 'create', title])).code).toBe(0)
  const started = await Promise.all(
    ['1', '2', '3', '4', '5'].map((number) => mhvProcessJson(demo, ['start', number])),
  )
  expect(started.map(({ port }) => port).sort()).toEqual([5000, 5001, 5002, 5003, 5004])
  await expectWhole(demo)
})

test('Ctrl-C during a set-up command ends it, and the next start begins with that one', async () => {
  const slow = 'echo $$ > ../pid; test -e ../quick || sleep 60; echo slow >> ../ran'
  const demo = await demoWith(['echo first >> ../ran', slow])
  const pid = join(`${demo}.worktrees`, 'pid')
  const { interrupt, closed } = startInGroup(demo)
  await until(() => existsSync(pid) && readFileSync(pid, 'utf8').endsWith('\n'))
  interrupt()
  const [code, signal] = await closed
  expect([code, signal]).toEqual([null, 'SIGINT'])
  await sleep(100)
  expect(() => process.kill(Number(readFileSync(pid, 'utf8')), 0)).toThrow(/ESRCH/)
  writeFileSync(join(`${demo}.worktrees`, 'quick'), '')
  expect((await mhvProcessJson(demo, ['start', '1'])).set_up.ran).toEqual([slow])
  expect(readFileSync(join(`${demo}.worktrees`, 'ran'), 'utf8')).toBe('first\nslow\n')
  await expectPrepared(demo)
})

test('Ctrl-C while git makes the worktree leaves what the next start finishes', async () => {
  const slow = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`file${i}`, `content ${i}\n`]))
  const demo = await demoWith([], { ...slow, '.gitattributes': 'file* filter=slow\n' })
  git(demo, 'config', 'filter.slow.clean', 'cat')
  git(demo, 'config', 'filter.slow.smudge', 'sleep 0.1; cat')
  const { interrupt, closed } = startInGroup(demo)
  const worktree = worktreeOf(demo)
  await until(() => existsSync(worktree) && readdirSync(worktree).length >= 5)
  interrupt()
  await closed
  await sleep(300)
  const resumed = await mhvProcessJson(demo, ['start', '1'])
  expect(resumed).toMatchObject({ worktree, changed: true, set_aside: null })
  expect(readdirSync(worktree).filter((name) => name.startsWith('file'))).toHaveLength(12)
  await expectPrepared(demo)
})

function fill(disk: string): string {
  const filler = join(disk, 'filler')
  for (let size = 1 << 20; size >= 1; size >>= 1) {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size))
    } catch {
      // This size does not fit any more; the next smaller one may.
    }
  }
  return filler
}

test('a start onto a full disk is taken back whole, and works when there is room', async (context) => {
  const disk = join(temporaryDirectory(), 'disk')
  if (!mounted(disk, '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs')) return context.skip()
  const demo = await demoWith([], { large: 'x'.repeat(1 << 19) })
  const refs = git(demo, 'for-each-ref', 'refs/heads')
  const settings = readFileSync(join(demo, '.git', 'config'), 'utf8')
  const filler = fill(disk)
  const argv = ['start', '1', '--path', join(disk, 'all', 'trees', '1')]
  expectError(await mhvProcess(demo, argv), 'STORE_UNWRITABLE')
  expect((await mhvProcessJson(demo, ['task', 'show', '1'])).task).toMatchObject({
    status: 'pending',
    branch: null,
  })
  expect(git(demo, 'for-each-ref', 'refs/heads')).toBe(refs)
  expect(readFileSync(join(demo, '.git', 'config'), 'utf8')).toBe(settings)
  expect(readdirSync(disk)).toEqual(['filler'])
  expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
  rmSync(filler)
  expect(await mhvProcessJson(demo, argv)).toMatchObject({ changed: true, copied: { files: 2 } })
  await expectWhole(demo)
})

test('where ignored files find no room, the worktree stays without a part of one, and the next start goes on', async (context) => {
  const disk = join(temporaryDirectory(), 'disk')
  if (!mounted(disk, '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs')) return context.skip()
  const demo = await demoWith([])
  writeFileSync(join(demo, 'vendor', 'large'), 'x'.repeat(1 << 20))
  const filler = join(disk, 'filler')
  writeFileSync(filler, 'x'.repeat(1_500_000))
  const argv = ['start', '1', '--path', join(disk, '1')]
  const refused = await mhvProcessJson(demo, argv)
  expect(refused.error).toMatchObject({ name: 'SETUP_FAILED', recovery: [expect.any(String), 'mhv start 1'] })
  expect(existsSync(join(disk, '1', 'vendor'))).toBe(false)
  expect(git(join(disk, '1'), 'status', '--porcelain')).toBe('')
  rmSync(filler)
  expect((await mhvProcessJson(demo, ['start', '1'])).copied).toMatchObject({ files: 2, kept: 1 })
  expect(readFileSync(join(disk, '1', 'vendor', 'large'))).toHaveLength(1 << 20)
  await expectWhole(demo)
})
