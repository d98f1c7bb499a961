import { execFileSync } from 'node:child_process'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import {
  codesOf,
  commitFile,
  contentOf,
  demoWith,
  idOf,
  pathOf,
  store,
  tipOf,
  titlesOf,
} from '../support/hand-made.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { expectError, expectWhole } from '../support/whole.ts'

const dropIndex = (demo: string) => rmSync(store(demo), { recursive: true })
const looseFile = (demo: string, revision: string) => {
  const id = git(demo, 'rev-parse', revision)
  return join(demo, '.git', 'objects', id.slice(0, 2), id.slice(2))
}
const shell = (demo: string, step: string) =>
  execFileSync('sh', ['-c', step], { cwd: demo, encoding: 'utf8', stdio: 'pipe' })

test('a number is not given out again where a file that cannot be read may hold it', async () => {
  const demo = await demoWith('1', '2', '3', '4')
  commitFile(demo, pathOf(await idOf(demo, 4)), '')
  dropIndex(demo)
  expect((await mhvJson(demo, 'task', 'create', 'Next')).task.number).toBe(5)
  // An import does not name numbers in its commit; the file's own past does.
  const records = JSON.stringify({ source: 'x', id: '1', title: 'Imported' })
  const file = join(demo, '..', 'tasks.jsonl')
  execFileSync('tee', [file], { input: records, stdio: ['pipe', 'ignore', 'pipe'] })
  await mhv(demo, 'task', 'import', file)
  commitFile(demo, pathOf(await idOf(demo, 6)), 'events: [')
  dropIndex(demo)
  expect((await mhvJson(demo, 'task', 'create', 'After')).task.number).toBe(7)
})

test('what a partial clone lacks is said to be missing, never taken for gone, and read once it can be', async () => {
  const origin = await demoWith('One', 'Two')
  git(origin, 'config', 'uploadpack.allowFilter', 'true')
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const clone = join(origin, '..', 'clone')
  execFileSync('git', ['clone', '--quiet', '--filter=blob:none', `file://${origin}`, clone])
  const refspec = '+refs/mtos/tasks*:refs/mtos/remotes/origin/tasks*'
  git(clone, 'fetch', '--quiet', 'origin', refspec)
  git(clone, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/remotes/origin/tasks')
  const away = join(origin, '..', 'away')
  renameSync(origin, away)
  const cold = await mhv(clone, 'task', 'list')
  expectError(cold, 'OBJECT_MISSING')
  expect(cold.err).toContain('partial clone')
  expectError(await mhv(clone, 'task', 'create', 'Refused'), 'OBJECT_MISSING')
  renameSync(away, origin)
  expect(titlesOf((await mhvJson(clone, 'task', 'list')).tasks)).toEqual(['One', 'Two'])

  await mhv(origin, 'task', 'create', 'Three')
  git(clone, 'fetch', '--quiet', 'origin', refspec)
  git(clone, 'update-ref', 'refs/mtos/tasks', 'refs/mtos/remotes/origin/tasks')
  renameSync(origin, away)
  for (let i = 0; i < 2; i++) {
    const partly = await mhvJson(clone, 'task', 'list')
    expect([titlesOf(partly.tasks), codesOf(partly.problems)]).toEqual([['One', 'Two'], ['OBJECT_MISSING']])
    expectError(await mhv(clone, 'task', 'create', 'Refused'), 'OBJECT_MISSING')
  }
  expect(codesOf((await mhvJson(clone, 'doctor')).findings)).toEqual(['OBJECT_MISSING', 'REFSPEC_MISSING'])
  renameSync(away, origin)
  expect(titlesOf((await mhvJson(clone, 'task', 'list')).tasks)).toEqual(['One', 'Two', 'Three'])
  expect((await mhvJson(clone, 'task', 'create', 'Four')).task.number).toBe(4)
  expect((await mhvJson(clone, 'doctor')).ok).toBe(true)
})

test('an object that comes back is read again', async () => {
  const demo = await demoWith('One', 'Two')
  const file = looseFile(demo, `refs/mtos/tasks:${pathOf(await idOf(demo, 2))}`)
  renameSync(file, `${file}.away`)
  dropIndex(demo)
  expect(codesOf((await mhvJson(demo, 'task', 'list')).problems)).toEqual(['OBJECT_MISSING'])
  expect((await mhvJson(demo, 'task', 'create', 'Three')).task.number).toBe(3)
  renameSync(`${file}.away`, file)
  const listed = await mhvJson(demo, 'task', 'list')
  expect([titlesOf(listed.tasks), listed.problems]).toEqual([['One', 'Two', 'Three'], []])
  await expectWhole(demo)
})

test.each(['', 'format: banana\n', 'format: 1.5\n', null])(
  'a log whose mtos.yaml says %j is refused, and the doctor writes it again',
  async (content) => {
    const demo = await demoWith('One')
    const tip = commitFile(demo, 'mtos.yaml', content)
    for (const argv of [['task', 'list'], ['task', 'create', 'No'], ['init']]) {
      expectError(await mhv(demo, ...argv), 'NOT_A_LOG')
    }
    expect(tipOf(demo)).toBe(tip)
    const fixed = await mhvJson(demo, 'doctor', '--fix')
    expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['NOT_A_LOG']])
    expect(git(demo, 'show', 'refs/mtos/tasks:mtos.yaml')).toBe('format: 1')
    expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['One'])
    await expectWhole(demo)
  },
)

