import { describe, expect, test } from 'vitest'
import { type ErrorName, MhvError } from '../../src/errors.ts'
import { hostOf, reachHosts } from '../../src/federation/reach-hosts.ts'

const failure = (error: ErrorName) => new MhvError(error, `${error} it is.`)
const soon = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms))

/** Work that fails so often before it succeeds, and counts. */
function failing(times: number, error: ErrorName = 'REMOTE_UNREACHABLE') {
  const work = async () => {
    work.calls++
    if (work.calls <= times) throw failure(error)
    return 'done'
  }
  work.calls = 0
  return work
}

describe('work is tried again', () => {
  test('a bounded number of times', async () => {
    const reach = await reachHosts({ delay: 1, failures: 100 })
    const twice = failing(2)
    expect(await reach('a', twice)).toBe('done')
    expect(twice.calls).toBe(3)
    const always = failing(99)
    await expect(reach('a', always)).rejects.toMatchObject({ message: 'REMOTE_UNREACHABLE it is.' })
    expect(always.calls).toBe(3)
  })

  test('but not after a time-out, which was waited for; it speaks against the host', async () => {
    const reach = await reachHosts({ delay: 1, failures: 1 })
    const work = failing(99, 'REMOTE_TIMEOUT')
    await expect(reach('a', work)).rejects.toMatchObject({ error: 'REMOTE_TIMEOUT' })
    expect(work.calls).toBe(1)
    await expect(reach('a', failing(0))).rejects.toMatchObject({ error: 'REMOTE_UNREACHABLE' })
  })

  test.each(['REMOTE_AUTH', 'REMOTE_REFUSED', 'REPOSITORY_MISSING', 'NOT_INITIALISED'] as const)(
    'but not after %s, which the next answer would say as well',
    async (error) => {
      const reach = await reachHosts({ delay: 1, failures: 1 })
      const work = failing(99, error)
      await expect(reach('a', work)).rejects.toMatchObject({ error })
      expect(work.calls).toBe(1)
      expect(await reach('a', failing(0))).toBe('done')
    },
  )

  test('a bug is handed on as it is', async () => {
    const reach = await reachHosts({ delay: 1 })
    await expect(reach('a', () => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError)
  })

  test('each time later', async () => {
    const reach = await reachHosts({ delay: 20, attempts: 6, failures: 100 })
    const start = performance.now()
    await reach('a', failing(5))
    // Were they alike, these five delays would be some 100 ms together.
    expect(performance.now() - start).toBeGreaterThan(200)
  })
})

describe('a host that fails in a row', () => {
  test('is left alone, what waits for it learns at once, and other hosts are served', async () => {
    const reach = await reachHosts({ delay: 1, attempts: 1, failures: 3, atOnceForHost: 1 })
    const work = failing(99)
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => reach('slow.example', work)))
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(work.calls).toBe(3)
    await expect(reach('slow.example', work)).rejects.toMatchObject({
      error: 'REMOTE_UNREACHABLE',
      message: 'Not asked: host slow.example failed 3 times in a row.',
    })
    expect(await reach('other.example', failing(0))).toBe('done')
  })

  test('whoever was asked is told what came of that, and all others what the host failed with', async () => {
    const reach = await reachHosts({ delay: 1, failures: 4 })
    const refused = (name: string) => () =>
      Promise.reject(
        new MhvError('REMOTE_UNREACHABLE', `${name} cannot be reached.`, { data: { reason: 'no route' } }),
      )
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const results = await Promise.allSettled(names.map((name) => reach('x.example', refused(name))))
    const left = 'Not asked: host x.example failed 4 times in a row, at last with: no route.'
    expect(results.map((result) => (result as PromiseRejectedResult).reason.message)).toEqual([
      ...names.slice(0, 4).map((name) => `${name} cannot be reached.`),
      left,
      left,
    ])
  })

  test('is not one that answers, with whatever status, and an answer begins the count anew', async () => {
    const reach = await reachHosts({ delay: 1, attempts: 1, failures: 2 })
    const answered = () =>
      Promise.reject(new MhvError('REMOTE_UNREACHABLE', 'status 503.', { data: { answered: true } }))
    for (let i = 0; i < 4; i++) {
      await expect(reach('a', failing(1))).rejects.toThrow(/it is/)
      await expect(reach('a', answered)).rejects.toThrow('status 503.')
      await expect(reach('a', answered)).rejects.toThrow('status 503.')
    }
    expect(await reach('a', failing(0))).toBe('done')
  })

  test('is asked again after a while, and served again when it answers', async () => {
    const reach = await reachHosts({ delay: 1, attempts: 1, failures: 2, pause: 40 })
    const work = failing(2)
    await expect(reach('a', work)).rejects.toThrow()
    await expect(reach('a', work)).rejects.toThrow()
    await expect(reach('a', work)).rejects.toThrow(/^Not asked/)
    expect(work.calls).toBe(2)
    await soon(60)
    expect(await reach('a', work)).toBe('done')
    expect(await reach('a', work)).toBe('done')
  })

  test('one success between failures begins the count anew', async () => {
    const reach = await reachHosts({ delay: 1, attempts: 1, failures: 2 })
    for (let i = 0; i < 4; i++) {
      await expect(reach('a', failing(1))).rejects.toThrow(/it is/)
      expect(await reach('a', failing(0))).toBe('done')
    }
  })
})

test('so much at once, and so much for one host', async () => {
  const reach = await reachHosts({ atOnce: 5, atOnceForHost: 2 })
  const now = { all: 0, a: 0, b: 0, c: 0 }
  const most = { ...now }
  const work = (host: 'a' | 'b' | 'c') => async () => {
    for (const key of ['all', host] as const) most[key] = Math.max(most[key], ++now[key])
    await soon()
    for (const key of ['all', host] as const) now[key]--
  }
  const hosts = ['a', 'b', 'c'] as const
  await Promise.all(Array.from({ length: 60 }, (_, i) => reach(hosts[i % 3]!, work(hosts[i % 3]!))))
  expect(most).toEqual({ all: 5, a: 2, b: 2, c: 2 })
})

test('the host of every kind of address', () => {
  const HOSTS = {
    'https://ann:x@git.example:8443/a/b.git': 'git.example:8443',
    'ssh://git@git.example/a': 'git.example',
    'git@git.example:a/b.git': 'git.example',
    'git.example:a/b.git': 'git.example',
    'file:///a/b': null,
    '/a/b:c': null,
    './a:b': null,
    'C:/a/b': null,
    '../a': null,
  }
  expect(Object.fromEntries(Object.keys(HOSTS).map((address) => [address, hostOf(address)]))).toEqual(HOSTS)
})
