import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { searchText } from '../../src/terminal/listing/print-search.ts'
import type { SearchListing } from '../../src/terminal/listing/search-listing.ts'
import { snapshotOf } from '../support/any-snapshot.ts'
import { mhv, mhvJson, mhvProcess } from '../support/cli.ts'
import { federationOf } from '../support/federation.ts'
import { demoWith, store } from '../support/hand-made.ts'
import { git, temporaryRepository } from '../support/repository.ts'
import { clones } from '../support/synced-clones.ts'
import { run, withEnvironment } from '../support/use-tasks.ts'

interface Result {
  readonly task: { readonly ref: string; readonly number: number; readonly title: string }
  readonly score: number
  readonly why: readonly { readonly score: number }[]
}

/** The number of the task that a search finds first. Where few tasks have a word, those follow that have to do with them. */
const first = async (cwd: string, ...argv: string[]) => (await found(cwd, ...argv))[0]
/** Numbers of the tasks that a search finds, the best first. */
const found = async (cwd: string, ...argv: string[]): Promise<number[]> =>
  (await mhvJson(cwd, 'search', ...argv)).results.map(({ task }: Result) => task.number)
const refsFound = async (cwd: string, ...argv: string[]): Promise<string[]> =>
  (await mhvJson(cwd, 'search', ...argv)).results.map(({ task }: Result) => task.ref)
const indexOf = (demo: string) => join(store(demo), 'search')

/** Tasks that differ in what can be filtered by, and all have to do with a cursor. */
async function furnished(): Promise<string> {
  const demo = temporaryRepository()
  await run(demo, 'init')
  await run(
    demo,
    'tc',
    'Cursor jumps',
    '-t',
    'bug',
    '-l',
    'editor',
    '-a',
    'me',
    '--deadline',
    '2026-11-10',
    '--allow-past',
  )
  await run(
    demo,
    'tc',
    'Cursor blinks',
    '-t',
    'feature',
    '-p',
    'high',
    '-d',
    'In the editor it never stops blinking.',
  )
  await run(demo, 'tc', 'Cursor lost')
  await run(demo, 'done', '3')
  await run(demo, 'tc', 'Cursor by mistake')
  await run(demo, 'task', 'delete', '4')
  await run(demo, 'tc', 'Deploy to the other zone')
  return demo
}

describe('filters of lists', () => {
  test('let through what they do there; ended tasks unless a status is asked for, never deleted ones', async () => {
    const demo = await furnished()
    const sorted = async (...argv: string[]) => (await found(demo, 'cursor', ...argv)).sort()
    expect(await sorted()).toEqual([1, 2, 3])
    expect(await sorted('--status', 'open')).toEqual([1, 2])
    expect(await sorted('--status', 'completed')).toEqual([3])
    expect(await sorted('--type', 'feature')).toEqual([2])
    expect(await sorted('--label', 'editor')).toEqual([1])
    expect(await sorted('--priority', 'high')).toEqual([2])
    expect(await sorted('--assignee', 'me')).toEqual([1])
    expect(await sorted('--overdue')).toEqual([1])
    expect(await sorted('--deleted')).toEqual([4])
  })

  test('are checked as there', async () => {
    const demo = await furnished()
    expect((await mhv(demo, 'search', 'cursor', '--status', 'unheard')).code).toBe(2)
    expect((await mhv(demo, 'search', 'cursor', '--limit', '-1')).code).toBe(2)
  })
})

