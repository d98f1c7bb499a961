import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { demoWith } from '../support/hand-made.ts'
import { git, temporaryDirectory } from '../support/repository.ts'

const SECRETS = {
  url: 'hunter22-in-url',
  insteadOf: 'hunter22-instead',
  header: 'aHVudGVyMjItaW4taGVhZGVy',
  variable: 'ghp_PLANTEDplantedPLANTED42',
  odd: 'no-known-shape-at-all',
  gate: 'gate-value-4711',
  command: 'sk-plantedplanted0123',
  address: 'ann@example.com',
  title: 'Acquire Initech quietly',
  typed: 'typed-on-the-command-line',
  curl: 'curl-of-bob-pass',
  mysql: 'mysqlpw99',
  hook: 'T0000-B0000-XXXX',
  alias: 'alias-customer',
}

/** A repository with a secret in each place where there may be one. */
async function planted(): Promise<{ demo: string; env: Record<string, string> }> {
  const demo = await demoWith(SECRETS.title)
  git(demo, 'remote', 'add', 'origin', `https://ann:${SECRETS.url}@git.example.com/top-secret.git`)
  git(demo, 'config', `url.https://bot:${SECRETS.insteadOf}@git.example.com/.insteadOf`, 'work:')
  git(demo, 'config', 'http.https://git.example.com/.extraHeader', `AUTHORIZATION: basic ${SECRETS.header}`)
  const gate = {
    name: 'deploy',
    command: `deploy --api-key ${SECRETS.command}; curl -u bob:${SECRETS.curl} x; mysql -p${SECRETS.mysql}`,
    when: ['ci'],
    timeout: '5m',
    env: { PLAIN: SECRETS.gate },
  }
  const hook = `curl https://hooks.example.com/services/${SECRETS.hook}`
  const gating = { jobs: 2, on_override: hook }
  writeFileSync(join(demo, '.mhvrc.yaml'), JSON.stringify({ gates: [gate], gating }))
  const own = temporaryDirectory()
  mkdirSync(join(own, 'mhv'))
  writeFileSync(join(own, 'mhv', 'config.yaml'), `aliases: {mine: 'task list --search ${SECRETS.alias}'}\n`)
  const env = {
    GITHUB_TOKEN: SECRETS.variable,
    MY_DEPLOY_SECRET: SECRETS.odd,
    XDG_STATE_HOME: temporaryDirectory(),
    XDG_CONFIG_HOME: own,
  }
  return { demo, env }
}

const expectClean = (text: string) => {
  for (const [where, secret] of Object.entries(SECRETS)) {
    expect({ where, found: text.includes(secret) }).toEqual({ where, found: false })
  }
  expect(text).not.toContain('top-secret')
  expect(text).not.toContain(process.env.HOME!)
}

test('the report tells versions, terminal, repository and configuration, and no secret that is about', async () => {
  const { demo, env } = await planted()
  const { code, out, err } = await mhvProcess(demo, ['bug'], { env })
  expect([code, err]).toEqual([0, ''])
  expectClean(out)
  for (const said of [
    /^# Report of a bug in mhv\n\n## What happened\n/,
    /\n- mhv: \d+\.\d+\.\d+\n- node: \d/,
    /\n- git: \d/,
    /\n {2}- object_format: sha1\n {2}- ref_storage: files\n/,
    /\n {2}- worktrees: 1\n {2}- remotes: https\n/,
    /\n {2}- format: 1\n {2}- commits: 2\n {2}- tasks: 1\n/,
    /\n- hooks:\n {2}- installed: false\n/,
    /\n- key: gates\[0\]\.name\n {2}value: deploy|- key: gates\[0\]\.name\n {2}- value: deploy\n/,
    /key: gates\[0\]\.command\n {2}(?:- )?value: ‹left out: \d+ characters›\n/,
    /key: gates\[0\]\.when\n {2}(?:- )?value: ci\n/,
    /key: gates\[0\]\.timeout\n {2}(?:- )?value: 5m\n/,
    /key: gating\.jobs\n {2}(?:- )?value: 2\n/,
    /key: gating\.on_override\n {2}(?:- )?value: ‹left out: \d+ characters›\n/,
    /key: aliases\.mine\n {2}(?:- )?value: ‹left out: \d+ characters›\n/,
    /MY_DEPLOY|GIT_CONFIG_NOSYSTEM/,
  ]) {
    expect(out).toMatch(said)
  }
  expect(JSON.parse((await mhvProcess(demo, ['bug', '--json'], { env })).out)).toMatchObject({
    schema: 1,
    repository: { log: { format: 1, tasks: 1 }, storage: { remotes: ['https'] } },
    last_failure: null,
  })
})

