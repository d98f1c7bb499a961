import { parse, YAMLError } from 'yaml'
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

/** The key that was probably meant for where a repository is. */
function meantPlace(entry: unknown): string {
  const [key, meant] =
    Object.keys(entry ?? {})
      .map((name) => [name, nearestWord(name, ['path', 'url'])] as const)
      .find(([, near]) => near !== null) ?? []
  return meant ? `; by ${JSON.stringify(printable(key!))} it may mean ${meant}` : ''
}

/** An entry that is as it should be, or what is wrong with it. */
function readEntry(entry: unknown, place: number): WrittenEntry | Fault {
  const read = repositoryEntry.safeParse(entry)
  if (!read.success) {
    const { path, message } = read.error.issues[0]!
    const name = (entry as { name?: unknown } | null)?.name
    return {
      entry: typeof name === 'string' ? printable(name) : `entry ${place}`,
      message: `${[path.join('.'), message].filter(Boolean).join(' ')}${path.length === 0 ? meantPlace(entry) : ''}`,
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
  if (!whole.success) return { why: 'it has no list of repositories called repos', line: null }
  const read = (whole.data.repos ?? []).map((entry, i) => readEntry(entry, i + 1))
  const single = withoutDoubles(read.filter((entry) => 'name' in entry))
  return {
    entries: single.entries,
    faults: [...read.filter((entry) => 'message' in entry), ...single.faults],
  }
}
