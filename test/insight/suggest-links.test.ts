import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mentionOf } from '../../src/insight/references.ts'
import { rankLinks, suggestLinks } from '../../src/insight/suggest-links.ts'
import { plainTask } from '../support/plain-task.ts'

const NONE = { filesOf: () => new Set<string>() }

test.each([
  ['Depends on #7.', 'first'],
  ['Blocked by demo#7', 'first'],
  ['Needs the index of #7 to be there', 'first'],
  ['Starts once task 7 is done', 'first'],
  ['see #7', 'named'],
  ['As said in BACK-355', 'named'],
  ['after BACK-355, reuse its table', 'first'],
  ['This blocks #7', 'after'],
  ['Design review is a prerequisite for #7', 'after'],
  ['This is needed for #7', 'after'],
  ['The prerequisite #7 is not there', 'first'],
  ['#77 and #7.1 and ABACK-355', null],
  ['other#7', null],
  ['issue 7', null],
  ['This does not depend on #7', null],
  ["It doesn't really need #7", null],
  ['Is not blocked by #7 any more', null],
  ['Unlike #7, this is small', null],
  ['Has nothing to do with #7', null],
  ['No dependency on #7', null],
  ['Write `depends on #7` in the text', null],
  ['```\ndepends on #7\n```', null],
  ['Does not depend on #5. Depends on #7', 'first'],
  ['This cannot begin before #7', 'first'],
  ['Does not work yet; see #7', 'named'],
])('“%s” speaks of it as %j', (description, mention) => {
  const other = plainTask(7, { source: 'BACK-355' })
  expect(mentionOf(plainTask(1, { description }), other)?.order ?? null).toBe(mention)
})

test('a task of another repository is meant by its name only', () => {
  const other = plainTask(7, { repository: 'akosha' })
  expect(mentionOf(plainTask(1, { description: 'It depends on akosha#7 now' }), other)).toEqual({
    order: 'first',
    quote: 'It depends on akosha#7 now',
  })
  expect(mentionOf(plainTask(1, { description: 'depends on #7' }), other)).toBeNull()
})

test('what the text names comes before what is worded alike, each with its reason', () => {
  const task = plainTask(1, { title: 'Show overdue tasks in the board', description: 'Depends on #2' })
  const links = suggestLinks(
    task,
    [
      plainTask(2, { at: 900, title: 'Colours' }),
      plainTask(3, { at: 900, title: 'Board that shows overdue tasks', description: 'board, overdue' }),
      plainTask(4, { at: 900, title: 'Unrelated release notes' }),
    ],
    NONE,
  )
  expect(links.map(({ task: { number }, reasons }) => [number, reasons[0]!.kind])).toEqual([
    [2, 'reference'],
    [3, 'wording'],
  ])
  // Reasons that were right by themselves seven times in ten were right five times, all told.
  expect(links[0]!.confidence).toBeCloseTo((0.7 * 2) / 3, 1)
  expect(links[1]!.reasons[0]!.shared).toContain('overdue')
})

test('a task that the text no more than names is suggested, as it stands', () => {
  const task = plainTask(1, { title: 'One', description: 'See #2.' })
  const [link] = suggestLinks(task, [plainTask(2, { at: 9000, title: 'Two' })], NONE)
  expect(link!.confidence).toBeCloseTo(0.1, 5)
})

test('files that commits of both changed speak for a link; those of others do not', () => {
  const files = new Map([
    ['demo/000001', new Set(['src/a.ts', 'src/b.ts'])],
    ['demo/000002', new Set(['src/b.ts'])],
    ['demo/000003', new Set(['src/c.ts'])],
  ])
  const [task, two, three] = [1, 2, 3].map((number) =>
    plainTask(number, { at: number * 500, title: `T${number}` }),
  )
  const links = suggestLinks(task!, [two!, three!], { filesOf: (key) => files.get(key)! })
  expect(links).toMatchObject([{ task: { number: 2 }, reasons: [{ kind: 'files', shared: ['src/b.ts'] }] }])
})

test('what says that it comes first itself is not suggested', () => {
  const task = plainTask(1, { title: 'Build the index', description: 'This blocks #2.' })
  expect(suggestLinks(task, [plainTask(2, { title: 'Build the index' })], NONE)).toEqual([])
})

test('the ranking does not depend on the order of candidates, and confidences are probabilities', () => {
  const words = fc.array(fc.constantFrom('board', 'index', 'parse', '#3', 'after #2', 'tui'), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(fc.array(words, { minLength: 2, maxLength: 12 }), (texts) => {
      const [task, ...others] = texts.map((text, i) =>
        plainTask(i + 1, { description: text.join(' '), at: i }),
      )
      const ranked = rankLinks(task!, others, NONE)
      const turned = rankLinks(task!, [...others].reverse(), NONE)
      expect(turned.map(({ task: { key } }) => key)).toEqual(ranked.map(({ task: { key } }) => key))
      for (const { confidence } of ranked) expect(confidence >= 0 && confidence < 1).toBe(true)
    }),
    { seed: 1, numRuns: process.env.MHV_LONG ? 3000 : 100 },
  )
})
