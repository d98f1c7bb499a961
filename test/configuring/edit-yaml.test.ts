import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { yamlWith, yamlWithout } from '../../src/configuring/edit-yaml.ts'

const FILE = `# Of the team.
gating:
    jobs: 4   # of 8 cores
    cache: 'all'

# What has to pass.
gates:
  - name: lint
    command: npm run lint
    when: [done,  pre-push]
  # Slow.
  - {name: test, command: npm test}
worktrees:
  setup:
  - npm ci   # exact
  - npm run build
# The end.
`

const change = (from: string, to: string) => FILE.replace(from, to)

describe('a value is put in its place, and not a character changes around it', () => {
  test.each([
    [['gating', 'jobs'], 8, change('jobs: 4 ', 'jobs: 8 ')],
    [['gating', 'cache'], 'own', change("'all'", 'own')],
    [['gating', 'on_override'], 'say: it', change("'all'\n", '\'all\'\n    on_override: "say: it"\n')],
    [['gates', 0, 'command'], 'make #all', change('npm run lint', '"make #all"')],
    [['gates', 0, 'when'], ['ci'], change('[done,  pre-push]', '[ci]')],
    [['gates', 0, 'timeout'], '5m', change('pre-push]\n', 'pre-push]\n    timeout: 5m\n')],
    [['gates', 1, 'command'], 'a, b', change('command: npm test', 'command: "a, b"')],
    [['gates', 1, 'timeout'], '5m', change('npm test}', 'npm test, timeout: 5m}')],
    [['worktrees', 'trash'], '1d', change('build\n', 'build\n  trash: 1d\n')],
    [['worktrees', 'setup'], ['make'], change('- npm ci   # exact\n  - npm run build', '- make')],
    [['sync', 'push'], true, change('build\n', 'build\nsync:\n  push: true\n')],
    [['next'], { deadline: 0 }, change('build\n', 'build\nnext:\n  deadline: 0\n')],
    [['sync'], {}, change('build\n', 'build\nsync: {}\n')],
  ])('%j to %j', (path, value, expected) => {
    expect(yamlWith(FILE, path, value)).toBe(expected)
    expect(yamlWith(FILE.replaceAll('\n', '\r\n'), path, value)).toBe(expected.replaceAll('\n', '\r\n'))
  })

  test.each([
    ['', 'sync:\n  push: true\n'],
    ['# Nothing yet.', '# Nothing yet.\nsync:\n  push: true\n'],
    ['sync:\n', 'sync:\n  push: true\n'],
    ['sync: # tasks\ngates: []\n', 'sync: # tasks\n  push: true\ngates: []\n'],
    ['sync: ~\n', 'sync: {push: true}\n'],
    ['sync: {}\n', 'sync: {push: true}\n'],
    ['{gates: []}\n', '{gates: [], sync: {push: true}}\n'],
    ['sync: {push: false} # no\n', 'sync: {push: true} # no\n'],
    ['gates: []', 'gates: []\nsync:\n  push: true\n'],
  ])('where %j has no such section', (before, after) => {
    expect(yamlWith(before, ['sync', 'push'], true)).toBe(after)
  })
})

const COMMENTED = `# Head.

gating:
  jobs: 4
  # cache: all

# What passes.
gates:
  # The fast one.
  - name: lint # x
    command: npm run lint
  # The slow one.
  - name: test
    command: npm test
  # - name: later

worktrees:
  setup: # both
    # one
    - npm ci # exact
    # two
    - npm run build
# The end.
`
const inComments = (from: string, to: string) => COMMENTED.replace(from, to)

