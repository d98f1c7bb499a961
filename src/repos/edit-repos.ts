import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  parseDocument,
  stringify,
  type YAMLSeq,
} from 'yaml'
import { MhvError, shellWord } from '../errors.ts'
import { printable } from '../printable.ts'

/** What is written of a repository, in this order. */
export interface NewEntry {
  readonly name: string
  readonly path?: string
  readonly url?: string
  readonly nickname?: string
  readonly nicknames?: readonly string[]
  readonly role?: string
  readonly tags?: readonly string[]
  readonly description?: string
}

/** What an entry is called. */
export interface WrittenNames {
  /** null for one that has none. */
  readonly name: string | null
  readonly nicknames: readonly string[]
}

const HEADER =
  '# Repositories that belong together. `mhv repos check` looks whether all is as this file says.\n'

type Repos = Document.Parsed<ParsedNode>

/** As other programs read the file: what an entry takes over from another by `<<` is its own. */
const READING = { schema: 'core', merge: true, logLevel: 'error' } as const

export function parsed(file: string, text: string): Repos {
  const document = parseDocument(text, { ...READING, keepSourceTokens: true })
  const fault = document.errors[0]?.message.split('\n')[0]
  const isOther = !isMap(document.contents) && document.contents !== null
  if (!fault && !isOther) return document
  const why = fault?.replace(/[.:]$/, '') ?? 'it has no list of repositories called repos'
  throw new MhvError('REPOS_INVALID', `${file} cannot be read: ${why}.`, { data: { file } })
}

export const entriesOf = (document: Repos): YAMLSeq | null => {
  const list = document.get('repos')
  return isSeq(list) ? list : null
}

interface PlainRepos {
  readonly repos?: readonly unknown[] | null
}

/** The content; a sentence without its end where an alias leads nowhere, or too many lead to one place. */
function plainOrFault(document: Document): PlainRepos | string {
  try {
    return (document.toJS({ maxAliasCount: 100 }) ?? {}) as PlainRepos
  } catch (error) {
    return printable((error as Error).message.split('\n')[0]!)
  }
}

/** Errors: REPOS_INVALID. */
export function plain(file: string, document: Repos): PlainRepos {
  const said = plainOrFault(document)
  if (typeof said !== 'string') return said
  throw new MhvError('REPOS_INVALID', `${file} cannot be read: ${said}.`, { data: { file } })
}

/** Written so that programs which read YAML 1.1 take each text for one. */
export const PLAIN_EVERYWHERE = { lineWidth: 0, compat: 'yaml-1.1' } as const

/** An entry as lines of a block list whose dashes stand in a column. */
function block(entry: NewEntry, column: number, lineEnd: string): string {
  const lines = stringify(entry, PLAIN_EVERYWHERE).trimEnd().split('\n')
  return lines.map((line, i) => `${' '.repeat(column)}${i === 0 ? '- ' : '  '}${line}${lineEnd}`).join('')
}

/** Where the line ends that a place is in, its line feed included. */
export function lineEndAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

interface DashToken {
  readonly type: string
  readonly offset: number
}

/** Where the dash of an entry of a block list stands. */
export function dashOf(list: YAMLSeq, place: number): number {
  const token = list.srcToken as unknown as { items: { start: readonly DashToken[] }[] }
  return token.items[place]!.start.find(({ type }) => type === 'seq-item-ind')!.offset
}

/** The place after an entry's content; what follows on its last line is a comment. */
function endOf(list: YAMLSeq, place: number): number {
  const { range } = list.items[place] as ParsedNode
  return range[1]
}

export const columnOf = (text: string, at: number) => at - (text.lastIndexOf('\n', at - 1) + 1)

const insert = (text: string, at: number, added: string) => text.slice(0, at) + added + text.slice(at)

