import { Fzf } from 'fzf'
import type { Entry, Kind, Ranked } from './entry.ts'

/** How many of each list are shown: together more than a screen has. */
const MOST_OF_A_LIST = 10

/**
 * How many candidates are looked at closely. Finding what may fit takes a tenth of a microsecond for each text, saying how
 * well it does ten times that: with so many, a key is answered in some milliseconds whatever there is.
 */
const MOST_CANDIDATES = 400

/** What counts beside how well the characters fit: sixteen is one more character. */
const BONUS: Partial<Readonly<Record<Kind, number>>> = { recent: 6, command: 4 }
const EXACT = 10_000
const OVER = -20
/** Of a word that a label has, for each character: what a piece of the text is worth, but for where it stands. */
const LABEL = 24
/** Of a word that is only in what stands beside, for each character. */
const BESIDE = 3

/** Kinds in the order in which equal entries stand. */
const ORDER: readonly Kind[] = ['run', 'recent', 'command', 'task', 'worktree', 'search', 'create', 'choice']

interface Lowered {
  readonly text: string
  readonly labels: string
  readonly aside: string
}

/** Texts in lower case: made once for each list, and kept as long as it is. */
const lowered = new WeakMap<readonly Entry<unknown>[], readonly Lowered[]>()

const SEARCHED_BESIDE: readonly Kind[] = ['command', 'choice', 'worktree']

function loweredOf(entries: readonly Entry<unknown>[]): readonly Lowered[] {
  const known = lowered.get(entries)
  if (known) return known
  const made = entries.map(({ kind, text, labels = '', aside }) => ({
    text: text.toLowerCase(),
    labels: labels.toLowerCase(),
    aside: SEARCHED_BESIDE.includes(kind) ? aside.toLowerCase() : '',
  }))
  lowered.set(entries, made)
  return made
}

// Plain loops over indices: this runs for every text there is, with every key.
function hasInOrder(text: string, term: string): boolean {
  let at = -1
  for (let i = 0; i < term.length; i++) {
    at = text.indexOf(term[i]!, at + 1)
    if (at < 0) return false
  }
  return true
}

/** Whether a character of a text in lower case belongs to a word; what is not ASCII counts as a letter. */
function isInWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127
}

/** Where a term stands in a text, at the beginning of a word rather than inside of one; -1 for nowhere. */
function placeOf(text: string, term: string): number {
  const first = text.indexOf(term)
  for (let at = first; at >= 0; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !isInWord(text, at - 1)) return at
  }
  return first
}

const NONE = 4

/** How well a term fits, roughly: 0 where a word begins with it, then inside of one or in a label, scattered, beside; NONE for not at all. */
function tierOf({ text, labels, aside }: Lowered, term: string): number {
  const at = placeOf(text, term)
  if (at >= 0) return at === 0 || !isInWord(text, at - 1) ? 0 : 1
  if (labels !== '' && labels.includes(term)) return 1
  if (hasInOrder(text, term)) return 2
  return aside !== '' && aside.includes(term) ? 3 : NONE
}

/** Indices of the entries that are meant exactly, or have all terms, the likeliest first, as many as are to be looked at closely. */
function candidates(entries: readonly Entry<unknown>[], whole: string, terms: readonly string[]): number[] {
  const meant = [...entries.keys()].filter((i) => entries[i]!.names.includes(whole))
  const tiers: number[][] = [[], [], [], []]
  const texts = loweredOf(entries)
  for (let i = 0; i < texts.length && tiers[0]!.length < MOST_CANDIDATES; i++) {
    let worst = 0
    for (let k = 0; k < terms.length && worst < NONE; k++)
      worst = Math.max(worst, tierOf(texts[i]!, terms[k]!))
    if (worst < NONE) tiers[worst]!.push(i)
  }
  return [...new Set([...meant, ...tiers.flat()])].slice(0, MOST_CANDIDATES)
}

