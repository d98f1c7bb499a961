import { MhvError, shellWord } from '../errors.ts'
import { harmless, printable } from '../printable.ts'

/** What leads out of a file that is wrong. */
export const stepsFor = (path: string) => [`\${EDITOR:-vi} ${shellWord(path)}`]

interface Mistake {
  readonly why: string
  /** Where it is, in characters; null where nobody knows. */
  readonly at: number | null
}

/** As much of a line as is shown. */
const WIDEST = 100

function messageOf(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** Where JSON has a token that cannot be there, which Node does not tell: behind the longest beginning without one. */
function strangeToken(text: string): number {
  let [right, wrong] = [0, text.length]
  while (wrong - right > 1) {
    const half = (right + wrong) >> 1
    if (messageOf(text.slice(0, half))?.startsWith('Unexpected token')) wrong = half
    else right = half
  }
  return wrong - 1
}

function jsonMistake(text: string, message: string): Mistake {
  const [, why = message] = /^(.*?)(?: in JSON at position |, .* is not valid JSON)/s.exec(message) ?? []
  const place = / at position (\d+)/.exec(message)?.[1]
  if (place !== undefined) return { why, at: Number(place) }
  return { why, at: why.startsWith('Unexpected token') ? strangeToken(text) : text.length }
}

/** What the YAML library tells of what it cannot read. */
interface YamlError extends Error {
  readonly reason?: string
  readonly mark?: { readonly position: number }
}

/** A line with the ones above it, and a mark below the place. */
function frameOf(lines: readonly string[], line: number, column: number): string {
  const shown = [line - 2, line - 1, line].filter((number) => number > 0)
  const width = String(line).length
  const told = shown.map(
    (number) => `    ${String(number).padStart(width)} | ${harmless(lines[number - 1]!).slice(0, WIDEST)}`,
  )
  const mark = column > WIDEST ? [] : [`    ${' '.repeat(width)} | ${' '.repeat(column - 1)}^`]
  return [...told.map((text) => text.trimEnd()), ...mark].join('\n')
}

/** Says of a text that does not parse where it is wrong and why, with the lines around the place. */
export function unreadable(path: string, text: string, cause: Error): MhvError {
  const { reason, mark } = cause as YamlError
  const json = mark ? null : messageOf(text)
  const mistake: Mistake = mark
    ? { why: reason ?? cause.message, at: mark.position }
    : json === null
      ? { why: cause.message, at: null }
      : jsonMistake(text, json)
  const why = `cannot be read: ${printable(mistake.why)}.`
  const data = { cause, recovery: stepsFor(path), data: { path } }
  if (mistake.at === null) return new MhvError('CONFIG_INVALID', `${path} ${why}`, data)
  // What is missing at the end is missing behind the last word that there is.
  const before = text.slice(0, Math.min(mistake.at, text.trimEnd().length)).split('\n')
  const [line, column] = [before.length, before.at(-1)!.length + 1]
  const frame = frameOf(text.split('\n'), line, column)
  return new MhvError('CONFIG_INVALID', `${path}:${line}:${column} ${why}\n${frame}`, data)
}
