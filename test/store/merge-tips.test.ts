import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findRepository } from '../../src/git/repository.ts'
import { TASKS_REF } from '../../src/store/git-store.ts'
import { mergeTips } from '../../src/store/merge-tips.ts'
import { taskPath } from '../../src/store/task-path.ts'
import { git, temporaryDirectory } from '../support/repository.ts'
import { change, create, type GitHarness, gitHarness } from './harness.ts'
import { idsOf, pull } from './random-history.ts'

const comment = (text: string) => [{ kind: 'AddComment', text }] as const

/** Two clones that have both changed the one task and created one each. */
async function diverged(
  ...initArguments: string[]
): Promise<{ here: GitHarness; there: GitHarness; id: string }> {
  const here = await gitHarness(undefined, ...initArguments)
  await here.begin()
  const id = await create(here, 'Fix auth bug')
  const there = await here.clone()
  for (const [clone, text] of [
    [here, 'from here'],
    [there, 'from there'],
  ] as const) {
    await change(clone, [id], comment(text))
    await create(clone, text)
  }
  return { here, there, id }
}

const countObjects = (directory: string) =>
  Number(/^count: (\d+)$/m.exec(git(directory, 'count-objects', '-v'))?.[1])

test('a merge commit has a fixed author and message, the later date, and no events', async () => {
  const { here, there } = await diverged()
  const dates = [here, there].map(({ directory }) => git(directory, 'log', '-1', '--format=%ct', TASKS_REF))
  await pull(here, there)
  expect(git(here.directory, 'log', '-1', '--format=%an <%ae> %aI%n%cn <%ce> %ct%n%B', TASKS_REF)).toBe(
    `MTOS <mtos@localhost> ${new Date(Number(dates.sort()[1]) * 1000).toISOString().slice(0, 19)}+00:00\n` +
      `MTOS <mtos@localhost> ${dates[1]}\nMerge task logs\n`,
  )
  git(here.directory, 'fsck', '--strict', '--no-progress')
})

test('merging costs what changed, not what there is', async () => {
  const here = await gitHarness()
  await here.begin()
  const id = await create(here, 'first')
  const text = await here.read(taskPath(id))
  const files: Record<string, string> = {}
  for (let i = 0; i < 3000; i++) {
    const other = here.environment.newId()
    files[taskPath(other)] = text.replaceAll(id, other).replaceAll('number: 1\n', `number: ${i + 2}\n`)
  }
  await here.put(files)
  const there = await here.clone()
  await change(here, [id], comment('from here'))
  await change(there, [id], comment('from there'))
  const theirs = await here.fetch(there)
  const ours = (await here.tip())!
  const before = countObjects(here.directory)
  const merged = await mergeTips(here.repository, TASKS_REF, ours, theirs)
  expect(merged).toMatchObject({ how: 'merged' })
  // The commit, one file, and the trees above it.
  expect(countObjects(here.directory) - before).toBeLessThanOrEqual(7)
})

test('merges are not signed, so that they are the same everywhere', async () => {
  const { here, there } = await diverged()
  const other = await there.clone()
  git(here.directory, 'config', 'commit.gpgSign', 'true')
  git(here.directory, 'config', 'gpg.program', 'false')
  const ours = await here.clone()
  const merged = await pull(here, there)
  expect((await pull(other, ours)).view.tip).toBe(merged.view.tip)
})

test('SHA-256 repositories merge, also without common history', async () => {
  const { here, there, id } = await diverged('--object-format=sha256')
  expect((await pull(here, there)).how).toBe('merged')
  const stranger = await gitHarness(here.environment, '--object-format=sha256')
  await stranger.put({ 'mtos.yaml': 'colour: blue\nformat: 1\n' })
  await create(stranger, 'from afar')
  const { how, view } = await pull(here, stranger)
  expect([how, view.slots, view.summary(id)?.title]).toEqual(['merged', 4, 'Fix auth bug'])
  git(here.directory, 'fsck', '--strict', '--no-progress')
})

