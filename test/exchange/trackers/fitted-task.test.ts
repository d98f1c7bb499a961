import { expect, test } from 'vitest'
import { fittedTask } from '../../../src/exchange/trackers/fitted-task.ts'
import { importedFrom, labelsOf, trackerFile } from '../../support/trackers.ts'

const T = '2026-03-01T09:00:00Z'
const imported = async (more: object) => {
  const issue = {
    id: 'bd-1',
    title: 'One',
    status: 'open',
    priority: 2,
    issue_type: 'task',
    created_at: T,
    created_by: 'ann',
    ...more,
  }
  const all = await importedFrom('beads', trackerFile([issue]))
  return { all, task: all.tasks.get('bd-1')!, warned: all.warned }
}

test('a title that is too long is cut, and metadata keeps it whole', async () => {
  const title = `${'x'.repeat(198)}🚀🚀 and more`
  const { task, warned } = await imported({ title })
  expect(task.title).toBe(`${'x'.repeat(198)}…`)
  expect(task.metadata.title).toBe(title)
  expect(warned).toEqual(['item 1 title'])
})

test('a description that is too long goes on in comments, and not one character is lost', async () => {
  const description = `${'word '.repeat(1500)}\n${'é🚀'.repeat(3000)}\nthe end`
  const { task, warned } = await imported({
    description,
    comments: [{ author: 'bob', text: 'last', created_at: T }],
  })
  expect(task.comments.length).toBeGreaterThan(2)
  expect(task.comments.at(-1)).toMatchObject({ text: 'last', by: 'bob' })
  expect(task.comments[0]).toMatchObject({ by: 'ann', at: '2026-03-01T09:00:00.000Z' })
  expect(
    task.description +
      task.comments
        .slice(0, -1)
        .map(({ text }) => text)
        .join(''),
  ).toBe(description)
  expect(warned).toEqual(['item 1 long'])
})

test('a comment that is too long is several', async () => {
  const text = `${'a line\n'.repeat(3000)}end`
  const { task, warned } = await imported({ comments: [{ author: 'bob', text, created_at: T }] })
  expect(task.comments.map((comment) => comment.text).join('')).toBe(text)
  expect(warned).toEqual(['item 1 long'])
})

test('characters that may not be stored become blanks, which is said once', async () => {
  const { task, warned } = await imported({
    title: 'red \u001b[31m',
    description: 'a\u0000b\u202ec\ud83d',
    notes: '\u0007',
  })
  expect(task).toMatchObject({ title: 'red  [31m', description: expect.stringMatching(/^a b c\ufffd/) })
  expect(warned).toEqual(['item 1 hidden'])
})

test('labels, reasons, people and criteria are made to fit', async () => {
  const { all, task } = await imported({
    labels: ['a, [b]', 'x'.repeat(70), 'fine'],
    status: 'closed', closed_at: T, close_reason: 'r'.repeat(600),
    assignee: 'p'.repeat(300),
    acceptance_criteria: `- ${'c'.repeat(600)}\n- short`,
  }) // biome-ignore format: rows
  expect(labelsOf(all, 'bd-1')).toEqual(['a-b-', 'fine', 'x'.repeat(60)].sort())
  expect(task.reason).toHaveLength(500)
  expect(task.assignee).toHaveLength(200)
  expect(task.criteria.map(({ text }) => text.length)).toEqual([500, 5])
  expect(task.metadata).toMatchObject({
    labels: ['a, [b]', 'x'.repeat(70), 'fine'],
    reason: 'r'.repeat(600),
    criteria: ['c'.repeat(600)],
  })
})

test('of too much metadata the largest fields go, which is said; what is too deep becomes text', async () => {
  const deep = JSON.parse(`${'{"a":'.repeat(12)}1${'}'.repeat(12)}`)
  const { all, task } = await imported({
    big: 'b'.repeat(13_000), bigger: 'b'.repeat(15_000), small: 1, none: null, empty: {}, deep, list: [null, 'a\u0000'],
    [`key ${'k'.repeat(80)}`]: 2,
  }) // biome-ignore format: rows
  expect(task.metadata).toMatchObject({ big: 'b'.repeat(13_000), small: 1, list: [null, 'a '] })
  expect(Object.keys(task.metadata)).not.toContain('bigger')
  expect(Object.keys(task.metadata).every((key) => key.length <= 60)).toBe(true)
  expect(JSON.stringify(task.metadata.deep)).toContain('{\\"a\\":')
  expect(all.plan.warnings).toContainEqual(
    expect.objectContaining({
      kind: 'too_large',
      message: 'its fields bigger are too large for metadata and not kept',
    }),
  )
})

test('a person may be an object, and criteria and comments mere text', () => {
  const { value } = fittedTask(
    {
      place: 'item 1',
      fields: {
        id: '1',
        title: 'A',
        created_by: { name: 'Ann', email: 'ann@example.com' },
        closed_by: { accountId: '5b' },
        criteria: ['a'],
        comments: ['b'],
      },
      metadata: {},
    },
    () => {},
  )
  expect(value).toMatchObject({
    created_by: 'Ann <ann@example.com>',
    closed_by: '5b',
    criteria: [{ text: 'a', met: false }],
    comments: [{ text: 'b' }],
  })
})
