import { MhvError } from '../errors.ts'
import type { Embedder, OnProgress } from './embedder.ts'
import { type ModelProcess, startModelProcess } from './model-process.ts'

/** A folder with a model that can be run, as `mhv model setup` leaves it. */
export interface RunnableModel {
  readonly id: string
  readonly folder: string
  readonly dimensions: number
  /** Whether its file is the one in bytes rather than floats. */
  readonly quantized: boolean
}

/** Milliseconds for which a model may load, and take for one batch. */
const LOADING = 120_000
const EMBEDDING = 120_000

/** Models read some 500 tokens and let go of the rest; so long a text is no use to them. */
const LONGEST_TEXT = 2000
/** A batch is as wide as its longest text: both bound the memory of the process. */
const MOST_TEXTS = 32
const MOST_CHARACTERS = 16_000

/** Places of texts, those of like length together: the shorter ones of a batch are filled up at the cost of a long one. */
function batchesOf(texts: readonly string[]): number[][] {
  const order = texts.map((_, i) => i).sort((a, b) => texts[a]!.length - texts[b]!.length || a - b)
  const batches: number[][] = []
  for (const i of order) {
    const last = batches.at(-1)
    const fits = last && last.length < MOST_TEXTS && (last.length + 1) * texts[i]!.length <= MOST_CHARACTERS
    if (fits) last.push(i)
    else batches.push([i])
  }
  return batches
}

/** Errors: MODEL_RUNTIME_MISSING, MODEL_BROKEN. */
async function loaded({
  folder,
  quantized,
}: Omit<RunnableModel, 'id' | 'dimensions'>): Promise<ModelProcess> {
  const started = startModelProcess(folder)
  await started.ask({ kind: 'start' }, 'started', LOADING)
  await started.ask({ kind: 'load', folder, quantized }, 'loaded', LOADING)
  return started
}

/**
 * Whether models can be run at all, which is worth knowing before one is fetched.
 * @param folder where the model will be
 * Errors: MODEL_RUNTIME_MISSING, MODEL_BROKEN.
 */
export async function requireRuntime(folder: string): Promise<void> {
  const host = startModelProcess(folder)
  try {
    await host.ask({ kind: 'start' }, 'started', LOADING)
  } finally {
    host.end()
  }
}

const noVectors = (folder: string) => {
  const message = `The sentence model in ${folder} gives no vectors as it should: is it one for feature extraction?`
  return new MhvError('MODEL_BROKEN', message, { data: { folder } })
}

/** Errors: MODEL_BROKEN, also for vectors that are none. */
async function embedBatch(
  host: ModelProcess,
  { folder, dimensions: known }: Pick<RunnableModel, 'folder'> & Partial<RunnableModel>,
  texts: readonly string[],
) {
  const request = { kind: 'embed', texts: texts.map((text) => text.slice(0, LONGEST_TEXT)) } as const
  const { vectors, dimensions } = await host.ask(request, 'vectors', EMBEDDING)
  const isRight = vectors.length === texts.length * dimensions && dimensions === (known ?? dimensions)
  if (!isRight) throw noVectors(folder)
  return texts.map((_, i) => {
    const vector = vectors.slice(i * dimensions, (i + 1) * dimensions)
    // One that is nothing has no direction: the library divides it by its length all the same.
    return vector.every(Number.isFinite) ? vector : new Float32Array(dimensions)
  })
}

/** For trying a model. Also in a small vocabulary some of its words should be known. */
const SENTENCE = 'Fix the login error: the token is refreshed after an hour.'

/**
 * What searching asks for in one go: texts of unlike length, which have to be filled up to one another, and one that is as
 * long as any. A model may well take a sentence and none of these.
 */
const BATCH = ['Fix', SENTENCE, SENTENCE.repeat(Math.ceil(LONGEST_TEXT / SENTENCE.length))]

/** What came of running a model once. */
export interface Trial {
  readonly dimensions: number
  /** Milliseconds until it was loaded, and then for a sentence. */
  readonly loading: number
  readonly embedding: number
}

/**
 * Loads a model in a process of its own and embeds a sentence, then several texts at once as searching does.
 * Errors: MODEL_RUNTIME_MISSING, MODEL_BROKEN.
 */
export async function tryModel(model: Omit<RunnableModel, 'id' | 'dimensions'>): Promise<Trial> {
  const begin = performance.now()
  const host = await loaded(model)
  try {
    const ready = performance.now()
    const [vector] = await embedBatch(host, model, [SENTENCE])
    const embedding = performance.now() - ready
    if (!vector!.some((component) => component !== 0)) throw noVectors(model.folder)
    const dimensions = vector!.length
    await embedBatch(host, { folder: model.folder, dimensions }, BATCH)
    return { dimensions, loading: ready - begin, embedding }
  } finally {
    host.end()
  }
}

/**
 * Runs a model with @xenova/transformers, in a process of its own that begins with the first text: native code may end
 * the process that it is in. Errors of embed: MODEL_RUNTIME_MISSING, MODEL_BROKEN.
 */
export function openTransformersEmbedder(model: RunnableModel): Embedder {
  let running: Promise<ModelProcess> | null = null
  const stop = () => {
    running?.then((host) => host.end()).catch(() => {})
    running = null
  }
  const embedAll = async (texts: readonly string[], onProgress: OnProgress) => {
    const vectors = new Array<Float32Array>(texts.length)
    if (texts.length === 0) return vectors
    try {
      running ??= loaded(model)
      const host = await running
      let done = 0
      for (const batch of batchesOf(texts)) {
        const some = batch.map((i) => texts[i]!)
        const made = await embedBatch(host, model, some)
        for (const [place, i] of batch.entries()) vectors[i] = made[place]!
        done += batch.length
        onProgress(done, texts.length)
      }
    } catch (error) {
      // The next text finds a new process, which may live longer.
      stop()
      throw error
    }
    return vectors
  }
  let turn: Promise<unknown> = Promise.resolve()
  return {
    id: model.id,
    dimensions: model.dimensions,
    embed(texts, onProgress = () => {}) {
      const mine = turn.then(() => embedAll(texts, onProgress))
      turn = mine.catch(() => {})
      return mine
    },
    async close() {
      stop()
    },
  }
}