test.each(['missing', 'damaged'])(
  'a log whose mtos.yaml is %s as an object is brought back by the step',
  async (how) => {
    const demo = await demoWith('One')
    const file = looseFile(demo, 'refs/mtos/tasks:mtos.yaml')
    rmSync(file)
    if (how === 'damaged') writeFileSync(file, 'no object')
    dropIndex(demo)
    expectError(await mhv(demo, 'task', 'list'), 'OBJECT_MISSING')
    const { ok, findings } = await mhvJson(demo, 'doctor')
    expect([ok, new Set(codesOf(findings))]).toEqual([false, new Set(['OBJECT_MISSING'])])
    shell(demo, findings[0].fix)
    expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['One'])
    await expectWhole(demo)
  },
)

test.each(['HEAD', 'HEAD^{tree}'])('what is no task log (%s) is not taken for one', async (revision) => {
  const demo = temporaryRepository()
  const foreign = git(demo, 'rev-parse', revision)
  rmSync(join(demo, '.git/refs/mtos'), { recursive: true, force: true })
  execFileSync('mkdir', ['-p', join(demo, '.git/refs/mtos')])
  execFileSync('tee', [join(demo, '.git/refs/mtos/tasks')], {
    input: `${foreign}\n`,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  for (const argv of [['init'], ['task', 'list'], ['task', 'create', 'No']]) {
    expectError(await mhv(demo, ...argv), 'NOT_A_LOG')
  }
  expect(existsSync(join(store(demo), 'high-water'))).toBe(false)
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect([ok, codesOf(findings)]).toEqual([false, ['NOT_A_LOG']])
  shell(demo, findings[0].fix)
  expect((await mhvJson(demo, 'init')).log).toBe('begun')
})

test('a fetched tip that cannot be read is neither taken over nor remembered', async () => {
  const demo = temporaryRepository()
  git(demo, 'remote', 'add', 'origin', join(demo, '..', 'none'))
  git(demo, 'update-ref', 'refs/mtos/remotes/origin/tasks', 'HEAD')
  expectError(await mhv(demo, 'init'), 'NOT_A_LOG')
  expect(git(demo, 'for-each-ref', 'refs/mtos/tasks')).toBe('')
  expect(existsSync(join(store(demo), 'high-water'))).toBe(false)
})

test('a task whose file somebody took out of the log is missed by the doctor and brought back', async () => {
  const demo = await demoWith('Kept', 'Gone')
  const id = await idOf(demo, 2)
  const before = contentOf(demo, id)
  commitFile(demo, pathOf(id), null)
  expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['Kept'])
  expect(codesOf((await mhvJson(demo, 'doctor')).findings)).toEqual(['TASK_GONE'])
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['TASK_GONE']])
  expect(contentOf(demo, id)).toBe(before)
  await expectWhole(demo)
})

