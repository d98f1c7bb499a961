/** Letters and digits of all scripts, near enough: without signs and punctuation of the common ones. */
const LETTERS =
  'A-Za-z\\u00aa\\u00b5\\u00ba-\\u1fff\\u2c00-\\u2dff\\u3005-\\u3007\\u3040-\\ud7ff\\uf900-\\ufdff\\uff21-\\uff5a\\uff66-\\uffdc'
const DIGITS = '0-9\\uff10-\\uff19'

/** What a pattern is made of, as far as case matters; what stands behind a backslash or names a group is left as it is. */
const PART =
  /\\p\{([LN])\}|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|.)|\(\?<[A-Za-z]\w*>|([A-Za-zÀ-ɏͰ-ԯ])-([A-Za-zÀ-ɏͰ-ԯ])|([A-Za-zÀ-ɏͰ-ԯ])|[[\]]/g

const upper = (letter: string) => {
  const other = letter.toUpperCase()
  return other.length === letter.length ? other : letter
}
const bothCases = (letter: string) =>
  letter.toLowerCase() === upper(letter) ? letter : letter.toLowerCase() + upper(letter)

function withBothCases(pattern: RegExp | string, flags: string): RegExp {
  const [source, own] = typeof pattern === 'string' ? [pattern, flags] : [pattern.source, pattern.flags]
  let isInClass = false
  const write = (part: string, property?: string, from?: string, to?: string, letter?: string) => {
    if (part === '[') isInClass = true
    if (part === ']') isInClass = false
    const inClass = (characters: string) => (isInClass ? characters : `[${characters}]`)
    if (property !== undefined) return inClass(property === 'L' ? LETTERS : DIGITS)
    if (letter !== undefined) return inClass(bothCases(letter))
    if (from === undefined || to === undefined) return part
    // Outside of a class this is two letters with a hyphen between.
    if (!isInClass) return `${inClass(bothCases(from))}-${inClass(bothCases(to))}`
    return `${from.toLowerCase()}-${to.toLowerCase()}${upper(from)}-${upper(to)}`
  }
  return new RegExp(source.replace(PART, write), own.replace('i', ''))
}

/** A pattern that is made when it is first asked for. */
export type LazyPattern = () => RegExp

/**
 * A pattern that takes upper and lower case for the same, without the flag `i`, which is taken off: V8 needs up to ten
 * milliseconds to close each class of letters under case, and next to nothing where both cases are written out. With some
 * hundred patterns that is the time of several commands; and of these, most requests need few.
 */
export function insensitive(pattern: RegExp | string, flags = 'u'): LazyPattern {
  let made: RegExp | null = null
  return () => {
    made ??= withBothCases(pattern, flags)
    return made
  }
}

/** A pattern that minds upper and lower case, made when it is first asked for. */
export function lazy(source: string, flags = 'gu'): LazyPattern {
  let made: RegExp | null = null
  return () => {
    made ??= new RegExp(source, flags)
    return made
  }
}
