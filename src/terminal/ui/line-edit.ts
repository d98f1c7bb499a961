import type { Key } from './key.ts'

/** A line of text that is being written. */
export interface Line {
  readonly text: string
  /** Characters in front of the cursor, in UTF-16 units. */
  readonly cursor: number
  /** Whether all of it stands there to be replaced: by what is typed, unless a key that edits comes first. */
  readonly isSelected?: boolean
}

export const lineOf = (text: string): Line => ({ text, cursor: text.length })

/** What is there already, as what one will mostly replace. */
export const selectedLine = (text: string): Line =>
  text === '' ? lineOf('') : { ...lineOf(text), isSelected: true }

/** Where the character in front of a place begins. */
const before = (text: string, at: number): number => at - ([...text.slice(0, at)].at(-1)?.length ?? 0)
const after = (text: string, at: number): number => at + ([...text.slice(at)][0]?.length ?? 0)

const wordBefore = ({ text, cursor }: Line): number =>
  text.slice(0, cursor).replace(/\S+\s*$|\s+$/, '').length

const without = ({ text, cursor }: Line, from: number, to: number): Line => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: cursor > to ? cursor - (to - from) : Math.min(cursor, from),
})

const EDITS: Readonly<Record<string, (line: Line) => Line>> = {
  left: ({ text, cursor }) => ({ text, cursor: before(text, cursor) }),
  right: ({ text, cursor }) => ({ text, cursor: after(text, cursor) }),
  home: ({ text }) => ({ text, cursor: 0 }),
  end: ({ text }) => lineOf(text),
  'ctrl+a': ({ text }) => ({ text, cursor: 0 }),
  'ctrl+e': ({ text }) => lineOf(text),
  delete: (line) =>
    line.isSelected ? lineOf('') : without(line, line.cursor, after(line.text, line.cursor)),
  backspace: (line) => without(line, before(line.text, line.cursor), line.cursor),
  'ctrl+d': (line) => without(line, line.cursor, after(line.text, line.cursor)),
  'ctrl+w': (line) => without(line, wordBefore(line), line.cursor),
  'ctrl+u': (line) => without(line, 0, line.cursor),
}

/** The line after a key; itself where the key means nothing to it. */
export function edited(line: Line, { name, text }: Key): Line {
  const edit = EDITS[name]
  if (edit) return edit(line)
  if (text === '') return line
  if (line.isSelected) return lineOf(text)
  return {
    text: line.text.slice(0, line.cursor) + text + line.text.slice(line.cursor),
    cursor: line.cursor + text.length,
  }
}
