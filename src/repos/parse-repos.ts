import { parse, YAMLError } from 'yaml'
import type * as z from 'zod'
import { reposFile, repositoryEntry } from '../../schemas/repos.ts'
import { printable } from '../printable.ts'
import { nearestWord } from '../query/nearest-word.ts'
import type { Fault, Member } from './member.ts'

/** An entry as its file has it: with the path as it is written there. */
export type WrittenEntry = Member

export interface WrittenRepos {
  readonly entries: readonly WrittenEntry[]
  readonly faults: readonly Fault[]
}

export interface Unreadable {
  readonly why: string
  /** From 1. */
  readonly line: number | null
}

/** Takes names that an earlier entry has from later ones, and says so: a name has to mean one repository. */
function withoutDoubles(entries: readonly WrittenEntry[]): WrittenRepos {
  const owners = new Map<string, string>()
  const faults: Fault[] = []
  const kept: WrittenEntry[] = []
  for (const entry of entries) {
    if (owners.get(entry.name.toLowerCase()) === entry.name) {
      faults.push({ entry: entry.name, message: 'is there twice; the first entry counts' })
      continue
    }
    owners.set(entry.name.toLowerCase(), entry.name)
    kept.push(entry)
  }
  const settled = kept.map((entry) => {
    const nicknames = entry.nicknames.filter((nickname) => {
      const owner = owners.get(nickname.toLowerCase())
      if (owner !== undefined && owner !== entry.name) {
        faults.push({ entry: entry.name, message: `its nickname ${nickname} is ${owner}’s already` })
        return false
      }
      owners.set(nickname.toLowerCase(), entry.name)
      return true
    })
    return { ...entry, nicknames }
  })
  return { entries: settled, faults }
}

/** Which key may stand for one of those that are lacking, which is the end of a sentence. */
function meantKey(keys: object | null, lacking: readonly string[]): string {
  const [key, meant] =
    Object.keys(keys ?? {})
      .map((name) => [name, nearestWord(name, lacking)] as const)
      .find(([, near]) => near !== null) ?? []
  return meant ? `; by ${JSON.stringify(printable(key!))} it may mean ${meant}` : ''
}

/** How keys are written, and of what kind their values are. */
const KEYS: Readonly<Record<string, readonly [kind: string, example: string]>> = {
  name: ['text', 'name: akosha'],
  path: ['text', 'path: ../akosha'],
  url: ['text', 'url: https://github.com/example/akosha.git'],
  nickname: ['text', 'nickname: ak'],
  nicknames: ['a list of names', 'nicknames: [ak]'],
  role: ['text', 'role: inspector'],
  tags: ['a list of texts', 'tags: [backend]'],
  description: ['text', 'description: finds things'],
  status: ['text', 'status: active'],
}

/** What is wrong with an entry: the field, the rule, an example. */
function faultIn(entry: unknown, { path, code, message }: z.core.$ZodIssue): string {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return 'is no entry of keys with values, as in “{name: akosha, path: ../akosha}”'
  if (path.length === 0) return message + meantKey(entry, ['path', 'url'])
  const [key, ...within] = path.map(String)
  const [kind, example] = KEYS[key!] ?? ['what it has to be', `${key}: …`]
  const shown = [key, ...within].join('.')
  if (!Object.hasOwn(entry, key!)) return `${shown} is missing${meantKey(entry, [key!])}, as in “${example}”`
  if (code !== 'invalid_type') return `${shown} ${message}`
  return `${shown} is not ${within.length > 0 ? 'text' : kind}, as in “${example}”`
}

/** An entry that is as it should be, or what is wrong with it. */
function readEntry(entry: unknown, place: number): WrittenEntry | Fault {
  const read = repositoryEntry.safeParse(entry)
  if (!read.success) {
    const name = (entry as { name?: unknown } | null)?.name
    return {
      entry: typeof name === 'string' ? printable(name) : `entry ${place}`,
      message: faultIn(entry, read.error.issues[0]!),
    }
  }
  const { name, nickname, nicknames, role, tags, path, url, description } = read.data
  return {
    name,
    nicknames: [...new Set([...(nickname === undefined ? [] : [nickname]), ...nicknames])],
    role: role ?? null,
    tags,
    path: path ?? null,
    url: url ?? null,
    description: description ?? '',
  }
}

/**
 * What the text of a repos.yaml says. An entry that cannot be read is passed over and named among the faults.
 * @returns where the whole cannot be read, a sentence without its end, and the line if it is one
 */
export function parseRepos(text: string): WrittenRepos | Unreadable {
  let plain: unknown
  try {
    plain = parse(text, { schema: 'core', merge: true, maxAliasCount: 100, logLevel: 'error' })
  } catch (error) {
    const said = (error as Error).message.split('\n')[0]!
    const why = printable(said.replace(/[.:]$/, '').replace(/ at line \d+, column \d+$/, ''))
    // What is missing at the end is missing after the last line that there is.
    const last = text.trimEnd().split('\n').length
    const [at] = (error instanceof YAMLError && error.linePos) || []
    return { why, line: at ? Math.min(at.line, last) : null }
  }
  const whole = reposFile.safeParse(plain ?? {})
  const others = Object.keys((plain as object | null) ?? {})
  if (!whole.success || (others.length > 0 && !others.includes('repos'))) {
    const meant = whole.success ? meantKey(plain as object, ['repos']) : ''
    return { why: `it has no list of repositories called repos${meant}`, line: null }
  }
  const read = (whole.data.repos ?? []).map((entry, i) => readEntry(entry, i + 1))
  const single = withoutDoubles(read.filter((entry) => 'name' in entry))
  return {
    entries: single.entries,
    faults: [...read.filter((entry) => 'message' in entry), ...single.faults],
  }
}
