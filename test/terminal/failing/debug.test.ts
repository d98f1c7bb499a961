import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asksForDebug } from '../../../src/terminal/failing/debug.ts'
import {
  withoutPeople,
  withoutSecrets,
  withoutUrlSecrets,
} from '../../../src/terminal/failing/without-secrets.ts'
import { mhv, mhvJson, mhvProcess } from '../../support/cli.ts'
import { demoWith } from '../../support/hand-made.ts'
import { script } from '../../support/hooks.ts'
import { git, temporaryDirectory } from '../../support/repository.ts'
import { withEnvironment } from '../../support/use-tasks.ts'

async function refusing(): Promise<string> {
  const demo = await demoWith('A')
  const says = 'echo "not today, https://ann:hunter22@example.com/x" >&2'
  script(join(demo, '.git', 'hooks', 'reference-transaction'), `#!/bin/sh\n${says}\nexit 3\n`)
  return demo
}

test.each([[['--debug', 'tc', 'B']], [['tc', 'B', '--debug']]])(
  'says the git command, what git said and where the error comes from: mhv %j',
  async (argv) => {
    const { code, err, out } = await mhvProcess(await refusing(), argv)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(
      /^Error MHV-021 GIT_FAILED: [\s\S]*\nDebug: mhv \d[^\n]*, Node \d[^\n]*, in \/.*\/demo\n/,
    )
    expect(err).toContain(`  ran: mhv ${argv.join(' ')}\n`)
    expect(err).toMatch(/\n {2}MhvError \(MHV-021 GIT_FAILED\): /)
    expect(err).toMatch(/\n {6}ran: git .*fast-import/)
    // Wherever the program was built.
    expect(err).toMatch(/\n {6}at .*\(mhv\/dist\/(?:main|everyday)\.cjs:\d+:\d+\)\n/)
    expect(err).toMatch(/\n {2}caused by git: [^\n]*not today/)
    expect(err.slice(err.indexOf('Debug:'))).not.toContain('hunter22')
  },
)

test('is part of the one document with --json, and asked for by a variable too', async () => {
  const demo = await refusing()
  withEnvironment({ MHV_DEBUG: '1' })
  const { out, err } = await mhvProcess(demo, ['tc', 'B', '--json'])
  expect(err).toBe('')
  const { debug } = JSON.parse(out).error
  expect(debug).toMatchObject({ directory: demo, command: ['mhv', 'tc', 'B', '--json'] })
  expect(debug.chain).toMatchObject([
    { error: 'MhvError', code: 'MHV-021 GIT_FAILED', git: expect.stringContaining('fast-import') },
    { error: 'git', message: expect.stringContaining('not today') },
  ])
})

test('no word of the command line that may hold a secret is shown', async () => {
  const cwd = temporaryDirectory()
  const words = [
    'tl',
    '--assignee',
    'password=hunter22',
    '--label',
    'Zx9'.repeat(14),
    '--token',
    'open-sesame',
    'seen',
  ]
  const { err } = await mhv(cwd, '--debug', ...words)
  expect(err).toContain('  ran: mhv --debug tl --assignee … --label … --token … seen\n')
  const { error } = await mhvJson(cwd, '--debug', ...words)
  expect(error.debug.command).not.toContain('open-sesame')
})

test('shows the class and code of what a system call refused', async () => {
  const { err } = await mhv(temporaryDirectory(), '--debug', '-C', 'nowhere', 'tl')
  expect(err).toMatch(/caused by Error \(ENOENT\): ENOENT/)
})

test('says nothing where nothing fails, or nobody asks', async () => {
  const demo = await demoWith('A')
  expect(await mhv(demo, '--debug', 'tl')).toMatchObject({ code: 0, err: '' })
  expect((await mhv(demo, 'task', 'show', '9')).err).not.toContain('Debug:')
  expect((await mhvJson(demo, 'task', 'show', '9')).error).not.toHaveProperty('debug')
  expect((await mhv(demo, 'tc', '--', '--debug')).err).toBe('')
  expect(git(demo, 'log', '-1', '--format=%s', 'refs/mtos/tasks')).toContain('--debug')
  expect(asksForDebug(['tc', '--', '--debug'])).toBe(false)
})

test.each([[[]], [['--json']], [['--debug']], [['--json', '--debug']]])(
  'no error says what lets somebody in at a remote: %j',
  async (how) => {
    const demo = await demoWith('A')
    git(demo, 'remote', 'add', 'origin', 'http://127.0.0.1:9/o/r.git?sig=hunter22query')
    const fetched = await mhvProcess(demo, [...how, 'sync', '--timeout', '5'])
    const named = await mhvProcess(demo, [
      ...how,
      'sync',
      '--remote',
      'https://x:hunter22pw@example.invalid/o',
    ])
    expect([fetched.code === 0, named.code === 0]).toEqual([false, false])
    expect(fetched.out + fetched.err + named.out).not.toMatch(/hunter22query/)
    // The command line is the user's own, but even there it is left out.
    expect(named.out + named.err).not.toContain('hunter22pw')
    expect(named.out + named.err).toContain('NO_REMOTE')
    expect(fetched.out + fetched.err).toContain('127.0.0.1')
  },
)

test('addresses keep all else that they have, and texts without addresses everything', () => {
  expect(withoutUrlSecrets("at 'https://a:b@h.example/o/r.git?t=x/info/refs' it said (why?) a@b")).toBe(
    "at 'https://h.example/o/r.git' it said (why?) a@b",
  )
  expect(withoutUrlSecrets('did you mean ann@example.com? yes')).toBe('did you mean ann@example.com? yes')
})

describe('secrets are taken out of', () => {
  test.each([
    ['https://ann:hunter22@example.com/x.git', 'hunter22'],
    ['https://abcdef0123456789@example.com', 'abcdef0123456789'],
    ['Authorization: Basic YW5uOmh1bnRlcjIy', 'YW5uOmh1bnRlcjIy'],
    ['http.extraheader=AUTHORIZATION: bearer s3cr3tvalue', 's3cr3tvalue'],
    ['{"token": "s3cr3tvalue"}', 's3cr3tvalue'],
    ['MY_API_KEY=s3cr3tvalue gate', 's3cr3tvalue'],
    ['deploy --token s3cr3tvalue', 's3cr3tvalue'],
    ["password: 'two words'", 'two words'],
    ['pushed with ghp_0123456789abcdefghij', 'ghp_0123'],
    ['glpat-0123456789abcdef', 'glpat-0123'],
    ['AKIAABCDEFGHIJKLMNOP', 'AKIAABCD'],
    ['eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM', 'SflKxwRJSM'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
  ])('%s', (text, secret) => {
    expect(withoutSecrets(text)).not.toContain(secret)
    expect(withoutSecrets(text)).toContain('‹removed›')
  })

  test('values of variables, wherever they stand, but not of directories', () => {
    withEnvironment({ DEPLOY_TOKEN: 'plain-looking', OLDPWD: '/tmp/somewhere' })
    expect(withoutSecrets('a plain-looking word in /tmp/somewhere')).toBe(
      'a ‹removed› word in /tmp/somewhere',
    )
  })

  test('addresses of people and their homes', () => {
    expect(withoutPeople(`ann.b+c@mail.example.com in ${process.env.HOME}/x`)).toBe('‹address› in ~/x')
    expect(withoutSecrets('task 7 at main.cjs:12:3 said: token')).toBe('task 7 at main.cjs:12:3 said: token')
  })
})