test.each(['refs/mtos/tasks^{tree}', 'refs/mtos/tasks:tasks'])(
  'a lost tree (%s) is named, and the step that is named leads out without a remote',
  async (revision) => {
    const demo = await demoWith('One', 'Two', 'Three')
    rmSync(looseFile(demo, revision))
    dropIndex(demo)
    expect((await mhv(demo, 'task', 'list')).code).toBe(1)
    const { ok, findings } = await mhvJson(demo, 'doctor')
    expect([ok, codesOf(findings)]).toEqual([false, ['OBJECT_MISSING']])
    expect(findings[0].fix).not.toContain('origin')
    shell(demo, findings[0].fix)
    expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['One', 'Two'])
    expect((await mhvJson(demo, 'doctor')).ok).toBe(true)
  },
)

test('a lost tree is fetched again from a remote that has it', async () => {
  const demo = await demoWith('One', 'Two')
  const remote = join(demo, '..', 'remote.git')
  git(demo, 'clone', '--quiet', '--bare', demo, remote)
  git(demo, 'push', '--quiet', remote, 'refs/mtos/tasks')
  git(demo, 'remote', 'add', 'up', remote)
  git(demo, 'fetch', '--quiet', 'up', '+refs/mtos/tasks*:refs/mtos/remotes/up/tasks*')
  rmSync(looseFile(demo, 'refs/mtos/tasks:tasks'))
  dropIndex(demo)
  const { findings } = await mhvJson(demo, 'doctor')
  const [missing] = findings.filter(({ code }: { code: string }) => code === 'OBJECT_MISSING')
  shell(demo, missing.fix)
  expect(titlesOf((await mhvJson(demo, 'task', 'list')).tasks)).toEqual(['One', 'Two'])
})

test('a copy of a task’s file where it does not belong hides nothing', async () => {
  const demo = await demoWith('One', 'Two')
  const id = await idOf(demo, 2)
  commitFile(demo, `tasks/0/0/0/${id}.yaml`, contentOf(demo, id))
  const listed = await mhvJson(demo, 'task', 'list')
  expect([titlesOf(listed.tasks), listed.problems.length]).toEqual([['One', 'Two'], 1])
  dropIndex(demo)
  expect(await mhvJson(demo, 'task', 'list')).toEqual(listed)
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, codesOf(fixed.mended)]).toEqual([true, ['STRAY_FILE']])
  expect(git(demo, 'ls-tree', '-r', '--name-only', 'refs/mtos/tasks')).not.toContain('tasks/0/0/0')
  const after = await mhvJson(demo, 'task', 'list')
  expect([after.tasks, after.problems]).toEqual([listed.tasks, []])
  await expectWhole(demo)
})

test('a file where no task belongs that holds what no other has is left alone', async () => {
  const demo = await demoWith('One')
  const id = await idOf(demo, 1)
  await mhv(demo, 'task', 'comment', '1', 'in both')
  const copy = contentOf(demo, id).replace('in both', 'only in the copy')
  const tip = commitFile(demo, `tasks/0/0/0/${id}.yaml`, copy)
  expect(codesOf((await mhvJson(demo, 'doctor', '--fix')).findings)).toEqual(['STRAY_FILE'])
  expect(tipOf(demo)).toBe(tip)
})

test('a task that cannot be read is not said to be none', async () => {
  const demo = await demoWith('One', 'Two')
  const id = await idOf(demo, 2)
  commitFile(demo, pathOf(id), 'id: x\n')
  for (const argv of [
    ['task', 'show'],
    ['task', 'comment'],
  ]) {
    const byId = await mhv(demo, ...argv, id, ...(argv[1] === 'comment' ? ['x'] : []))
    expectError(byId, 'TASK_UNREADABLE')
    const byNumber = await mhv(demo, ...argv, '2', ...(argv[1] === 'comment' ? ['x'] : []))
    expectError(byNumber, 'TASK_NOT_FOUND')
    expect(byNumber.err).toContain(pathOf(id))
    expect(byNumber.err).toContain('mhv doctor')
  }
})
