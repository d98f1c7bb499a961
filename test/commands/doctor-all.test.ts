import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { append, dependOn, idOf, linkedRepositories } from '../support/linked-repositories.ts'
import { git } from '../support/repository.ts'

interface Told {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly fix: string[]
}

function commit(repository: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true })
    writeFileSync(join(repository, path), text)
  }
  git(repository, 'add', '--all')
  git(repository, 'commit', '--quiet', '--message', 'Files')
}

const told = async (cwd: string, ...flags: string[]): Promise<Told[]> =>
  (await mhvJson(cwd, 'doctor', ...flags)).findings
const codes = (findings: Told[]) => findings.map(({ severity, code }) => `${severity} ${code}`)

test('repositories in order are as healthy as can be, and a member that is away takes a little', async () => {
  const top = await linkedRepositories('one', 'two')
  await mhv(join(top, 'one'), 'tc', 'Base', '-a', 'Ann <ann@example.com>')
  const health = await mhvJson(top, 'doctor', '--repo', 'one,two')
  expect(health).toEqual({
    schema: 1,
    ok: true,
    score: 100,
    parts: { references: 20, cycles: 20, bottlenecks: 20, phantoms: 20, repositories: 20 },
    counts: { critical: 0, warning: 0, notice: 0 },
    repositories: 2,
    findings: [],
  })
  const all = await mhv(top, 'doctor', '--all')
  expect(all.code).toBe(0)
  expect(all.out).toContain('warning   REPOSITORY_MISSING: gone is not there: ')
  expect(all.out).toContain('Health 96 of 100 over 3 repositories: 0 critical, 1 warning, 0 notices.\n')
  expect((await mhv(top, 'doctor', '--all', '--fix')).code).toBe(2)
})

test('references that lead nowhere: to tasks, repositories, gates and people, in dependencies and in words', async () => {
  const top = await linkedRepositories('one', 'two')
  const one = join(top, 'one')
  await mhv(one, 'tc', 'Base', '-d', 'after two#9 and #8, see #1', '-a', 'nobody@example.org')
  await dependOn(one, 1, '01JF3ZK4Q8M6W2T5V700000001')
  await dependOn(one, 1, 'two/01JF3ZK4Q8M6W2T5V700000002')
  await dependOn(one, 1, 'none/01JF3ZK4Q8M6W2T5V700000003')
  await dependOn(one, 1, 'gone/01JF3ZK4Q8M6W2T5V700000004')
  await append(one, 1, { kind: 'TaskFailed', data: { gates: [{ gate: 'old', outcome: 'failed' }] } })
  await mhv(join(top, 'two'), 'tc', 'Other')
  await dependOn(join(top, 'two'), 1, `o/${await idOf(one, 1)}`)
  const findings = await told(top, '--repo', 'one,two')
  expect(codes(findings)).toEqual([
    'critical DANGLING_TASK',
    'critical DANGLING_TASK',
    'warning DANGLING_REPOSITORY',
    'warning DANGLING_MENTION',
    'notice UNSEEN_REPOSITORY',
    'notice DANGLING_MENTION',
    'notice GATE_GONE',
    'notice PERSON_UNKNOWN',
    'notice NICKNAME_STORED',
  ])
  expect(findings[3]!.message).toBe('one#1 Base speaks of two#9, which is no task.')
  const only = await mhv(top, 'doctor', '--all', '--critical-only')
  expect([only.code, only.out.match(/^(?:critical|warning|notice)/gm)]).toEqual([1, ['critical', 'critical']])
})

