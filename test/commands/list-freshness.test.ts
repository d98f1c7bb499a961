import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { entryDirectory } from '../../src/federation/url-repository.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

beforeEach(() => {
  rmSync(join(homedir(), '.cache'), { recursive: true, force: true })
  vi.stubEnv('CI', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

/** A remote with one task that was listed by its URL, and then was given a second one, which is urgent. */
async function listed(): Promise<{ top: string; bare: string }> {
  const top = temporaryDirectory()
  const [bare, clone] = [join(top, 'remote.git'), temporaryRepository()]
  git(top, 'init', '--quiet', '--bare', bare)
  await run(clone, 'init')
  await run(clone, 'tc', 'One')
  git(clone, 'push', '--quiet', bare, 'refs/mtos/tasks')
  writeFileSync(join(top, 'repos.yaml'), `repos:\n  - {name: away, url: "${bare}"}\n`)
  await run(top, 'tl', '--all')
  await run(clone, 'tc', 'Two', '--priority', 'critical')
  git(clone, 'push', '--quiet', bare, 'refs/mtos/tasks')
  return { top, bare }
}

const total = async (top: string, ...argv: string[]) => (await mhvJson(top, 'tl', '--all', ...argv)).total

test('a list of which nothing hangs shows what was fetched lately; a verdict, and CI, ask anew', async () => {
  const { top } = await listed()
  expect(await total(top)).toBe(1)
  expect((await mhv(top, 'tl', '--all', '--fail-on', 'priority:critical')).code).toBe(1)
  expect(await total(top)).toBe(2)
})

test('in CI each run asks, unless it is told otherwise', async () => {
  const { top } = await listed()
  vi.stubEnv('CI', 'true')
  expect(await total(top, '--max-age', '5m')).toBe(1)
  expect(await total(top)).toBe(2)
})

test('the age of what is shown stands under the list once it matters', async () => {
  const { top, bare } = await listed()
  expect((await mhv(top, 'tl', '--all')).err).toBe('')
  const file = join(entryDirectory(bare), 'fetched.json')
  const state = JSON.parse(readFileSync(file, 'utf8'))
  const fetchedAt = new Date(Date.now() - 200_000).toISOString()
  writeFileSync(file, JSON.stringify({ ...state, fetchedAt }))
  const said = 'Fetched up to 3m ago: away. --max-age 0s asks again.\n'
  expect(await mhv(top, 'tl', '--all')).toMatchObject({ code: 0, err: said })
  expect((await mhv(top, 'status', '--all')).err).toBe(said)
  expect((await mhvJson(top, 'tl', '--all')).fetched_at).toEqual({ away: fetchedAt })
  expect((await mhv(top, 'tl', '--all', '--max-age', '0s')).err).toBe('')
})
