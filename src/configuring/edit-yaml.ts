import { isDeepStrictEqual } from 'node:util'
import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { cutFor, type KeyPath, withoutValueAt, withValueAt } from '../config/change-content.ts'
import { columnOf, lineEndAfter, PLAIN_EVERYWHERE } from '../repos/edit-repos.ts'

const FLOW = { ...PLAIN_EVERYWHERE, collectionStyle: 'flow', flowCollectionPadding: false } as const

const read = (text: string): Document.Parsed =>
  parseDocument(text, { schema: 'core', merge: true, logLevel: 'error' })

/** What a text says; undefined where it is no YAML, or refers to what is not there. */
function plain(text: string): unknown {
  const document = read(text)
  if (document.errors.length > 0) return undefined
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {}
  } catch {
    return undefined
  }
}

const rangeOf = (node: unknown) => (node as ParsedNode).range

/** The place after a value, without a comment behind it; a block as the library has it takes the blank lines after it too. */
function endOfNode(node: unknown): number {
  if (!isCollection(node) || node.flow || node.items.length === 0) return rangeOf(node)[1]
  const last: unknown = node.items.at(-1)
  return isPair(last) ? endOf(last) : endOfNode(last)
}

/** The place after a pair. */
const endOf = ({ key, value }: Pair): number => Math.max(rangeOf(key)[1], value ? endOfNode(value) : 0)

const pairOf = (map: YAMLMap, key: string | number): Pair | undefined =>
  map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)

/** Whether a place is within brackets or braces. */
const isInFlow = (document: Document, path: KeyPath): boolean =>
  path.some((_, i) => {
    const node = document.getIn(path.slice(0, i), true)
    return isCollection(node) && node.flow === true
  })

/** A value between other things on a line. */
const inFlow = (value: unknown): string => stringify([value], FLOW).trimEnd().slice(1, -1)

/** A value behind a key of a block. */
function onLine(value: unknown): string {
  if (typeof value !== 'string' || value.includes('\n')) return inFlow(value)
  return stringify({ k: value }, PLAIN_EVERYWHERE).trimEnd().slice(3)
}