test('what is out of sight is to be brought back before anybody gives it up', async () => {
  const top = await linkedRepositories('one', 'two')
  const [one, two] = [join(top, 'one'), join(top, 'two')]
  await mhv(one, 'tc', 'Base')
  await mhv(two, 'tc', 'Top')
  const id = await idOf(one, 1)
  await dependOn(two, 1, `old/${id}`)
  await dependOn(two, 1, 'none/01JF3ZK4Q8M6W2T5V700000003')
  await dependOn(two, 1, 'gone/01JF3ZK4Q8M6W2T5V700000004')
  const remove = (reference: string) => `mhv task depend two#1 --on ${reference} --remove`
  const findings = await told(top, '--repo', 'two')
  const of = (name: string) => findings.find(({ message }) => message.includes(` waits for ${name}/`))!
  expect(of('old')).toMatchObject({
    code: 'DANGLING_REPOSITORY',
    message: `two#1 Top waits for old/${id}, whose repository nobody here knows; the task is in one.`,
    fix: ['mhv repos add one --nickname old', remove(`old/${id}`)],
  })
  expect(of('none').fix).toEqual(['mhv repos list', remove('none/01JF3ZK4Q8M6W2T5V700000003')])
  expect(of('gone').fix).toEqual(['mhv repos check', remove('gone/01JF3ZK4Q8M6W2T5V700000004')])
  expect((await mhv(top, ...of('old').fix[0]!.split(' ').slice(1))).code).toBe(0)
  expect(
    (await told(top, '--repo', 'two')).filter(({ code }) => code === 'DANGLING_REPOSITORY'),
  ).toHaveLength(1)
})

test('a cycle that concurrent edits made over repositories is told once, with the edge that came last', async () => {
  const top = await linkedRepositories('one', 'two')
  const [one, two] = [join(top, 'one'), join(top, 'two')]
  await mhv(one, 'tc', 'A')
  await mhv(one, 'tc', 'B', '--depends-on', '1')
  await mhv(two, 'tc', 'C')
  await dependOn(two, 1, `one/${await idOf(one, 2)}`)
  await dependOn(one, 1, `two/${await idOf(two, 1)}`)
  await dependOn(one, 2, await idOf(one, 2))
  const findings = await told(top, '--repo', 'one')
  expect(findings).toMatchObject([
    { code: 'DEPENDENCY_CYCLE', severity: 'critical', fix: ['mhv task depend one#2 --on one#2 --remove'] },
    { code: 'DEPENDENCY_CYCLE', severity: 'critical', fix: ['mhv task depend one#1 --on two#1 --remove'] },
  ])
})

test('what many wait for: a task that five others need, a repository that five others need', async () => {
  const names = ['zero', 'a', 'b', 'c', 'd', 'e']
  const top = await linkedRepositories(...names)
  await mhv(join(top, 'zero'), 'tc', 'Base')
  const id = await idOf(join(top, 'zero'), 1)
  for (const name of names.slice(1)) {
    await mhv(join(top, name), 'tc', 'Waits')
    await dependOn(join(top, name), 1, `zero/${id}`)
  }
  await mhv(join(top, 'a'), 'tc', 'Behind', '--depends-on', '1')
  const findings = await told(top, '--repo', 'zero')
  expect(findings.map(({ message }) => message)).toEqual([
    '5 open tasks wait for zero#1 Base (pending), 6 with those behind them.',
    'Open tasks of 5 other repositories wait for tasks of zero: a, b, c, d, e.',
  ])
  expect(codes(findings)).toEqual(['warning BOTTLENECK', 'warning SINGLE_POINT'])
})

test('phantoms: what documents and configuration name and is not there, critical where a command breaks', async () => {
  const top = await linkedRepositories('one', 'two')
  const one = join(top, 'one')
  commit(one, {
    '.gitignore': 'dist/\n',
    'README.md': '[there](docs/a.md) [away](docs/b.md) [built](dist/x.md) [page](docs/a)\ntwo#4\n\n```sh\nnpm run away\nnpm run lint\nmhv frobnicate\nmhv gate run --only never\nnode any/thing.mjs\n```\n',
    'docs/a.md': '[up](../README.md#part) [out](../../other/x.md)\n',
    'src/code.md': '[not looked at](x.md)\n',
    'package.json': JSON.stringify({ scripts: { lint: 'npm run away && node dist/x.mjs', ok: 'npm run lint' } }),
    '.mhvrc.yaml': 'gates:\n  - { name: a, command: npm run gone }\n  - { name: b, command: ./b.sh, required: false }\n  - { name: c, command: npm run ok }\n',
    Makefile: 'all:\n\tsh scripts/none.sh\n',
    '.github/workflows/ci.yml': 'jobs:\n  test:\n    steps:\n      - run: npm run nope\n      - run: npm run inner\n        working-directory: x\n',
    '.pre-commit-config.yaml': 'repos:\n  - repo: local\n    hooks:\n      - { id: h, language: system, entry: mhv nothing }\n',
  }) // biome-ignore format: files
  const findings = await told(top, '--repo', 'one')
  const shown = findings.map(({ severity, message }) => `${severity} ${message.replace(/^one: |\.$/g, '')}`)
  expect(shown.sort()).toEqual([
    'critical .github/workflows/ci.yml, job test names the script nope, which package.json does not have',
    'critical .pre-commit-config.yaml, hook h names mhv nothing, which is no command of mhv',
    'critical Makefile names scripts/none.sh, which is not there',
    'critical gate a names the script gone, which package.json does not have',
    'critical package.json, script lint names the script away, which package.json does not have',
    'warning README.md names docs/b.md, which is not there',
    'warning README.md names mhv frobnicate, which is no command of mhv',
    'warning README.md names the gate never, which is not configured',
    'warning README.md names the script away, which package.json does not have',
    'warning README.md names two#4, which is no task',
    'warning gate b names b.sh, which is not there',
  ])
  expect((await mhvJson(top, 'doctor', '--repo', 'one')).parts.phantoms).toBe(0)
})

