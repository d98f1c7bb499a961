import { harmless } from '../printable.ts'
import type { Contribution } from '../search/explain.ts'
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

/** Results as people read them. */
export function searchText(listing: SearchListing, isExplained: boolean): string {
  const { asked, results, total, isSimilarity } = listing
  const lines = results.flatMap(({ entry, score, snippet, hits, why }) => {
    const { name, snapshot } = asked.places[entry.place]!
    const ref = colour.bold(`${asked.isSeveral ? name : ''}#${snapshot.number(entry.slot)}`)
    const title = marked(snapshot.head(entry.slot).title, hits)
    const number = isExplained || isSimilarity ? `${score.toFixed(2)}  ` : ''
    return [
      `${number}${ref}  ${title}  ${colourStatus(snapshot.status(entry.slot))}`,
      ...(snippet ? [`    ${marked(snippet.text, snippet.hits)}`] : []),
      ...(isExplained ? why.slice(0, MOST_REASONS).map(reasonLine) : []),
    ]
  })
  const more = total - results.length
  if (more > 0) lines.push(`… and ${more} more (--limit 0 shows all)`)
  return lines.map((line) => `${line}\n`).join('')
}

const rounded = (score: number) => Number(score.toFixed(4))

/** Results as one document. */
export function searchJson(listing: SearchListing, isExplained: boolean): string {
  const { asked, results, total, mode } = listing
  const entries = results.map(({ entry }) => entry)
  const documents = taskDocuments(asked.places, entries, '\n').toString('utf8').split('\n')
  const each = results.map(({ score, snippet, why }, i) => {
    const rest = JSON.stringify({
      score: rounded(score),
      snippet,
      ...(isExplained ? { why: why.map((part) => ({ ...part, score: rounded(part.score) })) } : {}),
    })
    return `{"task":${documents[i]},${rest.slice(1)}`
  })
  const problems = JSON.stringify(problemDocuments(asked))
  return `{"schema":1,"results":[${each.join(',')}],"total":${total},"mode":"${mode}","problems":${problems}}\n`
}
