import { readFileSync } from 'node:fs'

/**
 * What Ink and the packages below it do again for every picture, and need not: most of what a key press costs. Each is
 * one place of a file, what stands there and what is to stand there; where none has it any more, the build ends.
 */
export const CHANGES = [
  {
    // Every line is taken apart into characters. Those that stay the same are kept from one picture to the next, as far
    // as there are not too many.
    file: /ink[\\/]build[\\/]output\.js$/,
    was: 'caches = new OutputCaches();',
    is: 'caches = lastingCaches();',
    // Behind the last line of the file, which is a comment.
    added:
      '\nfunction lastingCaches() {\n  if (!((OutputCaches.kept?.styledChars.size ?? Infinity) < 3000)) OutputCaches.kept = new OutputCaches()\n  return OutputCaches.kept\n}\n',
  },
  {
    // Between characters of the same style nothing is to be turned on or off: no sets are made to find that out.
    file: /ansi-tokenize[\\/]build[\\/]diff\.js$/,
    was: 'export function diffAnsiCodes(from, to) {',
    is: 'export function diffAnsiCodes(from, to) {\n  if (from.length === to.length && from.every((code, i) => code.code === to[i].code)) return [];',
  },
  {
    // Letters of Latin, dashes, quotation marks, bullets, the ellipsis and lines of boxes are one column wide each, as
    // ASCII is: none of them joins its neighbour to anything wider.
    file: /string-width[\\/]index\.js$/,
    was: '/^[\\u0020-\\u007E]*$/',
    is: '/^[\\u0020-\\u007E\\u00A1-\\u00AC\\u00AE-\\u02FF\\u2010-\\u2027\\u2500-\\u257F]*$/',
  },
]

export const fasterInk = {
  name: 'faster-ink',
  setup({ onLoad, onEnd }) {
    const made = new Set()
    for (const { file, was, is, added = '' } of CHANGES) {
      onLoad({ filter: file }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        // Some come in several versions, of which a package below has an older one.
        if (!text.includes(was)) return null
        made.add(file)
        return { contents: text.replace(was, () => is) + added }
      })
    }
    onEnd(() => {
      const missed = CHANGES.filter(({ file }) => !made.has(file))
      if (missed.length > 0) throw new Error(`${missed[0].file} has changed: look at faster-ink`)
    })
  },
}
