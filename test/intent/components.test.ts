import { expect, test } from 'vitest'
import { parseRequest } from '../../src/intent/parse-request.ts'
import { CONTEXT } from './ecosystem-context.ts'

const context = {
  ...CONTEXT,
  labels: [
    { label: 'Auth', count: 7 },
    { label: 'good first issue', count: 3 },
    { label: 'docs', count: 4 },
    { label: 'akosha', count: 9 },
    { label: 'once', count: 1 },
  ],
}

test.each([
  ['auth: login loops', 'login loops', ['Auth']],
  ['[auth] login loops', 'login loops', ['Auth']],
  ['fix(auth): login loops', 'fix(auth): login loops', ['Auth']],
  ['Fix the login loop, auth', 'Fix the login loop', ['Auth']],
  ['Fix the login loop (auth)', 'Fix the login loop', ['Auth']],
  ['Fix the login loop (auth) by Friday', 'Fix the login loop', ['Auth']],
  ['Fix typo (good first issue)', 'Fix typo', ['good first issue']],
  ['auth: login loops #ui', 'login loops', ['Auth', 'ui']],
])('%s: a label that recurs names a component', async (words, title, labels) => {
  const parsed = await parseRequest(words, context)
  expect(parsed.title.value).toBe(title)
  expect(parsed.labels?.value).toEqual(labels)
  expect(parsed.confidence).toBeGreaterThanOrEqual(0.8)
})

test.each([
  // Spoken of, listed, used once, not known, a type, a repository.
  ['Fix auth of the login', 'Fix auth of the login'],
  ['Fix login, sign-up, auth', 'Fix login, sign-up, auth'],
  ['once: tidy the board', 'once: tidy the board'],
  ['board: tidy it up', 'board: tidy it up'],
  ['docs: say how to log in', 'say how to log in'],
  ['akosha: tidy the board', 'tidy the board'],
  ['auth:', 'auth:'],
])('%s: nothing is one', async (words, title) => {
  const parsed = await parseRequest(words, context)
  expect(parsed.title.value).toBe(title)
  expect(parsed.labels).toBeNull()
})