describe('the answer', () => {
  test('has its keys, and no more tasks than were asked for', async () => {
    const demo = await furnished()
    const answer = await mhvJson(demo, 'ts', 'cursor', '--limit', '1')
    expect(Object.keys(answer)).toEqual(['schema', 'results', 'total', 'mode', 'problems'])
    expect(answer).toMatchObject({ schema: 1, total: 3, mode: 'lexical', problems: [] })
    expect(answer.results).toHaveLength(1)
    expect(Object.keys(answer.results[0])).toEqual(['task', 'score', 'snippet'])
    expect(answer.results[0].task).toMatchObject({ ref: 'demo#3', title: 'Cursor lost', status: 'completed' })
    for (let i = 0; i < 9; i++) await run(demo, 'tc', `Cursor again ${i}`)
    expect(await found(demo, 'cursor')).toHaveLength(10)
    expect(await found(demo, 'cursor', '--limit', '0')).toHaveLength(12)
  })

  test('says why: the parts add up to the score', async () => {
    const demo = await furnished()
    const { results } = await mhvJson(demo, 'search', 'cursor', 'jumping', 'edit', 'zone', '--explain')
    expect(results.length).toBeGreaterThan(2)
    for (const { score, why } of results as Result[]) {
      expect(why.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 2)
    }
    const { out } = await mhv(demo, 'search', 'cursr', '--explain')
    expect(out).toContain('cursr: cursor (is spelt like it)')
  })

  test('shows where it is, without colour where nobody looks', async () => {
    const demo = await furnished()
    const { code, out, err } = await mhv(demo, 'search', 'blinking', '--limit', '1')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(
      '#2  Cursor blinks  pending\n    In the editor it never stops blinking.\n1 of 3, ranked by words; --limit 0 shows all\n',
    )
  })

  test('that nothing was found is no failure', async () => {
    const demo = await furnished()
    expect(await mhv(demo, 'search', 'qqqqqq')).toEqual({
      code: 0,
      out: '',
      err: 'No task has to do with that.\n',
    })
    expect(await mhvJson(demo, 'search', 'the')).toMatchObject({ results: [], total: 0 })
    expect(await mhvJson(await demoWith(), 'search', 'cursor')).toMatchObject({ results: [], total: 0 })
  })

  test.each([[[]], [['']], [['  ']], [['cursor', '--similar', '1']]])(
    'to %j is what to say instead',
    async (argv) => {
      const { code, err } = await mhv(await demoWith('Cursor'), 'search', ...argv)
      expect(code).toBe(2)
      expect(err).toMatch(/mhv (task )?search --help/)
    },
  )
})

test('tasks like one are told, best first, from 0 to 1, without the task itself', async () => {
  const demo = await demoWith(
    'Cursor jumps in the editor',
    'The editor’s cursor jumps',
    'Cursor blinks',
    'Deploy',
  )
  const { results } = await mhvJson(demo, 'search', '--similar', '1')
  expect(results.map(({ task }: Result) => task.number)).toEqual([2, 3])
  for (const { score } of results as Result[]) {
    expect(score).toBeGreaterThan(0)
    expect(score).toBeLessThanOrEqual(1)
  }
  expect(results[0].score).toBeGreaterThan(0.9)
  expect((await mhv(demo, 'search', '--similar', '77')).code).toBe(1)
  expect((await mhv(demo, 'search', '--similar', '1-3')).code).toBe(2)
})

test('a federation is searched as one: what is rare in all of it counts, and tasks of any are compared', async () => {
  const { at } = await federationOf({
    crackerjack: ['Cursor one', 'Cursor two', 'Cursor three', 'Cursor four', 'Zone of deployment'],
    akosha: ['Zone', 'Zone again', 'Zone three', 'Cursor zone'],
  })
  const all = await refsFound(at('akosha'), 'cursor', 'zone', '--all')
  expect(all[0]).toBe('akosha#4')
  expect(all).toHaveLength(9)
  const scores = async (name: string) => {
    const { results } = await mhvJson(at(name), 'search', 'zone', '--all', '--limit', '0')
    return results.map(({ task, score }: Result) => [task.ref, score])
  }
  expect(await scores('akosha')).toEqual(await scores('crackerjack'))
  expect(await refsFound(at('akosha'), '--similar', 'crackerjack#5', '--all')).toContain('akosha#1')
  expect((await mhv(at('akosha'), 'search', 'zone', '--all')).out).toContain(
    'crackerjack#5  Zone of deployment',
  )
})

test('what other writers left in their texts, or somebody asked for, does not reach the terminal', () => {
  const snapshot = snapshotOf({ title: 'Zebra \u001b[31m\u001b]0;owned\u0007 mark\u202e' })
  const out = searchText(
    {
      asked: { places: [{ name: 'demo', snapshot }], isSeveral: true },
      results: [
        {
          entry: { place: 0, slot: 0 },
          score: 1,
          hits: [{ from: 0, to: 5 }],
          snippet: { field: 'description', text: 'a \u009b2J zebra', hits: [{ from: 2, to: 5 }] },
          why: [{ asked: 'm\u001b[2J', terms: ['\u001b'], relation: 'typo', score: 1 }],
        },
      ],
      total: 1,
      mode: 'lexical',
      isSimilarity: false,
      failure: null,
    } as unknown as SearchListing,
    true,
  )
  expect(out).toContain('Zebra')
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
})

