import type { ZodType } from 'zod'
import * as rules from '../../schemas/task.ts'
import { MhvError } from '../errors.ts'
import { resolveDate } from '../query/dates.ts'
import { localDate } from './clock.ts'

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

/** A date or instant from the command line: see resolveDate; an instant is brought to UTC. Errors: INVALID_INPUT. */
export function dateOrInstant(field: string, word: string, now: string): string {
  const date = resolveDate(word, localDate(now))
  if (date) return date
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(word) ? new Date(word) : null
  if (at && !Number.isNaN(at.getTime())) return at.toISOString()
  throw new MhvError(
    'INVALID_INPUT',
    `The ${field} “${word.slice(0, MOST_SHOWN)}” is not a date (2026-11-27, tomorrow, +3d) or an instant (2026-11-27T18:00).`,
    {
      recovery: ['mhv help'],
      data: { field, example: '2026-11-27' },
    },
  )
}

/** Local midnight at the beginning of a date, or the instant itself, in milliseconds since 1970. */
export function startOf(dateOrTime: string): number {
  return dateOrTime.length === 10 ? new Date(`${dateOrTime}T00:00:00`).getTime() : Date.parse(dateOrTime)
}

/** All of standard input as text. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** A description from the command line; `-` reads standard input. Errors: INVALID_INPUT. */
export async function readDescription(given: string): Promise<string> {
  const text = given === '-' ? await readStandardInput() : given
  return checked('description', rules.description, text.replace(/\r\n/g, '\n').trimEnd(), 'any text')
}
