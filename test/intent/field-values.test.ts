import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../src/intent/parse-request.ts'
import type { ParsedRequest } from '../../src/intent/parsed-request.ts'
import {
  isSameText,
  type Proposal,
  parseJson,
  requestToKeep,
  wantedIn,
} from '../../src/terminal/asking/proposal.ts'
import { creationCommand } from '../../src/terminal/asking/wanted-task.ts'
import type { CreateFlags } from '../../src/terminal/task/create-flags.ts'
import { CONTEXT } from './ecosystem-context.ts'

const numRuns = process.env.MHV_LONG ? 10_000 : 300

const QUOTED = [
  '"by Friday"',
  '`in akosha #3`',
  '“p1: x. y; z”',
  'https://a.b/c.d',
  "'urgent'",
  'src/a.b/c.ts',
]
const PIECES = [
  ...QUOTED,
  'Fix the cart',
  'so that',
  'so that totals match',
  'by Friday',
  'urgent',
  'p1',
  '#ui',
  '~2h',
  'in dhara',
  'assign to ann',
  'owner: zoe',
  'after #3',
  'bug:',
  'labels: a, b',
  '(3h)',
  ',',
  '.',
  ';',
  ' - ',
  '\n',
  '- [ ] "done" by Friday',
  '\uE000',
  '\uE001',
]
const composed = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 })
  .map((pieces) => pieces.join(' '))

const proposalOf = (request: string, parsed: ParsedRequest): Proposal => ({
  request,
  parsed,
  given: { deadline: '2026-12-24' },
  answered: new Set(),
  isSame: isSameText,
})
const FLAGS: CreateFlags = { json: false }

describe('what becomes a value', () => {
  test('has no marks of the parser in it, however fields and quotations come together', async () => {
    await fc.assert(
      fc.asyncProperty(composed, async (text) => {
        const parsed = await parseRequest(text, CONTEXT)
        const request = text.replace(/[\uE000\uE001]/g, ' ')
        const proposal = proposalOf(request, parsed)
        const command = creationCommand(wantedIn(proposal), FLAGS)
        const values = JSON.stringify([parsed, parseJson(proposal), requestToKeep(proposal), command])
        expect(values).not.toMatch(/[\uE000\uE001]|\\ue00[01]/)
        for (const criterion of parsed.criteria?.value ?? []) expect(criterion).toBe(criterion.trim())
      }),
      { seed: 1, numRuns },
    )
  })

  test('a criterion keeps what is quoted in it', async () => {
    const parts = fc.array(fc.constantFrom(...QUOTED, 'and', 'by Friday', '#ui', 'totals match', 'p1'), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(parts, async (some) => {
        const parsed = await parseRequest(`Fix the cart so that it has ${some.join(' ')}`, CONTEXT)
        for (const quoted of some.filter((part) => QUOTED.includes(part))) {
          expect(parsed.criteria?.value[0]).toContain(quoted)
        }
      }),
      { seed: 2, numRuns },
    )
  })
})
