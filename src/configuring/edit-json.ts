import { isDeepStrictEqual } from 'node:util'
import { isCollection, isMap, isScalar, type Pair, type ParsedNode, parseDocument, type YAMLMap } from 'yaml'
import { cutFor, type KeyPath, withoutValueAt, withValueAt } from '../config/change-content.ts'

/** How a text of JSON is written. */
interface Manner {
  readonly indent: string
  /** Between a key and its value. */
  readonly colon: string
}

function mannerOf(text: string): Manner {
  const isOneLine = text.trim().includes('\n') === false && text.trim().length > 2
  const indent = /^([\t ]+)"/m.exec(text)?.[1] ?? (isOneLine ? '' : '  ')
  return { indent, colon: /":\S/.test(text) && !/":\s/.test(text) ? ':' : ': ' }
}

/**
 * Another content in the way that a text of JSON is written: its indentation, its kind of line ends, its last line end.
 * @param text of the file as it is
 */
function jsonLike(text: string, content: unknown): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const end = text === '' || text.endsWith('\n') ? '\n' : ''
  return `${JSON.stringify(content, null, mannerOf(text).indent)}${end}`.replaceAll('\n', lineEnd)
}

const rangeOf = (node: unknown) => (node as ParsedNode).range
/** JSON is YAML in braces, so its parser tells where each value stands. */
const read = (text: string) => parseDocument(text, { schema: 'core', logLevel: 'error' })

/** The blanks in front of the line that a place is in. */
function marginAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^[\t ]*/.exec(text.slice(start))![0]
}

/** A value as it stands behind a margin; on one line where it is to stand among others on one. */
function written(value: unknown, margin: string, isBroken: boolean, { indent, colon }: Manner): string {
  if (isBroken && indent !== '') return JSON.stringify(value, null, indent).replaceAll('\n', `\n${margin}`)
  if (Array.isArray(value))
    return `[${value.map((item) => written(item, '', false, { indent, colon })).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}${colon}${written(item, '', false, { indent, colon })}`,
  )
  return `{${pairs.join(', ')}}`
}

const isBrokenAt = (text: string, node: unknown) =>
  text.slice(rangeOf(node)[0], rangeOf(node)[1]).includes('\n')

function withEntry(text: string, section: YAMLMap, key: string, value: unknown, manner: Manner): string {
  const [from, to] = rangeOf(section)
  const margin = marginAt(text, from)
  const last = section.items.at(-1) as Pair | undefined
  const isBroken = isBrokenAt(text, section) || (!last && manner.indent !== '')
  const inner = last && isBroken ? marginAt(text, rangeOf(last.key)[0]) : `${margin}${manner.indent}`
  const entry = `${JSON.stringify(key)}${manner.colon}${written(value, inner, isBroken, manner)}`
  if (!last) {
    const inside = isBroken ? `\n${inner}${entry}\n${margin}` : entry
    return `${text.slice(0, from + 1)}${inside}${text.slice(to - 1)}`
  }
  const end = rangeOf(last.value)[1]
  return `${text.slice(0, end)},${isBroken ? `\n${inner}` : ' '}${entry}${text.slice(end)}`
}

/** The text with a value in its place; null where only the whole can be written anew. */
function spliced(text: string, path: KeyPath, value: unknown): string | null {
  const document = read(text)
  const manner = mannerOf(text)
  if (document.hasIn(path)) {
    const node = document.getIn(path, true)
    const [from, to] = rangeOf(node)
    const isBroken = isBrokenAt(text, node) || (!isCollection(node) && manner.indent !== '')
    return text.slice(0, from) + written(value, marginAt(text, from), isBroken, manner) + text.slice(to)
  }
  const depth = path.findIndex((_, i) => !document.hasIn(path.slice(0, i + 1)))
  const section = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)
  const key = path[depth]
  if (!isMap(section) || typeof key !== 'string') return null
  return withEntry(text, section, key, withValueAt(undefined, path.slice(depth + 1), value), manner)
}

/** The text without what is at a place, and the comma that went with it; null as above. */
function cutOut(text: string, path: KeyPath): string | null {
  const document = read(text)
  const above = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(above)) return null
  const items = above.items as Pair[]
  const place = items.findIndex(({ key }) => isScalar(key) && key.value === path.at(-1))
  if (place < 0) return null
  const [pair, next, previous] = [items[place]!, items[place + 1], items[place - 1]]
  if (next) return text.slice(0, rangeOf(pair.key)[0]) + text.slice(rangeOf(next.key)[0])
  const end = rangeOf(pair.value)[1]
  if (previous) return text.slice(0, rangeOf(previous.value)[1]) + text.slice(end)
  const [from, to] = rangeOf(above)
  return `${text.slice(0, from)}{}${text.slice(to)}`
}

/** The text that was spliced where it says what it is meant to, else the whole content written anew. */
function verified(text: string, expected: unknown, splice: (text: string) => string | null): string {
  try {
    const after = splice(text.replaceAll('\r\n', '\n'))
    if (after !== null && isDeepStrictEqual(JSON.parse(after), expected)) {
      return text.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after
    }
  } catch {
    // What the other parser cannot read, such as a name that is there twice, is written anew.
  }
  return jsonLike(text, expected)
}

const contentOf = (text: string): unknown => (text.trim() === '' ? {} : JSON.parse(text))

/** A text of JSON with another value at a place; the way that the rest is written stays. */
export const jsonWith = (text: string, path: KeyPath, value: unknown): string =>
  verified(text, withValueAt(contentOf(text), path, value), (text) => spliced(text, path, value))

/** A text of JSON without what is at a place, nor the section that would have nothing else in it. */
export function jsonWithout(text: string, path: KeyPath): string {
  const content = contentOf(text)
  const cut = cutFor(content, path)
  return verified(text, withoutValueAt(content, cut), (text) => cutOut(text, cut))
}
