import { describe, expect, test } from 'vitest'
import { credentialsFor, credentialVariables, withoutCredentials } from '../../src/git/host-credentials.ts'
import { runGit } from '../../src/git/run.ts'
import { httpRemote } from '../support/http-remote.ts'

const GITHUB = { GITHUB_TOKEN: 'gh' }
const GITLAB = { CI_JOB_TOKEN: 'gl', CI_SERVER_URL: 'https://gitlab.example:8443' }
const OWN = { MHV_TOKEN: 'own', MHV_TOKEN_HOST: 'git.example, github.com ,http://localhost:3000' }

const CASES: [string, NodeJS.ProcessEnv, string | null][] = [
  ['https://github.com/a/b', GITHUB, 'x-access-token:gh'],
  ['https://GitHub.com/a/b', GITHUB, 'x-access-token:gh'],
  ['http://github.com/a/b', GITHUB, null],
  ['https://github.com.evil.example/a/b', GITHUB, null],
  ['https://evil.example/github.com', GITHUB, null],
  ['https://github.com@evil.example/a', GITHUB, null],
  ['https://github.com:444/a/b', GITHUB, null],
  ['https://github.com/a', { ...GITHUB, GITHUB_SERVER_URL: 'https://github.corp.example' }, null],
  [
    'https://github.corp.example/a',
    { ...GITHUB, GITHUB_SERVER_URL: 'https://github.corp.example' },
    'x-access-token:gh',
  ],
  ['https://gitlab.example:8443/a', GITLAB, 'gitlab-ci-token:gl'],
  ['https://gitlab.example/a', GITLAB, null],
  ['https://gitlab.com/a', { CI_JOB_TOKEN: 'gl' }, null],
  ['https://git.example/a', OWN, 'x-access-token:own'],
  ['https://github.com/a', { ...GITHUB, ...OWN }, 'x-access-token:own'],
  ['http://git.example/a', OWN, null],
  ['http://localhost:3000/a', OWN, 'x-access-token:own'],
  ['https://other.example/a', OWN, null],
  ['https://other.example/a', { MHV_TOKEN: 'own' }, null],
  ['https://other.example/a', { MHV_TOKEN: 'own', MHV_TOKEN_HOST: '' }, null],
  ['https://git.example/a', { ...OWN, MHV_TOKEN: 'ann:a:b' }, 'ann:a:b'],
  ['git@github.com:a/b', GITHUB, null],
  ['/a/b', { ...GITHUB, ...OWN, ...GITLAB }, null],
]

test.each(CASES)('the token for %s of %j', (address, environment, expected) => {
  const found = credentialsFor(address, environment)
  expect(found && `${found.username}:${found.password}`).toBe(expected)
})

test('an address is shown without name and password, however odd these are', () => {
  for (const secret of ['ann', 'ann:secret', ':secret', 'ann:se@cret', 'ann:%40']) {
    expect(withoutCredentials(`https://${secret}@git.example/a@b`)).toBe('https://git.example/a@b')
  }
  expect(withoutCredentials('git@git.example:a')).toBe('git@git.example:a')
})

describe('git itself', () => {
  test('is given the token when the host asks, and only for that host', async () => {
    const auth = { user: 'ann', password: 'se"c$ret' }
    const [remote, other] = [await httpRemote({ auth }), await httpRemote({ auth })]
    const { url } = remote.repository('demo')
    const environment = { MHV_TOKEN: `ann:${auth.password}`, MHV_TOKEN_HOST: remote.url }
    const variables = credentialVariables(url, environment)
    const ask = (address: string) => runGit(['ls-remote', address], { cwd: remote.root, variables })
    expect(await ask(url)).toMatchObject({ status: 0 })
    expect(await ask(other.repository('demo').url)).toMatchObject({ status: 128 })
    expect((await other.requests()).map(({ authorization }) => authorization)).toEqual([null])
    expect(credentialVariables(other.url, environment)).toEqual({})
  })
})
