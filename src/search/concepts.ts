import { distance } from 'fastest-levenshtein'
import type { Corpus } from './corpus.ts'
import type { Concept, Member, Relation } from './lexical-scores.ts'
import { knownParts } from './thesaurus.ts'
import { stemOf, type Word, wordsIn } from './tokens.ts'

/** How much a document with another word counts, beside one that has the query's own. */
const WEIGHTS: Readonly<Record<Exclude<Relation, 'feedback'>, number>> = {
  word: 1,
  prefix: 0.8,
  typo: 0.6,
  synonym: 0.7,
  related: 0.35,
  sibling: 0.1,
}

/** Longer queries are texts of their own, of which the beginning has to do. */
const LONGEST_QUERY = 60

/** Below this length too many words have a beginning in common, or differ by one character. */
const SHORTEST_PART = 3
const SHORTEST_TYPO = 4
const MOST_PREFIXED = 20
/** Of so many terms with a beginning the most frequent are looked for: each one's postings are read for that. */
const MOST_BEGUN = 200
const MOST_TYPOS = 3
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

const member = (terms: readonly string[], relation: Exclude<Relation, 'feedback'>): Member => ({
  terms,
  relation,
  weight: WEIGHTS[relation],
})

const isThere = (corpus: Corpus, term: string) => corpus.postings(term).documents.length > 0

/** Terms of documents that begin with a text, the most frequent first. */
function prefixed(corpus: Corpus, text: string): string[] {
  const found = new Set<string>()
  for (const { segment } of corpus.layers) {
    let left = MOST_BEGUN
    for (let place = segment.lowerBound(text); place < segment.terms && left > 0; place++) {
      const term = segment.term(place)
      if (!term.startsWith(text)) break
      if (!isThere(corpus, term)) continue
      found.add(term)
      left--
    }
  }
  // The first of all, however they are spread over segments.
  return mostFrequent(corpus, [...found].sort().slice(0, MOST_BEGUN), MOST_PREFIXED)
}

function mostFrequent(corpus: Corpus, terms: Iterable<string>, most: number): string[] {
  const frequency = (term: string) => corpus.postings(term).documents.length
  return [...terms]
    .map((term) => ({ term, frequency: frequency(term) }))
    .sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    .slice(0, most)
    .map(({ term }) => term)
}

/** Terms of documents that differ from a text by a character, or in long words by two. */
function misspelt(corpus: Corpus, text: string): string[] {
  const most = text.length >= 8 ? 2 : 1
  const near = new Map<string, number>()
  for (const { segment } of corpus.layers) {
    for (let place = 0; place < segment.terms; place++) {
      const term = segment.term(place)
      if (Math.abs(term.length - text.length) > most || near.has(term)) continue
      const edits = distance(term, text)
      if (edits <= most && isThere(corpus, term)) near.set(term, edits)
    }
  }
  const least = Math.min(...near.values())
  return mostFrequent(
    corpus,
    [...near].flatMap(([term, edits]) => (edits === least ? [term] : [])),
    MOST_TYPOS,
  )
}

/** All that a word becomes by one slip: a letter too many, too few or another, or two that changed places. */
function* oneSlipFrom(word: string): Generator<string> {
  for (let at = 0; at <= word.length; at++) {
    const [before, after] = [word.slice(0, at), word.slice(at)]
    if (after !== '') yield before + after.slice(1)
    if (after.length > 1) yield before + after[1]! + after[0]! + after.slice(2)
    for (const letter of LETTERS) {
      yield before + letter + after
      if (after !== '') yield before + letter + after.slice(1)
    }
  }
}

/** Terms of documents that a word of plain letters is one slip away from, whatever its ending is. */
function slips(corpus: Corpus, word: string): string[] {
  if (!/^[a-z]{4,20}$/.test(word)) return []
  const near = new Set<string>()
  for (const other of oneSlipFrom(word)) {
    const stem = stemOf(other)
    if (corpus.layers.some(({ segment }) => segment.find(stem) >= 0) && isThere(corpus, stem)) near.add(stem)
  }
  return mostFrequent(corpus, near, MOST_TYPOS)
}

/** What stands for a word that no document has: it may not be typed to its end, or wrongly. @param text as it was typed */
function guessed(corpus: Corpus, term: string, text: string): Member[] {
  if (term.length < SHORTEST_PART || !/^[\p{L}\p{N}]+$/u.test(term)) return []
  const longer = prefixed(corpus, term)
  if (longer.length > 0) return longer.map((other) => member([other], 'prefix'))
  if (text.length < SHORTEST_TYPO) return []
  const slipped = slips(corpus, text.toLowerCase())
  return (slipped.length > 0 ? slipped : misspelt(corpus, term)).map((other) => member([other], 'typo'))
}

/** The parts of a query, each with everything that it may be called in a document. @param thesaurus its groups, in lines */
export function conceptsOf(corpus: Corpus, query: string, thesaurus: readonly string[]): Concept[] {
  const words = wordsIn(query).slice(0, LONGEST_QUERY)
  const parts = knownParts(words, thesaurus)
  const plain = words.filter(({ isWhole }) => !isWhole)
  const isPhrase = ({ from, to }: { from: number; to: number }) => to - from > 1
  // Of “home folder” the folder means something else than by itself, so that other words for it would lead astray.
  const covered = new Set(
    parts
      .filter(isPhrase)
      .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => plain[from + i]!)),
  )
  const alternativesOf = (word: Word) =>
    covered.has(word)
      ? []
      : parts
          .filter((part) => !isPhrase(part) && plain[part.from] === word)
          .flatMap(({ alternatives }) => alternatives)
  const concepts = new Map<string, Concept>()
  for (const word of words) {
    if (word.isStop || concepts.has(word.term)) continue
    const text = query.slice(word.from, word.to)
    const alternatives = alternativesOf(word).map(({ terms, relation }) => member(terms, relation))
    const guesses = word.isWhole || isThere(corpus, word.term) ? [] : guessed(corpus, word.term, text)
    concepts.set(word.term, {
      text,
      members: [member([word.term], 'word'), ...guesses, ...alternatives],
    })
  }
  for (const { from, to, alternatives } of parts.filter(isPhrase)) {
    const text = query.slice(plain[from]!.from, plain[to - 1]!.to)
    const members = alternatives.map(({ terms, relation }) => member(terms, relation))
    concepts.set(`phrase ${text}`, { text, members })
  }
  return [...concepts.values()]
}
