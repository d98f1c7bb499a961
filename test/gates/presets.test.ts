import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import picomatch from 'picomatch'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { config } from '../../schemas/config.ts'
import type { RepositoryFacts } from '../../src/gates/preset.ts'
import { PRESETS, proposeGates } from '../../src/gates/presets.ts'
import { readRepositoryFacts } from '../../src/gates/presets-facts.ts'
import { configYaml, gatesYaml } from '../../src/gates/presets-yaml.ts'
import { temporaryDirectory } from '../support/repository.ts'

function factsOf(files: Readonly<Record<string, string>>): RepositoryFacts {
  const top = temporaryDirectory()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, name)), { recursive: true })
    writeFileSync(join(top, name), text)
  }
  return readRepositoryFacts(top)
}

const proposed = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(proposeGates(factsOf(files), null).map(({ name, command }) => [name, command]))

const pkg = (scripts: object, devDependencies: object = {}, more: object = {}) =>
  JSON.stringify({ name: 'demo', scripts, devDependencies, ...more })

describe('scripts of package.json', () => {
  test.each([
    ['npm without a lock file', {}, 'npm'],
    ['npm', { 'package-lock.json': '' }, 'npm'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, 'pnpm'],
    ['yarn', { 'yarn.lock': '' }, 'yarn'],
  ])('are run by the package manager whose lock file is there: %s', (_, locks, manager) => {
    const scripts = {
      test: 'node --test',
      lint: 'standard',
      typecheck: 'flow',
      build: 'rollup',
      start: 'node .',
    }
    expect(proposed({ 'package.json': pkg(scripts), ...locks })).toEqual({
      lint: `${manager} run lint`,
      typecheck: `${manager} run typecheck`,
      test: `${manager} test`,
      build: `${manager} run build`,
    })
  })

  test('what package.json says of itself outweighs a lock file that was left', () => {
    const files = {
      'package.json': pkg({ test: 'x' }, {}, { packageManager: 'pnpm@9.1.0' }),
      'yarn.lock': '',
    }
    expect(proposed(files)).toEqual({ test: 'pnpm test' })
  })

  test('the test that npm init makes up is none', () => {
    expect(proposed({ 'package.json': pkg({ test: 'echo "Error: no test specified" && exit 1' }) })).toEqual(
      {},
    )
  })

  test('a tool that a script runs, also through another one, gets no gate of its own', () => {
    const tools = { vitest: '4', eslint: '9', '@biomejs/biome': '2' }
    const scripts = {
      test: 'npm run unit',
      unit: 'vitest run',
      lint: 'eslint . && npm run style',
      style: 'biome check .',
    }
    expect(Object.keys(proposed({ 'package.json': pkg(scripts, tools) }))).toEqual(['lint', 'test'])
    expect(proposed({ 'package.json': pkg({ test: 'vitest run' }, tools), 'pnpm-lock.yaml': '' })).toEqual({
      test: 'pnpm test',
      biome: 'pnpm exec biome check .',
      eslint: 'pnpm exec eslint .',
    })
  })

  test('scripts that call each other in a circle end', () => {
    expect(proposed({ 'package.json': pkg({ test: 'npm run a', a: 'npm run test' }) })).toEqual({
      test: 'npm test',
    })
  })

  test.each(['', '{', '[]', '{"scripts": 3}', '{"scripts": {"test": 3}}'])(
    'a package.json of %j breaks nothing',
    (text) => {
      expect(proposed({ 'package.json': text })).toEqual({})
    },
  )
})

