import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Protobuf, as far as ONNX needs it: a field is its number and kind, then a number or bytes with their length. */
function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    const low = left % 128
    if (left < 128) return Buffer.from([...bytes, low])
    bytes.push(low | 128)
  }
}
const int = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)])
function bytes(field: number, value: string | Buffer | readonly Buffer[]): Buffer {
  const body = Buffer.isBuffer(value)
    ? value
    : typeof value === 'string'
      ? Buffer.from(value)
      : Buffer.concat(value)
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body])
}

const FLOAT = 1
const INT64 = 7

const node = (op: string, inputs: readonly string[], output: string, ...attributes: Buffer[]) =>
  bytes(1, [
    ...inputs.map((name) => bytes(1, name)),
    bytes(2, output),
    bytes(4, op),
    ...attributes.map((attribute) => bytes(5, attribute)),
  ])
const tensor = (name: string, kind: number, dims: readonly number[], raw: Buffer) =>
  bytes(5, [...dims.map((dim) => int(1, dim)), int(2, kind), bytes(8, name), bytes(9, raw)])
const value = (field: number, name: string, kind: number, dims: readonly string[]) => {
  const shape = dims.map((dim) => bytes(1, bytes(2, dim)))
  return bytes(field, [bytes(1, name), bytes(2, bytes(1, [int(1, kind), bytes(2, shape)]))])
}

/** A model that looks each token up in a table, and lets the mask take out what only fills up: 4 nodes. */
function graph(table: Float32Array, tokens: number, dimensions: number): Buffer {
  const two = Buffer.alloc(8)
  two.writeBigInt64LE(2n)
  const toFloat = Buffer.concat([bytes(1, 'to'), int(3, FLOAT), int(20, 2)])
  const parts = [
    node('Gather', ['table', 'input_ids'], 'looked_up'),
    node('Cast', ['attention_mask'], 'mask', toFloat),
    node('Unsqueeze', ['mask', 'axis'], 'wide_mask'),
    node('Mul', ['looked_up', 'wide_mask'], 'last_hidden_state'),
    bytes(2, 'tiny'),
    tensor('table', FLOAT, [tokens, dimensions], Buffer.from(table.buffer)),
    tensor('axis', INT64, [1], two),
    value(11, 'input_ids', INT64, ['batch', 'tokens']),
    value(11, 'attention_mask', INT64, ['batch', 'tokens']),
    value(12, 'last_hidden_state', FLOAT, ['batch', 'tokens', 'dimensions']),
  ]
  return Buffer.concat([int(1, 8), bytes(8, [bytes(1, ''), int(2, 13)]), bytes(7, parts)])
}

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]']

/** Words of one line mean nearly the same to it; others it does not know. */
const MEANINGS = [
  ['bug', 'defect', 'fault', 'error'],
  ['login', 'authentication', 'password', 'token'],
  ['slow', 'performance', 'latency', 'speed'],
  ['document', 'guide', 'manual', 'readme'],
  ['fix', 'repair', 'mend'],
  ['write', 'create', 'add'],
]

/**
 * Writes a model folder as sentence models have it, of some kilobytes.
 * @param seed another one makes another model
 * @returns the folder
 */
export function tinyModel(folder: string, { dimensions = 16, seed = 1 } = {}): string {
  const vocabulary = [...SPECIAL, ...MEANINGS.flat()]
  const table = new Float32Array(vocabulary.length * dimensions)
  // A component is any function of its place that looks like chance; words of one meaning differ by little.
  const chance = (place: number) => ((Math.sin(place * 12.9898 * seed) * 43758.5453) % 1) * 2
  for (const [i, word] of vocabulary.entries()) {
    const meaning = MEANINGS.findIndex((words) => words.includes(word))
    for (let j = 0; j < dimensions; j++) {
      const common = meaning < 0 ? 0 : chance((meaning + 1) * 1000 + j)
      table[i * dimensions + j] = meaning < 0 ? 0 : common + chance(i * 77 + j) * 0.1
    }
  }
  const json = (name: string, content: object) => writeFileSync(join(folder, name), JSON.stringify(content))
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  writeFileSync(join(folder, 'onnx', 'model_quantized.onnx'), graph(table, vocabulary.length, dimensions))
  json('config.json', { model_type: 'bert', hidden_size: dimensions })
  json('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    model_max_length: 64,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
  })
  json('tokenizer.json', {
    version: '1.0',
    added_tokens: SPECIAL.map((content, id) => ({ id, content, special: true })),
    normalizer: { type: 'BertNormalizer', lowercase: true, clean_text: true, handle_chinese_chars: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, i) => [word, i])),
    },
  })
  return folder
}
