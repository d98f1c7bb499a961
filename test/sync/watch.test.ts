import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { mhv, mhvProcess, PROGRAM } from '../support/cli.ts'
import { git } from '../support/repository.ts'
import { clones, initialised, listed, synced } from '../support/synced-clones.ts'

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('--watch says what changes, and a failure once, until it is interrupted, and then ends well', async () => {
  const shared = clones()
  const [a, b] = [await initialised(shared, 'a'), await initialised(shared, 'b')]
  await synced(a)
  const child = spawn(process.execPath, [PROGRAM, 'sync', '--watch', '--interval', '1'], { cwd: b })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.on('data', (piece) => (out += piece))
  child.stderr.on('data', (piece) => (err += piece))
  await mhv(a, 'tc', 'One')
  await synced(a)
  await until(() => out.includes('origin: received 1 task\n'))
  expect(await listed(b)).toEqual(['1 One'])
  const url = git(b, 'remote', 'get-url', 'origin')
  git(b, 'remote', 'set-url', 'origin', `${url}.away`)
  await until(() => err.includes('REMOTE_MISSING'))
  await new Promise((resolve) => setTimeout(resolve, 1500))
  git(b, 'remote', 'set-url', 'origin', url)
  await until(() => out.endsWith('origin: nothing new\n'))
  expect(err.match(/REMOTE_MISSING/g)).toHaveLength(1)
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a remote that keeps silent is given up after --timeout, and nothing waits for it meanwhile', async () => {
  const shared = clones()
  const a = await initialised(shared, 'a')
  const silent = createServer()
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => void silent.close())
  git(a, 'remote', 'set-url', 'origin', `git://127.0.0.1:${(silent.address() as AddressInfo).port}/x.git`)
  const answer = mhvProcess(a, ['sync', '--timeout', '2'])
  await once(silent, 'connection')
  expect((await mhv(a, 'tc', 'Written meanwhile')).code).toBe(0)
  const { code, err } = await answer
  expect(code).toBe(1)
  expect(err).toMatch(/REMOTE_TIMEOUT: origin did not answer in time.*1 task changed here is not there yet/)
})
