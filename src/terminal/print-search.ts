import { harmless } from '../printable.ts'
import type { Contribution } from '../search/explain.ts'
import type { Found } from '../searching/search-tasks.ts'
import { colour, colourStatus } from './colour.ts'
import { problemDocuments } from './listing-problems.ts'
import type { SearchListing } from './search-listing.ts'
import { taskDocuments } from './task-json.ts'

/** A text in one line, with the words marked that were looked for, where there is colour. */
function marked(text: string, hits: readonly { readonly from: number; readonly to: number }[]): string {
  const safe = harmless(text)
  let at = 0
  let out = ''
  for (const { from, to } of hits) {
    out += safe.slice(at, from) + colour.bold.yellow(safe.slice(from, to))
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
function reasonLines({ why }: Found, isSimilarity: boolean): string[] {
  // How alike tasks are is no sum of what they share.
  if (isSimilarity)
    return why.length > 0 ? [`    both say: ${harmless(why.map(({ asked }) => asked).join(', '))}`] : []
  const more = why.slice(MOST_REASONS)
  const rest = more.reduce((sum, { score }) => sum + score, 0)
  const line = `    ${rest.toFixed(2).padStart(6)}  ${more.length} more`
  return [...why.slice(0, MOST_REASONS).map(reasonLine), ...(more.length > 0 ? [line] : [])]
}

const MODE_TEXTS = { lexical: 'words', hybrid: 'words and meaning' } as const

/** Results as people read them. */
export function searchText(listing: SearchListing, isExplained: boolean): string {
  const { asked, results, total, isSimilarity } = listing
  const lines = results.flatMap((found) => {
    const { entry, score, snippet, hits, meaning } = found
    const { name, snapshot } = asked.places[entry.place]!
    const ref = colour.bold(`${asked.isSeveral ? name : ''}#${snapshot.number(entry.slot)}`)
    const title = marked(snapshot.head(entry.slot).title, hits)
    const number = isExplained || isSimilarity ? `${score.toFixed(2)}  ` : ''
    return [
      `${number}${ref}  ${title}  ${colourStatus(snapshot.status(entry.slot))}`,
      ...(snippet ? [`    ${marked(snippet.text, snippet.hits)}`] : []),
      ...(isExplained && meaning
        ? [`    ${meaning.toFixed(2).padStart(6)}  meaning, as the model has it`]
        : []),
      ...(isExplained ? reasonLines(found, isSimilarity) : []),
    ]
  })
  if (results.length === 0) return ''
  const all = total > results.length ? '; --limit 0 shows all' : ''
  lines.push(`${results.length} of ${total}, ranked by ${MODE_TEXTS[listing.mode]}${all}`)
  return lines.map((line) => `${line}\n`).join('')
}

/** Fused ranks differ in the fourth place. */
const rounded = (score: number) => Number(score.toPrecision(6))

/** Results as one document. */
export function searchJson(listing: SearchListing, isExplained: boolean): string {
  const { asked, results, total, mode } = listing
  const entries = results.map(({ entry }) => entry)
  const documents = taskDocuments(asked.places, entries, '\n').toString('utf8').split('\n')
  const each = results.map(({ score, snippet, why, meaning }, i) => {
    const rest = JSON.stringify({
      score: rounded(score),
      ...(meaning === undefined ? {} : { meaning: meaning && rounded(meaning) }),
      snippet,
      ...(isExplained ? { why: why.map((part) => ({ ...part, score: rounded(part.score) })) } : {}),
    })
    return `{"task":${documents[i]},${rest.slice(1)}`
  })
  const problems = JSON.stringify(problemDocuments(asked))
  return `{"schema":1,"results":[${each.join(',')}],"total":${total},"mode":"${mode}","problems":${problems}}\n`
}
