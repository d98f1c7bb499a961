import { type Word, wordsIn } from './tokens.ts'

/** Another way to say a part of a query: terms that a document has to have all of. */
export interface Alternative {
  readonly terms: readonly string[]
  readonly relation: 'synonym' | 'related' | 'sibling'
}

/** A part of a query that the thesaurus knows, by the places of its first word and behind its last one. */
export interface KnownPart {
  readonly from: number
  readonly to: number
  readonly alternatives: readonly Alternative[]
}

/** The words of a group's term as they are compared with a query: all of them, since “log in” is not “log”. */
const phraseOf = (term: string): string[] =>
  wordsIn(term)
    .filter(({ isWhole }) => !isWhole)
    .map((word) => word.term)

/** What a term has to be in a document to be found there; nothing where too little of it is indexed. */
function termsInDocuments(term: string): readonly string[] {
  const words = wordsIn(term)
  const wholes = words.filter(({ isWhole }) => isWhole)
  if (wholes.length === 1 && wholes[0]!.from === 0 && wholes[0]!.to === term.length) return [wholes[0]!.term]
  const content = words.filter(({ isStop, isWhole }) => !isStop && !isWhole)
  const isLost = content.length < words.length - wholes.length
  return isLost && content.length < 2 ? [] : content.map((word) => word.term)
}

interface Group {
  /** Each term as it is written, with the words of it. */
  readonly sides: readonly (readonly { readonly term: string; readonly phrase: readonly string[] }[])[]
}

const parsed = new Map<string, Group>()

function groupOf(line: string): Group {
  const known = parsed.get(line)
  if (known) return known
  const sides = line
    .split(' ~ ')
    .map((side) => side.split(', ').map((term) => ({ term, phrase: phraseOf(term) })))
  parsed.set(line, { sides })
  return { sides }
}

/** The beginning that all forms of a stem share: stems end otherwise than their words in the last character at most. */
const rootOf = (stem: string) => (stem.length > 4 ? stem.slice(0, -1) : stem)

const isAt = (words: readonly Word[], at: number, phrase: readonly string[]) =>
  phrase.every((term, i) => words[at + i]?.term === term)

/** Whether a word of a line begins with a root: most lines are ruled out so, without being taken apart. */
function hasWordFrom(line: string, root: string): boolean {
  for (let at = line.indexOf(root); at >= 0; at = line.indexOf(root, at + 1)) {
    const before = line.charCodeAt(at - 1)
    if (at === 0 || before === 32 || before === 45) return true
  }
  return false
}

/** How a term of one side of a group relates to one of another, or of its own. */
function relationOf(side: number, other: number): Alternative['relation'] {
  if (side === 0 && other === 0) return 'synonym'
  return side === other ? 'sibling' : 'related'
}

const STRENGTH: Readonly<Record<Alternative['relation'], number>> = { synonym: 3, related: 2, sibling: 1 }

/** What else a group has for one of its terms. */
function alternativesTo({ sides }: Group, side: number, phrase: readonly string[]): Alternative[] {
  const itself = phrase.join(' ')
  return sides.flatMap((terms, other) =>
    terms.flatMap((term): Alternative[] => {
      const inDocuments = termsInDocuments(term.term)
      if (inDocuments.length === 0 || term.phrase.join(' ') === itself) return []
      return [{ terms: inDocuments, relation: relationOf(side, other) }]
    }),
  )
}

/**
 * The parts of a query that a thesaurus has other words for.
 * @param words all of the query, stop words among them
 * @param lines groups of the thesaurus: see thesaurus-lines.ts
 */
export function knownParts(words: readonly Word[], lines: readonly string[]): KnownPart[] {
  const plain = words.filter(({ isWhole }) => !isWhole)
  const roots = [...new Set(plain.flatMap(({ term, isStop }) => (isStop ? [] : [rootOf(term)])))]
  const parts = new Map<string, { from: number; to: number; found: Map<string, Alternative> }>()
  const add = (from: number, to: number, alternatives: readonly Alternative[]) => {
    const part = parts.get(`${from}-${to}`) ?? { from, to, found: new Map<string, Alternative>() }
    parts.set(`${from}-${to}`, part)
    for (const alternative of alternatives) {
      const name = alternative.terms.join(' ')
      const known = part.found.get(name)
      if (!known || STRENGTH[alternative.relation] > STRENGTH[known.relation]) {
        part.found.set(name, alternative)
      }
    }
  }
  for (const line of lines) {
    if (!roots.some((root) => hasWordFrom(line, root))) continue
    const group = groupOf(line)
    for (const [side, terms] of group.sides.entries()) {
      for (const { phrase } of terms) {
        for (let at = 0; at + phrase.length <= plain.length; at++) {
          if (phrase.length > 0 && isAt(plain, at, phrase)) {
            add(at, at + phrase.length, alternativesTo(group, side, phrase))
          }
        }
      }
    }
  }
  return [...parts.values()].map(({ from, to, found }) => ({ from, to, alternatives: [...found.values()] }))
}
