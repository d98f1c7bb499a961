import { isPlain } from './output-mode.ts'
import { screenWidth } from './screen-width.ts'
import { ASCII, type Measure, measureFor } from './text-width.ts'

/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100

/** As much of a line is text, whatever it begins with. */
const LEAST = 16

/** Colours and links, which take no room. */
const ESCAPES = /\u001b(?:\[[\d;]*m|\]8;[^\u0007\u001b]*(?:\u0007|\u001b\\))/g

/** A name, a number or a mark at the beginning of a line, with what it is indented by. */
const HEAD = /^ *(?:[-*+] |\d+\. (?:\[[ x]\] )?|\S.{0,13}? {2,})?/

const WIDE = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}、。]'

/** Where a word may be broken: in scripts that have no blanks, between any two characters. */
const BREAKS = new RegExp(`(?<=${WIDE})(?=(?![、。])${WIDE})`, 'u')

/** The pieces of a line between which it may be broken; what has a slash in it may be a path, which is copied whole. */
const piecesOf = (line: string): string[] =>
  line.split(/(?<=\S\s+)(?=\S)/).flatMap((word) => (word.includes('/') ? [word] : word.split(BREAKS)))

/** A line in lines that are no wider, as far as its words are not. @param lead what those that follow begin with */
function wrappedLine(line: string, lead: string, width: number, widthOf: Measure): string[] {
  if (widthOf(line) <= width) return [line]
  const begun = lead.slice(0, Math.max(0, width - LEAST))
  const indent = widthOf(begun)
  const lines: string[] = []
  let current = ''
  for (const word of piecesOf(line)) {
    const isBegun = widthOf(current.trimEnd()) > indent
    const fits = widthOf((current + word).trimEnd()) <= width
    // A word that is wider than a line would leave the one before it empty for nothing.
    if (isBegun && !fits && widthOf((begun + word).trimEnd()) <= width) {
      lines.push(current.trimEnd())
      current = begun
    }
    current += word
  }
  return [...lines, current.trimEnd()]
}

/** A paragraph in lines that fit the terminal, each begun with the indent. */
export const wrapped = (text: string, indent: string): string =>
  wrappedLine(
    indent + text,
    indent,
    Math.min(process.stdout.columns || 80, WIDEST),
    ({ length }) => length,
  ).join('\n')

/** Blanks up to where the text of a line begins. */
const hanging = (line: string): string => ' '.repeat(HEAD.exec(line)![0].length)

/**
 * An answer in lines that fit the terminal, broken at blanks and not inside words. In a pipe, and where it is read out, each
 * line stays whole.
 * @param leadOf what the lines begin with that a line is broken into, by that line without its colours
 * @param width columns of the terminal that it goes to, or null where it goes to none
 */
export async function fitted(
  text: string,
  leadOf: (line: string) => string = hanging,
  width: number | null = screenWidth(),
): Promise<string> {
  if (width === null || isPlain()) return text
  const bare = (part: string) => part.replace(ESCAPES, '')
  const widthOf = await measureFor(ASCII.test(bare(text).replaceAll('\n', '')))
  return text
    .split('\n')
    .flatMap((line) => wrappedLine(line, leadOf(bare(line)), width, (part) => widthOf(bare(part))))
    .join('\n')
}
