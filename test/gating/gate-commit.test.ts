import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { programText } from '../../src/config/read-source.ts'
import { recordTrust } from '../../src/config/trust.ts'
import type { GateReport } from '../../src/gates/gate-report.ts'
import { type GateOptions, gateCommit } from '../../src/gating/gate-commit.ts'
import { findRepository } from '../../src/git/repository.ts'
import { appendGateRecord, readGateRecords } from '../../src/store/gate-log.ts'
import { GATES_REF } from '../../src/store/git-store.ts'
import { newIds } from '../../src/terminal/task/new-ids.ts'
import { type AnyGate, commitFiles, configOf, counting, gatedRepository } from '../support/gates.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { withEnvironment } from '../support/use-tasks.ts'

const NOW = '2026-11-20T10:00:00.123Z'
const newId = newIds(NOW)
const ANN = { now: NOW, newId, actor: 'Ann <ann@example.com>' }
const BOB = { ...ANN, actor: 'Bob <bob@example.com>' }

/** Gates a commit, that of HEAD unless said otherwise, as a push does. */
async function gateOf(
  cwd: string,
  more: Partial<GateOptions> & { commit?: string; branch?: string | null; base?: string } = {},
): Promise<GateReport> {
  const { commit = git(cwd, 'rev-parse', 'HEAD'), branch = 'main', base = null, ...options } = more
  return gateCommit(
    await findRepository(cwd),
    { commit, branch, base },
    { moment: 'pre-push', useCache: true, environment: ANN, ...options },
  )
}

const outcomes = ({ results }: GateReport) => results.map(({ gate, outcome }) => `${gate} ${outcome}`)
const runsIn = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0)
// Of this process alone: other tests run at the same time.
const temporaries = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`mhv-gates-${process.pid}-`))
const stateOf = (cwd: string) => ({
  head: git(cwd, 'rev-parse', 'HEAD'),
  branch: git(cwd, 'branch', '--show-current'),
  status: git(cwd, 'status', '--porcelain', '--ignored'),
  worktrees: git(cwd, 'worktree', 'list'),
  stash: git(cwd, 'stash', 'list'),
  temporaries: temporaries(),
})

/** Says where it ran, and passes where the tree has the file. */
const TEST: AnyGate = { name: 'test', command: 'test -f work' }

async function withWork(gates: readonly AnyGate[] = [TEST], more: object = {}) {
  const demo = await gatedRepository(gates, more)
  const commit = commitFiles(demo, { work: '' })
  return { demo, commit }
}

