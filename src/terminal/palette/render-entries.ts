import { harmless } from '../../printable.ts'
import { cutLine, widthAtMost } from './cut-line.ts'
import type { Kind, Ranked } from './entry.ts'

/** How parts of a line are painted; each gives its text back where there is nothing to paint with. */
export interface Paints {
  readonly active: (text: string) => string
  readonly typed: (text: string) => string
  readonly aside: (text: string) => string
}

export interface ListSize {
  readonly columns: number
  /** Lines that the list may take. */
  readonly lines: number
}

/** Wide enough for each kind's name. */
const KIND_WIDTH = 9
const WORD: Partial<Readonly<Record<Kind, string>>> = { choice: '' }
/** The share of a line behind which what stands beside is pushed only by a text that is longer. */
const TEXT_SHARE = 0.5
/** What is cut to less says nothing. */
const LEAST_ASIDE = 12

/** A piece of a line: what was typed, or not. */
export interface Piece {
  readonly text: string
  readonly isTyped: boolean
}

/** A line of the list, taken apart by what its parts are. */
export interface EntryLine {
  readonly isActive: boolean
  readonly head: readonly Piece[]
  /** Blanks between the two. */
  readonly gap: number
  readonly aside: string
}

/** A text taken apart at the places of characters that were typed. A pair of surrogates stays whole. */
function piecesOf(text: string, places: ReadonlySet<number>): Piece[] {
  const pieces: { text: string; isTyped: boolean }[] = []
  let at = 0
  for (const character of text) {
    const isTyped = places.has(at) || (character.length > 1 && places.has(at + 1))
    const last = pieces.at(-1)
    if (last?.isTyped === isTyped) last.text += character
    else pieces.push({ text: character, isTyped })
    at += character.length
  }
  return pieces
}

const leadOf = (kind: Kind, isActive: boolean) => {
  const word = WORD[kind] ?? kind
  return `${isActive ? '❯' : ' '} ${word === '' ? '' : word.padEnd(KIND_WIDTH)}`
}

/** @param begins the column in which what stands beside begins, unless the text is longer */
function entryLine(
  { entry, places }: Ranked<unknown>,
  isActive: boolean,
  columns: number,
  begins: number,
): EntryLine {
  const lead = leadOf(entry.kind, isActive)
  // Each character in its place, so that those that were typed are found again.
  const text = cutLine(harmless(entry.text), columns - lead.length)
  const used = lead.length + widthAtMost(text)
  const from = Math.max(used + 2, begins)
  const aside = columns - from < LEAST_ASIDE ? '' : cutLine(harmless(entry.aside), columns - from)
  const head = [{ text: lead, isTyped: false }, ...piecesOf(text, places)]
  return { isActive, head, gap: aside === '' ? 0 : from - used, aside }
}

/**
 * The lines of a list around the active entry, none wider than the terminal. How many there are besides is said in a last
 * line where not all fit.
 */
export function entryLines(
  ranked: readonly Ranked<unknown>[],
  active: number,
  { columns, lines }: ListSize,
): EntryLine[] {
  const isAll = ranked.length <= lines
  const shown = isAll ? ranked.length : Math.max(1, lines - 1)
  const first = Math.min(Math.max(0, active - (shown >> 1)), Math.max(0, ranked.length - shown))
  const visible = ranked.slice(first, first + shown)
  const widest = visible
    .filter(({ entry }) => entry.aside !== '')
    .reduce(
      (most, { entry }) => Math.max(most, leadOf(entry.kind, false).length + widthAtMost(entry.text)),
      0,
    )
  const begins = Math.min(widest + 2, Math.floor(columns * TEXT_SHARE))
  const list = visible.map((each, i) => entryLine(each, first + i === active, columns, begins))
  if (isAll) return list
  const count = cutLine(`  ${active + 1} of ${ranked.length}`, columns)
  return [...list, { isActive: false, head: [], gap: 0, aside: count }]
}

/** The same as text, painted. */
export function renderEntries(
  ranked: readonly Ranked<unknown>[],
  active: number,
  size: ListSize,
  paints: Paints,
): string[] {
  return entryLines(ranked, active, size).map(({ isActive, head, gap, aside }) => {
    const painted = head.map(({ text, isTyped }) => (isTyped ? paints.typed(text) : text)).join('')
    const tail = aside === '' ? '' : `${' '.repeat(gap)}${paints.aside(aside)}`
    return `${isActive ? paints.active(painted) : painted}${tail}`
  })
}
