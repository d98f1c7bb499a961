import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCondition, type Term } from '../../src/query/condition.ts'
import { type Reading, repositoriesMeeting, tasksMeeting } from '../../src/query/judge.ts'
import { entriesOf, onlyPlace } from '../../src/query/place.ts'
import { allSlots, snapshotOf, type TaskFields } from '../support/any-snapshot.ts'
import { runs } from '../support/nasty-text.ts'
import { ulidOf } from '../support/task-log.ts'

const named = (term: Term) => ('state' in term ? term.state : `${term.field}:${term.value}`)
const holds = (text: string, ...having: string[]) =>
  parseCondition(text).holds((term) => having.includes(named(term)))

describe('a condition', () => {
  test.each([
    ['overdue', ['overdue'], true],
    ['overdue or blocked', ['blocked'], true],
    ['overdue and blocked', ['blocked'], false],
    ['not overdue', [], true],
    ['not not overdue', ['overdue'], true],
    ['not overdue and blocked', ['blocked'], true],
    ['not (overdue and blocked)', ['blocked'], true],
    ['overdue or blocked and failed', ['overdue'], true],
    ['(overdue or blocked) and failed', ['overdue'], false],
    ['OVERDUE OR In-Progress', ['in_progress'], true],
    ['Priority:Critical', ['priority:critical'], true],
    ['label:"needs (more) work" or blocked', ['label:needs (more) work'], true],
    ['label:UI', ['label:ui'], false],
    ['assignee:"Ann Lee"', ['assignee:ann lee'], true],
  ])('%s, of a task that is %j: %s', (text, having, expected) => {
    expect(holds(text, ...having)).toBe(expected)
  })

  test.each([
    ['', 1, 'it ends where'],
    ['overdue or', 11, 'it ends where'],
    ['or overdue', 1, 'a state should stand where “or” does'],
    ['overdue blocked', 9, '“blocked” should be joined'],
    ['(overdue', 9, 'a ) is missing'],
    ['overdue)', 8, '“)” should be joined'],
    ['overdu', 1, 'did you mean overdue?'],
    ['label:', 1, 'has no value'],
    ['priority:urgent', 1, 'is none of: low'],
    ['colour:red', 1, '“colour” is none of'],
    ['label:"x"or blocked', 13, '“blocked” should be joined'],
    ['label:"x', 7, 'a quotation mark is not closed'],
    ['('.repeat(2000), 1000, 'longer than 1000'],
  ])('%s is refused with the place', (text, at, why) => {
    expect(() => parseCondition(text)).toThrow(why)
    expect(() => parseCondition(text)).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ at }) }),
    )
  })

  test('means what its parentheses say, however they are nested', () => {
    type Tree = { op: 'and' | 'or'; left: Tree; right: Tree } | { not: Tree } | string
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('overdue', 'blocked', 'failed'),
        fc.record({ not: tie('tree') }),
        fc.record({
          op: fc.constantFrom('and' as const, 'or' as const),
          left: tie('tree'),
          right: tie('tree'),
        }),
      ),
    }))
    const text = (node: Tree): string => {
      if (typeof node === 'string') return node
      if ('not' in node) return `not (${text(node.not)})`
      return `(${text(node.left)}) ${node.op} (${text(node.right)})`
    }
    const value = (node: Tree, having: readonly string[]): boolean => {
      if (typeof node === 'string') return having.includes(node)
      if ('not' in node) return !value(node.not, having)
      const [left, right] = [value(node.left, having), value(node.right, having)]
      return node.op === 'and' ? left && right : left || right
    }
    fc.assert(
      fc.property(tree, fc.subarray(['overdue', 'blocked', 'failed']), (node, having) => {
        fc.pre(text(node).length <= 1000)
        expect(holds(text(node), ...having)).toBe(value(node, having))
      }),
      runs(300),
    )
  })
})

const TODAY = { now: Date.parse('2026-11-20T10:00:00Z'), date: '2026-11-20' }
const WELL: Reading = { name: 'demo', hasProblem: false, isStale: false }

function numbersMeeting(text: string, tasks: readonly TaskFields[], reading = WELL): number[] {
  const snapshot = snapshotOf(...tasks)
  const place = { ...onlyPlace('demo', snapshot), nicknames: ['d'] }
  const entries = entriesOf(0, allSlots(snapshot))
  return tasksMeeting(parseCondition(text), [place], [reading], entries, TODAY).map(({ slot }) =>
    snapshot.number(slot),
  )
}

test.each<[string, number[]]>([
  ['overdue', [1]],
  ['blocked', [2]],
  ['completed', [3]],
  ['waiting', [4]],
  ['unassigned', [1, 2, 3, 4]],
  ['assignee:eva', [5]],
  ['priority:critical', [5]],
  ['type:bug', [2]],
  ['label:auth', [4]],
  ['repo:D and not repo:other', [1, 2, 3, 4, 5]],
  ['stale', []],
])('of these tasks %s are: %j', (text, numbers) => {
  const tasks: TaskFields[] = [
    { deadline: '2026-11-19' },
    { status: 'blocked', type: 'bug', deadline: '2026-11-20' },
    { status: 'completed', deadline: '2026-11-01' },
    { labels: ['auth', 'ui'], dependsOn: [ulidOf(1)] },
    { assignee: 'Eva <eva@example.com>', priority: 'critical' },
  ]
  expect(numbersMeeting(text, tasks)).toEqual(numbers)
})

test('a task of a repository that could not be read afresh is stale; the repository is judged by itself as well', () => {
  const reading = { name: 'demo', hasProblem: true, isStale: true }
  expect(numbersMeeting('stale and blocked', [{ status: 'blocked' }, {}], reading)).toEqual([1])
  const gone = { name: 'gone', hasProblem: true, isStale: false }
  const meeting = (text: string) => repositoriesMeeting(parseCondition(text), [WELL, reading, gone])
  expect(meeting('problem')).toEqual(['demo', 'gone'])
  expect(meeting('stale')).toEqual(['demo'])
  expect(meeting('problem and not repo:gone')).toEqual(['demo'])
  expect(meeting('not overdue')).toEqual([])
})