describe('where gates run', () => {
  test('in the worktree of the branch, where it holds exactly the commit', async () => {
    const { demo } = await withWork()
    const before = stateOf(demo)
    expect(await gateOf(demo)).toMatchObject({
      place: demo,
      temporary: false,
      clean: true,
      verdict: 'passed',
    })
    expect(stateOf(demo)).toEqual(before)
    const linked = join(demo, '..', 'linked')
    git(demo, 'worktree', 'add', '--quiet', '-b', 'other', linked)
    const commit = commitFiles(linked, { more: '' })
    expect(await gateOf(demo, { commit, branch: 'other' })).toMatchObject({ place: linked, temporary: false })
  })

  test('in a worktree that has others inside', async () => {
    const { demo } = await withWork()
    git(demo, 'worktree', 'add', '--quiet', join(demo, '.worktrees', 'other'))
    expect(await gateOf(demo)).toMatchObject({ place: demo, temporary: false, clean: true })
    git(demo, 'init', '--quiet', join(demo, 'foreign'))
    writeFileSync(join(demo, 'foreign', 'file'), '')
    expect(await gateOf(demo, { useCache: false })).toMatchObject({ temporary: true })
  })

  const elsewhere: readonly [string, (demo: string) => void, { branch?: string | null }?][] = [
    ['the worktree has a changed file', (demo) => writeFileSync(join(demo, 'work'), 'changed')],
    ['the worktree has a new file', (demo) => writeFileSync(join(demo, 'new'), '')],
    ['the worktree lacks a file', (demo) => rmSync(join(demo, 'work'))],
    ['something is staged', (demo) => git(demo, 'rm', '--quiet', '--cached', 'work')],
    ['the branch has moved on', (demo) => void commitFiles(demo, { later: '' })],
    ['another branch is checked out', (demo) => git(demo, 'checkout', '--quiet', '-b', 'other', 'HEAD~')],
    ['no branch is checked out', (demo) => git(demo, 'checkout', '--quiet', '--detach', 'HEAD~')],
    ['the commit is on no branch', () => {}, { branch: null }],
    ['git was told to look away from a change', (demo) => {
      git(demo, 'update-index', '--assume-unchanged', 'work')
      writeFileSync(join(demo, 'work'), 'changed')
    }],
    ['git was told to skip a changed file', (demo) => {
      git(demo, 'update-index', '--skip-worktree', 'work')
      writeFileSync(join(demo, 'work'), 'changed')
    }],
  ] // biome-ignore format: a table

  test.each(elsewhere)('in a temporary one, which goes again, where %s', async (_name, change, more = {}) => {
    const { demo, commit } = await withWork([
      { name: 'test', command: 'pwd; test ! -s work && test ! -e new' },
    ])
    change(demo)
    const before = stateOf(demo)
    const report = await gateOf(demo, { commit, ...more })
    expect(report).toMatchObject({ temporary: true, clean: true, verdict: 'passed' })
    expect(report.outputs.get('test')).toBe(`${report.place}\n`)
    expect(report.place).not.toBe(demo)
    expect(stateOf(demo)).toEqual(before)
  })

  test('in the directory that is named, in whatever state it is, and then remembers no pass', async () => {
    const { demo, commit } = await withWork([{ name: 'test', command: 'test -f new' }])
    writeFileSync(join(demo, 'new'), '')
    const report = await gateOf(demo, { place: demo })
    expect(report).toMatchObject({ place: demo, clean: false, differences: ['new'], verdict: 'passed' })
    rmSync(join(demo, 'new'))
    expect(await gateOf(demo, { commit })).toMatchObject({ verdict: 'failed', results: [{ cached: false }] })
  })

  test('a temporary one gets the ignored files that a task’s worktree gets', async () => {
    const { demo } = await withWork([{ name: 'test', command: 'cat secret.ignored' }])
    writeFileSync(join(demo, '.worktreeinclude'), 'secret.ignored\n')
    writeFileSync(join(demo, 'secret.ignored'), 'told')
    const report = await gateOf(demo, { branch: null })
    expect(report).toMatchObject({ temporary: true, verdict: 'passed' })
    expect(report.outputs.get('test')).toBe('told')
  })

  test('set-up commands run there only once the user has agreed to them', async () => {
    const setup = { worktrees: { setup: ['echo ready > made.ignored'] } }
    const { demo } = await withWork([{ name: 'test', command: 'cat made.ignored' }], setup)
    const [command] = setup.worktrees.setup
    const before = await gateOf(demo, { branch: null })
    expect(before).toMatchObject({ temporary: true, verdict: 'failed', skippedSetup: [command] })
    recordTrust(await findRepository(demo), setup.worktrees.setup)
    expect(await gateOf(demo, { branch: null })).toMatchObject({ verdict: 'passed', skippedSetup: [] })
  })

  test('where a set-up command fails there, the gates say nothing', async () => {
    const { demo } = await withWork([TEST], { worktrees: { setup: ['exit 9'] } })
    recordTrust(await findRepository(demo), ['exit 9'])
    const before = stateOf(demo)
    await expect(gateOf(demo, { branch: null })).rejects.toMatchObject({ error: 'GATE_NOT_STARTED' })
    expect(stateOf(demo)).toEqual(before)
  })

  test('a temporary worktree goes also where its gates leave files behind, and no hook runs for it', async () => {
    const { demo, commit } = await withWork([
      { name: 'mess', command: 'mkdir -p a/b; echo x > a/b/c; echo x > work' },
    ])
    const marks = join(temporaryDirectory(), 'marks')
    mkdirSync(join(demo, '.git', 'hooks'), { recursive: true })
    writeFileSync(join(demo, '.git', 'hooks', 'post-checkout'), `#!/bin/sh\n${counting(marks)}\n`, {
      mode: 0o755,
    })
    const before = stateOf(demo)
    const report = await gateOf(demo, { commit, branch: null })
    expect(report).toMatchObject({ clean: false, differences: ['work', 'a/b/c'], verdict: 'passed' })
    expect(stateOf(demo)).toEqual(before)
    expect(runsIn(marks)).toBe(0)
  })

  test('one that a killed process left is taken away by the next', async () => {
    const { demo, commit } = await withWork()
    const forsaken = join(tmpdir(), 'mhv-gates-999999999-test', 'demo')
    git(demo, 'worktree', 'add', '--quiet', '--detach', forsaken, commit)
    await gateOf(demo, { branch: null })
    expect(existsSync(forsaken)).toBe(false)
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
  })

  test('in a SHA-256 repository, and from a bare one', async () => {
    const { demo, commit } = await withWork()
    const bare = join(temporaryDirectory(), 'demo.git')
    git(demo, 'clone', '--quiet', '--bare', demo, bare)
    expect(await gateOf(bare, { commit })).toMatchObject({ temporary: true, verdict: 'passed' })
  })

  test('a commit that cannot be checked out has not passed, and that is told', async () => {
    const { demo } = await withWork()
    commitFiles(demo, { '.gitattributes': 'filtered filter=x\n', filtered: 'text' })
    git(demo, 'config', 'filter.x.smudge', 'false')
    git(demo, 'config', 'filter.x.required', 'true')
    const refused = expect.objectContaining({
      error: 'GATE_NOT_STARTED',
      recovery: [expect.stringMatching(/^ls -ld /), "git config --get-regexp '^filter[.]'"],
    })
    await expect(gateOf(demo, { branch: null })).rejects.toEqual(refused)
    expect(temporaries()).toEqual([])
    withEnvironment({ TMPDIR: '/nonexistent' })
    await expect(
      gateOf(demo, { branch: null, commit: git(demo, 'rev-parse', 'HEAD~') }),
    ).rejects.toMatchObject({
      error: 'GATE_NOT_STARTED',
      recovery: ['ls -ld /nonexistent'],
    })
  })

  test('a commit that is not here is refused', async () => {
    const { demo } = await withWork()
    await expect(gateOf(demo, { commit: '0'.repeat(40) })).rejects.toMatchObject({ error: 'BAD_REVISION' })
  })
})

