import { distance } from 'fastest-levenshtein'
import type { Doubt, IntentContext } from '../parsed-request.ts'
import type { Reading } from '../reading.ts'
import { ordinaryAmong } from './ordinary-words.ts'
import { endsPlace, FORMS, IN_PLACE, lookUp } from './repository-forms.ts'
import { folded, type KnownNames } from './repository-names.ts'

/** Where or how something happens rather than where it is done, whatever is tagged so. */
const SURROUNDINGS =
  /^(?:macos|ios|android|linux|windows|web|prod|production|dev|main|master|apps?|tests?|testing|time|place|order|general|use|sync|public|parallel|progress|practice|review|go)$/i
/** The same after “in”, where a repository is called so: that says it as well. */
export const isIdiom = (said: string): boolean => SURROUNDINGS.test(said) && !/^(?:web|apps?)$/i.test(said)

/** @param words each place in the request that names some of the candidates */
export const mayBeFor = (words: readonly string[], candidates: readonly string[]): Doubt => ({
  field: 'repository',
  message: `${words.map((one) => `“${one}”`).join(', ')} may say which repository it is for: ${candidates.join(' or ')}.`,
  candidates,
})

/** Words that only some repositories have as a tag, or that say more than a place, where a place is said: “fix a leak in storage”. */
export function doubtfulPlace(reading: Reading, known: KnownNames): Doubt | null {
  for (const match of IN_PLACE.matchesIn(reading.text)) {
    if (!/^(?:in|inside|within)/i.test(match[0])) continue
    const found = lookUp(match[1]!, known)
    if (!found) continue
    const { named, said } = found
    const to = match.index + match[0].length + said.length
    if (!endsPlace(reading, to, known)) continue
    const isDoubtful = named.by === 'tag' ? !SURROUNDINGS.test(said) : isIdiom(said)
    if (!isDoubtful || named.repositories.includes(known.here ?? '')) continue
    return mayBeFor([reading.original.slice(match.index, to)], named.repositories)
  }
  return null
}

const letters = (word: string) => [...word].sort().join('')

/** A word in the place of a repository that is a letter or two away from one. */
export async function nearMiss(reading: Reading, context: IntentContext): Promise<Doubt | null> {
  const known = context.repositories.flatMap(({ name, names }) =>
    [name, ...names].map((word) => ({ name, word: folded(word) })).filter(({ word }) => word.length >= 4),
  )
  for (const { matchesIn } of FORMS) {
    for (const match of matchesIn(reading.text)) {
      for (const words of new Set([match[1]!, match[1]!.split(' ')[0]!])) {
        const asked = folded(words)
        const parts = words.toLowerCase().split(' ')
        if (asked.length < 4 || known.some(({ word }) => word === asked || word === folded(parts[0]!)))
          continue
        const near = known.filter(
          ({ word }) =>
            letters(asked) === letters(word) || distance(asked, word) <= (word.length >= 7 ? 2 : 1),
        )
        const candidates = [...new Set(near.map(({ name }) => name))]
        // Whoever writes “in code” has not mistyped “core”.
        if (candidates.length === 0 || (await ordinaryAmong(parts)).size === new Set(parts).size) continue
        reading.keep(match.index, match.index + match[0].length)
        return { field: 'repository', message: `There is no repository “${words}” here.`, candidates }
      }
    }
  }
  return null
}
