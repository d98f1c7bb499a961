import { createHash } from 'node:crypto'
import { constants, copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MhvError, shellWord } from '../errors.ts'
import { makeDirectory } from '../make-directory.ts'
import type { RunnableModel } from './transformers-embedder.ts'

/** A model that was set up: `RunnableModel`, and what people know of it. */
export interface SetUpModel extends RunnableModel {
  /** As it was asked for: a name at the host, or the path of the folder that it was copied from. */
  readonly name: string
  readonly bytes: number
  /** Whether no file of it is missing or cut off. */
  readonly isWhole: boolean
}

/** What a model consists of besides its graph. */
export const SETTINGS = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const

/** Where the graph may be: in bytes rather than floats where there is the choice, which is a quarter of the size. */
const GRAPHS = [
  { from: 'onnx/model_quantized.onnx', to: 'onnx/model_quantized.onnx', quantized: true },
  { from: 'model_quantized.onnx', to: 'onnx/model_quantized.onnx', quantized: true },
  { from: 'onnx/model.onnx', to: 'onnx/model.onnx', quantized: false },
  { from: 'model.onnx', to: 'onnx/model.onnx', quantized: false },
] as const

/** The graph as it is fetched, and where it is then. */
export const FETCHED_GRAPH = GRAPHS[0]

/**
 * Takes what a model consists of from a folder of the user's, which may change or go afterwards.
 * @returns whether its graph is one in bytes. Errors: MODEL_NOT_FOUND, naming what is missing; of the file system.
 */
export function copyModel(from: string, to: string, onSize: (bytes: number) => void): boolean {
  const graph = GRAPHS.find((graph) => existsSync(join(from, graph.from)))
  const missing = [
    ...SETTINGS.filter((name) => !existsSync(join(from, name))),
    ...(graph ? [] : ['onnx/model_quantized.onnx']),
  ]
  if (missing.length > 0 || !graph) {
    const said = existsSync(from) ? `lacks ${missing.join(' and ')}` : 'is not there'
    throw new MhvError('MODEL_NOT_FOUND', `The folder ${from} ${said}.`, {
      recovery: [
        existsSync(from) ? `ls -lR ${shellWord(from)}` : `ls -l ${shellWord(dirname(from))}`,
        'mhv model setup Xenova/all-MiniLM-L6-v2',
      ],
      data: { folder: from, missing },
    })
  }
  const files = [...SETTINGS.map((name) => ({ from: name, to: name })), graph]
  onSize(files.reduce((sum, file) => sum + statSync(join(from, file.from)).size, 0))
  for (const file of files) {
    makeDirectory(dirname(join(to, file.to)))
    // Where the file system can, without a second copy of the bytes.
    copyFileSync(join(from, file.from), join(to, file.to), constants.COPYFILE_FICLONE)
  }
  return graph.quantized
}

const MANIFEST = 'mhv-model.json'
const SCHEMA = 1

interface Manifest {
  readonly schema: number
  readonly name: string
  readonly id: string
  readonly dimensions: number
  readonly quantized: boolean
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
}

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
const graphOf = (quantized: boolean) => (quantized ? 'onnx/model_quantized.onnx' : 'onnx/model.onnx')

function filesIn(folder: string, quantized: boolean): Manifest['files'] {
  const entries = [...SETTINGS, graphOf(quantized)].map((name) => {
    const bytes = readFileSync(join(folder, name))
    return [name, { bytes: bytes.length, sha256: sha256(bytes) }] as const
  })
  return Object.fromEntries(entries)
}

/** What vectors depend on: the content of the model, and how the program makes one vector of those of all tokens. */
const idOf = (name: string, files: Manifest['files']) =>
  `transformers:${name}:mean:${sha256(JSON.stringify(files)).slice(0, 20)}`

/** Says in a folder what model it has, by its content. Errors: of the file system. */
export function describeModel(folder: string, name: string, quantized: boolean, dimensions: number): void {
  const files = filesIn(folder, quantized)
  const manifest: Manifest = { schema: SCHEMA, name, id: idOf(name, files), dimensions, quantized, files }
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Sizes tell of what was cut off; reading all of a model would cost as much as many a search. */
function haveTheirSizes(folder: string, files: Manifest['files']): boolean {
  try {
    return Object.entries(files).every(([path, { bytes }]) => statSync(join(folder, path)).size === bytes)
  } catch {
    return false
  }
}

/** The model that a folder of ours says it has, whole or not; null where it says none. Never throws. */
export function readModel(folder: string): SetUpModel | null {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Manifest
    const { schema, name, id, dimensions, quantized, files } = manifest
    if (schema !== SCHEMA || idOf(name, files) !== id || !(dimensions > 0)) return null
    const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
    return { name, id, folder, dimensions, quantized, bytes, isWhole: haveTheirSizes(folder, files) }
  } catch {
    return null
  }
}

const changed = ({ name, folder }: SetUpModel) =>
  new MhvError('MODEL_BROKEN', `The files of ${name} are not what was set up.`, {
    recovery: [`mhv model setup ${shellWord(name)}`, `mhv model remove ${shellWord(name)}`],
    data: { folder },
  })

/** Refuses a model whose files are missing or cut off. Errors: MODEL_BROKEN. */
export function requireWhole(model: SetUpModel): void {
  if (!model.isWhole) throw changed(model)
}

/** Whether every byte is what it was when the model was set up. */
export function isUnchanged({ folder, name, id, quantized }: SetUpModel): boolean {
  try {
    return idOf(name, filesIn(folder, quantized)) === id
  } catch {
    return false
  }
}

/** Refuses a model of which any byte is not what it was when it was set up. Errors: MODEL_BROKEN. */
export function requireUnchanged(model: SetUpModel): void {
  if (!isUnchanged(model)) throw changed(model)
}
