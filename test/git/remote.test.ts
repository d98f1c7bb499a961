import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { fetchRefs, listRemoteRefs, parsePushed, pushRefs } from '../../src/git/remote.ts'
import { remoteFailure, troubleOf } from '../../src/git/remote-failure.ts'
import { findRepository } from '../../src/git/repository.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'

const result = (stderr: string, status = 128) => ({ status, stdout: Buffer.alloc(0), stderr })
const MAKE_SURE =
  '\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n'

/** As git 2.39, curl 7.88, OpenSSH 9.2 and hosts print it. */
const SAID: readonly (readonly [string, string])[] = [
  ['authentication', "fatal: could not read Username for 'https://example.com': terminal prompts disabled"],
  ['authentication', "fatal: could not read Username for 'https://example.com': No such device or address"],
  [
    'authentication',
    "fatal: could not read Password for 'https://ann@example.com': terminal prompts disabled",
  ],
  [
    'authentication',
    "remote: Invalid username or password.\nfatal: Authentication failed for 'https://example.com/x.git/'",
  ],
  [
    'authentication',
    "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://example.com/x.git/'",
  ],
  [
    'authentication',
    "remote: Permission to a/b.git denied to ann.\nfatal: unable to access 'https://example.com/a/b.git/': The requested URL returned error: 403",
  ],
  [
    'authentication',
    'error: RPC failed; HTTP 403 curl 22 The requested URL returned error: 403\nsend-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly',
  ],
  [
    'authentication',
    "fatal: unable to access 'http://p/x/': Received HTTP code 407 from proxy after CONNECT",
  ],
  ['authentication', `git@example.com: Permission denied (publickey).${MAKE_SURE}`],
  [
    'authentication',
    `git@example.com: Permission denied (publickey,password,keyboard-interactive).${MAKE_SURE}`,
  ],
  ['authentication', `Host key verification failed.${MAKE_SURE}`],
  [
    'authentication',
    `Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures\nDisconnected from 10.0.0.1 port 22${MAKE_SURE}`,
  ],
  ['authentication', `ERROR: Permission to a/b.git denied to deploy key${MAKE_SURE}`],
  ['authentication', 'fatal: remote error: access denied or repository not exported: /x.git'],
  ['no repository', "fatal: repository 'https://example.com/x.git/' not found"],
  [
    'no repository',
    "remote: Repository not found.\nfatal: repository 'https://example.com/x.git/' not found",
  ],
  ['no repository', `ERROR: Repository not found.${MAKE_SURE}`],
  ['no repository', `fatal: '/srv/x.git' does not appear to be a git repository${MAKE_SURE}`],
  ['no such ref', "fatal: couldn't find remote ref refs/mtos/tasks"],
  ['unreachable', "fatal: unable to access 'https://x.invalid/y/': Could not resolve host: x.invalid"],
  ['unreachable', "fatal: unable to access 'https://h/y/': Could not resolve proxy: p.invalid"],
  [
    'unreachable',
    "fatal: unable to access 'http://127.0.0.1:9/y/': Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server",
  ],
  [
    'unreachable',
    "fatal: unable to access 'http://127.0.0.1:9/y/': Failed to connect to 127.0.0.1 port 9: Connection refused",
  ],
  ['broken off', "fatal: unable to access 'http://h/y/': Empty reply from server"],
  [
    'broken off',
    "fatal: unable to access 'http://h/y/': transfer closed with outstanding read data remaining",
  ],
  ['broken off', "fatal: unable to access 'http://h/y/': The requested URL returned error: 503"],
  ['broken off', "fatal: unable to access 'http://h/y/': The requested URL returned error: 429"],
  [
    'unreachable',
    "fatal: unable to access 'https://h/y/': gnutls_handshake() failed: An unexpected TLS packet was received.",
  ],
  [
    'unreachable',
    "fatal: unable to access 'https://h/y/': server certificate verification failed. CAfile: none CRLfile: none",
  ],
  [
    'broken off',
    'error: RPC failed; curl 18 transfer closed with outstanding read data remaining\nfetch-pack: unexpected disconnect while reading sideband packet\nfatal: early EOF\nfatal: fetch-pack: invalid index-pack output',
  ],
  ['unreachable', `ssh: Could not resolve hostname x.invalid: Name or service not known${MAKE_SURE}`],
  ['unreachable', `ssh: connect to host 127.0.0.1 port 9: Connection refused${MAKE_SURE}`],
  ['unreachable', `kex_exchange_identification: Connection closed by remote host${MAKE_SURE}`],
  [
    'unreachable',
    'fatal: unable to connect to 127.0.0.1:\n127.0.0.1[0: 127.0.0.1]: errno=Connection refused\n',
  ],
  ['unreachable', 'fatal: unable to look up x.invalid (port 9418) (Name or service not known)'],
  ['broken off', 'fatal: the remote end hung up unexpectedly'],
  ['timed out', `ssh: connect to host 10.0.0.1 port 22: Connection timed out${MAKE_SURE}`],
  [
    'timed out',
    "fatal: unable to access 'http://h/y/': Operation too slow. Less than 1000 bytes/sec transferred the last 10 seconds",
  ],
  [
    'timed out',
    "fatal: unable to access 'http://h/y/': Failed to connect to h port 80 after 130000 ms: Connection timed out",
  ],
  [
    'broken off',
    'error: failed to push some refs\n!\tabc:refs/mtos/tasks\t[remote failure] (remote failed to report status)',
  ],
  [
    'refused',
    'remote: fatal: unable to write: No space left on device\nerror: remote unpack failed: unpack-objects abnormal exit',
  ],
  ['other', 'fatal: mismatched algorithms: client sha256; server sha1'],
  ['no transport', "git: 'remote-foo' is not a git command. See 'git --help'."],
  ['no transport', "fatal: transport 'ext' not allowed"],
]

