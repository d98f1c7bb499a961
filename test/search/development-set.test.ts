import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ranked } from '../../src/search/feedback.ts'
import { lexicalScores } from '../../src/search/lexical-scores.ts'
import type { TaskText } from '../../src/search/task-terms.ts'
import { THESAURUS_LINES } from '../../src/search/thesaurus-lines.ts'
import { expandedQuery } from '../../src/searching/search-tasks.ts'
import { searchedTexts } from '../support/searched-texts.ts'

interface Query {
  readonly query_id: string
  readonly kind: 'paraphrase' | 'duplicate'
  readonly text: string
  readonly exclude_ids: readonly string[]
}

const rowsOf = <T>(name: string): T[] =>
  readFileSync(join(import.meta.dirname, '../fixtures/eval', name), 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]))

const tasks = rowsOf<TaskText & { readonly id: string }>('tasks.jsonl')
const queries = rowsOf<Query>('queries.jsonl')
const judged = rowsOf<{ query_id: string; doc_id: string; grade: number }>('qrels.jsonl')

/** The share of what answers a query, or of ten where that is more, that is among the first ten. */
function recall({ query_id, exclude_ids }: Query, found: readonly string[]): number {
  const good = judged.filter((line) => line.query_id === query_id && line.grade > 0)
  const first = new Set(found.filter((id) => !exclude_ids.includes(id)).slice(0, 10))
  return good.filter(({ doc_id }) => first.has(doc_id)).length / Math.min(good.length, 10)
}

function meanRecall(kind: Query['kind'], search: (text: string) => Float64Array): number {
  const asked = queries.filter((query) => query.kind === kind)
  const each = asked.map((query) =>
    recall(
      query,
      ranked(search(query.text), 20).map((number) => tasks[number]!.id),
    ),
  )
  return each.reduce((sum, value) => sum + value, 0) / each.length
}

const searched = searchedTexts(tasks)
const plainWords = (text: string) =>
  lexicalScores(
    searched.corpus,
    expandedQuery(searched, text, []).concepts.filter(({ members }) => members[0]!.relation !== 'feedback'),
  )

// What other programs reach on these queries is in docs/benchmarks.md; differences below .05 mean little.
test('tasks are found by other words than their own, above the floor that was set', () => {
  expect(
    meanRecall('paraphrase', (text) => expandedQuery(searched, text, THESAURUS_LINES).scores),
  ).toBeGreaterThanOrEqual(0.58)
})

test('other words for the same thing cost nothing where a task is described in its own', () => {
  expect(
    meanRecall('duplicate', (text) => expandedQuery(searched, text, THESAURUS_LINES).scores),
  ).toBeGreaterThanOrEqual(meanRecall('duplicate', plainWords))
})

test('what is looked for by its own title is found first', () => {
  const isFirst = ({ title }: TaskText) => {
    const [first] = ranked(expandedQuery(searched, title, THESAURUS_LINES).scores, 1)
    return tasks[first!]!.title === title
  }
  expect(tasks.filter(isFirst).length / tasks.length).toBeGreaterThan(0.97)
})

test('what has a word comes before what has only others for it, however rare these are', () => {
  const texts = [
    ...Array.from({ length: 12 }, (_, i) => ({ title: `Task edit flag ${i}` })),
    { title: 'Adjust the job' },
  ]
  const few = searchedTexts(texts)
  expect(ranked(expandedQuery(few, 'task edit', THESAURUS_LINES).scores).at(-1)).toBe(12)
})
