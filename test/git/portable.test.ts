import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { readRemoteFiles } from '../../src/git/portable.ts'
import { mhv } from '../support/cli.ts'
import { freePort } from '../support/daemon-remote.ts'
import { type Faults, httpRemote } from '../support/http-remote.ts'
import { git, temporaryRepository } from '../support/repository.ts'

const REFS = ['refs/mtos/tasks', 'refs/heads/mtos/tasks']

/** A repository with code and two tasks, pushed to a server. */
async function pushed(faults: Faults = {}, ...to: string[]) {
  const remote = await httpRemote()
  const { url, path } = remote.repository('demo')
  const repository = temporaryRepository()
  await mhv(repository, 'init')
  await mhv(repository, 'task', 'create', 'First')
  await mhv(repository, 'task', 'create', 'Second')
  const targets = to.length > 0 ? to : ['refs/mtos/tasks']
  git(repository, 'push', '--quiet', url, 'main', ...targets.map((ref) => `refs/mtos/tasks:${ref}`))
  await remote.forget()
  await remote.set(faults)
  return { remote, url, path, repository, tip: git(repository, 'rev-parse', 'refs/mtos/tasks') }
}

const listed = (repository: string) =>
  git(repository, 'ls-tree', '-r', '--full-tree', 'refs/mtos/tasks')
    .split('\n')
    .map((line) => line.split(/[ \t]/).slice(2).reverse())

describe('reads a remote’s files without git', () => {
  test('asking for the one ref and for nothing else', async () => {
    const { remote, url, repository, tip } = await pushed()
    const read = await readRemoteFiles(url, REFS)
    expect(read).toMatchObject({ tip, ref: 'refs/mtos/tasks' })
    expect(read!.files!.map(({ path, id }) => [path, id]).sort()).toEqual(listed(repository).sort())
    for (const { id, content } of read!.files!) {
      expect(content.toString()).toBe(`${git(repository, 'cat-file', 'blob', id)}\n`)
    }
    const [listing, fetched, ...others] = await remote.requests()
    expect(others).toEqual([])
    expect(listing!.url).toBe('/demo.git/info/refs?service=git-upload-pack')
    expect(fetched!.body.match(/want \w+/g)).toEqual([`want ${tip}`])
    expect(fetched!.body).toMatch(/deepen 1\n/)
  })

  test('asking only for the refs where the tip is known', async () => {
    const { remote, url, tip } = await pushed()
    expect(await readRemoteFiles(url, REFS, { known: tip })).toEqual({
      tip,
      ref: 'refs/mtos/tasks',
      files: null,
    })
    expect((await remote.requests()).map(({ method }) => method)).toEqual(['GET'])
  })

  test('a branch that carries the log, the task ref before it', async () => {
    const { url, tip } = await pushed({}, 'refs/heads/mtos/tasks')
    expect(await readRemoteFiles(`${url}/`, REFS)).toMatchObject({ tip, ref: 'refs/heads/mtos/tasks' })
    const both = await pushed({}, 'refs/heads/mtos/tasks', 'refs/mtos/tasks')
    expect(await readRemoteFiles(both.url, REFS)).toMatchObject({ ref: 'refs/mtos/tasks' })
  })

  test('a remote without such a ref, without any, with it hidden', async () => {
    const { url, path, repository } = await pushed()
    expect(await readRemoteFiles(url, ['refs/heads/mtos/tasks'])).toBe(null)
    git(path, 'config', 'transfer.hideRefs', 'refs/mtos')
    expect(await readRemoteFiles(url, REFS)).toBe(null)
    git(path, 'config', '--unset', 'transfer.hideRefs')
    git(path, 'update-ref', '-d', 'refs/heads/main')
    expect(await readRemoteFiles(url, REFS)).toMatchObject({
      tip: git(repository, 'rev-parse', 'refs/mtos/tasks'),
    })
    git(path, 'update-ref', '-d', 'refs/mtos/tasks')
    expect(await readRemoteFiles(url, REFS)).toBe(null)
  })

  test('a repository that is kept with SHA-256 is refused, not misread', async () => {
    const remote = await httpRemote()
    const { url, path } = remote.repository('new', '--object-format=sha256')
    const tree = git(path, 'hash-object', '-t', 'tree', '-w', '/dev/null')
    git(path, 'update-ref', 'refs/mtos/tasks', git(path, 'commit-tree', '-m', 'x', tree))
    await expect(readRemoteFiles(url, REFS)).rejects.toMatchObject({
      error: 'GIT_MISSING',
      message: expect.stringContaining('SHA-256'),
    })
  })

  test('2,000 files in a few seconds', async () => {
    const remote = await httpRemote()
    const { url, path } = remote.repository('many')
    const blobs = Array.from({ length: 2000 }, (_, i) => `blob\nmark :${i + 1}\ndata 8\nfile${i + 1000}\n`)
    const names = Array.from(
      { length: 2000 },
      (_, i) => `M 100644 :${i + 1} tasks/${i % 32}/${i % 31}/${i}\n`,
    )
    const script = `${blobs.join('')}commit refs/mtos/tasks\ncommitter a <a@b> 1 +0000\ndata 1\nx\n${names.join('')}\n`
    execFileSync('git', ['fast-import', '--quiet'], { cwd: path, input: script })
    const start = performance.now()
    const read = await readRemoteFiles(url, REFS)
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(new Set(read!.files!.map(({ content }) => content.toString())).size).toBe(2000)
  })
})