test.each(SAID)('%s: %s', (trouble, stderr) => {
  expect(troubleOf(result(stderr))).toBe(trouble)
})

test('a command that did what it should has no trouble, whatever it said', () => {
  expect(troubleOf(result('remote: Connection refused, said a hook', 0))).toBeNull()
})

test('what a hook prints does not hide what git says', () => {
  const said =
    'remote: Connection refused by our tracker\n ! [remote rejected] x -> refs/mtos/tasks (pre-receive hook declined)\nerror: failed to push some refs'
  expect(troubleOf(result(said, 1))).toBe('refused')
})

test('passwords in URLs stay out of messages', () => {
  const error = remoteFailure(
    'https://ann:secret@example.com/x',
    ['fetch'],
    result(
      "fatal: unable to access 'https://ann:secret@example.com/x/': Could not resolve host: example.com",
    ),
  )
  expect(error.error).toBe('REMOTE_UNREACHABLE')
  expect(JSON.stringify([error.message, error.recovery, error.data])).not.toContain('secret')
})

/** Lines that `git push --porcelain` prints. */
test.each([
  ['*\tabc:refs/mtos/tasks\t[new reference]', 'pushed', '[new reference]'],
  [' \tabc:refs/mtos/tasks\tabc..def', 'pushed', 'abc..def'],
  ['=\tabc:refs/mtos/tasks\t[up to date]', 'there', '[up to date]'],
  ['!\tabc:refs/mtos/tasks\t[rejected] (fetch first)', 'raced', 'fetch first'],
  ['!\tabc:refs/mtos/tasks\t[rejected] (non-fast-forward)', 'raced', 'non-fast-forward'],
  ['!\tabc:refs/mtos/tasks\t[remote rejected] (failed to update ref)', 'raced', 'failed to update ref'],
  [
    "!\tabc:refs/mtos/tasks\t[remote rejected] (cannot lock ref 'refs/mtos/tasks': is at a but expected b)",
    'raced',
    "cannot lock ref 'refs/mtos/tasks': is at a but expected b",
  ],
  [
    '!\tabc:refs/mtos/tasks\t[remote rejected] (deny updating a hidden ref)',
    'refused',
    'deny updating a hidden ref',
  ],
  [
    '!\tabc:refs/mtos/tasks\t[remote rejected] (pre-receive hook declined)',
    'refused',
    'pre-receive hook declined',
  ],
  ['!\tabc:refs/mtos/tasks\t[remote rejected] (funny refname)', 'refused', 'funny refname'],
])('%s', (line, outcome, reason) => {
  expect(parsePushed(`To /srv/x.git\n${line}\nDone\n`)).toEqual([{ ref: 'refs/mtos/tasks', outcome, reason }])
})