test('the last command that failed is told by its shape, and a success keeps nothing', async () => {
  const { demo, env } = await planted()
  await mhvProcess(demo, ['tl'], { env })
  const file = join(env.XDG_STATE_HOME!, 'mhv', 'last-failure.json')
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined()
  await mhvProcess(demo, ['task', 'edit', '7', '--title', SECRETS.typed, `--description=${SECRETS.typed}`], {
    env,
  })
  const { last_failure } = JSON.parse((await mhvProcess(demo, ['bug', '--json'], { env })).out)
  expect(last_failure).toMatchObject({
    command: ['task', 'edit', '7', '--title', '…', '--description=…'],
    code: 'MHV-003 TASK_NOT_FOUND',
    chain: [{ error: 'MhvError', code: 'MHV-003 TASK_NOT_FOUND', message: '…' }],
  })
  expectClean(readFileSync(file, 'utf8'))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  // Reports of their own leave it as it is, and so do directories that cannot be written.
  await mhvProcess(demo, ['bug', '--output', '/nowhere/at/all'], { env })
  expect(readFileSync(file, 'utf8')).toContain('TASK_NOT_FOUND')
  const nowhere = { ...env, XDG_STATE_HOME: '/proc' }
  expect((await mhvProcess(demo, ['task', 'show', '7'], { env: nowhere })).err).toContain('TASK_NOT_FOUND')
})

test('a command after -- is run again, and its chain of causes is in the report', async () => {
  const { demo, env } = await planted()
  const again = ['bug', '--', 'sync', '--timeout', '5']
  const { out } = await mhvProcess(demo, again, { env: { ...env, https_proxy: 'http://127.0.0.1:9099' } })
  expectClean(out)
  expect(out).toContain('## The command, run again with --debug\n\n- command: mhv sync --timeout 5\n')
  expect(out).toMatch(/name: REMOTE_\w+\n/)
  expect(out).toMatch(/- chain:\n +- error: MhvError\n/)
  // The failure that is to be reported is still the last one, and its causes are known.
  await mhvProcess(demo, ['task', 'show', 'x7'], { env })
  await mhvProcess(demo, ['bug', '--', 'tl', '--bad'], { env })
  const { last_failure } = JSON.parse((await mhvProcess(demo, ['bug', '--json'], { env })).out)
  expect(last_failure.code).toBe('MHV-011 INVALID_INPUT')
  await mhvProcess(demo, ['tl', '--limit', SECRETS.typed], { env })
  const parsed = JSON.parse((await mhvProcess(demo, ['bug', '--json'], { env })).out).last_failure
  expect(parsed).toMatchObject({
    code: 'MHV-011 INVALID_INPUT',
    chain: [{ message: expect.stringContaining('Parsing --limit') }],
  })
  expectClean(JSON.stringify(parsed))
  const fine = JSON.parse((await mhvProcess(demo, ['bug', '--json', '--', 'tl'], { env })).out)
  expect(fine.run).toEqual({ command: 'mhv tl', kind: 'exited', code: 0, error: null })
})

