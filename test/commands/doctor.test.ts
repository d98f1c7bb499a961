import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EventDraft } from '../../schemas/event.ts'
import { findRepository } from '../../src/git/repository.ts'
import { write } from '../../src/handle.ts'
import { openGitStore } from '../../src/store/git-store.ts'
import { seal } from '../../src/tasks/seal.ts'
import { newIds } from '../../src/terminal/task/new-ids.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryRepository } from '../support/repository.ts'

async function demoWith(...titles: string[]): Promise<string> {
  const demo = temporaryRepository()
  expect((await mhv(demo, 'init')).code).toBe(0)
  for (const title of titles) expect((await mhv(demo, 'task', 'create', title)).code).toBe(0)
  return demo
}

// biome-ignore lint/suspicious/noExplicitAny: findings as scripts see them
const codesOf = (findings: any[]): string[] => findings.map(({ code }) => code)
const found = async (demo: string, ...flags: string[]) =>
  codesOf((await mhvJson(demo, 'doctor', ...flags)).findings)
const idOf = async (demo: string, number: number): Promise<string> =>
  (await mhvJson(demo, 'task', 'show', String(number))).task.id
const store = (demo: string) => join(demo, '.git', 'mtos')

/** Appends events to a task without asking whether they are wise, as a merge does. */
async function append(demo: string, id: string, drafts: EventDraft[]): Promise<void> {
  const log = openGitStore(await findRepository(demo))
  const now = '2026-11-20T11:00:00.000Z'
  const environment = { now, newId: newIds(now), actor: 'Ann <ann@example.com>' }
  await write(log, environment, async (view) => {
    const read = (await log.load(view, [id])).get(id)!
    return { result: null, logs: [seal(read.log, drafts, environment)], message: 'By hand\n' }
  })
}

test('a repository in order has nothing to be said of it, in words and as JSON', async () => {
  const demo = await demoWith('One', 'Two')
  const { code, out } = await mhv(demo, 'doctor')
  expect([code, out]).toEqual([0, 'Nothing is wrong; 2 tasks and 2 events checked.\n'])
  expect(await mhvJson(demo, 'doctor')).toEqual({
    schema: 1,
    ok: true,
    findings: [],
    mended: [],
    checked: {
      tasks: 2,
      events: 2,
      versions: 0,
      versions_left: 0,
      tip: git(demo, 'rev-parse', 'refs/mtos/tasks'),
    },
  })
})

test('where there is no log nothing is set up by the doctor', async () => {
  const demo = temporaryRepository()
  git(demo, 'remote', 'add', 'origin', demo)
  const before = readFileSync(join(demo, '.git', 'config'), 'utf8')
  expect(codesOf((await mhvJson(demo, 'doctor', '--fix')).findings)).toEqual(['NOT_INITIALISED'])
  expect(readFileSync(join(demo, '.git', 'config'), 'utf8')).toBe(before)
})

test('outside a repository, before init and without an identity the doctor says which', async () => {
  const demo = temporaryRepository()
  expect((await mhv(join(demo, '..'), 'doctor')).err).toContain('NOT_A_REPOSITORY')
  const before = await mhv(demo, 'doctor')
  expect(before.code).toBe(1)
  expect(before.out).toMatch(/NOT_INITIALISED.*\n +mhv init\n/)
  await mhv(demo, 'init')
  git(demo, 'config', 'user.useConfigOnly', 'true')
  git(demo, 'config', 'user.name', '')
  expect(await found(demo)).toEqual(['NO_IDENTITY'])
})

test('looking changes nothing, and mending twice changes nothing more', async () => {
  const demo = await demoWith('One')
  const everything = () => [git(demo, 'for-each-ref'), git(demo, 'config', '--list', '--local')].join('\n')
  git(demo, 'remote', 'add', 'origin', join(demo, '..', 'none'))
  const before = everything()
  expect(await found(demo)).toEqual(['REFSPEC_MISSING'])
  expect(everything()).toBe(before)
  expect(codesOf((await mhvJson(demo, 'doctor', '--fix')).mended)).toEqual(['REFSPEC_MISSING'])
  const after = everything()
  expect((await mhvJson(demo, 'doctor', '--fix')).mended).toEqual([])
  expect(everything()).toBe(after)
})

