import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { embedMissing } from '../../src/embedding/embed-missing.ts'
import type { Embedder } from '../../src/embedding/embedder.ts'
import { keyOf, openVectorCache, removeVectors } from '../../src/embedding/vector-cache.ts'
import { temporaryDirectory } from '../support/repository.ts'

const MODEL = { id: 'test:one', dimensions: 12 }

/** Vectors that are a function of the text, by an embedder that counts what it is asked for. */
function countingEmbedder(model = MODEL): Embedder & { asked: string[] } {
  const asked: string[] = []
  return {
    ...model,
    asked,
    async embed(texts, onProgress = () => {}) {
      asked.push(...texts)
      onProgress(texts.length, texts.length)
      return texts.map((text) => {
        const bytes = Buffer.from(keyOf(text), 'hex')
        const vector = Float32Array.from({ length: model.dimensions }, (_, i) => bytes[i]! - 127.5)
        const length = Math.hypot(...vector)
        return vector.map((component) => component / length)
      })
    },
    async close() {},
  }
}

const TEXTS = Array.from({ length: 40 }, (_, i) => `text ${i}`)
const fileIn = (directory: string) => join(directory, readdirSync(directory)[0]!)

async function filled(): Promise<{ directory: string; file: string; content: Buffer }> {
  const directory = join(temporaryDirectory(), 'vectors')
  await embedMissing(openVectorCache(directory, MODEL), countingEmbedder(), TEXTS)
  const file = fileIn(directory)
  return { directory, file, content: readFileSync(file) }
}

describe('vectors are kept', () => {
  test('by text: only what is missing is embedded, once, and progress counts that alone', async () => {
    const { directory } = await filled()
    const embedder = countingEmbedder()
    const seen: number[][] = []
    const cache = openVectorCache(directory, MODEL)
    const texts = ['new', 'text 3', 'new', 'newer']
    const keys = await embedMissing(cache, embedder, texts, (...progress) => seen.push(progress))
    expect(embedder.asked).toEqual(['new', 'newer'])
    expect(seen).toEqual([[2, 2]])
    expect(keys).toEqual(texts.map(keyOf))
    expect(openVectorCache(directory, MODEL).size).toBe(42)
  })

  test('in a block in the order of the keys, with zeros for those that are not there', async () => {
    const { directory } = await filled()
    const { values, scales } = openVectorCache(directory, MODEL).block(
      ['text 7', 'unknown', 'text 0'].map(keyOf),
    )
    const [vector] = await countingEmbedder().embed(['text 0'])
    expect([...values.subarray(12, 24)]).toEqual(new Array(12).fill(0))
    expect(scales[1]).toBe(0)
    for (const [i, component] of vector!.entries())
      expect(values[24 + i]! * scales[2]!).toBeCloseTo(component, 2)
  })

  test('for each model content apart', async () => {
    const { directory } = await filled()
    for (const other of [
      { id: 'test:two', dimensions: 12 },
      { id: 'test:one', dimensions: 8 },
    ]) {
      expect(openVectorCache(directory, other).size).toBe(0)
    }
    await embedMissing(
      openVectorCache(directory, { id: 'test:two', dimensions: 8 }),
      countingEmbedder({ id: 'test:two', dimensions: 8 }),
      ['a'],
    )
    expect(readdirSync(directory)).toHaveLength(2)
    expect(removeVectors(directory, 'test', [MODEL])).toBeGreaterThan(0)
    expect(openVectorCache(directory, MODEL).size).toBe(40)
    expect(readdirSync(directory)).toHaveLength(1)
    expect(removeVectors(join(directory, 'none'), 'test', [])).toBe(0)
  })

  test('and others forgotten when they are not used any more', async () => {
    const { directory, content, file } = await filled()
    const cache = openVectorCache(directory, MODEL)
    cache.keepOnly(new Set(['text 1', 'text 2', 'never seen'].map(keyOf)))
    expect(cache.size).toBe(2)
    expect(openVectorCache(directory, MODEL).size).toBe(2)
    expect(readFileSync(file).length).toBe(content.length / 20)
  })

  test('in memory where the file cannot be written', async () => {
    const { directory, file } = await filled()
    chmodSync(file, 0o400)
    // A file where the directory should be stops the superuser too.
    const place = join(file, 'below')
    for (const at of [directory, place]) {
      const cache = openVectorCache(at, MODEL)
      await embedMissing(cache, countingEmbedder(), ['other'])
      expect(cache.has(keyOf('other'))).toBe(true)
      cache.keepOnly(new Set())
    }
  })
})

