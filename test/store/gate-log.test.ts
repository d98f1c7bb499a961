import { execFile, execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import type { GateRecord } from '../../schemas/gate-record.ts'
import { findRepository } from '../../src/git/repository.ts'
import { appendGateRecord, readGateRecords } from '../../src/store/gate-log.ts'
import { GATES_REF } from '../../src/store/git-store.ts'
import { initialise } from '../../src/store/initialise.ts'
import { mergeTips } from '../../src/store/merge-tips.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { ulidOf } from '../support/task-log.ts'

const recordOf = (cwd: string, n: number, more: Partial<GateRecord> = {}): GateRecord => ({
  id: ulidOf(n),
  at: `2026-11-20T10:00:00.${String(n).padStart(3, '0')}Z`,
  by: 'Ann <ann@example.com>',
  moment: 'done',
  commit: git(cwd, 'rev-parse', 'HEAD'),
  tree: git(cwd, 'rev-parse', 'HEAD^{tree}'),
  results: [
    {
      gate: 'lint',
      outcome: 'passed',
      required: true,
      command: 'npx biome check .\n# all of it: "yes"',
      exit_code: 0,
      seconds: 1.25,
      key: '1'.repeat(64),
      definition: '1e'.repeat(32),
      cached: false,
      clean: true,
      issues: null,
    },
  ],
  ...more,
})

const treeOf = (cwd: string) => git(cwd, 'rev-parse', 'HEAD^{tree}')

test.each([[], ['--object-format=sha256']])(
  'records come back as they were written, oldest first %s',
  async (...init) => {
    const demo = temporaryRepository(...init)
    const repository = await findRepository(demo)
    const tree = treeOf(demo)
    expect((await readGateRecords(repository, [tree])).get(tree)).toEqual([])
    const first = recordOf(demo, 1)
    const second = recordOf(demo, 2, {
      task: ulidOf(99),
      override: { gates: ['lint'], reason: 'the vendor is down', approver: 'bob@example.com' },
    })
    await appendGateRecord(repository, second)
    await appendGateRecord(repository, first)
    expect((await readGateRecords(repository, [tree])).get(tree)).toEqual([first, second])
    expect(git(demo, 'log', '--format=%s', GATES_REF).split('\n')).toEqual([
      'Gates passed: lint',
      'Gates overridden: lint',
      'Begin task log',
    ])
    git(demo, 'fsck', '--strict', '--no-dangling')
  },
)

test('begins with the commit that the task log begins with', async () => {
  const demo = temporaryRepository()
  const repository = await findRepository(demo)
  const { tip } = await initialise(repository)
  await appendGateRecord(repository, recordOf(demo, 1))
  expect(git(demo, 'rev-parse', `${GATES_REF}~`)).toBe(tip)
})

test('is one log for all worktrees', async () => {
  const demo = temporaryRepository()
  const linked = join(demo, '..', 'linked')
  git(demo, 'worktree', 'add', '--quiet', linked)
  await appendGateRecord(await findRepository(linked), recordOf(linked, 1))
  await appendGateRecord(await findRepository(demo), recordOf(demo, 2))
  const tree = treeOf(demo)
  const read = await readGateRecords(await findRepository(linked), [tree])
  expect(read.get(tree)?.map(({ id }) => id)).toEqual([ulidOf(1), ulidOf(2)])
})

test('keeps what a later version has put into a record', async () => {
  const demo = temporaryRepository()
  const record = { ...recordOf(demo, 1), machine: { cores: 2 } }
  await appendGateRecord(await findRepository(demo), record)
  const read = await readGateRecords(await findRepository(demo), [record.tree])
  expect(read.get(record.tree)).toEqual([record])
})

/** Puts files over the log of gates by hand. */
function plant(cwd: string, files: Readonly<Record<string, string>>): void {
  const stream = Object.entries(files).map(
    ([path, content]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}\n`,
  )
  execFileSync('git', ['fast-import', '--quiet', '--force'], {
    cwd,
    input: `commit ${GATES_REF}\ncommitter X <x@y> 0 +0000\ndata 1\nx\nfrom ${GATES_REF}^0\n${stream.join('')}`,
  })
}

test('a record that is damaged, misplaced or of another layout hides no other', async () => {
  const demo = temporaryRepository()
  const repository = await findRepository(demo)
  const record = recordOf(demo, 1)
  await appendGateRecord(repository, record)
  const { tree } = record
  const at = (n: number) => `results/${tree.slice(0, 2)}/${tree}/${ulidOf(n)}.yaml`
  plant(demo, {
    [at(2)]: 'id: [',
    [at(3)]: '',
    [at(4)]: git(demo, 'cat-file', 'blob', `${GATES_REF}:${at(1)}`),
    [at(5)]: JSON.stringify(recordOf(demo, 5)),
    [at(6)]: JSON.stringify(recordOf(demo, 6, { by: '\u001b[31mEve' })),
    [`results/${tree.slice(0, 2)}/${tree}/notes.txt`]: 'hello',
  })
  const read = await readGateRecords(repository, [tree, '0'.repeat(40)])
  expect(read.get(tree)?.map(({ id }) => id)).toEqual([ulidOf(1), ulidOf(5)])
  expect(read.get('0'.repeat(40))).toEqual([])
})

test('a log of a newer format is read and not written; something else is not taken for one', async () => {
  const demo = temporaryRepository()
  const repository = await findRepository(demo)
  const record = recordOf(demo, 1)
  await appendGateRecord(repository, record)
  plant(demo, { 'mtos.yaml': 'format: 2\n' })
  await expect(appendGateRecord(repository, recordOf(demo, 2))).rejects.toMatchObject({
    error: 'NEWER_FORMAT',
  })
  expect((await readGateRecords(repository, [record.tree])).get(record.tree)).toEqual([record])
  git(demo, 'update-ref', GATES_REF, 'HEAD')
  await expect(appendGateRecord(repository, recordOf(demo, 3))).rejects.toMatchObject({ error: 'NOT_A_LOG' })
  expect(git(demo, 'rev-parse', GATES_REF)).toBe(git(demo, 'rev-parse', 'HEAD'))
})

test('two logs merge to the union of their records', async () => {
  const demo = temporaryRepository()
  const clone = join(temporaryDirectory(), 'clone')
  execFileSync('git', ['clone', '--quiet', demo, clone])
  const [here, there] = [await findRepository(demo), await findRepository(clone)]
  await appendGateRecord(here, recordOf(demo, 1))
  await appendGateRecord(there, recordOf(demo, 2))
  git(demo, 'fetch', '--quiet', clone, `${GATES_REF}:refs/mtos/remotes/clone/gates`)
  const [ours, theirs] = [GATES_REF, 'refs/mtos/remotes/clone/gates'].map((ref) =>
    git(demo, 'rev-parse', ref),
  )
  expect(await mergeTips(here, GATES_REF, ours!, theirs!)).toMatchObject({ how: 'merged', clashes: [] })
  const tree = treeOf(demo)
  const read = await readGateRecords(here, [tree])
  expect(read.get(tree)?.map(({ id }) => id)).toEqual([ulidOf(1), ulidOf(2)])
})

const WRITER = `
import { appendGateRecord } from './src/store/gate-log.ts'
import { findRepository } from './src/git/repository.ts'
const [cwd, records] = [process.argv[2], JSON.parse(process.argv[3])]
const repository = await findRepository(cwd)
for (const record of records) await appendGateRecord(repository, record)
`

test('of two processes that write at once, neither loses a record', async () => {
  const demo = temporaryRepository()
  const linked = join(demo, '..', 'linked')
  git(demo, 'worktree', 'add', '--quiet', linked)
  const script = join(demo, '..', 'writer.mjs')
  const { outputFiles } = buildSync({
    stdin: { contents: WRITER, resolveDir: join(import.meta.dirname, '..', '..'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['yaml'],
    write: false,
  })
  writeFileSync(script, outputFiles[0]!.contents)
  const ids = (from: number) => Array.from({ length: 12 }, (_, i) => from + i)
  await Promise.all(
    [
      [demo, 100],
      [linked, 200],
    ].map(([cwd, from]) =>
      promisify(execFile)(process.execPath, [
        script,
        cwd as string,
        JSON.stringify(ids(from as number).map((n) => recordOf(demo, n))),
      ]),
    ),
  )
  const tree = treeOf(demo)
  const read = await readGateRecords(await findRepository(demo), [tree])
  expect(read.get(tree)?.map(({ id }) => id)).toEqual([...ids(100), ...ids(200)].map(ulidOf))
  git(demo, 'fsck', '--strict', '--no-dangling')
})