test.each([
  [
    ['task', 'edit', '7', '--title', SECRETS.typed, `--description=${SECRETS.title}`],
    '--title … --description=…',
  ],
  [['-C', '.', 'tc', SECRETS.typed, '--priority', SECRETS.title], '-C … tc … --priority …'],
  [['task', 'edit', '7', `-t${SECRETS.mysql}`], '7 …'],
  [['task', 'list', '--status', `${SECRETS.typed}-${'x'.repeat(400)}`], 'list --status …'],
])('what is typed in a command that is run again is left out: mhv %j', async (words, shape) => {
  const { demo, env } = await planted()
  const json = (await mhvProcess(demo, ['bug', '--json', '--', ...words], { env })).out
  const { out } = await mhvProcess(demo, ['bug', '--', ...words], { env })
  expectClean(json + out)
  expect(out).toMatch(/\n- command: mhv [^\n]*…\n/)
  const { run } = JSON.parse(json)
  expect(run.command).toContain(shape)
  expect(run.error.debug.command.join(' ')).toBe(run.command.replace('mhv', 'mhv --json --debug'))
  expect(run.error).toMatchObject({ code: expect.stringMatching(/^MHV-\d{3}$/), message: expect.any(String) })
})

test.each([
  [`gates: [{name: a, command: b, timeout: '${SECRETS.curl}'}]\n`, 'gates[0].timeout'],
  [`gates: [{name: a, command: b, cwd: '../${SECRETS.curl}'}]\n`, 'gates[0].cwd'],
  [`gates: [{name: a, command: "curl ${SECRETS.curl}\n`, 'left out'],
])('what a refused configuration has is left out: %j', async (text, said) => {
  const { demo, env } = await planted()
  writeFileSync(join(demo, '.mhvrc.yaml'), text)
  const json = (await mhvProcess(demo, ['bug', '--json', '--', 'config', 'show'], { env })).out
  expectClean(json)
  const { configuration, run } = JSON.parse(json)
  expect(configuration.failed).toContain('MHV-038 CONFIG_INVALID: ')
  expect(configuration.failed).toContain(said)
  expect(run.error.message).toContain(said)
})

test('a report is made where everything else is broken, and is written to a new file only', async () => {
  const nowhere = temporaryDirectory()
  const report = await mhvJson(nowhere, 'bug')
  expect(report.repository).toEqual({ failed: expect.stringContaining('NOT_A_REPOSITORY') })
  expect((await mhv(nowhere, 'bug', '--output', 'bug.md')).code).toBe(0)
  const text = readFileSync(join(nowhere, 'bug.md'), 'utf8')
  expect(text).toContain('## Versions')
  const { code, err } = await mhv(nowhere, 'bug', '--output', 'bug.md')
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('The file "bug.md" exists already. Example: --output '),
  ])
  expect(readFileSync(join(nowhere, 'bug.md'), 'utf8')).toBe(text)

  const demo = await demoWith('A')
  writeFileSync(join(demo, '.mhvrc.yaml'), 'gates: {token: 12345678}\n')
  expect((await mhvJson(demo, 'bug')).configuration).toEqual({ failed: expect.stringContaining('MHV-038') })
})

test('where repositories are is left out of what a command says that is run again', async () => {
  const demo = await demoWith('A')
  git(demo, 'remote', 'add', 'origin', 'https://u:tok3n@git.corp-host.invalid/team/x.git')
  writeFileSync(
    join(demo, '..', 'repos.yaml'),
    'repos:\n  - {name: other, url: "https://git.corp-other.invalid/team/y.git"}\n',
  )
  const { out } = await mhvProcess(demo, ['bug', '--', 'sync'])
  expect(out).toContain('REMOTE_UNREACHABLE')
  expect(out).not.toMatch(/corp-|tok3n|team/)
  const listed = await mhvProcess(demo, ['bug', '--', 'tl', '--repo', 'other'])
  expect(listed.out).toContain('REMOTE_UNREACHABLE')
  expect(listed.out).not.toMatch(/corp-|team/)
})
