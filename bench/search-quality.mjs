import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { printTable } from './measure.mjs'
import { isMain } from './options.mjs'
import { loadProgram, root } from './program.mjs'
import { fusedRanking, randomIndexing } from './random-indexing.mjs'

const MOST = 100

const rowsOf = (name) =>
  readFileSync(join(root, 'test/fixtures/eval', name), 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))

const gain = (grade) => 2 ** grade - 1
const discounted = (grades) => grades.reduce((sum, grade, i) => sum + gain(grade) / Math.log2(i + 2), 0)

/**
 * How good a ranking is. What nobody has judged counts as not relevant.
 * @param found ids, the best first
 * @param grades by id: 2 answers the query, 1 is closely related, 0 has nothing to do with it
 */
export function scored(found, grades) {
  const good = [...grades.values()].filter((grade) => grade > 0).length
  const hits = (most) => found.slice(0, most).filter((id) => grades.get(id) > 0).length / Math.min(good, most)
  const rank = found.slice(0, 10).findIndex((id) => grades.get(id) > 0)
  const best = [...grades.values()].sort((a, b) => b - a).slice(0, 10)
  return {
    recall5: hits(5),
    recall10: hits(10),
    reciprocalRank: rank < 0 ? 0 : 1 / (rank + 1),
    gain: discounted(found.slice(0, 10).map((id) => grades.get(id) ?? 0)) / discounted(best),
  }
}

function miniSearch(tasks, options) {
  const index = new MiniSearch({ fields: ['title', 'description', 'labels'] })
  index.addAll(
    tasks.map(({ id, title, description, labels }) => ({ id, title, description, labels: labels.join(' ') })),
  )
  return async (text) => index.search(text, options).map(({ id }) => id)
}

/** Everything that is compared, from a query's text to ids. */
function methods(program, tasks) {
  const {
    conceptsOf,
    corpusOf,
    encodeSegment,
    lexicalScores,
    openSegment,
    ranked,
    rarity,
    termCounts,
    tokens,
  } = program
  const documents = tasks.map((task, i) => ({ idHash: i, sum: i, ...termCounts(task) }))
  const bytes = encodeSegment(documents)
  const segment = openSegment(bytes.length, (at, length) => bytes.subarray(at, at + length))
  const corpus = corpusOf([{ segment, numbers: Int32Array.from(tasks, (_, i) => i) }], tasks.length)
  const textOf = (number) => tasks[number]
  const searched = { corpus, textOf, hasPhrase: program.phrasesIn(textOf) }
  const byWords = (lines) => (text) => ranked(lexicalScores(corpus, conceptsOf(corpus, text, lines)), MOST)
  const byAll = async (text) => (await program.searchTasks(searched, text, MOST, () => true)).numbers
  const learnt = randomIndexing(documents, (having) => rarity(tasks.length, having))
  const byVectors = (text) => ranked(learnt(tokens(text).map(({ term }) => term)), MOST)
  const ids = (search) => async (text) => (await search(text)).map((number) => tasks[number].id)
  return [
    ['MiniSearch, as it comes', miniSearch(tasks, {})],
    [
      'MiniSearch, prefix and fuzzy',
      miniSearch(tasks, { prefix: true, fuzzy: 0.2, boost: { title: 3, labels: 2 } }),
    ],
    ['learnt vectors', ids(byVectors)],
    ['words (BM25)', ids(byWords([]))],
    [
      'words, fused with learnt vectors',
      ids((text) => fusedRanking([byWords([])(text), 1], [byVectors(text), 0.5])),
    ],
    ['words and thesaurus', ids(byWords(program.THESAURUS_LINES))],
    ['words, thesaurus and feedback: mhv search', ids(byAll)],
    [
      'the same, fused with learnt vectors',
      ids(async (text) => fusedRanking([await byAll(text), 1], [byVectors(text), 0.5])),
    ],
  ]
}

const GROUPS = [
  ['all queries', () => true],
  ['paraphrases', ({ kind }) => kind === 'paraphrase'],
  [
    'paraphrases that share some words with the title',
    ({ kind, lexical_overlap }) => kind === 'paraphrase' && lexical_overlap === 'low',
  ],
  [
    'paraphrases that share none',
    ({ kind, lexical_overlap }) => kind === 'paraphrase' && lexical_overlap === 'none',
  ],
  ['duplicates', ({ kind }) => kind === 'duplicate'],
]

const SPOKEN = /[a-z]{4,}/g

/** Pairs of words from titles, the same on every run, with the tasks that have both in theirs. */
function namedPairs(tasks) {
  const wordsOf = ({ title }) => [...new Set(title.toLowerCase().match(SPOKEN) ?? [])]
  const have = tasks.map((task) => new Set(wordsOf(task)))
  return tasks.flatMap((task, i) => {
    const words = wordsOf(task)
    if (words.length < 2) return []
    const pair = [words[i % words.length], words[(i + 1) % words.length]]
    const good = tasks.flatMap(({ id }, k) => (pair.every((word) => have[k].has(word)) ? [id] : []))
    return [{ text: pair.join(' '), good: new Set(good) }]
  })
}

/** What is found by somebody who knows what it is called. */
async function printKnown(tasks, searches) {
  const pairs = namedPairs(tasks)
  const rows = []
  for (const [name, search] of searches) {
    let first = 0
    const titleOf = new Map(tasks.map(({ id, title }) => [id, title]))
    for (const { title } of tasks) if (titleOf.get((await search(title))[0]) === title) first++
    let precision = 0
    for (const { text, good } of pairs)
      precision += (await search(text)).slice(0, good.size).filter((id) => good.has(id)).length / good.size
    rows.push([name, (first / tasks.length).toFixed(3), (precision / pairs.length).toFixed(3)])
  }
  printTable(
    `Tasks looked for by what they are called (${tasks.length} titles, ${pairs.length} pairs of words of one)`,
    ['', 'first by its title', 'R-precision by two words'],
    rows,
  )
}

/** What is found by descriptions in other words than the tasks' own, and by tasks that have duplicates. */
export async function printQuality() {
  const program = await loadProgram()
  const tasks = rowsOf('tasks.jsonl')
  const queries = rowsOf('queries.jsonl')
  const judged = new Map(queries.map(({ query_id }) => [query_id, new Map()]))
  for (const { query_id, doc_id, grade } of rowsOf('qrels.jsonl')) judged.get(query_id).set(doc_id, grade)
  const results = []
  const searches = methods(program, tasks)
  for (const [name, search] of searches) {
    const scores = []
    for (const query of queries) {
      const found = (await search(query.text)).filter((id) => !query.exclude_ids.includes(id))
      scores.push({ query, ...scored(found, judged.get(query.query_id)) })
    }
    results.push({ name, scores })
  }
  for (const [group, isIn] of GROUPS) {
    const mean = (scores, key) => {
      const inGroup = scores.filter(({ query }) => isIn(query))
      return (inGroup.reduce((sum, score) => sum + score[key], 0) / inGroup.length).toFixed(3)
    }
    printTable(
      `Found among ${tasks.length} tasks: ${group} (${queries.filter(isIn).length})`,
      ['', 'recall@5', 'recall@10', 'MRR@10', 'nDCG@10'],
      results.map(({ name, scores }) => [
        name,
        ...['recall5', 'recall10', 'reciprocalRank', 'gain'].map((key) => mean(scores, key)),
      ]),
    )
  }
  await printKnown(tasks, searches)
}

if (isMain(import.meta)) await printQuality()