test.each([
  ['+refs/mtos/*:refs/mtos/*', 'REFSPEC_DESTRUCTIVE'],
  ['refs/mtos/tasks:refs/mtos/tasks', 'REFSPEC_DESTRUCTIVE'],
  ['+refs/mtos/tasks*:refs/mtos/tasks*', 'REFSPEC_DESTRUCTIVE'],
  ['+refs/mtos/tasks:refs/mtos/remotes/origin/tasks', 'REFSPEC_NARROW'],
])('the refspec %s is %s and is replaced by the right one', async (refspec, code) => {
  const demo = await demoWith('Not pushed')
  const remote = join(demo, '..', 'remote.git')
  execFileSync('git', ['init', '--quiet', '--bare', remote])
  git(demo, 'remote', 'add', 'origin', remote)
  git(demo, 'config', '--add', 'remote.origin.fetch', refspec)
  const { ok, findings } = await mhvJson(demo, 'doctor')
  expect([ok, findings[0].code, findings[0].fixable]).toEqual([false, code, true])
  expect(await found(demo, '--fix')).toEqual([])
  expect(git(demo, 'config', '--get-all', 'remote.origin.fetch').split('\n')).toEqual([
    '+refs/heads/*:refs/remotes/origin/*',
    '+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*',
  ])
  git(demo, 'fetch', '--quiet', '--prune')
  expect((await mhvJson(demo, 'task', 'list')).total).toBe(1)
})

test('a mirror that overwrites tasks is told, and left to its owner', async () => {
  const demo = await demoWith('One')
  git(demo, 'remote', 'add', '--mirror=fetch', 'origin', join(demo, '..', 'none'))
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect(ok).toBe(true)
  expect(codesOf(findings)).toContain('REFSPEC_DESTRUCTIVE')
  expect(git(demo, 'config', '--get-all', 'remote.origin.fetch')).toBe('+refs/*:refs/*')
})

test('an index that says something else than the log is rebuilt', async () => {
  const demo = await demoWith('One', 'Two')
  const other = await demoWith('One', 'Other')
  const tip = git(demo, 'rev-parse', 'refs/mtos/tasks')
  // The index of another log, made to claim that it belongs to this one.
  await mhv(other, 'task', 'list')
  git(demo, 'fetch', '--quiet', other, 'refs/mtos/tasks:refs/heads/other')
  const foreign = git(demo, 'rev-parse', 'refs/heads/other')
  git(demo, 'update-ref', 'refs/mtos/tasks', foreign, tip)
  rmSync(store(demo), { recursive: true })
  await mhv(demo, 'task', 'list')
  git(demo, 'update-ref', 'refs/mtos/tasks', tip)
  const base = join(store(demo), 'index.base')
  const { checksum } = await import('../../src/snapshot/checksum.ts')
  const bytes = readFileSync(base)
  const end = bytes.indexOf(10)
  const header = Buffer.from(bytes.toString('utf8', 9, end).replace(foreign, tip))
  const sum = (checksum(header) >>> 0).toString(16).padStart(8, '0')
  writeFileSync(base, Buffer.concat([Buffer.from(`${sum} `), header, bytes.subarray(end)]))
  writeFileSync(join(store(demo), 'high-water'), `${tip}\n`)
  const { ok, findings } = await mhvJson(demo, 'doctor')
  expect([ok, codesOf(findings)]).toEqual([false, ['INDEX_WRONG']])
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['INDEX_WRONG']])
  expect((await mhvJson(demo, 'task', 'show', '2')).task.title).toBe('Two')
})

test('what an import writes to the index is what its file says, in whatever order its metadata came', async () => {
  const demo = await demoWith()
  const task = {
    source: 'x',
    id: '1',
    title: 'Imported',
    metadata: { zeta: 1, alpha: { y: 1, b: [{ q: 1, a: 2 }] } },
  }
  const file = join(demo, '..', 'tasks.jsonl')
  writeFileSync(file, `${JSON.stringify(task)}\n`)
  expect((await mhv(demo, 'task', 'import', file)).code).toBe(0)
  expect(await found(demo)).toEqual([])
})

