import * as fc from 'fast-check'
import stringWidth from 'string-width'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { leadBelow } from '../../../src/terminal/graph/graph-tree.ts'
import { fitted } from '../../../src/terminal/output/wrapped.ts'
import { mhv } from '../../support/cli.ts'
import { inTerminal } from '../../support/in-terminal.ts'
import { runs } from '../../support/nasty-text.ts'
import { temporaryRepository } from '../../support/repository.ts'

const { isTTY, columns } = process.stdout

function onScreen(width: number): void {
  process.stdout.isTTY = true
  process.stdout.columns = width
}

afterEach(() => {
  Object.assign(process.stdout, { isTTY, columns })
  vi.unstubAllEnvs()
})

describe('an answer on a terminal', () => {
  test('is broken at words, beneath the place where the text of a line begins', async () => {
    onScreen(32)
    const lines = [
      '  status        in progress since the day before',
      '  1. [ ] a criterion that is longer than that',
      '- an item of a list that goes on',
      '    some code that is indented by its author',
      'short',
      '',
    ]
    expect((await fitted(lines.join('\n'))).split('\n')).toEqual([
      '  status        in progress',
      '                since the day',
      '                before',
      '  1. [ ] a criterion that is',
      '         longer than that',
      '- an item of a list that goes on',
      '    some code that is indented',
      '    by its author',
      'short',
      '',
    ])
  })

  test('of a tree goes on beside its strokes', async () => {
    onScreen(24)
    const tree = ['#4 Paint', '├─ #3 Write what is to be done', '│  └─ #1 Fix what is broken here', '|- #2 x']
    expect((await fitted(tree.join('\n'), leadBelow)).split('\n')).toEqual([
      '#4 Paint',
      '├─ #3 Write what is to',
      '│  be done',
      '│  └─ #1 Fix what is',
      '│     broken here',
      '|- #2 x',
    ])
  })

  test('has colours and links that take no room, and keeps a word that is wider than a line', async () => {
    onScreen(20)
    const path = '/home/ann/repository/and/so/on'
    expect(await fitted(`\u001b[31mred red red red red\u001b[39m`)).not.toContain('\n')
    expect(
      await fitted(`\u001b]8;;https://example.com\u001b\\five five five five\u001b]8;;\u001b\\`),
    ).not.toContain('\n')
    expect(await fitted(`  at ${path} now`)).toBe(`  at ${path}\n  now`)
    expect(await fitted('再起動後も、トークンの更新が続く。')).toBe('再起動後も、トークン\nの更新が続く。')
  })

  test('fits whatever is said, and nothing of it is lost', async () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'ü', '語', '字'), minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { maxLength: 20 }),
        fc.integer({ min: 28, max: 60 }),
        async (words, width) => {
          onScreen(width)
          const said = `  ${words.join(' ')}`
          const lines = (await fitted(said)).split('\n')
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
          expect(lines.join('').replace(/\s/g, '')).toBe(said.replace(/\s/g, ''))
        },
      ),
      runs(200),
    )
  })

  test('stays in one line in a pipe and where it is read out', async () => {
    const said = 'words that go on and on and on and on and on'
    onScreen(20)
    vi.stubEnv('MHV_PLAIN', '1')
    expect(await fitted(said)).toBe(said)
    vi.unstubAllEnvs()
    process.stdout.isTTY = false
    expect(await fitted(said)).toBe(said)
  })
})

test('cards, histories, plans, graphs, searches and predictions break no word on a narrow terminal', async () => {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init', '--no-hooks')
  const words = 'survive neighbours together combining tokens whenever restarting'
  await mhv(cwd, 'tc', `Make ${words}`, '--description', `Then ${words} ${words}`, '--no-parse')
  await mhv(cwd, 'tc', `Let ${words}`, '--depends-on', '1', '--no-parse')
  await mhv(cwd, 'task', 'comment', '1', `Now ${words} ${words}`)
  for (const line of [
    'task show 1',
    'task history 1',
    'status',
    'plan',
    'graph',
    'predict 2',
    'next',
    'ts survive',
  ]) {
    const { code, shown } = inTerminal(cwd, 40, ...line.split(' '))
    expect({ line, code }).toEqual({ line, code: 0 })
    const bare = shown.replace(/\u001b\[[\d;]*m/g, '').split('\n')
    const wide = bare.filter((each) => stringWidth(each) > 40 && !/^ {2}id /.test(each))
    expect({ line, wide }).toEqual({ line, wide: [] })
    const { out } = await mhv(cwd, ...line.split(' '))
    expect(bare.length).toBeGreaterThan(line === 'status' ? 0 : out.split('\n').length)
  }
})