describe('what is found by files and by what is in them', () => {
  test.each<[Record<string, string>, Record<string, string>]>([
    [{ 'tsconfig.json': '{}' }, { typecheck: 'npx --no-install tsc --noEmit' }],
    [{ 'biome.json': '{}' }, { biome: 'npx --no-install biome check .' }],
    [{ 'eslint.config.mjs': '', 'yarn.lock': '' }, { eslint: 'yarn run eslint .' }],
    [{ 'vitest.config.ts': '' }, { vitest: 'npx --no-install vitest run' }],
    [{ 'pytest.ini': '' }, { pytest: 'python -m pytest -q' }],
    [{ 'pyproject.toml': '[tool.pytest.ini_options]\naddopts = "-x"\n' }, { pytest: 'python -m pytest -q' }],
    [{ 'setup.cfg': '[tool:pytest]\n' }, { pytest: 'python -m pytest -q' }],
    [{ 'requirements-dev.txt': 'pytest==8.1\n# ruff\n' }, { pytest: 'python -m pytest -q' }],
    [
      { 'pyproject.toml': '[dependency-groups]\ndev = ["pytest[x]>=8"]\n', 'uv.lock': '' },
      { pytest: 'uv run python -m pytest -q' },
    ],
    [
      { 'pyproject.toml': '[tool.poetry.group.dev.dependencies]\nmypy = "^1"\n', 'poetry.lock': '' },
      { mypy: 'poetry run python -m mypy .' },
    ],
    [
      { 'pyproject.toml': '[project]\ndependencies = [\n  "ruff>=0.4", # "mypy" later\n]\n' },
      { ruff: 'python -m ruff check .' },
    ],
    [{ 'pyproject.toml': '[tool.ruff.lint]\nselect = ["E"]\n' }, { ruff: 'python -m ruff check .' }],
    [
      { 'pyproject.toml': '[tool.bandit]\n' },
      { bandit: 'python -m bandit -q -r . -x ./tests,./.venv,./venv -c pyproject.toml' },
    ],
    [{ 'go.mod': 'module x' }, { 'go-test': 'go test ./...' }],
    [
      { 'Cargo.toml': '' },
      { clippy: 'cargo clippy --all-targets -- -D warnings', 'cargo-test': 'cargo test' },
    ],
    [{ 'pom.xml': '' }, { maven: 'mvn -q -B verify' }],
    [{ 'pom.xml': '', mvnw: '' }, { maven: './mvnw -q -B verify' }],
    [{ '.gitleaks.toml': '' }, { gitleaks: 'gitleaks detect --no-banner --redact' }],
  ])('%j', (files, gates) => {
    expect(proposed(files)).toEqual(gates)
  })

  test.each([
    [
      'a keyword, a comment and a rule’s name are no dependencies',
      '[project]\nkeywords = ["pytest"]\n# [tool.ruff]\n[tool.x]\nselect = ["mypy"]\n',
    ],
    ['nothing at all', ''],
  ])('in pyproject.toml %s', (_, text) => {
    expect(proposed({ 'pyproject.toml': text })).toEqual({})
  })

  test('Crackerjack runs the tests and linters of its projects itself', () => {
    const text = '[tool.crackerjack]\n[tool.pytest.ini_options]\n[tool.ruff]\n[tool.mypy]\n[tool.bandit]\n'
    expect(proposed({ 'pyproject.toml': text })).toEqual({ crackerjack: 'python -m crackerjack' })
  })

  test('a repository of several languages gets gates for each', () => {
    const files = { 'package.json': pkg({ test: 'x' }), 'go.mod': '', 'pytest.ini': '' }
    expect(Object.keys(proposed(files))).toEqual(['test', 'pytest', 'go-test'])
  })
})

describe('each preset', () => {
  const everything = () =>
    factsOf({ 'package.json': pkg({ test: 'a', lint: 'b', typecheck: 'c', build: 'd' }) })

  test.each(PRESETS.map(({ name }) => name))(
    '%s, asked for by name, proposes gates that are valid as they are written',
    (name) => {
      const gates = proposeGates(everything(), [name])
      expect(gates.length).toBeGreaterThan(0)
      const read = config.parse(parse(configYaml(gates)))
      expect(read.gates).toMatchObject(
        gates.map(({ name, command, files = [] }) => ({ name, command, files })),
      )
      expect(config.parse(parse(`gates:\n${gatesYaml(gates)}`))).toEqual(read)
      // Every glob is one that the gates’ own matcher takes apart.
      for (const glob of gates.flatMap(({ files = [] }) => files))
        expect(() => picomatch.makeRe(glob)).not.toThrow()
    },
  )
})

test('gates of sources run for these, and tests for all but prose', () => {
  const gates = proposeGates(factsOf({ 'Cargo.toml': '', 'tsconfig.json': '{}', 'ruff.toml': '' }), null)
  const matches = (name: string, path: string) => {
    const globs = gates.find((gate) => gate.name === name)!.files!
    const including = globs.filter((glob) => !glob.startsWith('!'))
    const excluding = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1))
    const isIn = (list: readonly string[]) => list.length > 0 && picomatch([...list], { dot: true })(path)
    return (including.length === 0 || isIn(including)) && !isIn(excluding)
  }
  expect(
    ['src/a.ts', 'a.tsx', 'tsconfig.json', 'README.md'].map((path) => matches('typecheck', path)),
  ).toEqual([true, true, true, false])
  expect(
    ['src/lib.rs', 'Cargo.toml', 'a/Cargo.lock', 'clippy.toml', 'docs/x.md'].map((path) =>
      matches('clippy', path),
    ),
  ).toEqual([true, true, true, true, false])
  expect(['tests/data.bin', 'docs/x.md'].map((path) => matches('cargo-test', path))).toEqual([true, false])
  expect(['a.py', 'b/ruff.toml', '.ruff.toml', 'a.rs'].map((path) => matches('ruff', path))).toEqual([
    true,
    true,
    true,
    false,
  ])
})
