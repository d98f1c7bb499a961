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

describe('what cannot be put in by hand is put in by the library, which keeps comments and order', () => {
  test.each([
    [['gates', 2], { name: 'more', command: 'x' }],
    [['worktrees', 'setup'], []],
  ])('%j to %j', (path, value) => {
    const after = yamlWith(FILE, path, value)!
    for (const comment of [
      '# Of the team.',
      '# of 8 cores',
      '# What has to pass.',
      '# Slow.',
      '# The end.',
    ]) {
      expect(after).toContain(comment)
    }
    expect(Object.keys(parse(after))).toEqual(['gating', 'gates', 'worktrees'])
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

  test('and what stands after that section stays', () => {
    const after = yamlWithout(FILE, ['gating'])!
    expect(after).toBe(FILE.replace(/gating:.*?'all'\n/s, ''))
  })

  test('down to a file that says nothing', () => {
    expect(yamlWithout('# Mine.\nui: {theme: dark}\n', ['ui', 'theme'])).toBe('# Mine.\n')
    expect(parse(yamlWithout(FILE, ['gates', 0])!).gates).toEqual([{ name: 'test', command: 'npm test' }])
  })
})