describe('whose configuration counts', () => {
  test('that of the commit, not of what is checked out', async () => {
    const { demo, commit } = await withWork()
    commitFiles(demo, { '.mhvrc.yaml': 'gates: []' })
    expect(outcomes(await gateOf(demo, { commit }))).toEqual(['test passed'])
    expect(await gateOf(demo)).toMatchObject({ verdict: 'nothing to run', place: null, results: [] })
  })

  test('a program among its files is run from a checkout', async () => {
    const demo = await gatedRepository([])
    git(demo, 'rm', '--quiet', '.mhvrc.yaml')
    const commit = commitFiles(demo, {
      'gates.cjs': 'module.exports = [{ name: "js", command: "true" }]',
      'mhv.config.cjs': 'module.exports = { gates: require("./gates.cjs") }',
    })
    writeFileSync(join(demo, 'dirty'), '')
    await expect(gateOf(demo, { commit })).rejects.toMatchObject({
      error: 'NOT_TRUSTED',
      recovery: [`git show ${commit.slice(0, 12)}:mhv.config.cjs`, 'mhv config trust'],
    })
    recordTrust(await findRepository(demo), programText(join(demo, 'mhv.config.cjs')))
    expect(outcomes(await gateOf(demo, { commit }))).toEqual(['js passed'])
  })

  test('one that is wrong is named by its commit, and nothing runs', async () => {
    const { demo } = await withWork()
    const commit = commitFiles(demo, { '.mhvrc.yaml': 'gates: [{name: a}]' })
    await expect(gateOf(demo, { commit, branch: null })).rejects.toMatchObject({
      error: 'CONFIG_INVALID',
      message: expect.stringContaining(`${commit.slice(0, 12)}:.mhvrc.yaml`),
      recovery: [`git show ${commit.slice(0, 12)}:.mhvrc.yaml`, 'mhv config edit'],
    })
  })
})

