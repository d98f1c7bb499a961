import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { similarityTo } from '../../src/search/similarity.ts'
import type { TaskText } from '../../src/search/task-terms.ts'
import { runs } from '../support/nasty-text.ts'
import { corpusOfTexts } from '../support/searched-texts.ts'

const words = (least: number) =>
  fc
    .array(fc.constantFrom('cursor', 'deploy', 'zone', 'badge', 'query', 'panel'), {
      minLength: least,
      maxLength: 8,
    })
    .map((all) => all.join(' '))
const anyTask: fc.Arbitrary<TaskText> = fc
  .tuple(words(1), words(0))
  .map(([title, description]) => ({ title, description }))

test('tasks are alike from 0 to 1, each as much to the other, and wholly to itself', () => {
  fc.assert(
    fc.property(fc.array(anyTask, { minLength: 2, maxLength: 6 }), (tasks) => {
      const corpus = corpusOfTexts(tasks)
      const [a, b] = tasks as [TaskText, TaskText]
      const alike = similarityTo(corpus, a)(b)
      expect(alike).toBeGreaterThanOrEqual(0)
      expect(alike).toBeLessThanOrEqual(1)
      expect(similarityTo(corpus, b)(a)).toBeCloseTo(alike, 9)
      expect(similarityTo(corpus, a)(a)).toBeCloseTo(1, 9)
    }),
    runs(200),
  )
})

test('tasks without a word in common are not alike', () => {
  const corpus = corpusOfTexts([{ title: 'cursor' }, { title: 'zone' }])
  expect(similarityTo(corpus, { title: 'cursor' })({ title: 'zone' })).toBe(0)
  expect(similarityTo(corpus, { title: '…' })({ title: '…' })).toBe(0)
})

test('what is as alike as asked for has the same likeness, and what is less stays below', () => {
  fc.assert(
    fc.property(fc.array(anyTask, { minLength: 2, maxLength: 6 }), (tasks) => {
      const corpus = corpusOfTexts(tasks)
      const [a, b] = tasks as [TaskText, TaskText]
      const alike = similarityTo(corpus, a)(b)
      const asked = similarityTo(corpus, a, 0.85)(b)
      if (alike > 0.8501) expect(asked).toBe(alike)
      else expect(asked).toBeLessThan(0.8502)
    }),
    runs(300),
  )
})

test.each([
  ['Add dark mode toggle', 'Add dark-mode toggle'],
  ['Handle time-out of sign-in page', 'Handle timeout of signin page'],
  ['Set up e-mail reminders', 'Setup email reminders'],
  ['Fix drag and drop in web view', 'Fix drag-and-drop in web view'],
])('“%s” and “%s” are one but for their spelling', (one, other) => {
  const corpus = corpusOfTexts([{ title: one }, { title: 'Cursor jumps' }, { title: 'Zone of the badge' }])
  expect(similarityTo(corpus, { title: other })({ title: one })).toBeGreaterThan(0.95)
})