test('leftovers of processes that died are told and taken away; those of living ones are not', async () => {
  const demo = await demoWith('One')
  const dead = 2 ** 22 + 7
  const tip = git(demo, 'rev-parse', 'refs/mtos/tasks')
  git(demo, 'update-ref', `refs/mtos/scratch/${dead}-x`, tip)
  git(demo, 'update-ref', `refs/mtos/scratch/${process.pid}-y`, tip)
  writeFileSync(join(demo, '.git', `fast_import_crash_${dead}`), 'commit refs/mtos/tasks')
  writeFileSync(join(demo, '.git', `fast_import_crash_${dead + 1}`), 'commit refs/heads/somebody-else')
  writeFileSync(join(store(demo), `index.base.${dead}.tmp`), 'half')
  writeFileSync(
    join(store(demo), 'write.lock'),
    JSON.stringify({ pid: dead, host: (await import('node:os')).hostname(), git: 0 }),
  )
  const lock = join(demo, '.git', 'refs', 'mtos', 'tasks.lock')
  writeFileSync(lock, '')
  expect(await found(demo)).not.toContain('tasks.lock')
  utimesSync(lock, new Date(Date.now() - 7_200_000), new Date(Date.now() - 7_200_000))
  const keep = join(demo, '.git', 'objects', 'pack', 'pack-0123.keep')
  writeFileSync(keep, 'fast-import\n')
  utimesSync(keep, new Date(Date.now() - 7_200_000), new Date(Date.now() - 7_200_000))
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect(codesOf(fixed.mended).sort()).toEqual(
    ['FILE_LEFT', 'FILE_LEFT', 'FILE_LEFT', 'LOCK_LEFT', 'LOCK_LEFT', 'SCRATCH_REF_LEFT'].sort(),
  )
  expect([fixed.ok, fixed.findings]).toEqual([true, []])
  expect(git(demo, 'for-each-ref', '--format=%(refname)', 'refs/mtos/scratch')).toBe(
    `refs/mtos/scratch/${process.pid}-y`,
  )
  expect(readdirSync(join(demo, '.git')).filter((name) => name.startsWith('fast_import'))).toEqual([
    `fast_import_crash_${dead + 1}`,
  ])
  expect([existsSync(lock), existsSync(keep)]).toEqual([false, false])
  expect((await mhv(demo, 'task', 'create', 'Two')).code).toBe(0)
})

test('events whose clock cannot be true are named, kept and not counted', async () => {
  const demo = await demoWith('One')
  const id = await idOf(demo, 1)
  const path = `tasks/${[...id.slice(-3).toLowerCase()].join('/')}/${id}.yaml`
  const index = { ...process.env, GIT_INDEX_FILE: join(demo, '.git', 'foreign-index') }
  const tip = git(demo, 'rev-parse', 'refs/mtos/tasks')
  const content = `${git(demo, 'cat-file', 'blob', `refs/mtos/tasks:${path}`)}
  - id: 01KAGHC2XVTQ7T2T65PTVZZZZZ
    kind: TaskEdited
    v: 1
    after: [${/ {2}- id: (\w+)/.exec(git(demo, 'cat-file', 'blob', `refs/mtos/tasks:${path}`))![1]}]
    clock: 900
    at: 2026-11-20T10:00:00.123Z
    by: Eve <eve@example.com>
    data:
      title: Jumped the queue
`
  const options = { cwd: demo, encoding: 'utf8' as const, env: index }
  const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { ...options, input: content }).trim()
  execFileSync('git', ['read-tree', tip], options)
  execFileSync('git', ['update-index', '--cacheinfo', `100644,${blob},${path}`], options)
  const tree = execFileSync('git', ['write-tree'], options).trim()
  git(demo, 'update-ref', 'refs/mtos/tasks', git(demo, 'commit-tree', '-p', tip, '-m', 'Clock', tree))
  const { ok, findings } = await mhvJson(demo, 'doctor')
  expect([ok, codesOf(findings)]).toEqual([false, ['EVENT_QUARANTINED']])
  expect(findings[0].message).toMatch(/01KAGHC2XVTQ7T2T65PTVZZZZZ.*Eve.*clock 900 does not follow 1/)
  expect(execFileSync('sh', ['-c', findings[0].fix], { cwd: demo, encoding: 'utf8' })).toContain(
    'Jumped the queue',
  )
  expect((await mhvJson(demo, 'task', 'show', '1')).task.title).toBe('One')
})