describe('a recorded pass stands in for a run', () => {
  async function counted(gate: Partial<AnyGate> = {}, more: object = {}) {
    const marks = join(temporaryDirectory(), 'marks')
    const { demo, commit } = await withWork([{ name: 'test', command: counting(marks), ...gate }], more)
    await gateOf(demo)
    expect(runsIn(marks)).toBe(1)
    return { demo, commit, marks }
  }

  test('for the same tree, on another commit and at another moment too, without checking it out', async () => {
    const { demo, marks } = await counted()
    git(demo, 'commit', '--quiet', '--amend', '--message', 'Another')
    writeFileSync(join(demo, 'dirty'), '')
    const report = await gateOf(demo, { moment: 'ci' })
    expect(report).toMatchObject({ place: null, temporary: false, verdict: 'passed' })
    expect(report.results).toMatchObject([{ outcome: 'passed', cached: true, clean: true, exit_code: 0 }])
    expect(runsIn(marks)).toBe(1)
  })

  test('and writes no record of its own', async () => {
    const { demo } = await counted()
    const tip = git(demo, 'rev-parse', GATES_REF)
    await gateOf(demo)
    expect(git(demo, 'rev-parse', GATES_REF)).toBe(tip)
  })

  test.each<[string, (demo: string) => void, Partial<GateOptions>?]>([
    ['the tree is another', (demo) => void commitFiles(demo, { more: '' })],
    ['the gate is another', (demo) => void commitFiles(demo, { '.mhvrc.yaml': readFileSync(join(demo, '.mhvrc.yaml'), 'utf8').replace('; true', '; exit 0') })],
    ['a declared file changed', (demo) => writeFileSync(join(demo, 'env.ignored'), 'A=2')],
    ['a declared variable changed', () => withEnvironment({ SCANNER: 'strict' })],
    ['something else is installed', (demo) => {
      mkdirSync(join(demo, 'node_modules'))
      writeFileSync(join(demo, 'node_modules', '.package-lock.json'), '{}')
      writeFileSync(join(demo, '.git', 'info', 'exclude'), 'node_modules\n')
    }],
    ['it is somebody else’s', () => {}, { environment: BOB }],
    ['none is to count', () => {}, { useCache: false }],
  ])('but not where %s', async (_name, change, more = {}) => {
    const { demo, marks } = await counted({ inputs: { files: ['env.ignored'], env: ['SCANNER'] } })
    change(demo)
    expect(await gateOf(demo, more)).toMatchObject({ results: [{ cached: false, outcome: 'passed' }] })
    expect(runsIn(marks)).toBe(2)
  }) // biome-ignore format: a table

  test.each([
    ['all', BOB, 1],
    ['off', ANN, 2],
  ])('gating.cache: %s', async (cache, environment, runs) => {
    const { demo, marks } = await counted({}, { gating: { cache } })
    await gateOf(demo, { environment })
    expect(runsIn(marks)).toBe(runs)
  })

  test('but not where a gate changed the tree, or left a file that git does not ignore', async () => {
    for (const command of [
      'date > work',
      'touch left',
      'git commit --quiet --allow-empty -m x; git commit -qam y; echo z > z; git add z; git commit -qm z',
    ]) {
      const { demo, commit } = await withWork([{ name: 'test', command }])
      const first = await gateOf(demo, { commit })
      expect(first).toMatchObject({ clean: false, results: [{ outcome: 'passed', clean: false }] })
      git(demo, 'reset', '--quiet', '--hard', commit)
      git(demo, 'clean', '-fdq')
      expect((await gateOf(demo, { commit })).results[0]).toMatchObject({ cached: false })
    }
  })

  test('nor where it has failed since, whoever saw it', async () => {
    const flag = join(temporaryDirectory(), 'flag')
    const { demo } = await withWork([{ name: 'test', command: `test ! -e '${flag}'` }])
    expect(outcomes(await gateOf(demo))).toEqual(['test passed'])
    writeFileSync(flag, '')
    expect(outcomes(await gateOf(demo))).toEqual(['test passed'])
    expect(outcomes(await gateOf(demo, { useCache: false, environment: BOB }))).toEqual(['test failed'])
    expect(outcomes(await gateOf(demo))).toEqual(['test failed'])
    rmSync(flag)
    expect(outcomes(await gateOf(demo))).toEqual(['test passed'])
    expect((await gateOf(demo)).results).toMatchObject([{ cached: true }])
  })

  test('nor in another commit, where the gate reads history', async () => {
    const { demo } = await withWork([
      { name: 'secrets', command: '! git log -p HEAD | grep -q ^+SECRET', inputs: { history: true } },
      TEST,
    ])
    expect(outcomes(await gateOf(demo))).toEqual(['secrets passed', 'test passed'])
    commitFiles(demo, { key: 'SECRET' })
    git(demo, 'rm', '--quiet', 'key')
    git(demo, 'commit', '--quiet', '--message', 'Gone')
    expect((await gateOf(demo)).results).toMatchObject([
      { gate: 'secrets', outcome: 'failed' },
      { gate: 'test', outcome: 'passed', cached: true },
    ])
  })

  test('nor where a sparse checkout leaves files out, in which gates run all the same', async () => {
    const { demo } = await withWork([{ name: 'test', command: 'pwd; ! grep -qs BAD a/* b/*' }])
    for (const name of ['a', 'b']) mkdirSync(join(demo, name))
    commitFiles(demo, { 'a/x': 'fine', 'b/x': 'BAD' })
    git(demo, 'sparse-checkout', 'set', 'a')
    const partly = await gateOf(demo)
    expect(partly).toMatchObject({
      place: demo,
      temporary: false,
      verdict: 'passed',
      clean: false,
      differences: ['files that a sparse checkout leaves out'],
    })
    expect((await gateOf(demo)).results).toMatchObject([{ cached: false }])
    git(demo, 'sparse-checkout', 'disable')
    expect(await gateOf(demo)).toMatchObject({ verdict: 'failed' })
  })

  test('nor where it failed', async () => {
    const { demo, marks } = await counted({ name: 'test' })
    commitFiles(demo, { '.mhvrc.yaml': configOf([{ name: 'test', command: counting(marks, 'exit 1') }]) })
    expect((await gateOf(demo)).verdict).toBe('failed')
    expect((await gateOf(demo)).results[0]).toMatchObject({ outcome: 'failed', cached: false })
    expect(runsIn(marks)).toBe(3)
  })
})

