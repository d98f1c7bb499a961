import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ERROR_PAGES } from '../../src/error-pages/error-pages.ts'
import { ERRORS } from '../../src/error-table.ts'
import type { ErrorName } from '../../src/errors.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { inTerminal } from '../support/in-terminal.ts'
import { temporaryDirectory } from '../support/repository.ts'

const NAMES = Object.keys(ERRORS) as ErrorName[]

describe('the pages of errors', () => {
  test('are there for each error, and for nothing else', () => {
    expect(Object.keys(ERROR_PAGES).sort()).toEqual([...NAMES].sort())
    const files = readdirSync(join(import.meta.dirname, '..', '..', 'docs', 'errors'))
    expect(files.sort()).toEqual(NAMES.map((name) => `${name}.md`).sort())
  })

  test.each(NAMES)('%s says in some sentences more than its title', (name) => {
    const { why, kept } = ERROR_PAGES[name]
    const sentences = why.split(/(?<=[.:;]) /)
    expect(sentences.length).toBeGreaterThanOrEqual(2)
    expect(why.split(' ').length).toBeGreaterThan(25)
    expect(why).not.toContain(ERRORS[name].title)
    for (const text of [why, kept]) expect(text).toMatch(/^[A-Za-z].*\.$/)
  })

  test('point to errors and commands that there are', async () => {
    const pointed = new Set(NAMES.flatMap((name): readonly string[] => ERROR_PAGES[name].see))
    const cwd = temporaryDirectory()
    for (const other of pointed) {
      if (!other.startsWith('mhv ')) expect(NAMES).toContain(other)
      else expect({ other, ...(await mhv(cwd, ...other.split(' ').slice(1))) }).toMatchObject({ code: 0 })
    }
  })

  test('name no flag that their commands do not have', async () => {
    const cwd = temporaryDirectory()
    const texts = NAMES.flatMap((name) => [ERROR_PAGES[name].why, ...ERRORS[name].recovery])
    const named = texts.flatMap((text) => [...text.matchAll(/mhv ((?:[a-z]+ ?){1,2})[^.;:]*?(--[a-z-]+)/g)])
    expect(named.length).toBeGreaterThan(10)
    for (const [said, words, flag] of named) {
      const { out } = await mhv(cwd, ...words!.trim().split(' '), '--help')
      const help = out || (await mhv(cwd, words!.split(' ')[0]!, '--help')).out
      expect({
        said,
        has: help.replaceAll('[no-]', '').includes(flag!.replace('--no-', '--')) || flag === '--help',
      }).toEqual({ said, has: true })
    }
  })
})

test('a page fits the width and says what was not changed; as JSON it has all of its parts', async () => {
  const { out } = await mhvProcess(temporaryDirectory(), ['explain', 'would_lose'])
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(out).toMatch(/^MHV-044 WOULD_LOSE \(exit 1\)\n\n {2}Removing the worktree/)
  expect(out).toContain('\n\n  Nothing was removed.\n\n  What helps:\n    mhv worktree list\n')
  expect(out).toContain('  See also: WORKTREE_IN_USE, NOTHING_IN_TRASH,')
  expect(await mhvJson(temporaryDirectory(), 'explain', 'MHV-044')).toEqual({
    schema: 1,
    name: 'WOULD_LOSE',
    ...ERRORS.WOULD_LOSE,
    ...ERROR_PAGES.WOULD_LOSE,
  })
})

test('where only the error can name the task, the page shows with a word in its place what helps', async () => {
  const { out } = await mhv(temporaryDirectory(), 'explain', 'DEPENDENCY_CYCLE')
  expect(out).toContain('    mhv task depend NUMBER --on OTHER --remove\n\n  Words in capitals stand for')
  expect(await mhvJson(temporaryDirectory(), 'explain', 'DEADLINE_PAST')).toMatchObject({
    recovery: ERROR_PAGES.DEADLINE_PAST.helps,
  })
})

test('a name that is mistyped is answered with the one that was meant', async () => {
  const { code, err } = await mhv(temporaryDirectory(), 'explain', 'worktre_exists')
  expect(code).toBe(2)
  expect(err).toContain('No error is called “worktre_exists”; did you mean WORKTREE_EXISTS?')
  expect(err).toContain('    mhv explain WORKTREE_EXISTS\n')
  expect((await mhvJson(temporaryDirectory(), 'explain', 'NONSENSE')).error.recovery).toEqual(['mhv explain'])
})

test.each([
  [40, 40],
  [200, 100],
])('in a terminal of %i columns its lines have at most %i', (columns, most) => {
  const { shown } = inTerminal(temporaryDirectory(), columns, 'explain', 'WOULD_LOSE')
  const lengths = shown.split('\n').map((line) => line.length)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(most)
  expect(Math.max(...lengths)).toBeGreaterThan(most - 12)
})

test('the number of a code will do, however it is written', async () => {
  const cwd = temporaryDirectory()
  for (const word of ['8', '08', '008', 'mhv-8', 'MHV-8', 'mhv8', 'MHV-008', 'mhv_008']) {
    expect({ word, out: (await mhv(cwd, 'explain', word)).out }).toMatchObject({
      word,
      out: expect.stringMatching(/^MHV-008 /),
    })
  }
  const wrong = await mhv(cwd, 'explain', '666')
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain('No error is called “666”. One is called WORKTREE_EXISTS, or MHV-023.')
  expect(wrong.err).toContain('\n    mhv explain\n')
})
