import type { Reading } from './reading.ts'

/**
 * What is never looked into, in the order in which one may contain another. In each stands one of its signs: patterns take
 * a while to be made.
 */
const QUOTED: readonly (readonly [signs: string, pattern: RegExp])[] = [
  ['`', /`[^`\n]{1,400}`/g],
  ['://', /\bhttps?:\/\/[^\s<>"]{1,400}[^\s<>".,;:!?)\]]/g],
  ['<', /<\/?[a-zA-Z!][^<>\n]{0,200}>/g],
  ['"', /"[^"\n]{1,400}"/g],
  ['“', /“[^”\n]{1,400}”/g],
  ['„', /„[^“”\n]{1,400}[“”]/g],
  ['«', /«[^»\n]{1,400}»/g],
  ['「', /「[^」\n]{1,400}」/g],
  ['‘', /‘[^’\n]{1,400}’(?![\p{L}\p{N}])/gu],
  ["'", /(?<![\p{L}\p{N}])'(?!\s)[^'\n]{0,400}[^\s']'(?![\p{L}\p{N}])/gu],
  // Paths: begun as one, of several parts, or with a file's ending. “and/or” and 12/04 are none.
  ['/', /(?<![^\s([,:=])(?:~|\.{1,2})?\/[\w.@-]+(?:\/[\w.@*-]*)*/g],
  ['@', /(?<![^\s([,:=])@[\w.-]{1,60}\/[\w./-]{1,100}/g],
  ['/', /(?<![^\s([,:=])(?!\d{1,4}\/\d{1,2}\/\d{1,4}(?![\w/]))[\w.@*-]{1,60}(?:\/[\w.@*-]{1,60}){2,12}/g],
  [
    '.',
    /(?<![^\s([,:=])[\w.@*-]{0,60}\/?[\w*-]{0,60}\.(?:tsx?|jsx?|mjs|cjs|json|ya?ml|toml|md|py|rs|go|rb|java|kt|swift|c|h|cpp|cs|sh|sql|css|html?|txt|lock|ini|cfg|env|log|csv|xml)\b/gi,
  ],
  ['-', /(?<![\w@#+])-{1,2}[a-z][\w-]{1,60}(?:=\S{1,60})?/gi],
  ['_|$', /(?<![\p{L}\p{N}@#+-])(?=[\p{L}\p{N}$]*[_$])[\p{L}\p{N}$]*(?:[_$][\p{L}\p{N}$]+)+/gu],
]

/**
 * Blanks what stands for itself: quotations, code, addresses, markup, paths and identifiers.
 * @param spared words that look like code and are names of repositories
 */
export function keepQuoted(reading: Reading, spared: (word: string, at: number) => boolean): void {
  for (const [signs, pattern] of QUOTED) {
    if (!signs.split('|').some((sign) => reading.text.includes(sign))) continue
    for (const match of reading.text.matchAll(pattern)) {
      if (!spared(match[0], match.index)) reading.keep(match.index, match.index + match[0].length)
    }
  }
}