test.each([
  '!\tabc:refs/mtos/tasks\t[remote failure] (remote failed to report status)',
  '!\tabc:refs/mtos/tasks\t[remote rejected] (unpacker error)',
])('what is no word of the remote’s about a ref is not taken for one: %s', (line) => {
  expect(parsePushed(`To /srv/x.git\n${line}\nDone\n`)).toEqual([])
})

async function server(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const http: Server = createServer(answer!)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    http.closeAllConnections()
    http.close()
  })
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/x.git`
}

test('a server that keeps silent is given up, and nothing that git started is left', async () => {
  let closed = () => {}
  const isClosed = new Promise<void>((resolve) => (closed = resolve))
  const url = await server((request) => request.socket.on('close', closed))
  const repository = await findRepository(temporaryRepository())
  const began = Date.now()
  await expect(listRemoteRefs(repository, url, [], { timeout: 300 })).rejects.toMatchObject({
    error: 'REMOTE_TIMEOUT',
  })
  expect(Date.now() - began).toBeLessThan(5000)
  await isClosed
})

test('nobody is asked for a password', async () => {
  const url = await server((_request, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
  })
  const repository = await findRepository(temporaryRepository())
  await expect(listRemoteRefs(repository, url, [])).rejects.toMatchObject({ error: 'REMOTE_AUTH' })
})

test('an ssh of the user’s own is used, and finds no terminal to ask at', async () => {
  const directory = temporaryRepository()
  git(
    directory,
    'config',
    'core.sshCommand',
    'sh -c "(: </dev/tty) 2>/dev/null && echo terminal >&2; echo Permission denied \\(publickey\\). >&2; exit 255"',
  )
  const failure = await listRemoteRefs(
    await findRepository(directory),
    'ssh://git@example.invalid/x',
    [],
  ).catch((error) => error)
  expect(failure.error).toBe('REMOTE_AUTH')
  expect(failure.data.said).not.toContain('terminal')
})

test('fetches and pushes what is named and nothing else', async () => {
  const here = temporaryRepository()
  const there = temporaryDirectory()
  git(there, 'init', '--quiet', '--bare')
  git(here, 'remote', 'add', '--mirror=push', 'origin', there)
  git(here, 'tag', 'v1')
  const repository = await findRepository(here)
  const refspecs = ['+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*']
  await fetchRefs(repository, 'origin', refspecs)
  const head = git(here, 'rev-parse', 'HEAD')
  expect(await pushRefs(repository, 'origin', [`${head}:refs/mtos/tasks`])).toMatchObject([
    { outcome: 'pushed' },
  ])
  expect(await pushRefs(repository, 'origin', [`${head}:refs/mtos/tasks`])).toMatchObject([
    { outcome: 'there' },
  ])
  await fetchRefs(repository, 'origin', refspecs)
  expect(git(here, 'rev-parse', 'refs/mtos/remotes/origin/tasks')).toBe(head)
  expect([...(await listRemoteRefs(repository, 'origin', ['refs/*']))]).toEqual([['refs/mtos/tasks', head]])
  git(there, 'update-ref', '-d', 'refs/mtos/tasks')
  await fetchRefs(repository, 'origin', refspecs)
  expect(git(here, 'for-each-ref', 'refs/mtos')).toBe('')
  expect(() => git(here, 'rev-parse', '--verify', 'FETCH_HEAD')).toThrow()
})
