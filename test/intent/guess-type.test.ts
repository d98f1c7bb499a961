import { expect, test } from 'vitest'
import { parseRequest } from '../../src/intent/parse-request.ts'
import { CONTEXT } from './ecosystem-context.ts'

test.each([
  ['Push notifications arrive at 3am', 'bug'],
  ['Watchdog resets board after 49.7 days', 'bug'],
  ['p0 pin stays floating', 'bug'],
  ['Board view scrolls back to top', 'bug'],
  ['Delete key removes two rows', 'bug'],
  ['Dashboard totals differ from the export', 'bug'],
  ['Pin numpy to 1.26', 'chore'],
  ['Show totals on dashboard', 'feature'],
  ['Add page that shows totals', 'feature'],
  ['Remove legacy flags', 'refactor'],
  ['Password resets by mail', undefined],
  ['Weekly digest of open tasks', undefined],
])('%s: %s', async (text, type) => {
  expect((await parseRequest(text, CONTEXT)).type?.value).toBe(type)
})