interface Scored<T> extends Ranked<T> {
  score: number
  readonly places: Set<number>
  readonly place: number
}

/** Adds what a term that stands in one piece is worth: as much as fzf gives such a piece. */
function addPiece(one: Scored<unknown>, text: string, term: string, at: number): void {
  const isWord = at === 0 || !isInWord(text, at - 1)
  one.score += isWord ? 24 * term.length + 8 : 20 * term.length - 4
  // A few letters are longer in lower case, and what follows them is somewhere else.
  if (text.length !== one.entry.text.length) return
  for (let i = 0; i < term.length; i++) one.places.add(at + i)
}

/**
 * How many characters lie between scattered ones at most: a few words are shortened so. A long text has any few letters
 * somewhere in their order, which says nothing.
 */
const MOST_BETWEEN = 12

/** Adds what scattered characters are worth, as fzf says, and tells those that do not have them, or from too far apart. Its quick way is taken: the thorough one costs ten times as much. */
function addScattered<T>(scattered: readonly Scored<T>[], term: string): Set<Scored<T>> {
  const finder = new Fzf(scattered, {
    selector: ({ entry }) => entry.text,
    fuzzy: 'v1',
    casing: 'case-insensitive',
    sort: false,
  })
  const missing = new Set(scattered)
  for (const { item, score, positions } of finder.find(term)) {
    if (Math.max(...positions) - Math.min(...positions) >= term.length + MOST_BETWEEN) continue
    missing.delete(item)
    item.score += score
    for (const position of positions) item.places.add(position)
  }
  return missing
}

function scored<T>(entries: readonly Entry<T>[], typed: string): Scored<T>[] {
  const whole = typed.trim().toLowerCase()
  const terms = whole.split(/\s+/).filter((term) => term !== '')
  const texts = loweredOf(entries)
  let found = candidates(entries, whole, terms).map((i): Scored<T> => {
    const entry = entries[i]!
    const { kind, names, isOver } = entry
    const score = (BONUS[kind] ?? 0) + (isOver ? OVER : 0) + (names.includes(whole) ? EXACT : 0)
    return { entry, places: new Set(), score, place: i }
  })
  for (const term of terms) {
    const scattered: Scored<T>[] = []
    const lacking = new Set<Scored<T>>()
    for (const one of found) {
      const { text, labels } = texts[one.place]!
      const at = placeOf(text, term)
      if (at >= 0) addPiece(one, text, term, at)
      else if (labels.includes(term)) one.score += LABEL * term.length
      else scattered.push(one)
    }
    for (const one of scattered.length > 0 ? addScattered(scattered, term) : []) {
      if (texts[one.place]!.aside.includes(term)) one.score += BESIDE * term.length
      else lacking.add(one)
    }
    found = found.filter((one) => !lacking.has(one))
  }
  return found
}

const byScore = (a: Scored<unknown>, b: Scored<unknown>) =>
  b.score - a.score ||
  ORDER.indexOf(a.entry.kind) - ORDER.indexOf(b.entry.kind) ||
  (a.entry.rank ?? 0) - (b.entry.rank ?? 0) ||
  a.entry.text.length - b.entry.text.length ||
  a.place - b.place

/**
 * The entries that fit what was typed, the best first, of each list the best few. All words have to be in an entry, each
 * with its characters in their order. Nothing typed leaves the entries as they are.
 * @param lists one for each kind, so that what there is much of hides nothing else
 * @param most how many of each list
 */
export function rankEntries<T>(
  lists: readonly (readonly Entry<T>[])[],
  typed: string,
  most = MOST_OF_A_LIST,
): Ranked<T>[] {
  if (typed.trim() === '') return lists.flat().map((entry) => ({ entry, places: new Set() }))
  return lists
    .flatMap((entries) => scored(entries, typed).sort(byScore).slice(0, most))
    .sort(byScore)
    .map(({ entry, places }) => ({ entry, places }))
}
