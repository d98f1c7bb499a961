import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { cacheDirectory } from '../src/config/cache-directory.ts'
import { userConfigDirectory } from '../src/config/has-config.ts'
import { stateDirectory } from '../src/config/state-directory.ts'
import { homeDirectory } from '../src/home-directory.ts'
import { mhv, mhvProcess } from './support/cli.ts'
import { git, temporaryRepository } from './support/repository.ts'

const codeCache: { cacheHome: () => string | null } = createRequire(import.meta.url)('../bin/code-cache.js')

afterEach(() => vi.unstubAllEnvs())

const say = (home: string | undefined, xdg: string | undefined) => {
  vi.stubEnv('HOME', home)
  for (const what of ['CACHE', 'CONFIG', 'STATE']) vi.stubEnv(`XDG_${what}_HOME`, xdg)
}

test.each([
  [undefined, undefined],
  ['', undefined],
  ['', ''],
  ['.', '.'],
  ['here', 'there/of-mine'],
  ['~', '~/.config'],
])('what names no place counts as not said: HOME=%j XDG_…_HOME=%j', (home, xdg) => {
  say(home, xdg)
  const own = userInfo().homedir
  expect([homeDirectory(), cacheDirectory(), userConfigDirectory(), stateDirectory()]).toEqual([
    own,
    join(own, '.cache', 'mhv'),
    join(own, '.config', 'mhv'),
    join(own, '.local', 'state', 'mhv'),
  ])
})

test('a place that is said is where things are', () => {
  say('/home/ann', '')
  expect([homeDirectory(), cacheDirectory()]).toEqual(['/home/ann', '/home/ann/.cache/mhv'])
  say('', '/srv/ann')
  expect([cacheDirectory(), userConfigDirectory(), stateDirectory()]).toEqual(Array(3).fill('/srv/ann/mhv'))
})

test.each([
  { HOME: '', XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '', XDG_STATE_HOME: '' },
  { HOME: 'home', XDG_CONFIG_HOME: 'config', XDG_CACHE_HOME: 'cache', XDG_STATE_HOME: 'state' },
])('a command without a home looks for none in the worktree: %j', async (env) => {
  const demo = temporaryRepository()
  await mhv(demo, 'init', '--no-hooks')
  const { code, out } = await mhvProcess(demo, ['config', 'path', '--user'], { env })
  expect({ code, out }).toEqual({
    code: 0,
    out: `${join(userInfo().homedir, '.config', 'mhv', 'config.yaml')}\n`,
  })
  expect(git(demo, 'status', '--porcelain')).toBe('')
})

test.each([
  ['', '/tmp/ann', '/tmp/ann/.cache'],
  ['cache', '/tmp/ann', '/tmp/ann/.cache'],
  ['/tmp/cache', '', '/tmp/cache'],
  ['', '', join(userInfo().homedir, '.cache')],
  ['', 'home', join(userInfo().homedir, '.cache')],
])('compiled code is cached where other caches are: XDG_CACHE_HOME=%j HOME=%j', (xdg, home, expected) => {
  vi.stubEnv('XDG_CACHE_HOME', xdg)
  vi.stubEnv('HOME', home)
  expect(codeCache.cacheHome()).toBe(expected)
})
