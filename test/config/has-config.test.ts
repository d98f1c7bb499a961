import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hasConfig, REPOSITORY_PLACES } from '../../src/config/has-config.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { programText } from '../../src/config/read-source.ts'
import { recordTrust } from '../../src/config/trust.ts'
import { findRepository } from '../../src/git/repository.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'

const TEXTS: Record<string, string> = {
  json: '{}',
  yaml: 'gates: []\n',
  yml: 'gates: []\n',
  js: 'export default {}',
  cjs: 'module.exports = {}',
  mjs: 'export default {}',
}

test.each(REPOSITORY_PLACES)('%s is seen without being read, wherever it counts', async (name) => {
  const top = temporaryRepository()
  expect([hasConfig(top), (await loadConfig(top)).sources]).toEqual([false, []])
  const text = name === 'package.json' ? '{"mhv": {}}' : (TEXTS[name.split('.').at(-1)!] ?? '{}')
  writeFileSync(join(top, name), text)
  recordTrust(await findRepository(top), programText(join(top, name)))
  expect([hasConfig(top), (await loadConfig(top)).sources.length]).toEqual([true, 1])
})

test('a package.json of others is no configuration; the user’s own file counts everywhere', () => {
  const top = temporaryDirectory()
  writeFileSync(join(top, 'package.json'), '{"name": "demo"}')
  expect(hasConfig(top)).toBe(false)
  const home = temporaryDirectory()
  process.env.XDG_CONFIG_HOME = home
  onTestFinished(() => {
    delete process.env.XDG_CONFIG_HOME
  })
  expect(hasConfig(null)).toBe(false)
  mkdirSync(join(home, 'mhv'))
  writeFileSync(join(home, 'mhv', 'config.yaml'), 'gates: []\n')
  expect([hasConfig(null), hasConfig(top)]).toEqual([true, true])
})
