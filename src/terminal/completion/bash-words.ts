/** A word of a command line: as it is written, and as the shell reads it. */
export interface BashWord {
  readonly raw: string
  readonly text: string
  /** The quote that is still open at its end; empty for none. */
  readonly quote: '' | '"' | "'"
}

/** Whether a backslash in front of a sign takes its meaning; within double quotes it stands for itself in front of most. */
const escapes = (quote: BashWord['quote'], sign: string) =>
  quote === '' || (quote === '"' && /^[$`"\\\n]?$/.test(sign))

/** The words of a command line in bash, the last one up to the cursor; an empty one where the cursor stands after a blank. */
export function bashWords(line: string): BashWord[] {
  const words: BashWord[] = []
  let from = 0
  let text = ''
  let quote: BashWord['quote'] = ''
  let isWord = false
  for (let at = 0; at < line.length; at++) {
    const c = line[at]!
    if (!quote && /[ \t\n]/.test(c)) {
      if (isWord) words.push({ raw: line.slice(from, at), text, quote })
      isWord = false
      text = ''
      from = at + 1
      continue
    }
    isWord = true
    if (c === quote) quote = ''
    else if (!quote && (c === '"' || c === "'")) quote = c
    else if (c === '\\' && escapes(quote, line[at + 1] ?? '')) text += line[++at] ?? ''
    else text += c
  }
  words.push({ raw: line.slice(from), text, quote })
  return words
}

/** A word as it is written in bash where no quote is open. */
const escaped = (word: string) => word.replace(/[^\p{L}\p{N}_@%+=:,./#-]/gu, '\\$&').replace(/^#/, '\\#')

/**
 * A word as it is written in bash behind a quote that is open. No sign keeps `!` from calling up an earlier command within
 * double quotes: it stands outside of them.
 */
function quoted(word: string, quote: '"' | "'"): string {
  const text =
    quote === "'" ? word.replaceAll("'", "'\\''") : word.replace(/[$`"\\]/g, '\\$&').replaceAll('!', `"'!'"`)
  // Readline closes the quote, except where the last sign is such a quote already.
  return text.endsWith(quote) ? text + quote : text
}

/** Types of completion in which every candidate is put in, one after the other: 37 is `%`, 42 is `*`. */
const PUT_IN = ['37', '42']

/**
 * Candidates as bash takes them: only what comes in place of the part of the word that readline replaces, which begins
 * after the last `:`, `=` or `@`. Several come with their meanings, since bash then shows them and puts in what they have
 * in common.
 * @param type bash's COMP_TYPE
 * @param replaced the part that readline replaces
 */
export function asBashReplies(
  candidates: readonly (readonly [string, string])[],
  type: string,
  replaced: string,
  { raw, quote }: BashWord,
): string[] {
  const kept = bashWords(raw.slice(0, raw.length - replaced.length)).at(-1)!.text
  const own = candidates.map(([value, meaning]) => {
    const rest = value.slice(kept.length)
    return [quote ? quoted(rest, quote) : escaped(rest), meaning] as const
  })
  if (own.length < 2 || PUT_IN.includes(type)) return own.map(([value]) => value)
  return own.map(([value, meaning]) => (meaning ? `${value}  (${meaning})` : value))
}
