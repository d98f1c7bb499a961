import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { codesOf, demoWith, store, tipOf } from '../support/hand-made.ts'
import { git } from '../support/repository.ts'
import { expectWhole } from '../support/whole.ts'

/** What a power cut may leave: the newest files are there and empty. */
function tear(demo: string): void {
  writeFileSync(join(demo, '.git', 'refs', 'mtos', 'tasks'), '')
  for (const entry of readdirSync(store(demo), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), '')
  }
}

/** A log whose packed ref is two writes old. */
async function packedLog(): Promise<string> {
  const demo = await demoWith('One')
  git(demo, 'pack-refs', '--all')
  for (const title of ['Two', 'Three']) await mhv(demo, 'task', 'create', title)
  return demo
}

test('a torn ref goes back to what was written last, not to the older commit that git has packed', async () => {
  const demo = await packedLog()
  const tip = tipOf(demo)
  tear(demo)
  const told = await mhvJson(demo, 'doctor')
  expect(told.findings[0]).toMatchObject({ code: 'REF_DAMAGED', fix: 'mhv doctor --fix' })
  expect(told.findings[0].message).toContain('2 commits that follow it')
  const fixed = await mhvJson(demo, 'doctor', '--fix')
  expect([fixed.ok, tipOf(demo)]).toEqual([true, tip])
  expect((await mhvJson(demo, 'task', 'create', 'Four')).task.number).toBe(4)
  await expectWhole(demo)
})

test('where what follows goes two ways nothing is chosen, and the step keeps both', async () => {
  const demo = await packedLog()
  const tip = tipOf(demo)
  const tree = git(demo, 'rev-parse', 'refs/mtos/tasks~1^{tree}')
  const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
    cwd: demo,
    input: 'x',
    encoding: 'utf8',
  })
  const entries = git(demo, 'ls-tree', tree)
  const otherTree = execFileSync('git', ['mktree'], {
    cwd: demo,
    input: `${entries}\n100644 blob ${blob.trim()}\tother\n`,
    encoding: 'utf8',
  }).trim()
  const other = git(demo, 'commit-tree', '-p', `${tip}~2`, '-m', 'Other', otherTree)
  tear(demo)
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect([ok, codesOf(findings)[0]]).toEqual([false, 'REF_DAMAGED'])
  expect(findings[0].message).toContain(other.slice(0, 12))
  execFileSync('sh', ['-c', findings[0].fix], { cwd: demo })
  expect([tipOf(demo), git(demo, 'rev-parse', `refs/mtos/trash/tasks-${other.slice(0, 12)}`)]).toEqual([
    tip,
    other,
  ])
})

test('the same commit without its signature is no other way', async () => {
  const demo = await packedLog()
  const tip = tipOf(demo)
  git(demo, 'commit-tree', '-p', 'refs/mtos/tasks~1', '-m', 'Unsigned', 'refs/mtos/tasks^{tree}')
  const unsigned = git(demo, 'commit-tree', '-p', `${tip}~2`, '-m', 'Unsigned', `${tip}~1^{tree}`)
  tear(demo)
  expect((await mhvJson(demo, 'doctor', '--fix')).ok).toBe(true)
  expect(tipOf(demo)).not.toBe(unsigned)
  expect(git(demo, 'rev-parse', 'refs/mtos/tasks^{tree}')).toBe(git(demo, 'rev-parse', `${tip}^{tree}`))
})

test('a torn ref of which nothing is remembered names the only log that there is', async () => {
  const demo = await demoWith('One')
  const tip = tipOf(demo)
  tear(demo)
  const { ok, findings } = await mhvJson(demo, 'doctor', '--fix')
  expect([ok, codesOf(findings)[0]]).toEqual([false, 'REF_DAMAGED'])
  execFileSync('sh', ['-c', findings[0].fix], { cwd: demo })
  expect(tipOf(demo)).toBe(tip)
})
