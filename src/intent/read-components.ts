import { isTypeName } from './guess-type.ts'
import { insensitive } from './insensitive.ts'
import type { IntentContext } from './parsed-request.ts'
import type { SaidLabels } from './read-labels.ts'
import type { Reading } from './reading.ts'
import { folded } from './repository/repository-names.ts'

/** A label that fewer tasks have is no habit of a repository. */
const RECURRING = 2

const WORD = '[\\p{L}][\\p{L}\\p{N}_./ -]{0,38}[\\p{L}\\p{N}]|[\\p{L}]'
/** “auth: …”, “[auth] …”. */
const AHEAD = insensitive(`^[\\s\\uE001,;.–—-]*(?:\\[(${WORD})\\]:?|(${WORD})\\s?:(?=\\s))`)
/** “fix(auth): …”, which is a form of titles too. */
const SCOPE = insensitive(`^[\\s\\uE001]*[a-z]{2,12}\\((${WORD})\\)!?:(?=\\s)`)
/** “…, auth” and “… (auth)”. */
const BEHIND = insensitive(`(?<=\\S)(?:,\\s+(${WORD})|\\s+\\((${WORD})\\))(?=[\\s\\uE001.!]*$)`)

/**
 * Labels that tasks of the repository have again and again, where a component is named: in front with a colon or in
 * brackets, as the scope of a conventional title, or apart at the end. What names a repository or a type is none.
 */
export function readComponents(reading: Reading, context: IntentContext): SaidLabels[] {
  if (!/[:,\])]/.test(reading.text)) return []
  const known = new Map<string, string>()
  const labelOf = (words: string): string | undefined => {
    if (known.size === 0) {
      for (const { label, count } of context.labels) {
        if (count >= RECURRING) known.set(label.toLowerCase(), label)
      }
    }
    const isRepository = context.repositories.some(({ name, names, tags }) =>
      [name, ...names, ...tags].some((one) => folded(one) === folded(words)),
    )
    return isRepository || isTypeName(words) ? undefined : known.get(words.toLowerCase())
  }
  const said: SaidLabels[] = []
  const { text } = reading
  const scope = SCOPE().exec(text)
  const scoped = scope && labelOf(scope[1]!)
  if (scoped) {
    const from = scope.index + scope[0].indexOf('(') + 1
    said.push({ words: [scoped], span: reading.span(from, from + scope[1]!.length) })
  }
  const ahead = AHEAD().exec(text)
  const before = ahead && labelOf((ahead[1] ?? ahead[2])!)
  if (before && text.slice(ahead[0].length).trim() !== '') {
    const from = ahead[0].search(/[^\s\uE001,;.–—-]/)
    said.push({ words: [before], span: reading.take(from, ahead[0].length) })
  }
  const behind = BEHIND().exec(reading.text)
  const after = behind && labelOf((behind[1] ?? behind[2])!)
  // “Fix login, sign-up, auth” and “…: login, auth” list what is to be fixed.
  if (after && !/[,:]/.test(reading.text.slice(0, behind.index))) {
    said.push({ words: [after], span: reading.take(behind.index, behind.index + behind[0].length) })
  }
  return said
}
