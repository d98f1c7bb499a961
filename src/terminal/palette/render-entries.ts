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

/** A text in which the characters at some places are painted. A pair of surrogates stays whole. */
function painted(text: string, places: ReadonlySet<number>, paint: (text: string) => string): string {
  if (places.size === 0) return text
  let line = ''
  let run = ''
  let at = 0
  for (const character of text) {
    if (places.has(at) || (character.length > 1 && places.has(at + 1))) run += character
    else {
      line += (run === '' ? '' : paint(run)) + character
      run = ''
    }
    at += character.length
  }
  return line + (run === '' ? '' : paint(run))
}

const leadOf = (kind: Kind, isActive: boolean) => {
  const word = WORD[kind] ?? kind
  return `${isActive ? '❯' : ' '} ${word === '' ? '' : word.padEnd(KIND_WIDTH)}`
}

/** @param begins the column in which what stands beside begins, unless the text is longer */
function lineOfEntry(
  { entry, places }: Ranked<unknown>,
  isActive: boolean,
  columns: number,
  begins: number,
  paints: Paints,
): string {
  const lead = leadOf(entry.kind, isActive)
  // Each character in its place, so that those that were typed are found again.
  const text = cutLine(harmless(entry.text), columns - lead.length)
  const used = lead.length + widthAtMost(text)
  const from = Math.max(used + 2, begins)
  const aside = columns - from < LEAST_ASIDE ? '' : cutLine(harmless(entry.aside), columns - from)
  const head = `${lead}${painted(text, places, paints.typed)}`
  const tail = aside === '' ? '' : `${' '.repeat(from - used)}${paints.aside(aside)}`
  return `${isActive ? paints.active(head) : head}${tail}`
}

/**
 * The lines of a list around the active entry, none wider than the terminal. How many there are besides is said in a last
 * line where not all fit.
 */
export function renderEntries(
  ranked: readonly Ranked<unknown>[],
  active: number,
  { columns, lines }: ListSize,
  paints: Paints,
): string[] {
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
  const list = visible.map((each, i) => lineOfEntry(each, first + i === active, columns, begins, paints))
  if (isAll) return list
  return [...list, paints.aside(cutLine(`  ${active + 1} of ${ranked.length}`, columns))]
}
