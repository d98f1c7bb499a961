import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gate } from '../../schemas/config.ts'
import { definitionOf, gateKey, toolChain } from '../../src/gates/gate-key.ts'
import { planGates } from '../../src/gates/plan-gates.ts'
import { temporaryDirectory } from '../support/repository.ts'
import { withEnvironment } from '../support/use-tasks.ts'

interface World {
  readonly top: string
  gate: object
  tree: string
  commit: string
  changed: string[]
}

/** The key of a gate in a directory, after something may have been done to either. */
function keyOf(change: (world: World) => void = () => {}): string {
  const world: World = {
    top: temporaryDirectory(),
    gate: {},
    tree: 'a'.repeat(40),
    commit: 'c'.repeat(40),
    changed: ['a.ts'],
  }
  change(world)
  const parsed = gate.parse({ name: 'lint', command: 'lint', ...world.gate })
  const [planned] = planGates(
    [parsed],
    world.changed.map((path) => ({ path, deleted: false })),
  )
  const at = { commit: world.commit, tree: world.tree }
  return gateKey(planned!, at, world.top, toolChain(world.top, parsed.cwd))
}

const write = (path: string, text: string) => (world: World) => {
  const file = join(world.top, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}
const withGate =
  (more: object, then: (world: World) => void = () => {}) =>
  (world: World) => {
    world.gate = more
    then(world)
  }
const declared = { inputs: { files: ['.env', 'fixtures'], env: ['SCANNER'] } }

test('is the same for the same', () => {
  expect(keyOf()).toBe(keyOf())
  expect(keyOf()).toMatch(/^[0-9a-f]{64}$/)
  expect(keyOf(withGate(declared, write('fixtures/a', '1')))).toBe(
    keyOf(withGate(declared, write('fixtures/a', '1'))),
  )
})

test.each([
  ['when it runs', { when: ['ci'] }],
  ['how long it may take', { timeout: '1m' }],
  ['whether it is required', { required: false }],
])('does not depend on %s', (_name, more) => {
  expect(keyOf(withGate(more))).toBe(keyOf())
})

test.each<[string, (world: World) => void, ((world: World) => void)?]>([
  ['the tree', (world) => { world.tree = 'b'.repeat(40) }],
  ['the name', withGate({ name: 'other' })],
  ['the command', withGate({ command: 'lint --all' })],
  ['the environment', withGate({ env: { A: '1' } })],
  ['the directory', withGate({ cwd: 'web' })],
  ['the globs', withGate({ files: ['*.ts'] })],
  ['whether it was skipped', withGate({ files: ['*.py'] }), withGate({ files: ['*.py'] }, (world) => { world.changed = ['a.py'] })],
  ['the files that it is told', withGate({ command: 'l {files}' }), withGate({ command: 'l {files}' }, (world) => { world.changed = ['b.ts'] })],
  ['a declared file', withGate(declared, write('.env', 'A=1')), withGate(declared, write('.env', 'A=2'))],
  ['whether a declared file is there', withGate(declared), withGate(declared, write('.env', ''))],
  ['a file in a declared directory', withGate(declared, write('fixtures/a/b', '1')), withGate(declared, write('fixtures/a/b', '2'))],
  ['the report that it reads', withGate({ command: undefined, coverage: { file: 'lcov.info' } }, write('lcov.info', '1')), withGate({ command: undefined, coverage: { file: 'lcov.info' } }, write('lcov.info', '2'))],
  ['the threshold', withGate({ coverage: { file: 'x' } }), withGate({ coverage: { file: 'x', threshold: 90 } })],
  ['a lock file', write('package-lock.json', '{}')],
  ['what is installed', write('node_modules/.package-lock.json', '{}')],
  ['the commit, where it reads history', withGate({ inputs: { history: true } }), withGate({ inputs: { history: true } }, (world) => { world.commit = 'd'.repeat(40) })],
  ['the packages of a scope', write('node_modules/@s/a/x', ''), write('node_modules/@s/b/x', '')],
  ['a lock file where it runs', withGate({ cwd: 'web' }), withGate({ cwd: 'web' }, write('web/yarn.lock', ''))],
  ['packages where it runs', withGate({ cwd: 'web' }), withGate({ cwd: 'web' }, write('web/node_modules/a/x', ''))],
  ['packages of Python', write('.venv/lib/python3.11/site-packages/a-1.dist-info/x', ''), write('.venv/lib/python3.11/site-packages/a-2.dist-info/x', '')],
])('depends on %s', (_name, one, other) => {
  expect(keyOf(one)).not.toBe(keyOf(other))
}) // biome-ignore format: a table

test('depends on the Node and Python that commands find, not on the one that runs us', () => {
  const before = keyOf()
  const bin = temporaryDirectory()
  for (const name of ['node', 'python3']) {
    writeFileSync(join(bin, name), '')
    withEnvironment({ PATH: `${bin}:${process.env.PATH}` })
    expect(keyOf()).not.toBe(before)
    rmSync(join(bin, name))
    expect(keyOf()).toBe(before)
  }
})

test('is not hindered by a place for programs that cannot be looked into', () => {
  const before = keyOf()
  const loop = join(temporaryDirectory(), 'loop')
  symlinkSync(loop, loop)
  withEnvironment({ PATH: `${loop}:${process.env.PATH}` })
  expect(keyOf()).toBe(before)
})

test('does not depend on the commit otherwise', () => {
  expect(
    keyOf((world) => {
      world.commit = 'd'.repeat(40)
    }),
  ).toBe(keyOf())
})

test('depends on a declared variable, and on no other', () => {
  const before = keyOf(withGate(declared))
  withEnvironment({ OTHER: '1' })
  expect(keyOf(withGate(declared))).toBe(before)
  withEnvironment({ SCANNER: 'strict' })
  expect(keyOf(withGate(declared))).not.toBe(before)
})

test('the report that a command writes is no input of it', () => {
  const more = { coverage: { file: 'lcov.info' } }
  expect(keyOf(withGate(more, write('lcov.info', '1')))).toBe(keyOf(withGate(more)))
})

test('the definition is the same in whatever order its keys are written', () => {
  const one = gate.parse({ name: 'a', command: 'x', env: { A: '1', B: '2' } })
  const other = gate.parse({ env: { B: '2', A: '1' }, command: 'x', name: 'a' })
  expect(definitionOf(one)).toBe(definitionOf(other))
})
