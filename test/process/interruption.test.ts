import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import { untilInterrupted } from '../../src/process/interruption.ts'
import { temporaryDirectory } from '../support/repository.ts'

/** A process that works inside of other work, and tells what it comes to. */
const NESTED = `
import { untilInterrupted } from './src/process/interruption.ts'
const stopped = (signal) => new Promise((resolve) => {
  console.log('works')
  setTimeout(resolve, 5000)
  signal.addEventListener('abort', () => setTimeout(resolve, 100))
})
await untilInterrupted(async (outer) => {
  await untilInterrupted(stopped, outer)
  console.log('put back')
})
console.log('goes on')
`

async function nested(...signals: NodeJS.Signals[]) {
  const script = join(temporaryDirectory(), 'nested.mjs')
  const { outputFiles } = buildSync({
    stdin: { contents: NESTED, resolveDir: join(import.meta.dirname, '..', '..'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  writeFileSync(script, outputFiles[0]!.contents)
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
    if (said === 'works\n') for (const signal of signals) child.kill(signal)
  })
  const [code, signal] = await once(child, 'close')
  return { code, signal, said }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the process as it would have, once all that had to be put back is',
  async (signal) => {
    expect(await nested(signal)).toEqual({ code: null, signal, said: 'works\nput back\n' })
  },
)

test('a second request changes nothing', async () => {
  expect(await nested('SIGINT', 'SIGTERM')).toMatchObject({ said: 'works\nput back\n' })
})

test('work that nobody stops gives its result, throws its error, and leaves no listener', async () => {
  const before = process.listenerCount('SIGINT')
  expect(await untilInterrupted(async ({ aborted }) => aborted)).toBe(false)
  const controller = new AbortController()
  controller.abort()
  expect(await untilInterrupted(async ({ aborted }) => aborted, controller.signal)).toBe(true)
  await expect(untilInterrupted(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(process.listenerCount('SIGINT')).toBe(before)
})
