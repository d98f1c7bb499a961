import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../src/intent/parse-request.ts'
import { CONTEXT } from './ecosystem-context.ts'

const ANN = 'Ann Lee <ann.lee@example.org>'
const BRAM = 'Bram Visser <bram@example.org>'

interface Expected {
  readonly p?: string
  readonly d?: string
  readonly a?: string
  readonly e?: string
  readonly ask?: true
}
/** The request, its title (null: as it stands), and the fields. */
type Row = readonly [text: string, title: string | null, expected?: Expected]

const ASKED: Expected = { ask: true }

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'p0 to p4 in front': [
    ['p0 prod down', 'prod down', { p: 'critical' }],
    ['P1 webhook backlog growing', 'webhook backlog growing', { p: 'high' }],
    ['P0 bug in ledger', 'bug in ledger', { p: 'critical' }],
    ['p1 prod db disk 95% full, due 2026-12-04', 'prod db disk 95% full', { p: 'high', d: '2026-12-04' }],
    ['p0 pin stays floating', null, ASKED],
    ['P0 GPIO floats', null, ASKED],
    ['P2 P3 pins swapped', null, ASKED],
    ['P1 and P2 look alike', null],
    ['p0 urgent fix login', 'fix login', { p: 'critical' }],
    ['p0 shown as p1', null],
    ['p1 is missing from the list', null],
    ['p2 dark theme', null, ASKED],
    ['P1 badge missing', null],
    ['P0 tickets are not sorted first', null],
  ],
  'a priority by its name in front': [
    ['prio high checkout down', 'checkout down', { p: 'high' }],
    ['priority low dark theme', null, ASKED],
    ['prio: high shown as low', null],
    ['priority: high not saved', null],
    ['high priority bug in the cart', 'bug in the cart', { p: 'high' }],
    ['High priority filter is empty', null],
  ],
  'how pressing a bug is': [
    ['critical bug in ledger', 'bug in ledger', { p: 'critical' }],
    ['critical issue with sync', 'issue with sync', { p: 'critical' }],
    ['urgent fix for login', 'fix for login', { p: 'critical' }],
    ['urgent bug: login loops', 'login loops', { p: 'critical' }],
    ['emergency fix for login', 'fix for login', { p: 'critical' }],
    ['minor bug in footer', 'bug in footer', { p: 'low' }],
    ['critical bug login loops', null, ASKED],
    ['critical bugs filter is empty', null],
    ['critical bug filter is empty', null, ASKED],
    ['urgent prod is down', null, ASKED],
  ],
  'a word of urgency in a name': [
    ['ASAP mode ignored', null],
    ['ASAP delivery slot missing', null, ASKED],
    ['asap login broken', null, ASKED],
    ['emergency stop button unresponsive', null],
    ['emergency stop fails', null, ASKED],
    ['emergency contact form', null],
    ['critical update banner overlaps', null, ASKED],
    ['urgent care page broken', null],
    ['critical section hangs', null],
    ['critical CSS missing', null],
    ['emergency: prod down', 'prod down', { p: 'critical' }],
    ['emergency rotate the keys', 'rotate the keys', { p: 'critical' }],
  ],
  'at once': [
    ['fix checkout immediately', 'fix checkout', { p: 'high' }],
    ['Fix login right away', 'Fix login', { p: 'high' }],
    ['immediately fix checkout', 'fix checkout', { p: 'high' }],
    ['fix login now!', 'fix login', { p: 'high' }],
    ['Rotate the keys, immediately', 'Rotate the keys', { p: 'high' }],
    ['Send invoices immediately', null, ASKED],
    ['Fix modal closing immediately', null, ASKED],
    ['Fix popup that closes immediately', null],
    ['Show errors immediately', null],
    ['Modal closes immediately', null],
    ['login broken, fix immediately', null, ASKED],
    ['Login fails immediately after start', null],
  ],
  'an amount that something is kept': [
    ['Keep backups ~30d', null],
    ['Retention ~90d', null],
    ['Backups are kept ~30d', null],
    ['Log retention ~90d', null],
    ['Cache images ~1h', 'Cache images', { e: '1h', ask: true }],
    ['Write cache tests ~2h', 'Write cache tests', { e: '2h' }],
    ['Fix backups ~2h', 'Fix backups', { e: '2h' }],
    ['Backups ~30d', 'Backups', { e: '30d', ask: true }],
    ['estimate: 3h shown as 180', null],
    ['estimate 3h not parsed', null],
    ['estimate: 3h dark theme', 'dark theme', { e: '3h', ask: true }],
  ],
  'what is assigned': [
    ['assign importer to ann, due 2026-12-04', 'importer', { a: ANN, d: '2026-12-04' }],
    ['assign the importer rewrite to Bram', 'the importer rewrite', { a: BRAM }],
    ['please assign fix login to bram by Friday', 'fix login', { a: BRAM, d: '2026-03-13' }],
    ['assign the importer to zoe', 'the importer', { a: 'zoe', ask: true }],
    ['fix paging by Friday assign ann', 'fix paging', { a: ANN, d: '2026-03-13' }],
    ['fix paging by Friday assign zoe', 'fix paging', { a: 'zoe', d: '2026-03-13', ask: true }],
    ['fix paging, assign zoe', 'fix paging', { a: 'zoe', ask: true }],
    ['assign admin role to ann', null, ASKED],
    ['assign roles to users', null],
    ['Assign default labels to new tasks', null],
    ['assign ticket to ann when closed', null],
    ['Let users assign zoe', null],
    ['Cannot assign ann', null],
    ['Rework quick assign dialog', null],
    ['assign users', null],
  ],
}

describe.each(Object.entries(TABLE))('%s', (_, rows) => {
  test.each(rows.map((row) => ({ row })))('$row.0', async ({ row: [text, title, expected] }) => {
    const parse = await parseRequest(text, CONTEXT)
    expect({
      title: parse.title.value,
      p: parse.priority?.value,
      d: parse.deadline?.value,
      a: parse.assignee?.value,
      e: parse.estimate?.value,
      ask: parse.confidence < 0.8 || undefined,
    }).toEqual({ title: title ?? text, ...expected })
  })
})

test.each([
  ['type: bug not parsed', 'type: bug not parsed', undefined],
  ['Filter by type: bug is empty', 'Filter by type: bug is empty', undefined],
  ['type: bug fix login', 'fix login', 'bug'],
  ['Rework login, type: docs', 'Rework login', 'docs'],
])('a type is said, or spoken of: %s', async (text, title, type) => {
  const parse = await parseRequest(text, CONTEXT)
  expect(parse.title.value).toBe(title)
  if (type) expect(parse.type?.value).toBe(type)
})
