import { spawn } from 'node:child_process'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhvProcess, PROGRAM } from '../support/cli.ts'
import { git, temporaryDirectory } from '../support/repository.ts'

const CLONES = 10
const TASKS = 2

interface Told {
  readonly id: string
  readonly number: number
}

/** A server that refuses, or dies in the middle, one push in three. */
function failAtRandom(remote: string): void {
  const hook = join(remote, 'hooks', 'pre-receive')
  writeFileSync(
    hook,
    `#!/bin/sh
read -r n < /dev/urandom 2>/dev/null
case $(od -An -N1 -tu1 /dev/urandom | tr -d ' ') in
?|[1-3]?) echo "out of luck" >&2; exit 1 ;;
[4-6]?) kill -9 $PPID ;;
esac
exit 0
`.replace('read -r n < /dev/urandom 2>/dev/null\n', ''),
  )
  chmodSync(hook, 0o755)
}

/** Syncs, and is killed after some time. */
function killedSync(cwd: string, after: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [PROGRAM, 'sync'], { cwd, stdio: 'ignore', detached: true })
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), after)
    child.on('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** One person: creates tasks, and tries to sync after each, now and then killed while at it. */
async function work(cwd: string, person: number): Promise<Told[]> {
  const told: Told[] = []
  for (let i = 0; i < TASKS; i++) {
    const { out, code, err } = await mhvProcess(cwd, ['tc', `Task ${i} of ${person}`, '--json'])
    if (code !== 0) throw new Error(err)
    const { task } = JSON.parse(out)
    told.push({ id: task.id, number: task.number })
    if ((person + i) % 3 === 0) await killedSync(cwd, 40 * (person + i))
    await mhvProcess(cwd, ['sync', '--json'])
  }
  return told
}

test('ten people sync through one remote at once, some are killed, and the remote fails at random: nothing is lost', async () => {
  const place = temporaryDirectory()
  const remote = join(place, 'remote.git')
  git(place, 'init', '--quiet', '--bare', remote)
  failAtRandom(remote)
  const clones = Array.from({ length: CLONES }, (_, i) => join(place, `clone${i}`))
  for (const clone of clones) {
    git(place, 'clone', '--quiet', remote, clone)
    expect((await mhvProcess(clone, ['init'])).code).toBe(0)
  }
  const told = (await Promise.all(clones.map(work))).flat()
  rmSync(join(remote, 'hooks', 'pre-receive'))
  for (const clone of [...clones, ...clones]) {
    const { code, err } = await mhvProcess(clone, ['sync'])
    expect([code, err]).toEqual([0, expect.anything()])
  }
  const trees = [remote, ...clones].map((clone) => git(clone, 'rev-parse', 'refs/mtos/tasks^{tree}'))
  expect(new Set(trees).size).toBe(1)
  const { tasks, problems } = JSON.parse((await mhvProcess(clones[3]!, ['tl', '--json'])).out)
  expect(problems).toEqual([])
  expect(tasks.length).toBe(CLONES * TASKS)
  expect(new Set(tasks.map(({ number }: { number: number }) => number)).size).toBe(CLONES * TASKS)
  for (const { id, number } of told) {
    const task = tasks.find((task: { id: string }) => task.id === id)
    expect([task.number, ...task.aliases]).toContain(number)
  }
  expect(git(remote, 'fsck', '--strict', '--no-dangling')).toBe('')
  for (const clone of clones.slice(0, 3)) expect(git(clone, 'fsck', '--strict', '--no-dangling')).toBe('')
}, 180_000)
