import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configKeys } from '../../schemas/config-keys.ts'

const keys = configKeys()

test('every key of a configuration says what it is about', () => {
  expect(keys.map(({ key }) => key)).toEqual(
    expect.arrayContaining([
      'gating',
      'gating.jobs',
      'gates[].timeout',
      'gates[].env.NAME',
      'ui.themes.NAME.ROLE',
    ]),
  )
  expect(keys.filter(({ part }) => !/\w{3}/.test(part.description ?? '')).map(({ key }) => key)).toEqual([])
})

test('and has its place in the documentation', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'config.md'), 'utf8')
  const missing = keys.filter(
    ({ key }) => !key.startsWith('$') && !page.includes(`| \`${key}\` |`) && !page.includes(`## ${key}\n`),
  )
  expect(missing.map(({ key }) => key)).toEqual([])
})