function withLineEnd(text: string, lineEnd: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}${lineEnd}`
}

/** Adds to a text whose list is absent, or stands there with nothing in it. */
function beginList(
  text: string,
  document: Repos,
  added: (column: number) => string,
  lineEnd: string,
): string {
  const pair = isMap(document.contents)
    ? document.contents.items.find(({ key }) => isScalar(key) && key.value === 'repos')
    : undefined
  if (!pair) return `${withLineEnd(text, lineEnd)}repos:${lineEnd}${added(2)}`
  const key = pair.key as ParsedNode
  const colon = text.indexOf(':', key.range[1]) + 1
  const list = pair.value as ParsedNode | null
  // What stands for nothing, such as [] or ~, gives way; a comment behind it does not.
  const rest = text.slice(colon, lineEndAfter(text, colon))
  const nothing = list && list.range[1] > list.range[0] ? text.slice(list.range[0], list.range[1]) : ''
  const kept = nothing === '' ? rest : rest.replace(nothing, '').replace(/^ +/, ' ').trimEnd()
  const end = withLineEnd(kept, lineEnd)
  return `${text.slice(0, colon)}${end === '' ? lineEnd : end}${added(columnOf(text, key.range[0]) + 2)}${text.slice(lineEndAfter(text, colon))}`
}

/**
 * The text with more entries at the end of its list; everything else stays as it is, to the byte.
 * @param text null where there is no file yet
 * Errors: REPOS_INVALID.
 */
export function withEntries(file: string, text: string | null, entries: readonly NewEntry[]): string {
  const before = text ?? HEADER
  const document = parsed(file, before)
  const lineEnd = before.includes('\r\n') ? '\r\n' : '\n'
  const list = entriesOf(document)
  const added = (column: number) => entries.map((entry) => block(entry, column, lineEnd)).join('')
  const all = [...(plain(file, document).repos ?? []), ...entries]
  if (list && list.flow === true && list.items.length > 0) {
    const words = entries.map((entry) => `, ${JSON.stringify(entry)}`).join('')
    return verified(file, before, insert(before, endOf(list, list.items.length - 1), words), all)
  }
  if (list && list.items.length > 0) {
    const last = list.items.length - 1
    const at = lineEndAfter(before, endOf(list, last) - 1)
    const head = withLineEnd(before.slice(0, at), lineEnd)
    const column = columnOf(before, dashOf(list, 0))
    return verified(file, before, head + added(column) + before.slice(at), all)
  }
  return verified(file, before, beginList(before, document, added, lineEnd), all)
}

/** The text without one entry of its list, whose comments stay. Errors: REPOS_INVALID. */
export function withoutEntry(file: string, text: string, place: number): string {
  const document = parsed(file, text)
  const list = entriesOf(document)
  if (!list) throw unchangeable(file)
  const all = (plain(file, document).repos ?? []).filter((_, i) => i !== place)
  if (list.flow === true) {
    const { range } = list.items[place] as ParsedNode
    const isLast = place === list.items.length - 1
    const from = isLast && place > 0 ? endOf(list, place - 1) : range[0]
    const to = isLast ? range[1] : (list.items[place + 1] as ParsedNode).range[0]
    return verified(file, text, text.slice(0, from) + text.slice(to), all)
  }
  const dash = dashOf(list, place)
  const from = dash - columnOf(text, dash)
  return verified(
    file,
    text,
    text.slice(0, from) + text.slice(lineEndAfter(text, endOf(list, place) - 1)),
    all,
  )
}

export const unchangeable = (file: string, why = '') =>
  new MhvError(
    'REPOS_INVALID',
    `${file} is written in a way that cannot be changed without changing more${why && ` (${why})`}; nothing was written.`,
    { recovery: [`\${EDITOR:-vi} ${shellWord(file)}`], data: { file } },
  )

/**
 * The new text, if it says what it is meant to say: YAML has more ways to write a list than are foreseen here.
 * Errors: REPOS_INVALID.
 */
export function verified(file: string, before: string, after: string, repos: readonly unknown[]): string {
  const expected = JSON.stringify({ ...plain(file, parsed(file, before)), repos })
  const sorted = (text: string) =>
    Object.entries(JSON.parse(text) as object).sort(([a], [b]) => (a < b ? -1 : 1))
  const document = parseDocument(after, READING)
  if (document.errors.length > 0) throw unchangeable(file)
  const said = plainOrFault(document)
  if (typeof said === 'string') throw unchangeable(file, 'other parts of it refer to this one')
  const now = JSON.stringify({ ...said, repos: said.repos ?? [] })
  if (JSON.stringify(sorted(now)) === JSON.stringify(sorted(expected))) return after
  throw unchangeable(file)
}

/** The entries in their order, whether they count or not. Errors: REPOS_INVALID. */
export const plainEntries = (file: string, text: string): readonly unknown[] =>
  plain(file, parsed(file, text)).repos ?? []

/** An entry without the keys of other programs. */
export function knownKeys(entry: unknown): NewEntry {
  const { name, path, url, nickname, nicknames, role, tags, description } = entry as NewEntry
  const known = { name, path, url, nickname, nicknames, role, tags, description }
  return Object.fromEntries(
    Object.entries(known).filter(([, value]) => value !== undefined),
  ) as unknown as NewEntry
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)

/** What the entries are called, in their order, whether they count or not. Errors: REPOS_INVALID. */
export function writtenNames(file: string, text: string): WrittenNames[] {
  return plainEntries(file, text).map((entry) => {
    const { name, nickname, nicknames } = (entry ?? {}) as Readonly<Record<string, unknown>>
    const all = [nickname, ...(Array.isArray(nicknames) ? nicknames : [])]
    return { name: textOrNull(name), nicknames: all.flatMap((word) => textOrNull(word) ?? []) }
  })
}
