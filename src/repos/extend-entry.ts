import { isMap, isScalar, isSeq, type ParsedNode, stringify, type YAMLMap, type YAMLSeq } from 'yaml'
import { repositoryEntry } from '../../schemas/repos.ts'
import {
  columnOf,
  dashOf,
  entriesOf,
  lineEndAfter,
  type NewEntry,
  PLAIN_EVERYWHERE,
  parsed,
  plain,
  plainEntries,
  unchangeable,
  verified,
} from './edit-repos.ts'

/** What an entry is to say besides what it says already. */
export interface Extension {
  /** Keys that it does not have yet. */
  readonly set: Pick<NewEntry, 'path' | 'url' | 'role' | 'description'>
  readonly nicknames: readonly string[]
  readonly tags: readonly string[]
}

type Plain = Readonly<Record<string, unknown>>

/** Text that comes in at a place. */
type Insertion = readonly [at: number, text: string]

const rangeOf = (node: unknown) => (node as ParsedNode).range

/** The keys that change, with the values that they have then. */
function changesTo(entry: Plain, { set, nicknames, tags }: Extension): Plain {
  const appended = (key: string, added: readonly string[]) =>
    added.length === 0 ? {} : { [key]: [...((entry[key] as string[] | undefined) ?? []), ...added] }
  const isFirst = entry.nickname === undefined && entry.nicknames === undefined
  return {
    ...set,
    ...(isFirst && nicknames.length === 1 ? { nickname: nicknames[0] } : appended('nicknames', nicknames)),
    ...appended('tags', tags),
  }
}

/** The list that an entry has of its own under a key, which is not taken over from another by `<<`. */
function ownList(entry: YAMLMap, key: string): YAMLSeq | null {
  const pair = entry.items.find((item) => isScalar(item.key) && item.key.value === key)
  return pair && isSeq(pair.value) ? pair.value : null
}

/** More words at the end of a list. */
function appendWords(text: string, list: YAMLSeq, words: readonly string[], lineEnd: string): Insertion {
  const last = list.items.at(-1)
  if (list.flow === true) {
    const said = words.map((word) => JSON.stringify(word)).join(', ')
    return last ? [rangeOf(last)[1], `, ${said}`] : [rangeOf(list)[1] - 1, said]
  }
  const indent = ' '.repeat(columnOf(text, dashOf(list, 0)))
  const lines = words.map((word) => `${indent}- ${stringify(word, PLAIN_EVERYWHERE).trimEnd()}${lineEnd}`)
  return [lineEndAfter(text, rangeOf(last)[1] - 1), lines.join('')]
}

/** More keys at the end of an entry. */
function appendKeys(text: string, entry: YAMLMap, keys: Plain, lineEnd: string): Insertion {
  const [first, last] = [entry.items[0]!, entry.items.at(-1)!]
  const at = rangeOf(last.value ?? last.key)[1]
  if (entry.flow === true) {
    // JSON stays JSON.
    const quote = text[rangeOf(last.key)[0]] === '"' ? '"' : ''
    const said = Object.entries(keys).map(
      ([key, value]) => `, ${quote}${key}${quote}: ${JSON.stringify(value)}`,
    )
    return [at, said.join('')]
  }
  const indent = ' '.repeat(columnOf(text, rangeOf(first.key)[0]))
  const lines = stringify(keys, PLAIN_EVERYWHERE).trimEnd().split('\n')
  return [lineEndAfter(text, at - 1), lines.map((line) => `${indent}${line}${lineEnd}`).join('')]
}

function withInsertions(text: string, insertions: readonly Insertion[], lineEnd: string): string {
  let [after, from] = ['', 0]
  for (const [at, added] of [...insertions].sort(([a], [b]) => a - b)) {
    after += text.slice(from, at)
    if (added.endsWith('\n') && !after.endsWith('\n')) after += lineEnd
    after += added
    from = at
  }
  return after + text.slice(from)
}

/** Where the entry stands that counts for a name. */
export const placeOfMember = (file: string, text: string, name: string): number =>
  plainEntries(file, text).findIndex(
    (entry) => (entry as Plain | null)?.name === name && repositoryEntry.safeParse(entry).success,
  )

/**
 * The text with more in one of its entries; everything else stays as it is, to the byte.
 * Errors: REPOS_INVALID.
 */
export function withExtension(file: string, text: string, place: number, extension: Extension): string {
  const document = parsed(file, text)
  const entry = entriesOf(document)?.items[place]
  const all = plain(file, document).repos ?? []
  if (!isMap(entry) || entry.items.length === 0) throw unchangeable(file)
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const changes = changesTo(all[place] as Plain, extension)
  const insertions: Insertion[] = []
  const keys: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(changes)) {
    const list = ownList(entry, key)
    const words = key === 'tags' ? extension.tags : extension.nicknames
    if (list) insertions.push(appendWords(text, list, words, lineEnd))
    else keys[key] = value
  }
  // What is at the entry's end comes behind what is at the end of its last list, which is the same place.
  if (Object.keys(keys).length > 0) insertions.push(appendKeys(text, entry, keys, lineEnd))
  const expected = all.map((other, i) => (i === place ? { ...(other as Plain), ...changes } : other))
  return verified(file, text, withInsertions(text, insertions, lineEnd), expected)
}
