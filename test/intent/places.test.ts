import { describe, expect, test } from 'vitest'
import { parseRequest } from '../../src/intent/parse-request.ts'
import type { IntentContext } from '../../src/intent/parsed-request.ts'

const repository = (name: string, names: readonly string[], tags: readonly string[] = []) => ({
  name,
  names,
  tags,
})

/** A shop, whose repositories are called what people talk about anyway. */
const SHOP: IntentContext = {
  today: '2026-11-25',
  minutes: 600,
  localTime: (instant) => new Date(instant).toISOString().slice(0, 16),
  here: 'storefront',
  repositories: [
    repository('storefront', ['shop', 'web'], ['frontend']),
    repository('ferric', ['fc'], ['compiler']),
    repository('warehouse', ['dw'], ['data', 'backend']),
    repository('boot-fw', ['boot_fw', 'fw']),
    repository('ops', ['infra'], ['backend']),
    repository('compass', []),
    repository('test', []),
  ],
  people: [{ person: 'Ann Lee <ann@example.org>', names: ['Ann Lee'], count: 3 }],
  labels: [],
  me: 'Mia Roth <mia@example.org>',
}

type Row = readonly [text: string, title: string, repository?: string]

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'an ordinary word that is a name as well says nothing in the middle of a sentence': [
    ['Fix vector ops', 'Fix vector ops'],
    ['Add warehouse picker to checkout', 'Add warehouse picker to checkout'],
    ['Checkout crashes when warehouse is closed', 'Checkout crashes when warehouse is closed'],
    ['Ask ops for a new bucket', 'Ask ops for a new bucket'],
    ['Document bulk ops', 'Document bulk ops'],
    ['Shops cannot be closed', 'Shops cannot be closed'],
    ['Add compass heading to the map', 'Add compass heading to the map'],
    ['Add a data repository class', 'Add a data repository class'],
    ['Add ops project board', 'Add ops project board'],
    ['Thank people for infra', 'Thank people for infra'],
    ['Show stock in the warehouse', 'Show stock in the warehouse'],
    ['Fix typo in code', 'Fix typo in code'],
    ['Show price in stop list', 'Show price in stop list'],
  ],
  'and after “in” only where it ends the place': [
    ['Fix stock in warehouse 7', 'Fix stock in warehouse 7'],
    ['Write parquet in warehouse instead of csv', 'Write parquet in warehouse instead of csv'],
    ['Fix button in web view', 'Fix button in web view'],
    ['Fix stock in warehouse', 'Fix stock', 'warehouse'],
    ['Fix layout in infra by Friday', 'Fix layout', 'ops'],
    ['Fix layout in infra, then release', 'Fix layout, then release', 'ops'],
    ['Fix layout in web by Friday', 'Fix layout', 'storefront'],
    ['Fix layout in shop for Ann', 'Fix layout', 'storefront'],
    ['Fix layout in dw #ui', 'Fix layout', 'warehouse'],
  ],
  'what is plainly a name counts, whatever else the word means': [
    ['warehouse: round stock', 'round stock', 'warehouse'],
    ['web: menu overlaps', 'menu overlaps', 'storefront'],
    ['@ops rotate keys', 'rotate keys', 'ops'],
    ['[ops] rotate keys', 'rotate keys', 'ops'],
    ['Ping @ops about the bucket', 'Ping @ops about the bucket', 'ops'],
    ['Rotate keys @ops', 'Rotate keys', 'ops'],
    ['Rotate keys for the ops repo', 'Rotate keys', 'ops'],
    ['Rotate keys, repo: ops', 'Rotate keys', 'ops'],
    ['in warehouse, round stock', 'round stock', 'warehouse'],
  ],
  'a word that is no other may stand anywhere, and its title loses nothing that is said of it': [
    ['Speed up storefront start', 'Speed up storefront start', 'storefront'],
    ['Write client for storefront', 'Write client for storefront', 'storefront'],
    ['Write client for boot-fw in ferric', 'Write client for boot-fw', 'ferric'],
    ['for boot-fw: write client', 'write client', 'boot-fw'],
    ['Copy the header from boot-fw', 'Copy the header from boot-fw'],
    ['Fix bug in ferric search', 'Fix bug in ferric search', 'ferric'],
    ['Fix crash in ferric 2.1', 'Fix crash in ferric 2.1', 'ferric'],
    ['Fix crash in ferric when it starts', 'Fix crash when it starts', 'ferric'],
  ],
  'a tag of the repository around': [
    ['frontend: fix the menu', 'frontend: fix the menu'],
    ['Fix the menu in frontend', 'Fix the menu in frontend'],
  ],
}

describe.each(Object.entries(TABLE))('%s', (_, rows) => {
  test.each(rows.map((row) => ({ row })))('$row.0', async ({ row: [text, title, name] }) => {
    const parse = await parseRequest(text, SHOP)
    expect({ title: parse.title.value, name: parse.repository?.value, doubts: parse.doubts }).toEqual({
      title,
      name,
      doubts: [],
    })
  })
})

test.each<[string, readonly string[]]>([
  ['Data: wrong units', ['warehouse']],
  ['[backend] wrong units', ['warehouse', 'ops']],
  ['Fix a leak in backend', ['warehouse', 'ops']],
  ['Fix a flake in test', ['test']],
  ['Fix layout in feric', ['ferric']],
  ['Sync stock between warehouse and ferric', ['warehouse', 'ferric', 'storefront']],
  ['Data: ferric reads wrong units', ['warehouse', 'ferric']],
  // For or about another repository than the one around.
  ['Write client for boot-fw', ['boot-fw', 'storefront']],
  ['For boot-fw, write a client', ['boot-fw', 'storefront']],
  ['Fix 401 for ferric and boot-fw', ['ferric', 'boot-fw', 'storefront']],
  ['Add support for ferric macros', ['ferric', 'storefront']],
  ['Remove ferric from allowed origins', ['ferric', 'storefront']],
  ['ferric forgets the span of a token', ['ferric', 'storefront']],
  ['Deploy boot-fw to staging', ['boot-fw', 'storefront']],
])('%s is asked about', async (text, candidates) => {
  const { repository: read, title, doubts } = await parseRequest(text, SHOP)
  expect({ read, title: title.value }).toEqual({ read: null, title: text })
  expect(doubts).toMatchObject([{ field: 'repository', candidates }])
})

test('what is for another repository keeps its words, and the other fields are read', async () => {
  const { title, deadline, confidence, doubts } = await parseRequest(
    'Expose /stock for boot-fw by Friday',
    SHOP,
  )
  expect([title.value, deadline?.value]).toEqual(['Expose /stock for boot-fw', '2026-11-27'])
  expect(confidence).toBeLessThan(0.8)
  expect(doubts[0]!.message).toBe('“for boot-fw” may say which repository it is for: boot-fw or storefront.')
})

test.each([
  ['Write client for boot-fw', 'boot-fw'],
  ['Write client for boot-fw by Friday', 'boot-fw'],
  ['ferric forgets the span of a token', 'ferric'],
])('without a repository around, %s is for the one that is named', async (text, name) => {
  const { repository: read, title, doubts } = await parseRequest(text, { ...SHOP, here: null })
  expect([read?.value, title.value, doubts]).toEqual([name, text.replace(' by Friday', ''), []])
})