describe('an override in the log', () => {
  const failing = { name: 'test', command: 'exit 1' }
  async function overridden(more: object = {}) {
    const { demo, commit } = await withWork([failing, { name: 'lint', command: 'exit 1', required: false }])
    const { results, ...rest } = await gateOf(demo)
    await appendGateRecord(await findRepository(demo), {
      ...{ id: newId(), at: NOW, by: BOB.actor, moment: 'done', commit, tree: rest.tree, results: [] },
      override: { gates: ['test'], reason: 'the feed is down', ...more },
    })
    return demo
  }

  test('lets exactly its gates pass on exactly its tree, where that is asked for', async () => {
    const demo = await overridden()
    const report = await gateOf(demo, { honourOverrides: true })
    expect(report).toMatchObject({ verdict: 'passed', overridden: ['test'] })
    expect(outcomes(report)).toEqual(['lint failed'])
    expect(await gateOf(demo)).toMatchObject({ verdict: 'failed', overridden: [] })
    commitFiles(demo, { more: '' })
    expect(await gateOf(demo, { honourOverrides: true })).toMatchObject({ verdict: 'failed', overridden: [] })
  })

  test.each([
    ['2026-11-20T10:00:00.124Z', 'passed'],
    ['2026-11-20T10:00:00.123Z', 'failed'],
  ])('that expires %s: %s', async (expires, verdict) => {
    const demo = await overridden({ expires })
    expect(await gateOf(demo, { honourOverrides: true })).toMatchObject({ verdict })
  })
})

