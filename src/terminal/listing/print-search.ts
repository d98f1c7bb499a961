import { harmless } from '../../printable.ts'
import { statusSaid } from '../../query/waiting.ts'
import type { Contribution } from '../../search/explain.ts'
import { colour, colourOf, colourStatus } from '../output/colour.ts'
import { isPlain, spoken } from '../output/output-mode.ts'
import { saidCells } from '../output/said-cells.ts'
import { taskDocuments } from '../task/task-json.ts'
import { problemDocuments } from './listing-problems.ts'
import type { Fusion, SearchListing, SearchResult } from './search-listing.ts'

const bracketed = (words: string) => `[${words}]`

/** How words are marked that were looked for: by colour or, where people get none, by brackets; not at all for a program. */
function markOfHits(): (words: string) => string {
  if (colourOf(process.stdout)) return colour.bold.yellow
  return isPlain() || process.stdout.isTTY ? bracketed : String
}

/** A text in one line, with the words marked that were looked for. */
function marked(text: string, hits: readonly { readonly from: number; readonly to: number }[]): string {
  const safe = harmless(text)
  const mark = markOfHits()
  let at = 0
  let out = ''
  for (const { from, to } of hits) {
    out += safe.slice(at, from) + mark(safe.slice(from, to))
    at = to
  }
  return (out + safe.slice(at)).replace(/\s+/g, ' ').trim()
}

const RELATION_TEXTS: Readonly<Record<Contribution['relation'], string>> = {
  word: '',
  prefix: 'begins so',
  typo: 'is spelt like it',
  synonym: 'means the same',
  related: 'goes with it',
  sibling: 'is of its kind',
  feedback: 'occurs with what was asked for',
}

/** Beyond these, parts of a query have brought next to nothing. */
const MOST_REASONS = 8

function reasonLine({ asked, terms, relation, score }: Contribution): string {
  const said = RELATION_TEXTS[relation]
  const what = relation === 'word' || relation === 'feedback' ? asked : `${asked}: ${terms.join(' ')}`
  return `    ${score.toFixed(2).padStart(6)}  ${harmless(what)}${said ? ` (${said})` : ''}`
}

/** Why a task was found: what each part of the query has brought, with what little is left as one sum. */
function reasonLines({ why, fusion }: SearchResult, isSimilarity: boolean): string[] {
  // How alike tasks are is no sum of what they share.
  if (isSimilarity)
    return why.length > 0 ? [`    both say: ${harmless(why.map(({ asked }) => asked).join(', '))}`] : []
  const more = why.slice(MOST_REASONS)
  const rest = more.reduce((sum, { score }) => sum + score, 0)
  const line = `    ${rest.toFixed(2).padStart(6)}  ${more.length} more`
  const parts = [...why.slice(0, MOST_REASONS).map(reasonLine), ...(more.length > 0 ? [line] : [])]
  return fusion ? fusionLines(fusion, parts) : parts
}

/** What each ranking adds to a score that was made of two; the parts are those of the score by words. */
function fusionLines({ words, meaning }: Fusion, parts: readonly string[]): string[] {
  return [
    ...(meaning
      ? [`    ${fine(meaning.adds)}  by meaning: rank ${meaning.rank}, cosine ${meaning.cosine.toFixed(2)}`]
      : []),
    ...(words
      ? [`    ${fine(words.adds)}  by words: rank ${words.rank}, score ${words.score.toFixed(2)}`]
      : []),
    ...parts.map((part) => `  ${part}`),
  ]
}

/** What ranks add to a score differs in the fourth place. */
const fine = (score: number) => score.toFixed(4)

const MODE_TEXTS = { lexical: 'words', hybrid: 'words and meaning' } as const

/** Results as people read them. */
export function searchText(listing: SearchListing, isExplained: boolean): string {
  const { asked, results, total, isSimilarity } = listing
  const lines = results.flatMap((found) => {
    const { entry, score, snippet, hits, fusion } = found
    const { name, snapshot } = asked.places[entry.place]!
    const ref = colour.bold(`${asked.isSeveral ? name : ''}#${snapshot.number(entry.slot)}`)
    const title = marked(snapshot.head(entry.slot).title, hits)
    const number = isExplained || isSimilarity ? (fusion ? fine(score) : score.toFixed(2)) : ''
    const status = colourStatus(statusSaid(snapshot, entry.slot))
    return [
      isPlain()
        ? saidCells([
            ['score', number],
            ['task', ref],
            ['title', title],
            ['status', status],
          ])
        : [number, ref, title, status].filter(Boolean).join('  '),
      ...(snippet ? [`    ${marked(snippet.text, snippet.hits)}`] : []),
      ...(isExplained ? reasonLines(found, isSimilarity) : []),
    ]
  })
  if (results.length === 0) return ''
  const all = total > results.length ? '; --limit 0 shows all' : ''
  lines.push(...spoken(`${results.length} of ${total}, ranked by ${MODE_TEXTS[listing.mode]}${all}`))
  return lines.map((line) => `${line}\n`).join('')
}

const rounded = (score: number) => Number(score.toPrecision(6))

const fusionJson = ({ words, meaning }: Fusion) => ({
  words: words && { rank: words.rank, score: rounded(words.score), adds: rounded(words.adds) },
  meaning: meaning && { rank: meaning.rank, cosine: rounded(meaning.cosine), adds: rounded(meaning.adds) },
})

/** Results as one document. */
export function searchJson(listing: SearchListing, isExplained: boolean): string {
  const { asked, results, total, mode } = listing
  const entries = results.map(({ entry }) => entry)
  const documents = taskDocuments(asked.places, entries, '\n').toString('utf8').split('\n')
  const each = results.map(({ score, snippet, why, meaning, fusion }, i) => {
    const rest = JSON.stringify({
      score: rounded(score),
      ...(meaning === undefined ? {} : { meaning: meaning && rounded(meaning) }),
      snippet,
      ...(fusion ? { fusion: fusionJson(fusion) } : {}),
      ...(isExplained ? { why: why.map((part) => ({ ...part, score: rounded(part.score) })) } : {}),
    })
    return `{"task":${documents[i]},${rest.slice(1)}`
  })
  const problems = JSON.stringify(problemDocuments(asked))
  return `{"schema":1,"results":[${each.join(',')}],"total":${total},"mode":"${mode}","problems":${problems}}\n`
}