describe('a list is changed in its place, and no comment moves', () => {
  test.each([
    [
      ['gates', 2],
      { name: 'more', command: 'x' },
      inComments('npm test\n', 'npm test\n  - name: more\n    command: x\n'),
    ],
    [['worktrees', 'setup', 2], 'make', inComments('run build\n# ', 'run build\n    - make\n# ')],
    [
      ['worktrees', 'setup'],
      [],
      COMMENTED.replace('setup:', 'setup: []').replace(/ {4}- npm ci.*?build\n/s, ''),
    ],
  ])('%j to %j', (path, value, expected) => {
    expect(yamlWith(COMMENTED, path, value)).toBe(expected)
  })

  test.each([
    [['gates', 0], inComments('  - name: lint # x\n    command: npm run lint\n', '')],
    [['gates', 1], inComments('  - name: test\n    command: npm test\n', '')],
    [['worktrees', 'setup', 1], inComments('    - npm run build\n', '')],
  ])('without %j', (path, expected) => {
    expect(yamlWithout(COMMENTED, path)).toBe(expected)
  })

  test.each([
    ['a: [1, 2] # x\n', ['a', 2], 3, 'a: [1, 2, 3] # x\n', 'a: [1, 2] # x\n'],
    ['a: [1, 2] # x\n', ['a', 0], 3, 'a: [3, 2] # x\n', 'a: [2] # x\n'],
  ])('in brackets: %j at %j', (text, path, value, after, without) => {
    expect(yamlWith(text, path, value)).toBe(after)
    expect(yamlWithout(after, path)).toBe(without)
  })
})

describe('what cannot be put in by hand is put in by the library, which keeps comments and order', () => {
  test('such as a text of several lines', () => {
    const text = '# Ours.\ngating: {jobs: 2} # few\nworktrees:\n  path: |\n    a\n  # Then.\n  trash: 1d\n'
    const after = yamlWith(text, ['worktrees', 'path'], 'b')!
    for (const comment of ['# Ours.', '# few', '# Then.']) expect(after).toContain(comment)
    expect(Object.keys(parse(after))).toEqual(['gating', 'worktrees'])
    expect(parse(after).worktrees).toEqual({ path: 'b', trash: '1d' })
  })

  test('and what other parts refer to is not touched', () => {
    const shared = 'gates:\n- {name: a, command: &c npm test}\n- {name: b, command: *c}\n'
    expect(yamlWith(shared, ['gates', 0, 'command'], 'x')).toBeNull()
    expect(yamlWith(shared, ['gates', 1, 'command'], 'x')).toBe(shared.replace('*c', 'x'))
  })
})

describe('a value is taken out, with the section that would be empty', () => {
  test.each([
    [['gating', 'jobs'], change('    jobs: 4   # of 8 cores\n', '')],
    [['gating', 'cache'], change("    cache: 'all'\n", '')],
    [['gates', 0, 'when'], change('    when: [done,  pre-push]\n', '')],
    [['gates', 1, 'command'], change(', command: npm test', '')],
    [['gates', 1, 'name'], change('name: test, ', '')],
    [['worktrees', 'setup'], change('worktrees:\n  setup:\n  - npm ci   # exact\n  - npm run build\n', '')],
  ])('%j', (path, expected) => {
    expect(yamlWithout(FILE, path)).toBe(expected)
  })

  test.each([
    ['a:\n    b: 1   # x\nc: [{d: 1}]  # y\n', ['c', 0], 'a:\n    b: 1   # x\nc: []  # y\n'],
    ['a:\n    b: 1   # x\nc:\n  - d: 1\n    e: 2\n', ['c', 0], 'a:\n    b: 1   # x\nc: []\n'],
  ])('the only item of a list leaves it empty, and the rest as it is written: %#', (text, path, after) => {
    expect(yamlWithout(text, path)).toBe(after)
  })

  test('and what stands after that section stays', () => {
    const after = yamlWithout(FILE, ['gating'])!
    expect(after).toBe(FILE.replace(/gating:.*?'all'\n/s, ''))
  })

  test('down to a file that says nothing', () => {
    expect(yamlWithout('# Mine.\nui: {theme: dark}\n', ['ui', 'theme'])).toBe('# Mine.\n')
    expect(parse(yamlWithout(FILE, ['gates', 0])!).gates).toEqual([{ name: 'test', command: 'npm test' }])
  })
})
