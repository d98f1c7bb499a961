import type { ZodType } from 'zod'
import * as rules from '../../../schemas/task.ts'
import { MhvError } from '../../errors.ts'
import { decoded } from '../../exchange/decode-text.ts'

const MOST_SHOWN = 60

/** A value that the user gave, checked by the schema of its field. Errors: INVALID_INPUT, naming field, value and rule. */
export function checked<T>(field: string, schema: ZodType<T>, value: unknown, example: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const rule = result.error.issues[0]?.message ?? 'is not valid'
  const text = JSON.stringify(value)
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
  throw new MhvError(
    'INVALID_INPUT',
    `The ${field} ${shown} ${rule.replace(/^Invalid option:/, 'is not one of')}. Example: ${example}`,
    {
      recovery: ['mhv help'],
      data: { field, rule, example },
    },
  )
}

/** Bytes as text. Errors: INVALID_INPUT where they are none in UTF-8. */
export function readText(bytes: Uint8Array, from: string): string {
  const text = decoded(bytes)
  if (text !== null) return text
  throw new MhvError('INVALID_INPUT', `${from} is not text in UTF-8.`, {
    recovery: ['mhv help'],
    data: { field: from, rule: 'is not text in UTF-8' },
  })
}

/** All of standard input as text. Errors: INVALID_INPUT. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return readText(Buffer.concat(chunks), 'Standard input')
}

/** A description without line ends of its own kind and blanks at its end. Errors: INVALID_INPUT. */
export const checkedDescription = (text: string): string =>
  checked('description', rules.description, text.replace(/\r\n/g, '\n').trimEnd(), 'any text')

/** A description from the command line; `-` reads standard input. Errors: INVALID_INPUT. */
export const readDescription = async (given: string): Promise<string> =>
  checkedDescription(given === '-' ? await readStandardInput() : given)
