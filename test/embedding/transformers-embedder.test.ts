import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startModelProcess } from '../../src/embedding/model-process.ts'
import { openTransformersEmbedder, tryModel } from '../../src/embedding/transformers-embedder.ts'
import { temporaryDirectory } from '../support/repository.ts'
import { tinyModel } from '../support/tiny-model.ts'

const model = (dimensions = 16) => {
  const folder = tinyModel(join(temporaryDirectory(), 'tiny'), { dimensions })
  return { id: 'tiny', folder, dimensions, quantized: true }
}
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

describe('a tiny model, really run', () => {
  test('gives vectors of unit length, near for texts of like meaning, in the order of the texts', async () => {
    const embedder = openTransformersEmbedder(model())
    const texts = ['Fix the login bug', 'slow', 'Repair the authentication defect', 'Write a guide']
    const seen: number[] = []
    const [bug, slow, defect, guide] = await embedder.embed(texts, (done) => seen.push(done))
    for (const vector of [bug, slow, defect, guide]) expect(cosine(vector!, vector!)).toBeCloseTo(1, 5)
    expect(cosine(bug!, defect!)).toBeGreaterThan(0.9)
    expect(cosine(bug!, defect!)).toBeGreaterThan(cosine(bug!, slow!) + 0.3)
    expect(seen.at(-1)).toBe(4)
    // A text is the same alone, in company and beside one that is longer.
    const [again] = await embedder.embed(['Fix the login bug'])
    expect(cosine(again!, bug!)).toBeCloseTo(1, 6)
    await embedder.close()
  })

  test('more texts than a batch takes, very long and empty ones, and two callers at once', async () => {
    const embedder = openTransformersEmbedder(model())
    const many = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 'bug' : 'guide '.repeat(i * 50)))
    const [all, others] = await Promise.all([embedder.embed(many), embedder.embed(['guide', '', 'zzz'])])
    expect(cosine(all[0]!, all[98]!)).toBeCloseTo(1, 5)
    expect(cosine(all[99]!, others[0]!)).toBeCloseTo(1, 5)
    expect(cosine(all[99]!, all[0]!)).toBeLessThan(0.9)
    expect([...others[2]!]).toEqual(new Array(16).fill(0))
    expect(await embedder.embed([])).toEqual([])
    await embedder.close()
  })

  test('tryModel tells the dimensions', async () => {
    const trial = await tryModel({ folder: model(24).folder, quantized: true })
    expect(trial.dimensions).toBe(24)
    expect(trial.loading).toBeGreaterThan(0)
  })
})

describe('a model that cannot be run is an error with steps', () => {
  const failing = async (change: (folder: string) => void) => {
    const { folder } = model()
    change(folder)
    const error = await tryModel({ folder, quantized: true }).then(
      () => null,
      (error) => error,
    )
    expect(error).toMatchObject({ error: 'MODEL_BROKEN', code: 'MHV-093' })
    expect(error.recovery.length).toBeGreaterThan(0)
    return error.message as string
  }
  const onnx = (folder: string) => join(folder, 'onnx', 'model_quantized.onnx')

  test('truncated', async () => {
    expect(await failing((folder) => truncateSync(onnx(folder), 700))).toMatch(/protobuf/i)
  })

  test('of other bytes', async () => {
    expect(await failing((folder) => writeFileSync(onnx(folder), 'no model'.repeat(100)))).toMatch(/fails/)
  })

  test('empty', async () => {
    await failing((folder) => truncateSync(onnx(folder), 0))
  })

  test('without a tokenizer', async () => {
    expect(await failing((folder) => rmSync(join(folder, 'tokenizer.json')))).toContain('tokenizer.json')
  })

  test('with a tokenizer that is cut off', async () => {
    await failing((folder) => truncateSync(join(folder, 'tokenizer.json'), 100))
  })

  test('without its folder', async () => {
    await failing((folder) => rmSync(folder, { recursive: true }))
  })

  test('whose vectors are of other dimensions than were recorded', async () => {
    const embedder = openTransformersEmbedder({ ...model(16), dimensions: 8 })
    await expect(embedder.embed(['bug'])).rejects.toMatchObject({ error: 'MODEL_BROKEN' })
  })

  test('whose tokens are beyond its table', async () => {
    const said = await failing((folder) => {
      const path = join(folder, 'tokenizer.json')
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"(login|error|fix|token)":\d+/g, '"$1":9999'))
    })
    expect(said).toMatch(/out of|bounds/)
  })
})

describe('the process', () => {
  test('killed in the middle is an error, and the next text finds a new one', async () => {
    const ready = model()
    const host = startModelProcess(ready.folder)
    await host.ask({ kind: 'start' }, 'started', 60_000)
    await host.ask({ kind: 'load', folder: ready.folder, quantized: true }, 'loaded', 60_000)
    const asked = host.ask({ kind: 'embed', texts: Array(2000).fill('bug '.repeat(60)) }, 'vectors', 60_000)
    process.kill(host.pid!, 'SIGKILL')
    await expect(asked).rejects.toMatchObject({
      error: 'MODEL_BROKEN',
      message: expect.stringContaining('killed by SIGKILL'),
    })
    await expect(host.ask({ kind: 'embed', texts: ['bug'] }, 'vectors', 1000)).rejects.toThrow()

    const { folder } = ready
    const away = `${folder}.away`
    cpSync(folder, away, { recursive: true })
    rmSync(folder, { recursive: true })
    const embedder = openTransformersEmbedder(ready)
    await expect(embedder.embed(['bug'])).rejects.toMatchObject({ error: 'MODEL_BROKEN' })
    cpSync(away, folder, { recursive: true })
    expect(await embedder.embed(['bug'])).toHaveLength(1)
    await embedder.close()
  })

  test('that gives no answer in time is ended', async () => {
    const { folder } = model()
    const host = startModelProcess(folder)
    const asked = host.ask({ kind: 'load', folder, quantized: true }, 'loaded', 1)
    await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('no answer') })
    await expect.poll(() => isRunning(host.pid!)).toBe(false)
  })
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
