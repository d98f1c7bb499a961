import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRequest } from '../../src/intent/parse-request.ts'
import type { ParsedRequest } from '../../src/intent/parsed-request.ts'
import { CONTEXT } from './ecosystem-context.ts'

const numRuns = process.env.MHV_LONG ? 10_000 : 300

/** A way of saying each field, and what it has to become. */
const SAID: readonly (readonly [keyof ParsedRequest, unknown, readonly string[]])[] = [
  ['deadline', '2026-03-13', ['by Friday', 'due 2026-03-13']],
  ['priority', 'high', ['p1', '!high', 'high priority']],
  ['labels', ['auth'], ['#auth', 'labels: auth']],
  ['estimate', '2h', ['~2h', '(2h)']],
  ['repository', 'dhara', ['in dhara', '@dhara']],
  ['dependsOn', ['#3'], ['after #3', 'blocked by #3']],
  ['assignee', CONTEXT.people[0]!.person, ['assign to ann', 'assigned to Ann Lee', '@ann', 'owner: ann']],
]

const READ = SAID.map(([field]) => field)

async function expectRead(text: string, fields: readonly number[]) {
  const parsed = await parseRequest(text, CONTEXT)
  const read = READ.map((field) => [field, (parsed[field] as { value: unknown } | null)?.value])
  const expected = SAID.map(([field, value], i) => [field, fields.includes(i) ? value : undefined])
  expect({ text, title: parsed.title.value, ...Object.fromEntries(read) }).toEqual({
    text,
    title: 'Fix the login page',
    ...Object.fromEntries(expected),
  })
}

const order = fc.shuffledSubarray([...SAID.keys()], { minLength: 1 })
const choice = fc.array(fc.nat(11), { minLength: SAID.length, maxLength: SAID.length })
const joint = fc.constantFrom(' ', ', ')
const wordsOf = (fields: readonly number[], chosen: readonly number[]) =>
  fields.map((i) => SAID[i]![2][chosen[i]! % SAID[i]![2].length]!)

test('fields are read in any order behind what is to be done', async () => {
  await fc.assert(
    fc.asyncProperty(order, choice, joint, (fields, chosen, between) =>
      expectRead(['Fix the login page', ...wordsOf(fields, chosen)].join(between), fields),
    ),
    { seed: 3, numRuns },
  )
})

test('and in front of it', async () => {
  await fc.assert(
    fc.asyncProperty(order, choice, joint, (fields, chosen, between) =>
      expectRead(`${wordsOf(fields, chosen).join(between)}: Fix the login page`, fields),
    ),
    { seed: 4, numRuns },
  )
})
