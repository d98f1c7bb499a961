import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDates } from '../../src/intent/dates/read-dates.ts'
import { parseRequest } from '../../src/intent/parse-request.ts'
import { CONTEXT } from './ecosystem-context.ts'

const rows = <T>(name: string): T[] =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'eval', name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T)

interface Utterance {
  readonly text: string
  readonly gold: { readonly deadline: string | null; readonly priority: string | null }
  readonly accept: { readonly deadline?: (string | null)[]; readonly priority?: (string | null)[] }
}

test.each(['deadline', 'priority'] as const)(
  'of 60 requests, hardly any gets a %s that it has not',
  async (field) => {
    let [said, right, missed] = [0, 0, 0]
    for (const { text, gold, accept } of rows<Utterance>('utterances.jsonl')) {
      const value = (await parseRequest(text, { ...CONTEXT, people: [] }))[field]?.value.slice(0, 10)
      const isRight = [gold[field], ...(accept[field] ?? [])].includes(value ?? null)
      if (value) said++
      if (value && isRight) right++
      if (!value && !isRight) missed++
    }
    expect(right / said).toBeGreaterThanOrEqual(0.95)
    expect(missed).toBeLessThanOrEqual(2)
  },
)

test('of 290 phrases in eight languages, nineteen of twenty are read', async () => {
  const phrases = rows<{ text: string; reference: string; date: string | null; accept?: (string | null)[] }>(
    'date_phrases.jsonl',
  )
  let right = 0
  for (const { text, reference, date, accept = [date] } of phrases) {
    const minutes = Number(reference.slice(11, 13)) * 60 + Number(reference.slice(14, 16))
    const [first] = await readDates(text, { today: reference.slice(0, 10), minutes }, { forward: false })
    if (accept.includes(first?.day ?? null)) right++
  }
  expect(right / phrases.length).toBeGreaterThanOrEqual(0.95)
})
