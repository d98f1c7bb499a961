import { expect, test } from 'vitest'
import { parseRequest } from '../../src/intent/parse-request.ts'
import { CONTEXT } from './ecosystem-context.ts'

test.each([
  [
    'Reply to "due Friday" mails, urgent, ~2h #mail, so that nobody waits',
    'Reply to "due Friday" mails, so that nobody waits',
  ],
  ['Fix login, urgent, ~2h, so that nobody waits', 'Fix login, so that nobody waits'],
  ['Fix login (urgent, ~2h), now', 'Fix login, now'],
  ['Fix login [urgent] on the phone', 'Fix login on the phone'],
  ['Fix login; urgent; ~2h; it loops', 'Fix login; it loops'],
  ['Fix login #ui. It loops', 'Fix login. It loops'],
  ['Fix the cart #ui, urgent', 'Fix the cart'],
  ['Fix the cart #ui .NET build', 'Fix the cart .NET build'],
])('%s: what parted the fields goes with them', async (words, title) => {
  expect((await parseRequest(words, CONTEXT)).title.value).toBe(title)
})
