import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mhv, mhvJson } from '../support/cli.ts'
import { temporaryDirectory, temporaryRepository } from '../support/repository.ts'
import { tinyModel } from '../support/tiny-model.ts'

let cache: string
beforeEach(() => {
  cache = temporaryDirectory()
  process.env.XDG_CACHE_HOME = cache
})
afterEach(() => {
  delete process.env.XDG_CACHE_HOME
})

interface Answer {
  readonly mode: string
  readonly total: number
  readonly results: readonly {
    readonly task: { readonly number: number }
    readonly meaning?: number | null
    readonly score: number
    readonly why: readonly { readonly score: number }[]
    readonly fusion?: {
      readonly words: { readonly rank: number; readonly score: number; readonly adds: number } | null
      readonly meaning: { readonly rank: number; readonly cosine: number; readonly adds: number } | null
    }
  }[]
}

async function withModel(): Promise<string> {
  const cwd = temporaryRepository()
  await mhv(cwd, 'init')
  for (const title of ['repair token', 'slow latency', 'readme zebra']) {
    await mhv(cwd, 'task', 'create', title, '--no-parse')
  }
  await mhv(cwd, 'model', 'setup', tinyModel(join(temporaryDirectory(), 'tiny'), { seed: 1 }))
  return cwd
}
const search = async (cwd: string, ...words: string[]) =>
  (await mhvJson(cwd, 'search', ...words)) as unknown as Answer

test('with a model, tasks are ranked by words and by meaning, and the answer says so', async () => {
  const cwd = await withModel()
  const answer = await search(cwd, 'zebra password')
  expect(answer.mode).toBe('hybrid')
  const meaningOf = (number: number) => answer.results.find(({ task }) => task.number === number)?.meaning
  expect(meaningOf(1)).toBeGreaterThan(0.5)
  expect(meaningOf(1)).toBeGreaterThan(meaningOf(2)!)
  // What has the word itself is found by it, though the model does not know it.
  expect(answer.results.map(({ task }) => task.number)).toContain(3)
  const words = await search(cwd, 'zebra', '--no-model')
  expect(words.mode).toBe('lexical')
  expect(words.results.map(({ task }) => task.number)).toEqual([3])
  expect(words.results[0]).not.toHaveProperty('meaning')
})

test('with a model, what is explained adds up: the ranks to the score, the parts to the score by words', async () => {
  const cwd = await withModel()
  const { results } = await search(cwd, 'zebra password', '--explain')
  for (const { score, meaning, why, fusion } of results) {
    const { words, meaning: near } = fusion!
    expect((words?.adds ?? 0) + (near?.adds ?? 0)).toBeCloseTo(score, 6)
    expect(why.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(words?.score ?? 0, 3)
    expect(near?.cosine).toBe(meaning ?? undefined)
  }
  expect(results.map(({ fusion }) => fusion!.words?.rank ?? null)).toContain(1)
  expect(results.map(({ fusion }) => fusion!.words?.rank ?? null)).toContain(null)
  expect(results.map(({ fusion }) => fusion!.meaning?.rank).toSorted()).toEqual([1, 2, 3])
  expect((await search(cwd, 'zebra password', '--explain', '--no-model')).results[0]).not.toHaveProperty(
    'fusion',
  )
  const { out } = await mhv(cwd, 'search', 'zebra password', '--explain')
  expect(out).toMatch(/^0\.03\d\d {2}#/m)
  expect(out).toMatch(/^ {4}0\.0164 {2}by words: rank 1, score \d\.\d\d\n {6} *\d\.\d\d {2}\w+/m)
  expect(out).toMatch(/^ {4}0\.0164 {2}by meaning: rank 1, cosine 0\.\d\d$/m)
})

test('a task that came later is among what the model knows', async () => {
  const cwd = await withModel()
  await mhv(cwd, 'task', 'create', 'guide manual document', '--no-parse')
  const answer = await search(cwd, 'manual document guide')
  expect(answer.results[0]).toMatchObject({ task: { number: 4 } })
  expect(answer.results[0]!.meaning).toBeCloseTo(1, 1)
})

test('a model that is broken since leaves the words, and is told', async () => {
  const cwd = await withModel()
  const models = join(cache, 'mhv', 'models')
  const graph = readdirSync(models, { recursive: true }).find((file) => String(file).endsWith('.onnx'))!
  const file = join(models, String(graph))
  writeFileSync(file, Buffer.alloc(statSync(file).size, 7))
  const { code, out, err } = await mhv(cwd, 'search', 'zebra')
  expect(code).toBe(0)
  expect(out).toContain('#3')
  expect(out).toContain('1 of 1, ranked by words')
  expect(err).toMatch(/Searched by words alone: .*mhv explain MODEL_BROKEN/)
})