test('phantoms: what a guide runs and is not there, where the directory that it is run from is', async () => {
  const top = await linkedRepositories('one')
  const one = join(top, 'one')
  const block = (...lines: string[]) => `\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`
  commit(one, {
    '.gitignore': 'build/\n',
    'README.md': block('./scripts/absent.sh', 'node lib/index.js', 'bash scripts/gone.sh', './scripts/there.sh', 'sh docs/x/own.sh', './install.sh', 'node yours/x.js', 'node build/x.js', 'docs/a.md'),
    'docs/a.md': block('scripts/there.sh', 'sh x/own.sh', 'sh x/away.sh', 'bash scripts/lost.sh'),
    'docs/x/own.sh': '',
    'scripts/there.sh': '',
    'lib/main.js': '',
  }) // biome-ignore format: files
  const findings = await told(top, '--repo', 'one')
  expect(findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
    'warning one: README.md names scripts/absent.sh, which is not there.',
    'warning one: README.md names lib/index.js, which is not there.',
    'warning one: README.md names scripts/gone.sh, which is not there.',
    'warning one: docs/a.md names docs/x/away.sh, which is not there.',
    'warning one: docs/a.md names scripts/lost.sh, which is not there.',
  ])
})

test('what a member’s own doctor finds is there too, with steps that work from anywhere', async () => {
  const top = await linkedRepositories('one', 'two')
  const one = join(top, 'one')
  await mhv(one, 'tc', 'Base')
  git(one, 'remote', 'add', 'origin', join(top, 'two'))
  writeFileSync(join(one, '.mhvrc.yaml'), 'gates: 7\n')
  git(one, 'add', '--all')
  git(one, 'commit', '--quiet', '--message', 'Wrong')
  expect(await told(top, '--repo', 'one')).toMatchObject([
    { code: 'CONFIG_INVALID', severity: 'critical' },
    { code: 'REFSPEC_MISSING', severity: 'warning', fix: [`mhv -C ${one} doctor --fix`] },
  ])
  writeFileSync(join(top, 'repos.yaml'), 'repos:\n  - { name: one, path: one }\n  - { name: bad }\n')
  expect(codes(await told(top, '--all'))).toContain('warning REPOS_ENTRY')
})

test('of each kind ten findings are printed and how many more there are; JSON has all', async () => {
  const top = await linkedRepositories('one')
  const lost = Array.from({ length: 13 }, (_, i) => `#${i + 90}`).join(' ')
  await mhv(join(top, 'one'), 'tc', 'Base', '-d', lost)
  const { out } = await mhv(top, 'doctor', '--repo', 'one')
  const { findings } = await mhvJson(top, 'doctor', '--repo', 'one')
  const kinds = new Set(findings.map(({ code }: Told) => code))
  expect([findings.length, kinds.size]).toEqual([13, 1])
  expect(out.split('\n').filter((line) => line.startsWith('notice'))).toHaveLength(11)
  expect(out).toMatch(/^notice {4}\w+: and 3 more \(--json tells all\)\nHealth /m)
})
