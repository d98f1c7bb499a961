import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inspectLock, takeWriteLock } from '../../src/store/write-lock.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { codesOf, demoWith, store } from '../support/hand-made.ts'
import { temporaryDirectory } from '../support/repository.ts'

const MINUTE = 60_000

/** Puts a file there that was written some time ago. */
function place(path: string, content: string, age: number): void {
  writeFileSync(path, content)
  const then = new Date(Date.now() - age)
  utimesSync(path, then, then)
}

const lockIn = (directory: string) => join(directory, 'write.lock')
const holder = (changes: object) =>
  JSON.stringify({ pid: process.pid, host: hostname(), git: 0, since: null, gitSince: null, ...changes })
const take = (directory: string) => takeWriteLock(directory, 30, () => {})

test('a lock tells when its holder began, so that it is known from a later process of its id', async () => {
  const directory = temporaryDirectory()
  const lock = await take(directory)
  const written = JSON.parse(readFileSync(lockIn(directory), 'utf8'))
  expect(written).toMatchObject({ pid: process.pid, host: hostname(), git: 0 })
  expect(inspectLock(directory)).toMatchObject({ isAbandoned: false })
  if (existsSync('/proc/self/stat')) {
    expect(written.since).toMatch(/^[0-9a-f-]{36}\/\d+$/)
    writeFileSync(lockIn(directory), JSON.stringify({ ...written, since: 'another-boot/1' }))
    expect(inspectLock(directory)).toMatchObject({ isAbandoned: true })
    writeFileSync(
      lockIn(directory),
      JSON.stringify({ ...written, since: 'another-boot/1', git: process.pid, gitSince: written.since }),
    )
    expect(inspectLock(directory)).toMatchObject({ isAbandoned: false })
  }
  lock.release()
  expect(inspectLock(directory)).toBe(null)
})

test.each([
  ['another machine’s writer, lately', { pid: 4242, host: 'elsewhere' }, 9 * MINUTE, false],
  ['another machine’s writer, long ago', { pid: 4242, host: 'elsewhere' }, 11 * MINUTE, true],
  ['a process that did not say when it began, lately', {}, 9 * MINUTE, false],
  ['a process that did not say when it began, long ago', {}, 11 * MINUTE, true],
  ['a record that says nothing', { pid: undefined }, MINUTE, true],
])('a lock of %s is waited for, or taken away', async (_name, changes, age, isFree) => {
  const directory = temporaryDirectory()
  place(lockIn(directory), holder(changes), age)
  if (!isFree) {
    const refused = await take(directory).catch((error) => error)
    const mayLook = (changes as { host?: string }).host === undefined
    expect(refused).toMatchObject({ error: 'CONTENTION' })
    expect(refused.recovery).toEqual([
      ...(mayLook ? [`ps -p ${process.pid}`] : []),
      `rm ${lockIn(directory)}`,
    ])
    return
  }
  const lock = await take(directory)
  expect(JSON.parse(readFileSync(lockIn(directory), 'utf8')).pid).toBe(process.pid)
  lock.release()
})

test('the doctor takes a dead lock away and tells of one that is held too long', async () => {
  const demo = await demoWith('One')
  const path = lockIn(store(demo))
  place(path, holder({ pid: 4242, host: 'old-container' }), 3 * 24 * 60 * MINUTE)
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended), existsSync(path)]).toEqual([true, ['LOCK_LEFT'], false])
  place(path, holder({ pid: 4242, host: 'old-container' }), 2 * MINUTE)
  const told = await mhvJson(demo, 'doctor', '--fix')
  expect([told.ok, codesOf(told.findings)]).toEqual([false, ['LOCK_LEFT']])
  expect(told.findings[0]).toMatchObject({ fix: `rm ${path}` })
  expect(existsSync(path)).toBe(true)
  place(path, holder({ pid: 4242, host: 'old-container' }), 3 * 24 * 60 * MINUTE)
  expect((await mhv(demo, 'task', 'create', 'Two')).code).toBe(0)
})

test('a lock that git may still hold is told and left alone; a very old one goes', async () => {
  const demo = await demoWith('One')
  const path = join(demo, '.git', 'refs', 'mtos', 'tasks.lock')
  place(path, '', 33_000)
  const told = await mhvJson(demo, 'doctor', '--fix')
  expect([codesOf(told.findings), told.findings[0].fix]).toEqual([['LOCK_LEFT'], `rm ${path}`])
  expect(existsSync(path)).toBe(true)
  place(path, '', 61 * MINUTE)
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended), existsSync(path)]).toEqual([true, ['LOCK_LEFT'], false])
})
