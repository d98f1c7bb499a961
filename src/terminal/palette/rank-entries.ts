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
/** Of a word that is only in what stands beside, for each character. */
const BESIDE = 3

/** Kinds in the order in which equal entries stand. */
const ORDER: readonly Kind[] = ['run', 'recent', 'command', 'task', 'worktree', 'create', 'search', 'choice']

interface Lowered {
  readonly text: string
  readonly aside: string
}

/** Texts in lower case: made once for each list, and kept as long as it is. */
const lowered = new WeakMap<readonly Entry<unknown>[], readonly Lowered[]>()

const SEARCHED_BESIDE: readonly Kind[] = ['command', 'choice', 'worktree']

function loweredOf(entries: readonly Entry<unknown>[]): readonly Lowered[] {
  const known = lowered.get(entries)
  if (known) return known
  const made = entries.map(({ kind, text, aside }) => ({
    text: text.toLowerCase(),
    aside: SEARCHED_BESIDE.includes(kind) ? aside.toLowerCase() : '',
  }))
  lowered.set(entries, made)
  return made
}

function hasInOrder(text: string, term: string): boolean {
  let at = -1
  for (const character of term) {
    at = text.indexOf(character, at + 1)
    if (at < 0) return false
  }
  return true
}

const NONE = 4

/** How well a term fits, roughly: 0 where a word begins with it, then inside of one, scattered, beside; NONE for not at all. */
function tierOf({ text, aside }: Lowered, term: string): number {
  const at = text.indexOf(term)
  if (at >= 0) return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!) ? 0 : 1
  if (hasInOrder(text, term)) return 2
  return aside.includes(term) ? 3 : NONE
}

/** Indices of the entries that have all terms, the likeliest first, as many as are to be looked at closely. */
function candidates(entries: readonly Entry<unknown>[], terms: readonly string[]): number[] {
  const tiers: number[][] = [[], [], [], []]
  for (const [i, texts] of loweredOf(entries).entries()) {
    let worst = 0
    for (const term of terms) worst = Math.max(worst, tierOf(texts, term))
    if (worst < NONE) tiers[worst]!.push(i)
  }
  return tiers.flat().slice(0, MOST_CANDIDATES)
}

interface Scored<T> extends Ranked<T> {
  readonly score: number
  readonly place: number
}

function scored<T>(entries: readonly Entry<T>[], typed: string): Scored<T>[] {
  const whole = typed.trim().toLowerCase()
  const terms = whole.split(/\s+/).filter((term) => term !== '')
  const found = candidates(entries, terms)
  const texts = found.map((i) => entries[i]!.text)
  const finder = new Fzf(
    texts.map((_, at) => at),
    { selector: (at) => texts[at]!, casing: 'case-insensitive', sort: false },
  )
  const scores = found.map((i) => {
    const { kind, names, isOver } = entries[i]!
    return (BONUS[kind] ?? 0) + (isOver ? OVER : 0) + (names.includes(whole) ? EXACT : 0)
  })
  const places = found.map(() => new Set<number>())
  for (const term of terms) {
    const missing = new Set(found.keys())
    for (const { item, score, positions } of finder.find(term)) {
      missing.delete(item)
      scores[item]! += score
      for (const position of positions) places[item]!.add(position)
    }
    for (const at of missing) scores[at]! += BESIDE * term.length
  }
  return found.map((i, at) => ({ entry: entries[i]!, places: places[at]!, score: scores[at]!, place: i }))
}

const byScore = (a: Scored<unknown>, b: Scored<unknown>) =>
  b.score - a.score ||
  ORDER.indexOf(a.entry.kind) - ORDER.indexOf(b.entry.kind) ||
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