test('a shallow clone, which cannot see the common history, makes the same tree', async () => {
  const { here, there } = await diverged()
  const shallow = await gitHarness(here.environment)
  git(
    shallow.directory,
    'fetch',
    '--quiet',
    '--depth=1',
    `file://${here.directory}`,
    `${TASKS_REF}:${TASKS_REF}`,
  )
  const ref = 'refs/mtos/remotes/there/tasks'
  git(shallow.directory, 'fetch', '--quiet', '--depth=1', `file://${there.directory}`, `${TASKS_REF}:${ref}`)
  const store = shallow.open()
  const merged = await store.merge(await store.view(), git(shallow.directory, 'rev-parse', ref))
  const whole = await pull(here, there)
  expect(merged).toMatchObject({ how: 'merged' })
  expect(await shallow.tip()).toBe(whole.view.tip)
})

test('a partial clone merges without having the files', async () => {
  const { here, there } = await diverged()
  const directory = join(temporaryDirectory(), 'partial')
  git(here.directory, 'config', 'uploadpack.allowFilter', 'true')
  git(here.directory, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const theirs = await here.fetch(there)
  const clone = ['clone', '--quiet', '--bare', '--filter=blob:none', `file://${here.directory}`, directory]
  execFileSync('git', clone, { stdio: 'pipe' })
  git(directory, 'fetch', '--quiet', 'origin', `${TASKS_REF}:${TASKS_REF}`, theirs)
  expect(git(directory, 'rev-list', '--objects', '--missing=print', theirs)).toMatch(/^\?/m)
  const merged = await mergeTips(await findRepository(directory), TASKS_REF, (await here.tip())!, theirs)
  expect(merged).toMatchObject({ how: 'merged', tip: (await pull(here, there)).view.tip })
})

test('a file that is no task keeps its mode on the way through a merge', async () => {
  const { here, there } = await diverged()
  const input = [
    `commit ${TASKS_REF}\ncommitter Eve <eve@example.com> 1800000000 +0000\ndata 2\nx\nfrom ${await there.tip()}\n`,
    'M 100755 inline tools/run\ndata 4\n#!x\n\nM 120000 inline tools/link\ndata 3\nrun\ndone\n',
  ].join('')
  execFileSync('git', ['fast-import', '--quiet', '--done'], { cwd: there.directory, input })
  const [one, two] = [await here.clone(), await there.clone()]
  await pull(one, there)
  expect(git(one.directory, 'ls-tree', '-r', '--format=%(objectmode) %(path)', TASKS_REF, 'tools/')).toBe(
    '120000 tools/link\n100755 tools/run',
  )
  expect((await pull(two, here)).view.tip).toBe(await one.tip())
})

test('beside writers that never pause, no event is lost', async () => {
  const { here, there, id } = await diverged()
  const store = here.open()
  const merging = async () => {
    const theirs = await here.fetch(there)
    for (;;) {
      const merged = await store.exclusively(async () => store.merge(await store.view(), theirs))
      if (merged !== 'moved') return
    }
  }
  const writers = Array.from({ length: 6 }, (_, i) => change(here, [id], comment(`beside ${i}`)))
  const others = Array.from({ length: 4 }, (_, i) => create(here, `beside ${i}`))
  await Promise.all([...writers, merging(), ...others])
  const view = await store.view()
  const { task } = (await store.load(view, [id])).get(id)!
  expect(task.comments.map(({ text }) => text).sort()).toEqual(
    ['from here', 'from there', ...Array.from({ length: 6 }, (_, i) => `beside ${i}`)].sort(),
  )
  expect(idsOf(view)).toHaveLength(3 + 4)
})

test('without the queue, a merge that comes too late changes nothing', async () => {
  const { here, there, id } = await diverged()
  const theirs = await here.fetch(there)
  const ours = (await here.tip())!
  await change(here, [id], comment('faster'))
  const tip = await here.tip()
  expect(await mergeTips(here.repository, TASKS_REF, ours, theirs)).toBe('moved')
  expect(await here.tip()).toBe(tip)
  git(here.directory, 'fsck', '--strict', '--no-progress')
})
