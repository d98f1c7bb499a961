import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load-config.ts'
import { mhv, mhvJson } from '../support/cli.ts'
import { git, temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { run } from '../support/use-tasks.ts'

function withFiles(files: Readonly<Record<string, string>>): string {
  const demo = temporaryRepository()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(demo, name), text)
  return demo
}

const NODE = { 'package.json': '{"scripts": {"test": "node --test", "lint": "eslint ."}}' }

describe('mhv gate init', () => {
  test('writes a file that holds, is explained to its reader, and is known to editors', async () => {
    const demo = withFiles(NODE)
    const out = await run(demo, 'gate', 'init')
    const path = join(demo, '.mhvrc.yaml')
    expect(out).toContain(`Wrote ${path} with the gates lint, test.`)
    const text = readFileSync(path, 'utf8')
    expect(text).toMatch(/^# yaml-language-server: \$schema=node_modules\/mhv\/docs\/config\.schema\.json\n/)
    expect(existsSync(join(import.meta.dirname, '../../docs/config.schema.json'))).toBe(true)
    expect(text).not.toMatch(/https?:/)
    expect(text).toContain('  # The script lint of package.json.\n  - name: lint\n')
    const { config } = await loadConfig(demo)
    expect(config.gates.map(({ name }) => name)).toEqual(['lint', 'test'])
  })

  test('and its gates run as they are', async () => {
    const demo = withFiles({ 'package.json': '{"scripts": {"test": "node -e 0"}}' })
    await run(demo, 'gate', 'init')
    git(demo, 'add', '--all')
    git(demo, 'commit', '--quiet', '--message', 'Gates')
    expect(await run(demo, 'gate', 'run')).toMatch(/^test +passed/m)
  })

  test('says so where package.json does not parse, and does without it', async () => {
    const demo = withFiles({ 'package.json': '{"scripts": {', 'go.mod': 'module x\n' })
    const { code, err } = await mhv(demo, 'gate', 'init')
    expect(code).toBe(0)
    expect(err).toContain('package.json was left out, since it does not parse: ')
    const alone = await mhv(withFiles({ 'package.json': '{"scripts": {' }), 'gate', 'init')
    expect(alone.code).toBe(1)
    expect(alone.err).toContain('package.json was left out')
  })

  test('from a directory below it writes at the top', async () => {
    const demo = withFiles(NODE)
    mkdirSync(join(demo, 'below'))
    await run(join(demo, 'below'), 'gate', 'init')
    expect([existsSync(join(demo, '.mhvrc.yaml')), existsSync(join(demo, 'below', '.mhvrc.yaml'))]).toEqual([
      true,
      false,
    ])
  })

  test('--dry-run prints the file and writes none', async () => {
    const demo = withFiles(NODE)
    const out = await run(demo, 'gate', 'init', '--dry-run')
    expect(git(demo, 'status', '--porcelain')).toBe('?? package.json')
    await run(demo, 'gate', 'init')
    expect(readFileSync(join(demo, '.mhvrc.yaml'), 'utf8')).toBe(out)
  })

  test('--preset takes what is named, found or not, and nothing else', async () => {
    const demo = withFiles(NODE)
    const { gates } = await mhvJson(demo, 'gate', 'init', '--preset', 'go,gitleaks')
    expect(gates.map(({ name }: { name: string }) => name)).toEqual(['go-test', 'gitleaks'])
    const { code, err } = await mhv(demo, 'gate', 'init', '--preset', 'carg')
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      expect.stringContaining('There is no preset carg; did you mean cargo?'),
    ])
  })

  test('--json tells what was written', async () => {
    const demo = withFiles(NODE)
    const answer = await mhvJson(demo, 'gate', 'init')
    const path = join(demo, '.mhvrc.yaml')
    expect(answer).toMatchObject({ schema: 1, path, written: true, text: readFileSync(path, 'utf8') })
    expect((await mhvJson(withFiles(NODE), 'gate', 'init', '--dry-run')).written).toBe(false)
  })

  test('where nothing is found nothing is written, and it says so', async () => {
    const demo = withFiles({ 'README.md': '' })
    const { code, err } = await mhv(demo, 'gate', 'init')
    expect([code, err.includes('NO_GATES_FOUND')]).toEqual([1, true])
    expect(existsSync(join(demo, '.mhvrc.yaml'))).toBe(false)
  })

  test('in a bare repository there is nothing to look at', async () => {
    const bare = join(temporaryDirectory(), 'bare.git')
    git(temporaryDirectory(), 'init', '--quiet', '--bare', bare)
    expect((await mhv(bare, 'gate', 'init')).err).toContain('NO_WORKTREE')
  })
})

describe('a configuration that is there', () => {
  test.each([
    ['.mhvrc.yaml', 'gates:\n  - {name: test, command: make test} # ours\n'],
    ['.mhvrc.yaml', ''],
    ['mhv.config.json', '{"gates": [{"name": "test", "command": "make test"}]}'],
    ['mhv.config.mjs', 'export default { gates: [{ name: "test", command: "make test" }] }'],
  ])('%s is left as it is, byte for byte, and what could be added is printed', async (name, text) => {
    const demo = withFiles({ ...NODE, [name]: text })
    await mhv(demo, 'config', 'trust')
    const { code, out, err } = await mhv(demo, 'gate', 'init')
    expect(code).toBe(1)
    expect(readFileSync(join(demo, name), 'utf8')).toBe(text)
    expect(git(demo, 'status', '--porcelain').split('\n').sort()).toEqual(
      [`?? ${name}`, '?? package.json'].sort(),
    )
    expect(out).toContain('- name: lint\n    command: npm run lint\n')
    expect(out.includes('- name: test')).toBe(text === '')
    expect(err).toContain(
      `CONFIG_EXISTS: ${join(demo, name)} is there already and was left as it is; these gates could be added`,
    )
    expect(err).toContain(`"\${EDITOR:-vi}" ${join(demo, name)}`)
  })

  test('also the key of package.json is one; without it package.json is none', async () => {
    const demo = withFiles({ 'package.json': '{"mhv": {"gates": []}, "scripts": {"test": "x"}}' })
    const { error } = await mhvJson(demo, 'gate', 'init')
    expect(error).toMatchObject({ name: 'CONFIG_EXISTS', data: { path: join(demo, 'package.json') } })
    expect(error.data.gates.map(({ name }: { name: string }) => name)).toEqual(['test'])
  })

  test('with a gate for everything there is nothing to add', async () => {
    const demo = withFiles(NODE)
    await run(demo, 'gate', 'init')
    const text = readFileSync(join(demo, '.mhvrc.yaml'), 'utf8')
    const { code, out } = await mhv(demo, 'gate', 'init')
    expect(code).toBe(0)
    expect(out).toContain('has a gate for everything that was found')
    expect(await mhvJson(demo, 'gate', 'init')).toMatchObject({ written: false, gates: [] })
    expect(readFileSync(join(demo, '.mhvrc.yaml'), 'utf8')).toBe(text)
    expect(await run(demo, 'gate', 'init', '--dry-run')).toContain('has a gate for everything')
  })
})
