import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { whatIsLacking } from '../../src/preflight/find-command.ts'
import { firstWords, standsOrFallsWithFirst } from '../../src/preflight/first-words.ts'
import { temporaryDirectory } from '../support/repository.ts'

describe('the words of the first command', () => {
  test.each([
    ['npm run lint', ['npm', 'run', 'lint']],
    ['A=1 B="2 3" node x.js', ['node', 'x.js']],
    ['"my tools/check" --all', ['my tools/check', '--all']],
    ['my\\ tool x', ['my tool', 'x']],
    ['a b | c', ['a', 'b']],
    ['a&&b', ['a']],
    ['a >log', ['a']],
  ])('%s', (line, words) => {
    expect(firstWords(line)).toEqual(words)
  })

  test.each([
    '$TOOL x',
    '(a; b)',
    '{ a; }',
    '`which a`',
    '! a',
    'A=1',
    '',
    '"open',
    'PATH=x:$PATH a',
    'PYTHONPATH=. python3 -m a',
    'f() { a; }; f',
  ])('only the shell knows those of %j', (line) => {
    expect(firstWords(line)).toBeNull()
  })
})

describe('what the first command decides', () => {
  test.each(['a b', 'a && b', 'a \'x;y\' "p|q"', 'a >log 2>&1', 'a b\n'])('%j', (line) => {
    expect(standsOrFallsWithFirst(line)).toBe(true)
  })
  test.each(['a || b', 'a; b', 'a | b', 'a & b', 'a\nb', '(a)', 'a $(b)', 'a `b`'])('not %j', (line) => {
    expect(standsOrFallsWithFirst(line)).toBe(false)
  })
})

describe('what a command lacks', () => {
  /** A package with a script and a program, and programs that stand for package managers and Python. */
  function workplace() {
    const top = temporaryDirectory()
    const program = (path: string, text = '') => {
      writeFileSync(join(top, path), `#!/bin/sh\n${text}`)
      chmodSync(join(top, path), 0o755)
    }
    mkdirSync(join(top, 'node_modules', '.bin'), { recursive: true })
    mkdirSync(join(top, 'bin'))
    mkdirSync(join(top, 'packages', 'app'), { recursive: true })
    writeFileSync(join(top, 'package.json'), '{"scripts": {"lint": "true"}}')
    writeFileSync(join(top, 'no-program'), '')
    program('node_modules/.bin/tsc')
    for (const name of ['npm', 'npx', 'pnpm', 'yarn', 'check']) program(`bin/${name}`)
    // Knows one module.
    program('bin/python3', 'case "$2" in *\'"pytest"\'*) exit 0;; esac; exit 9\n')
    return { directory: join(top, 'packages', 'app'), env: { PATH: `${join(top, 'bin')}:/bin` } }
  }

  test.each([
    'check --all',
    'cd .. && anything',
    'test -f x',
    '[ -f x ]',
    '../../bin/check',
    'npm run lint -- --fix',
    'npm run -s lint',
    'npm run test --if-present',
    'npm --prefix ../x run test',
    'npm ci',
    'pnpm lint',
    'pnpm run lint',
    'pnpm install --frozen-lockfile',
    'yarn lint',
    'yarn tsc',
    'yarn run tsc',
    'npm run build -w app',
    'npm test --workspaces',
    'pnpm run --filter app build',
    'npx check',
    'npx tsc --noEmit',
    'npx --no-install tsc',
    'npx --yes cowsay',
    'npx cowsay@1',
    'python3 -m pytest -q',
    'python3 -m pytest.main',
    'python3 script.py -m nose',
  ])('nothing: %s', async (line) => {
    expect(await whatIsLacking(line, workplace())).toBeNull()
  })

  test.each([
    ['chek --all', 'chek is not on the PATH'],
    ['A=1 chek', 'chek is not on the PATH'],
    ['./check', 'there is no program ./check'],
    ['../../no-program', '../../no-program may not be executed'],
    ['../../none', 'there is no program ../../none'],
    ['npm run build', 'package.json has no script build'],
    ['npm test', 'package.json has no script test'],
    ['npm t', 'package.json has no script test'],
    ['npm run toString', 'package.json has no script toString'],
    ['pnpm test', 'package.json has no script test'],
    ['pnpm build', 'package.json has no script build'],
    ['yarn run build', 'package.json has no script build'],
    ['npx eslint .', 'node_modules has no program eslint'],
    ['python3 -m nose', 'python3 has no module nose'],
  ])('%s: %s', async (line, lacking) => {
    expect(await whatIsLacking(line, workplace())).toBe(lacking)
  })

  test('a script where there is no package', async () => {
    const { env } = workplace()
    expect(await whatIsLacking('npm test', { directory: '/', env })).toBe(
      'there is no package.json with a script test',
    )
  })
})