test('the steps that are named for tasks in disorder lead out when pasted', async () => {
  const demo = await demoWith('One', 'Two', 'Three', 'Four')
  const [one, two, three] = [await idOf(demo, 1), await idOf(demo, 2), await idOf(demo, 3)]
  const missing = '01KAGHC2XVTQ7T2T65PTVYYYYY'
  await append(demo, one, [{ kind: 'DependencyAdded', data: { depends_on: two } }])
  await append(demo, two, [{ kind: 'DependencyAdded', data: { depends_on: one } }])
  await append(demo, three, [
    { kind: 'DependencyAdded', data: { depends_on: missing } },
    { kind: 'ParentSet', data: { parent: missing } },
  ])
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect(ok).toBe(false)
  expect(codesOf(findings).sort()).toEqual(['DEPENDENCY_CYCLE', 'DEPENDENCY_MISSING', 'PARENT_MISSING'])
  for (const { fix } of findings) {
    const [program, ...argv] = fix.split(' ')
    expect(program).toBe('mhv')
    expect((await mhv(demo, ...argv)).err).toBe('')
  }
  expect(await found(demo)).toEqual([])
})

test('two tasks with one number are told, and the step shows the one that has to be named by its id', async () => {
  const demo = await demoWith('One', 'Two')
  await append(demo, await idOf(demo, 2), [{ kind: 'TaskRenumbered', data: { number: 1 } }])
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect([ok, codesOf(findings)]).toEqual([false, ['NUMBER_TAKEN_TWICE']])
  expect((await mhv(demo, ...findings[0].fix.split(' ').slice(1))).code).toBe(0)
})

test('branches that are gone, and claims without a task or a branch', async () => {
  const demo = await demoWith('One', 'Two')
  await mhv(demo, 'start', '1', '--no-worktree')
  await mhv(demo, 'start', '2', '--no-worktree')
  await mhv(demo, 'done', '2')
  git(demo, 'update-ref', '-d', 'refs/heads/task/1')
  git(demo, 'update-ref', '-d', 'refs/heads/task/2')
  git(demo, 'config', 'branch.main.mtosTask', '01KAGHC2XVTQ7T2T65PTVYYYYY')
  const { ok, findings } = await mhvJson(demo, 'doctor')
  expect(ok).toBe(true)
  expect(codesOf(findings).sort()).toEqual(['BRANCH_GONE', 'CLAIM_WITHOUT_BRANCH', 'CLAIM_WITHOUT_TASK'])
  expect((await found(demo, '--fix')).sort()).toEqual(['BRANCH_GONE', 'CLAIM_WITHOUT_TASK'])
  // biome-ignore lint/suspicious/noExplicitAny: findings as scripts see them
  for (const { fix } of (findings as any[]).filter(({ fixable }) => !fixable)) {
    if (fix.startsWith('mhv')) await mhv(demo, ...fix.split(' ').slice(1), '--no-worktree')
    else execFileSync('sh', ['-c', fix], { cwd: demo })
  }
  expect(await found(demo)).toEqual([])
})

test('a file that belongs to no task is told, and one that lies where another belongs', async () => {
  const demo = await demoWith('One')
  const tip = git(demo, 'rev-parse', 'refs/mtos/tasks')
  const index = {
    cwd: demo,
    encoding: 'utf8' as const,
    env: { ...process.env, GIT_INDEX_FILE: join(demo, '.git', 'i') },
  }
  execFileSync('git', ['read-tree', tip], index)
  const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { ...index, input: 'x' }).trim()
  for (const path of ['README.md', 'tasks/0/0/0/01KAGHC2XVTQ7T2T65PTVYYYYY.yaml']) {
    execFileSync('git', ['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], index)
  }
  const tree = execFileSync('git', ['write-tree'], index).trim()
  git(demo, 'update-ref', 'refs/mtos/tasks', git(demo, 'commit-tree', '-p', tip, '-m', 'Strays', tree))
  const { findings } = await mhvJson(demo, 'doctor', '--fix')
  expect(codesOf(findings)).toEqual(['STRAY_FILE', 'STRAY_FILE'])
  expect(execFileSync('sh', ['-c', findings[0].fix], { cwd: demo, encoding: 'utf8' })).toContain('Strays')
})

test('history that is not all there is told even where every file of today is', async () => {
  const demo = await demoWith('One', 'Two')
  const old = git(demo, 'rev-parse', 'refs/mtos/tasks~1^{tree}')
  rmSync(join(demo, '.git', 'objects', old.slice(0, 2), old.slice(2)))
  expect(await found(demo)).toEqual(['OBJECT_MISSING'])
})