describe('which gates run for which changes', () => {
  const gates = [
    { name: 'ts', command: 'echo {files}', files: ['**/*.ts'] },
    { name: 'all', command: 'true' },
  ]
  test('counted from the base, or all files of the commit', async () => {
    const { demo, commit: base } = await withWork(gates)
    expect(outcomes(await gateOf(demo, { base }))).toEqual(['ts skipped', 'all passed'])
    commitFiles(demo, { 'a.ts': '', 'b c.ts': '', d: '' })
    const report = await gateOf(demo, { base })
    expect(report.outputs.get('ts')).toBe('a.ts b c.ts\n')
    commitFiles(demo, { 'e.ts': '' })
    expect((await gateOf(demo, { base: 'HEAD~' })).outputs.get('ts')).toBe('e.ts\n')
    expect((await gateOf(demo)).outputs.get('ts')).toBe('a.ts b c.ts e.ts\n')
  })

  test('in a named directory also what is not committed yet', async () => {
    const { demo, commit: base } = await withWork(gates)
    writeFileSync(join(demo, 'new.ts'), '')
    expect((await gateOf(demo, { base, place: demo })).outputs.get('ts')).toBe('new.ts\n')
  })

  test('before a commit what is staged, and then nothing is recorded', async () => {
    const { demo, commit: base } = await withWork([{ ...gates[0]!, when: ['pre-commit'] }])
    writeFileSync(join(demo, 'staged.ts'), '')
    git(demo, 'add', 'staged.ts')
    writeFileSync(join(demo, 'new.ts'), '')
    const report = await gateOf(demo, { base, place: demo, moment: 'pre-commit' })
    expect(report.outputs.get('ts')).toBe('staged.ts\n')
    expect((await readGateRecords(await findRepository(demo), [report.tree])).get(report.tree)).toEqual([])
  })
})

describe('a coverage gate', () => {
  const lcov = (hit: number) => `SF:a\nLF:10\nLH:${hit}\nend_of_record\n`
  const coverage = (more: object) => ({ name: 'coverage', coverage: { file: 'lcov.ignored', ...more } })

  test.each([
    [8, {}, 'passed'],
    [7, {}, 'failed'],
    [7, { threshold: 70 }, 'passed'],
  ])('of %i in 10 lines with %j: %s', async (hit, more, outcome) => {
    const { demo } = await withWork([coverage(more)])
    writeFileSync(join(demo, 'lcov.ignored'), lcov(hit))
    expect((await gateOf(demo)).results[0]).toMatchObject({ outcome, coverage: hit * 10, command: null })
  })

  test('reads a report that another gate writes, after that, and in a temporary worktree has it written anew', async () => {
    const marks = join(temporaryDirectory(), 'marks')
    const { demo, commit } = await withWork([
      coverage({}),
      {
        name: 'test',
        command: counting(marks, `sleep 0.2; printf '${lcov(9).replaceAll('\n', '\\n')}' > lcov.ignored`),
      },
    ])
    expect(outcomes(await gateOf(demo))).toEqual(['coverage passed', 'test passed'])
    expect((await gateOf(demo)).results.map(({ cached }) => cached)).toEqual([true, true])
    rmSync(join(demo, 'lcov.ignored'))
    expect(outcomes(await gateOf(demo, { commit, branch: null }))).toEqual(['coverage passed', 'test passed'])
    expect(runsIn(marks)).toBe(2)
  })

  test.each([
    ['there is none', 'true', 'there is no report lcov.ignored'],
    ['the command left an old one', 'true', 'the command did not write the report lcov.ignored'],
    ['it is empty', ': > lcov.ignored', 'does not tell the coverage: it is empty'],
  ])('fails where %s', async (name, command, why) => {
    const { demo } = await withWork([{ ...coverage({}), command }])
    if (name.includes('old')) writeFileSync(join(demo, 'lcov.ignored'), lcov(10))
    const { results } = await gateOf(demo)
    expect(results[0]).toMatchObject({ outcome: 'failed', detail: expect.stringContaining(why) })
  })

  test('does not read as enough where it is just too little', async () => {
    const xml = '<coverage lines-covered="79999" lines-valid="100000"/>'
    const { demo } = await withWork([{ ...coverage({}), command: `echo '${xml}' > lcov.ignored` }])
    const [result] = (await gateOf(demo)).results
    expect(result!.outcome).toBe('failed')
    expect(result!.detail).toMatch(/^79\.99 % of lines covered, 80 % wanted/)
  })
})