/** Lines of a block whose keys or dashes stand in a column. */
const block = (value: unknown, column: number): string[] =>
  stringify(value, PLAIN_EVERYWHERE)
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(column)}${line}`)

const isFilled = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

/** The text with a node of it replaced; null where that would take more than its own characters. */
function replaced(text: string, document: Document, path: KeyPath, value: unknown): string | null {
  const node = document.getIn(path, true)
  const [from] = rangeOf(node)
  const to = endOfNode(node)
  if (isScalar(node) && /^BLOCK/.test(node.type ?? '')) return null
  const put = (written: string) => text.slice(0, from) + written + text.slice(to)
  if (isInFlow(document, path) || (isCollection(node) && node.flow)) return put(inFlow(value))
  if (isCollection(node)) {
    if (isFilled(value)) return put(block(value, columnOf(text, from)).join('\n').trimStart())
    const above = document.getIn(path.slice(0, -1), true)
    const pair = isMap(above) ? pairOf(above, path.at(-1)!) : undefined
    if (!pair) return null
    const colon = text.indexOf(':', rangeOf(pair.key)[1]) + 1
    const lines = text.slice(colon, from - columnOf(text, from)) + text.slice(lineEndAfter(text, to - 1))
    return `${text.slice(0, colon)} ${inFlow(value)}${lines}`
  }
  const written = isFilled(value) ? inFlow(value) : onLine(value)
  return put(text[from - 1] === ':' ? ` ${written}` : written)
}

/** The text with lines after the one that a place is in. */
function withLinesAfter(text: string, at: number, lines: readonly string[]): string {
  const end = at < 0 ? 0 : lineEndAfter(text, at)
  const head = text.slice(0, end)
  return `${head}${head === '' || head.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n${text.slice(end)}`
}

/** The text with one more item at the end of a list that has some. */
function appended(
  text: string,
  document: Document,
  path: KeyPath,
  list: YAMLSeq,
  value: unknown,
): string | null {
  const last = list.items.at(-1)
  if (!last) return null
  const end = endOfNode(last)
  if (list.flow || isInFlow(document, path))
    return `${text.slice(0, end)}, ${inFlow(value)}${text.slice(end)}`
  return withLinesAfter(text, end - 1, block([value], columnOf(text, rangeOf(list)[0])))
}

/** The text with a key that its section does not have yet; null where the section is nothing that could have one. */
function added(text: string, document: Document, path: KeyPath, value: unknown): string | null {
  const depth = path.findIndex((_, i) => !document.hasIn(path.slice(0, i + 1)))
  const place = path.slice(0, depth)
  const section = place.length === 0 ? document.contents : document.getIn(place, true)
  if (isSeq(section) && path[depth] === section.items.length) {
    return appended(text, document, place, section, withValueAt(undefined, path.slice(depth + 1), value))
  }
  const entry = withValueAt({}, path.slice(depth), value)
  if (isMap(section)) {
    const last = section.items.at(-1)
    if (section.flow || isInFlow(document, place)) {
      const written = inFlow(entry).slice(1, -1)
      const at = last ? endOf(last) : rangeOf(section)[0] + 1
      return `${text.slice(0, at)}${last ? ', ' : ''}${written}${text.slice(at)}`
    }
    if (!last) return null
    const column = columnOf(text, rangeOf(section.items[0]!.key)[0])
    return withLinesAfter(text, endOf(last) - 1, block(entry, column))
  }
  const isNothing = section === null || (isScalar(section) && rangeOf(section)[0] === rangeOf(section)[1])
  if (!isNothing)
    return isScalar(section) && section.value === null ? replaced(text, document, place, entry) : null
  if (place.length === 0) return withLinesAfter(text, text.length - 1, block(entry, 0))
  const above = document.getIn(place.slice(0, -1), true)
  const pair = isMap(above) && !above.flow ? pairOf(above, place.at(-1)!) : undefined
  if (!pair) return null
  const [from, to] = rangeOf(pair.key)
  return withLinesAfter(text, to, block(entry, columnOf(text, from) + 2))
}

/** The text without an item of a list; null where other things share its lines. */
function withoutItem(text: string, document: Document, path: KeyPath, list: YAMLSeq): string | null {
  const place = Number(path.at(-1))
  const item = list.items[place]
  if (item === undefined) return null
  if (list.items.length === 1) return replaced(text, document, path.slice(0, -1), [])
  const from = rangeOf(item)[0]
  if (list.flow || isInFlow(document, path.slice(0, -1))) {
    const next = list.items[place + 1]
    if (next) return text.slice(0, from) + text.slice(rangeOf(next)[0])
    return text.slice(0, endOfNode(list.items[place - 1])) + text.slice(endOfNode(item))
  }
  const lineStart = from - columnOf(text, from)
  if (text.slice(lineStart, from).trim() !== '-') return null
  return text.slice(0, lineStart) + text.slice(lineEndAfter(text, endOfNode(item) - 1))
}

/** The text without a key and its value; null where other things share its lines. */
function removed(text: string, document: Document, path: KeyPath): string | null {
  const above = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (isSeq(above)) return withoutItem(text, document, path, above)
  if (!isMap(above)) return null
  const pair = pairOf(above, path.at(-1)!)
  if (!pair) return null
  const place = above.items.indexOf(pair as (typeof above.items)[number])
  const from = rangeOf(pair.key)[0]
  if (above.flow || isInFlow(document, path.slice(0, -1))) {
    const next = above.items[place + 1]
    if (next) return text.slice(0, from) + text.slice(rangeOf(next.key)[0])
    return text.slice(0, place > 0 ? endOf(above.items[place - 1]!) : from) + text.slice(endOf(pair))
  }
  const lineStart = from - columnOf(text, from)
  if (text.slice(lineStart, from).trim() !== '') return null
  return text.slice(0, lineStart) + text.slice(lineEndAfter(text, endOf(pair) - 1))
}

/**
 * The first text that says what it is meant to say: YAML has more ways to be written than are foreseen here. Where not
 * even the library, which keeps comments and order but not every blank, gives one, null.
 */
function verified(
  text: string,
  expected: unknown,
  spliced: string | null,
  change: (document: Document) => void,
): string | null {
  const isRight = (candidate: string) => isDeepStrictEqual(plain(candidate), expected)
  if (spliced !== null && isRight(spliced)) return spliced
  try {
    const document = read(text)
    change(document)
    const written = document.toString({ lineWidth: 0, flowCollectionPadding: false })
    return isRight(written) ? written : null
  } catch {
    return null
  }
}

/** Does it with line feeds, and gives the kind of line ends back that there was. */
function withLineFeeds(text: string, edit: (text: string) => string | null): string | null {
  if (!text.includes('\r\n')) return edit(text)
  return edit(text.replaceAll('\r\n', '\n'))?.replaceAll('\n', '\r\n') ?? null
}

/**
 * A text of YAML with another value at a place; comments, order and the way that the rest is written stay.
 * @returns null where that cannot be done without changing what else it says
 */
export const yamlWith = (text: string, path: KeyPath, value: unknown): string | null =>
  withLineFeeds(text, (text) => {
    const document = read(text)
    const spliced = document.hasIn(path)
      ? replaced(text, document, path, value)
      : added(text, document, path, value)
    return verified(text, withValueAt(plain(text), path, value), spliced, (copy) =>
      copy.setIn(path, copy.createNode(value)),
    )
  })

/** A text of YAML without what is at a place, nor the section that would have nothing else in it; null as above. */
export const yamlWithout = (text: string, path: KeyPath): string | null =>
  withLineFeeds(text, (text) => {
    const before = plain(text)
    const cut = cutFor(before, path)
    return verified(text, withoutValueAt(before, cut), removed(text, read(text), cut), (copy) =>
      copy.deleteIn(cut),
    )
  })
