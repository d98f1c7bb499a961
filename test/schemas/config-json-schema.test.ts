import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { config } from '../../schemas/config.ts'
import { isRight as takes } from '../support/json-schema.ts'

const published = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'config.schema.json'), 'utf8'),
)

/** A gate that is right but for what is given. */
const gate = (more: object) => ({ gates: [{ name: 'a', command: 'x', ...more }] })

/** Documents with what the program has to say of them. */
const DOCUMENTS: readonly (readonly [unknown, boolean])[] = [
  [{}, true],
  [{ $schema: 'https://example.com/x.json', gates: [] }, true],
  [gate({}), true],
  [gate({ name: 'Lint:2', when: ['pre-commit'], timeout: '90s', files: ['**/*.ts', '!**/*.d.ts'] }), true],
  [gate({ env: { CI: '1' }, cwd: 'packages/a', required: false }), true],
  [gate({ inputs: { files: ['.env'], env: ['TZ'] } }), true],
  [gate({ cwd: 'a..b/..c' }), true],
  [gate({ coverage: { file: 'a.xml', threshold: 72.5 } }), true],
  [{ gates: [{ name: 'cov', coverage: { file: 'coverage/lcov.info' } }] }, true],
  [{ gating: { jobs: 2, cache: 'all', on_override: 'mail' }, hooks: { trailer: false } }, true],
  [{ worktrees: { trash: '30d', ports: { first: 30_000 }, setup: ['npm ci'] } }, true],
  [{ preflight: { disk: '500MB' } }, true],
  [{ next: { deadline: 0, priority: 2.5 } }, true],
  [{ next: { deadline: -1 } }, false],
  [{ next: { age: 1 } }, false],
  [{ aliases: { mine: 'task list -a me' } }, true],
  [{ ui: { theme: 'night', themes: { night: { accent: '#5fafff' } }, mouse: false } }, true],
  [{ ui: { themes: { night: { accent: 'red' } } } }, false],
  [{ ui: { theme: 'Night' } }, false],
  [{ aliases: { mine: '--json' } }, false],
  [{ aliases: { 'my own': 'task list' } }, false],
  [{ gates: {} }, false],
  [{ gates: [{ name: 'a' }] }, false],
  [{ gates: [{ command: 'x' }] }, false],
  [gate({ name: 'a b' }), false],
  [gate({ command: '' }), false],
  [gate({ when: [] }), false],
  [gate({ when: ['push'] }), false],
  [gate({ timeout: 600 }), false],
  [gate({ timeout: 'soon' }), false],
  [gate({ timeout: '0s' }), false],
  [gate({ timeout: '000ms' }), false],
  [gate({ timeout: '05s' }), true],
  [gate({ cwd: '../b' }), false],
  [gate({ cwd: 'b/..' }), false],
  [gate({ cwd: 'b\\..\\c' }), false],
  [gate({ cwd: '/b' }), false],
  [gate({ cwd: '~/b' }), false],
  [gate({ cwd: 'C:/b' }), false],
  [gate({ env: { '1A': 'x' } }), false],
  [gate({ unknown: 1 }), false],
  [gate({ coverage: { file: 'x', threshold: 101 } }), false],
  [gate({ coverage: {} }), false],
  [{ gating: { jobs: 0 } }, false],
  [{ gating: { jobs: 1.5 } }, false],
  [{ gating: { cache: 'none' } }, false],
  [{ hooks: { trailer: 'yes' } }, false],
  [{ worktrees: { remove: 'always' } }, false],
  [{ worktrees: { trash: '30' } }, false],
  [{ preflight: { disk: '1 GB' } }, false],
  [{ gate: [] }, false],
  [[], false],
  ['text', false],
]

test.each(DOCUMENTS)('the schema for editors and the program agree on %j', (document, isRight) => {
  expect([config.safeParse(document).success, takes(published, document)]).toEqual([isRight, isRight])
})