describe('says what went wrong', () => {
  const FAILURES: [string, Faults, string, RegExp][] = [
    ['a token is asked for', { auth: { user: 'a', password: 'b' } }, 'REMOTE_AUTH', /asks who you are/],
    ['forbidden', { status: 403 }, 'REMOTE_AUTH', /403/],
    ['not there', { status: 404 }, 'REPOSITORY_MISSING', /no repository/],
    ['out of order', { status: 503 }, 'REMOTE_UNREACHABLE', /503/],
    ['cut while the refs are listed', { cutAfter: 100 }, 'REMOTE_UNREACHABLE', /cannot be reached/],
    ['never answers', { stall: true }, 'REMOTE_TIMEOUT', /in time/],
  ]
  test.each(FAILURES)('%s', async (_, faults, error, message) => {
    const { url } = await pushed(faults)
    await expect(readRemoteFiles(url, REFS, { timeout: 400 })).rejects.toMatchObject({
      error,
      message: expect.stringMatching(message),
    })
  })

  test('cut anywhere in the answer that brings the files', async () => {
    const { remote, url } = await pushed()
    for (const cutAfter of [0, 10, 100, 500]) {
      await remote.set({ cutAfter, only: '/git-upload-pack' })
      await expect(readRemoteFiles(url, REFS)).rejects.toMatchObject({ error: 'REMOTE_UNREACHABLE' })
    }
  })

  test('a link that is slow, yet never silent for long, is waited for', async () => {
    const { url, tip } = await pushed({ bytesPerSecond: 1500 })
    const start = performance.now()
    expect(await readRemoteFiles(url, REFS, { timeout: 300 })).toMatchObject({ tip })
    expect(performance.now() - start).toBeGreaterThan(500)
  })

  test('nobody listens, no such host, not HTTP', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}/demo.git`
    await expect(readRemoteFiles(nobody, REFS)).rejects.toMatchObject({
      error: 'REMOTE_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    })
    for (const url of ['git@github.com:a/b.git', 'ssh://git@github.com/a/b', 'file:///a/b', '/a/b']) {
      await expect(readRemoteFiles(url, REFS)).rejects.toMatchObject({ error: 'GIT_MISSING' })
    }
  })

  test('a page for people instead of a repository', async () => {
    const remote = await httpRemote()
    await expect(readRemoteFiles(`${remote.url}/_control#`, REFS)).rejects.toMatchObject({
      error: 'REMOTE_UNREACHABLE',
    })
  })
})

describe('tokens', () => {
  const auth = { user: 'ann', password: 'se:cret' }

  test('of the address and of the environment are let in, and shown to nobody', async () => {
    const { remote, url, tip } = await pushed({ auth })
    const inAddress = url.replace('http://', 'http://ann:se%3Acret@')
    expect(await readRemoteFiles(inAddress, REFS)).toMatchObject({ tip })
    const environment = { MHV_TOKEN: 'ann:se:cret', MHV_TOKEN_HOST: `example.com, ${remote.url}` }
    expect(await readRemoteFiles(url, REFS, { environment })).toMatchObject({ tip })
    await remote.set({ auth: { ...auth, password: 'another' } })
    const failure = await readRemoteFiles(inAddress, REFS).catch((error: Error) => error)
    expect(String(failure)).toContain(url)
    expect(String(failure)).not.toContain('cret')
  })

  test('are not sent before they are asked for, nor to a host that they are not for', async () => {
    const { remote, url } = await pushed()
    const environment = {
      MHV_TOKEN: 'ann:x',
      MHV_TOKEN_HOST: '127.0.0.1',
      GITHUB_TOKEN: 'y',
      CI_JOB_TOKEN: 'z',
    }
    await readRemoteFiles(url, REFS, { environment: { ...environment, MHV_TOKEN_HOST: remote.url } })
    await remote.set({ auth })
    await expect(readRemoteFiles(url, REFS, { environment })).rejects.toMatchObject({ error: 'REMOTE_AUTH' })
    expect((await remote.requests()).map(({ authorization }) => authorization)).toEqual([null, null, null])
  })

  test('do not follow when a remote sends us elsewhere, and what follows goes there too', async () => {
    const { remote, url, tip } = await pushed()
    const old = await httpRemote({ redirectTo: remote.url })
    const moved = url.replace(remote.url, old.url.replace('http://', 'http://ann:secret@'))
    expect(await readRemoteFiles(moved, REFS)).toMatchObject({ tip })
    expect((await old.requests()).map(({ method }) => method)).toEqual(['GET'])
    expect((await remote.requests()).map(({ method }) => method)).toEqual(['GET', 'POST'])
    await remote.set({ auth })
    await expect(readRemoteFiles(moved, REFS)).rejects.toMatchObject({ error: 'REMOTE_AUTH' })
    expect((await remote.requests()).every(({ authorization }) => authorization === null)).toBe(true)
  })
})