describe('a gate', () => {
  const one = async (gate: Partial<AnyGate>) =>
    (await gateOf((await withWork([{ name: 'g', command: 'true', ...gate }])).demo)).results[0]!

  test.each([
    [{ command: 'exit 3' }, { outcome: 'failed', exit_code: 3 }],
    [{ command: 'kill -9 $$' }, { outcome: 'failed', exit_code: null, detail: 'ended by SIGKILL' }],
    [
      { command: 'no-such-program' },
      { outcome: 'not started', detail: 'no-such-program is not on the PATH' },
    ],
    [{ command: 'true && no-such-program' }, { outcome: 'not started', detail: 'command not found' }],
    [{ command: 'no-such-program || true' }, { outcome: 'passed' }],
    [
      { command: 'python3 -m nosuchmodule' },
      { outcome: 'not started', exit_code: null, detail: 'python3 has no module nosuchmodule' },
    ],
    [
      { command: 'npm run nosuchscript' },
      { outcome: 'not started', detail: 'there is no package.json with a script nosuchscript' },
    ],
    [
      { command: 'npx nosuchtool --all' },
      { outcome: 'not started', detail: 'node_modules has no program nosuchtool' },
    ],
    [{ command: './none' }, { outcome: 'not started', detail: 'there is no program ./none' }],
    [{ command: './work' }, { outcome: 'not started', detail: './work may not be executed' }],
    [{ cwd: 'no/such' }, { outcome: 'not started', detail: 'there is no directory no/such' }],
    [
      { command: 'sleep 60', timeout: '200ms' },
      { outcome: 'timed out', detail: 'took longer than 0.2 s' },
    ],
    [{ command: 'sleep 0.2', timeout: '60d' }, { outcome: 'passed' }],
    [{ command: 'test "$A" = "b c"', env: { A: 'b c' } }, { outcome: 'passed' }],
    [{ command: 'echo "Found 3 errors."; exit 1' }, { outcome: 'failed', issues: 3 }],
  ])('%j is %j', async (gate, result) => {
    expect(await one(gate)).toMatchObject(result)
  })

  test('is told the names of all changed files, unless they are more than the system allows a program', async () => {
    const { demo } = await withWork([{ name: 'g', command: '/bin/echo {files}' }])
    const many = (count: number) => {
      for (let i = 0; i < count; i++) writeFileSync(join(demo, `${i}`.padEnd(200, 'x')), '')
      git(demo, 'add', '--all')
      git(demo, 'commit', '--quiet', '--message', `${count} files`)
    }
    many(800)
    const told = await gateOf(demo)
    expect(told.results).toMatchObject([{ outcome: 'passed' }])
    expect(readFileSync(join(told.log!, 'g.log'), 'utf8').split(' ').length).toBeGreaterThan(800)
    many(12_000)
    expect((await gateOf(demo)).results).toMatchObject([
      {
        outcome: 'not started',
        detail: 'its command, with the names of all changed files, is longer than the system allows',
      },
    ])
  })

  test('runs beside others, as many as are allowed', async () => {
    const sleep = (name: string) => ({ name, command: 'sleep 0.5' })
    const { demo } = await withWork([sleep('a'), sleep('b'), sleep('c')])
    const timed = async (jobs: number) => {
      const began = performance.now()
      await gateOf(demo, { jobs, useCache: false })
      return performance.now() - began
    }
    expect(await timed(1)).toBeGreaterThan(1500)
    expect(await timed(3)).toBeLessThan(1400)
  })

  test('is stopped when the run is, and nothing is recorded', async () => {
    const { demo } = await withWork([
      { name: 'g', command: 'sleep 60' },
      { name: 'h', command: 'true' },
    ])
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 300)
    const report = await gateOf(demo, { signal: controller.signal, branch: null, jobs: 1 })
    expect(outcomes(report)).toEqual(['g cancelled', 'h cancelled'])
    expect(report.verdict).toBe('cancelled')
    expect(() => git(demo, 'rev-parse', '--verify', GATES_REF)).toThrow()
    expect(git(demo, 'worktree', 'list').split('\n')).toHaveLength(1)
  })

  test('has its output kept for the last twenty runs', async () => {
    const { demo } = await withWork([{ name: 'a:b', command: 'echo said' }])
    for (let i = 0; i < 22; i++) {
      const { log } = await gateOf(demo, { useCache: false })
      expect(readFileSync(join(log!, 'a%3Ab.log'), 'utf8')).toBe('said\n')
    }
    expect(readdirSync(join(demo, '.git', 'mtos', 'gate-logs'))).toHaveLength(20)
  }, 30_000)
})
