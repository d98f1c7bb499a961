import { basename, dirname } from 'node:path'
import type { FeatureExtractionPipeline } from '@xenova/transformers'
import type { ChildReply, ChildRequest } from './model-process.ts'

// Entry of the process that runs a sentence model: native code, which can end the process that it is in.

const reply = (message: ChildReply) => process.send!(message)
const textOf = (value: unknown) => (value instanceof Error ? value.message : String(value))

let extract: FeatureExtractionPipeline | null = null
/** The library warns of what is wrong, then tries something that cannot work, and throws what is wrong with that. */
let warned: string | null = null
Object.assign(globalThis.console, {
  warn: (first: unknown) => {
    warned ??= textOf(first)
  },
})

async function start(): Promise<ChildReply> {
  try {
    await import('onnxruntime-node')
    return { kind: 'started' }
  } catch (error) {
    return { kind: 'failed', what: 'runtime', why: textOf(error).split('\n')[0]! }
  }
}

async function load({ folder, quantized }: Extract<ChildRequest, { kind: 'load' }>): Promise<ChildReply> {
  const { env, pipeline } = await import('@xenova/transformers')
  // Nothing is fetched or kept by the library: what a model consists of was looked at before.
  Object.assign(env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    useFSCache: false,
    localModelPath: dirname(folder),
  })
  extract = await pipeline('feature-extraction', basename(folder), { quantized, local_files_only: true })
  return { kind: 'loaded' }
}

async function embed(texts: string[]): Promise<ChildReply> {
  const { data, dims } = await extract!(texts, { pooling: 'mean', normalize: true })
  return { kind: 'vectors', vectors: Float32Array.from(data as Float32Array), dimensions: dims.at(-1)! }
}

function answerTo(request: ChildRequest): Promise<ChildReply> {
  if (request.kind === 'start') return start()
  return request.kind === 'load' ? load(request) : embed([...request.texts])
}

// Without a parent there is nothing to wait for, and the process ends by itself.
process.on('message', (request: ChildRequest) => {
  warned = null
  answerTo(request)
    .catch((error): ChildReply => ({ kind: 'failed', what: 'model', why: warned ?? textOf(error) }))
    .then(reply)
})