describe('damage', () => {
  const blocks = (directory: string) => openVectorCache(directory, MODEL).block(TEXTS.map(keyOf))

  test('of any kind leaves what is whole, and after embedding again all is as rebuilt', async () => {
    const { directory, file, content } = await filled()
    const whole = blocks(directory)
    const harm = fc.oneof(
      fc.nat(content.length).map((at) => (bytes: Buffer) => bytes.subarray(0, at)),
      fc
        .tuple(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }))
        .map(([at, bits]) => (bytes: Buffer) => {
          const changed = Buffer.from(bytes)
          if (at < changed.length) changed[at]! ^= bits
          return changed
        }),
      fc.tuple(fc.nat(content.length), fc.uint8Array({ minLength: 1, maxLength: 90 })).map(
        ([at, junk]) =>
          (bytes: Buffer) =>
            Buffer.concat([bytes.subarray(0, at), junk, bytes.subarray(at)]),
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(harm, { minLength: 1, maxLength: 3 }), async (harms) => {
        writeFileSync(
          file,
          harms.reduce<Buffer>((bytes, change) => change(bytes), content),
        )
        const embedder = countingEmbedder()
        const cache = openVectorCache(directory, MODEL)
        const before = cache.size
        await embedMissing(cache, embedder, TEXTS)
        expect(embedder.asked.length).toBe(40 - before)
        expect(cache.size).toBe(40)
        expect(blocks(directory)).toEqual(whole)
        expect(openVectorCache(directory, MODEL).size).toBe(40)
      }),
      { seed: 1, numRuns: process.env.MHV_LONG ? 3000 : 150 },
    )
  })

  test('costs no more than the records that it hit', async () => {
    const { directory, file, content } = await filled()
    const length = content.length / 40
    content[length * 10 + 30]! ^= 1
    writeFileSync(file, content.subarray(0, -5))
    expect(openVectorCache(directory, MODEL).size).toBe(38)
    // It was mended on the way.
    expect(readFileSync(file).length).toBe(length * 38)
    truncateSync(file, length * 3 + 1)
    appendFileSync(file, content.subarray(length * 20, length * 22))
    expect(openVectorCache(directory, MODEL).size).toBe(5)
  })

  test('that repeats records is taken out when it is much', async () => {
    const { directory, file, content } = await filled()
    writeFileSync(file, Buffer.concat([content, content]))
    expect(openVectorCache(directory, MODEL).size).toBe(40)
    expect(readFileSync(file)).toEqual(content)
  })
})

test('several processes add at once, and nothing is lost or mixed up', async () => {
  const directory = join(temporaryDirectory(), 'vectors')
  const script = join(temporaryDirectory(), 'writer.mjs')
  const source = join(import.meta.dirname, '..', '..', 'src', 'embedding', 'vector-cache.ts')
  await build({
    stdin: {
      contents: `import { keyOf, openVectorCache } from ${JSON.stringify(source)}
        const [directory, name] = process.argv.slice(2)
        const cache = openVectorCache(directory, { id: 'test:one', dimensions: 12 })
        for (let i = 0; i < 200; i++) {
          const texts = [name + i, name + i + 'b', 'common' + i]
          cache.add(texts.map(keyOf), texts.map((text) => new Float32Array(12).fill(text.length)))
        }`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
  })
  const writers = ['a', 'b', 'c'].map((name) => fork(script, [directory, name], { execArgv: [] }))
  const codes = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit'))[0]))
  expect(codes).toEqual([0, 0, 0])
  const cache = openVectorCache(directory, MODEL)
  expect(cache.size).toBe(3 * 400 + 200)
  const texts = ['a0', 'b199b', 'common100']
  const { values, scales } = cache.block(texts.map(keyOf))
  for (const [i, text] of texts.entries()) expect(values[i * 12]! * scales[i]!).toBeCloseTo(text.length, 3)
})
