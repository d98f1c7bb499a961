import { describe, expect, test } from 'vitest'
import { type Gate, gate } from '../../schemas/config.ts'
import {
  type ChangedFile,
  chooseGates,
  dependsOnFiles,
  LONGEST_KEPT,
  lookedAt,
  planGates,
} from '../../src/gates/plan-gates.ts'

const gateOf = (more: object): Gate => gate.parse({ name: 'lint', command: 'lint', ...more })
const changed = (...paths: string[]): ChangedFile[] =>
  paths.map((path) => ({ path: path.replace(/^-/, ''), deleted: path.startsWith('-') }))
const plan = (more: object, ...paths: string[]) => planGates([gateOf(more)], changed(...paths))[0]!

describe('which gates run', () => {
  const gates = [
    gateOf({ name: 'a' }),
    gateOf({ name: 'b', when: ['pre-push'] }),
    gateOf({ name: 'c', when: ['pre-commit', 'ci'] }),
  ]
  test.each([
    ['done', ['a']],
    ['pre-push', ['a', 'b']],
    ['pre-commit', ['c']],
    ['ci', ['a', 'c']],
  ] as const)('at %s', (moment, names) => {
    expect(chooseGates(gates, moment, undefined).map(({ name }) => name)).toEqual(names)
  })

  test('those that are named, whatever the moment, in the order of the configuration', () => {
    expect(chooseGates(gates, 'done', ['c', 'a']).map(({ name }) => name)).toEqual(['a', 'c'])
    expect(() => chooseGates(gates, 'done', ['c', 'x'])).toThrow(
      'There is no gate x; configured are: a, b, c.',
    )
  })
})

describe('a changed file is the business of a gate', () => {
  test.each([
    [[], ['a.ts'], true],
    [[], [], true],
    [['**/*.ts'], ['src/deep/a.ts'], true],
    [['**/*.ts'], ['a.ts'], true],
    [['*.ts'], ['src/a.ts'], false],
    [['src/**'], ['src/.hidden/a'], true],
    [['**/*.{ts,js}'], ['a.js'], true],
    [['**/*.ts'], ['a.py', 'b.md'], false],
    [['**/*.ts', '!**/*.d.ts'], ['a.d.ts'], false],
    [['**/*.ts', '!**/*.d.ts'], ['a.d.ts', 'a.ts'], true],
    [['!docs/**'], ['docs/a.md'], false],
    [['!docs/**'], ['src/a.ts'], true],
    [['**/*.ts'], ['-gone.ts'], true],
    [['**/*.ts'], [], false],
  ])('with files %j where %j changed: %s', (files, paths, runs) => {
    expect(plan({ files }, ...paths).skipped).toBe(!runs)
  })
})

describe('{files} stands for the changed files', () => {
  test.each([
    [{}, ['a.ts', 'b c.ts'], "lint a.ts 'b c.ts'"],
    [{}, ["it's.ts", '$(touch x).ts', 'a;b'], "lint 'it'\\''s.ts' '$(touch x).ts' 'a;b'"],
    [{}, ['a$&b', "$'x"], "lint 'a$&b' '$'\\''x'"],
    [{ files: ['*.ts'] }, ['a.ts', 'b.py', '-c.ts'], 'lint a.ts'],
    [{ files: ['lib/**', '!lib/*.md'] }, ['lib/a\nb', 'lib/c\n.md'], "lint 'lib/a\nb'"],
    [{ cwd: 'web' }, ['web/src/a.ts', 'api/b.ts'], 'lint src/a.ts ../api/b.ts'],
    [{ cwd: './web/' }, ['web/-rf'], 'lint ./-rf'],
    [{ cwd: 'web' }, ['web'], 'lint ../web'],
  ])('%j %j', (more, paths, command) => {
    expect(plan({ command: 'lint {files}', ...more }, ...paths)).toMatchObject({ command, skipped: false })
  })

  test('and without any left to name, the gate is skipped', () => {
    expect(plan({ command: 'lint {files}' }, '-gone.ts').skipped).toBe(true)
    expect(plan({ command: 'lint {files}', files: ['*.py'] }, 'a.ts').skipped).toBe(true)
  })

  test('that is no file name is an option of no program', () => {
    expect(plan({ command: 'lint {files}' }, '-', '--fix')).toMatchObject({ files: [] })
    const files = [{ path: '--fix', deleted: false }]
    expect(planGates([gateOf({ command: 'lint {files}' })], files)[0]!.command).toBe('lint ./--fix')
  })
})

test.each([
  [{}, false],
  [{ files: ['*.ts'] }, true],
  [{ command: 'lint {files}' }, true],
])('whether the changed files have to be known for %j: %s', (more, known) => {
  expect(dependsOnFiles([gateOf(more)])).toBe(known)
})

describe('whether a gate looked at a file, by its command as it ran', () => {
  const told = gateOf({ command: 'lint {files} --strict', cwd: 'lib' })
  test.each(['lib/a.py', 'lib/b b.py', "lib/it's.py", '-c.py', 'lib/(d).py', 'lib/é.py', 'lib/*.py'])(
    'that was told %s',
    (path) => {
      const { command } = planGates([told], [{ path, deleted: false }])[0]!
      expect(lookedAt(told, command)(path)).toBe(true)
      for (const other of ['lib/a', 'a.py', 'lib/aa.py', 'lib/x/a.py', 'b.py', 'lib/b'])
        expect(lookedAt(told, command)(other)).toBe(false)
    },
  )

  test('that is told them twice, or within quotes of its own', () => {
    for (const command of ['lint {files} && check {files}', 'sh -c "lint {files}"']) {
      const { gate, command: ran } = plan({ command }, 'a', 'b')
      expect(['a', 'b', 'c'].map(lookedAt(gate, ran))).toEqual([true, true, false])
    }
  })

  test('that is told no names looks at all', () => {
    expect(lookedAt(gateOf({ command: 'lint .' }), 'lint .')('a')).toBe(true)
    expect(lookedAt(told, null)('lib/a')).toBe(false)
  })

  test('of a list that was cut off, everything has to be believed', () => {
    const cut = `lint ${'x'.repeat(LONGEST_KEPT)}`.slice(0, LONGEST_KEPT)
    expect(lookedAt(told, cut)('lib/a')).toBe(true)
  })
})