describe('the index', () => {
  test('follows every change, and deleting it changes nothing', async () => {
    const demo = await furnished()
    expect(await first(demo, 'jumps')).toBe(1)
    await run(demo, 'task', 'edit', '1', '--title', 'Pointer leaps')
    expect(await first(demo, 'leaps')).toBe(1)
    expect(await first(demo, 'jumps')).not.toBe(1)
    await run(demo, 'task', 'comment', '5', 'The zebra is striped')
    expect(await first(demo, 'striped')).toBe(5)
    await run(demo, 'task', 'delete', '5')
    expect(await found(demo, 'striped')).not.toContain(5)
    await run(demo, 'task', 'restore', '5')
    expect(await first(demo, 'striped')).toBe(5)
    const kept = await mhvJson(demo, 'search', 'cursor zone editor', '--explain')
    expect(existsSync(indexOf(demo))).toBe(true)
    rmSync(indexOf(demo), { recursive: true })
    expect(await mhvJson(demo, 'search', 'cursor zone editor', '--explain')).toEqual(kept)
  })

  test('is shared by linked worktrees', async () => {
    const demo = await demoWith('Cursor jumps')
    const linked = join(demo, '..', 'linked')
    git(demo, 'worktree', 'add', '--quiet', linked)
    expect(await found(linked, 'cursor')).toEqual([1])
    const names = readdirSync(indexOf(demo))
    expect(names).toHaveLength(1)
    expect(await found(demo, 'cursor')).toEqual([1])
    expect(readdirSync(indexOf(demo))).toEqual(names)
  })

  test('has what came by sync, and by import', async () => {
    const shared = clones()
    const [here, there] = [shared.clone('here'), shared.clone('there')]
    await run(there, 'init')
    await run(there, 'tc', 'Cursor jumps')
    await run(there, 'sync')
    await run(here, 'init')
    await run(here, 'sync')
    expect(await found(here, 'cursor')).toEqual([1])
    await run(there, 'tc', 'Cursor blinks')
    await run(there, 'sync')
    git(here, 'fetch', '--quiet')
    await run(here, 'sync')
    expect(await first(here, 'blinks')).toBe(2)
    writeFileSync(
      join(here, 'tasks.jsonl'),
      `${JSON.stringify({ source: 'other', id: 'X-1', title: 'Zebra crossing' })}\n`,
    )
    await run(here, 'task', 'import', 'tasks.jsonl')
    expect(await first(here, 'zebras')).toBe(3)
  })

  test('may be made by several processes at once', async () => {
    const demo = await demoWith('Cursor jumps', 'Cursor blinks', 'Deploy')
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => mhvProcess(demo, ['search', 'cursor', '--json'])),
    )
    expect(new Set(answers.map(({ out }) => out)).size).toBe(1)
    expect(answers.map(({ code, err }) => ({ code, err }))).toEqual(answers.map(() => ({ code: 0, err: '' })))
    expect(await found(demo, 'cursor')).toEqual([1, 2])
    expect(readdirSync(indexOf(demo)).every((name) => name.endsWith('.segment'))).toBe(true)
  })
})

test('searches beside changes answer, and leave an index that answers as one made anew', async () => {
  const demo = await demoWith('Cursor jumps')
  const each = async (argvOf: (i: number) => string[]) => {
    const codes = []
    for (let i = 0; i < 6; i++) codes.push((await mhvProcess(demo, argvOf(i))).code)
    return codes
  }
  const codes = await Promise.all([
    each((i) => ['tc', `Cursor again ${i}`]),
    each((i) => ['task', 'edit', '1', '--title', `Cursor leaps ${i}`]),
    each(() => ['search', 'cursor', '--json']),
    each(() => ['search', 'leaps', '--json']),
  ])
  expect(codes.flat()).toEqual(Array(24).fill(0))
  const kept = await mhvJson(demo, 'search', 'cursor leaps', '--explain')
  expect(kept.total).toBe(7)
  rmSync(indexOf(demo), { recursive: true })
  expect(await mhvJson(demo, 'search', 'cursor leaps', '--explain')).toEqual(kept)
})

test('the built program answers into a pipe, with and without NO_COLOR', async () => {
  const demo = await demoWith('Cursor jumps')
  const plain = '#1  Cursor jumps  pending\n1 of 1, ranked by words\n'
  expect(await mhvProcess(demo, ['ts', 'cursor'])).toEqual({ code: 0, out: plain, err: '' })
  withEnvironment({ NO_COLOR: '1' })
  expect(await mhvProcess(demo, ['task', 'search', 'cursor'], { input: 'ignored' })).toMatchObject({
    out: plain,
  })
})
