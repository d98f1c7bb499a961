import { existsSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { repositoryEntry } from '../../schemas/repos.ts'
import { MhvError } from '../errors.ts'
import { changeRepos } from './change-repos.ts'
import { type NewEntry, withEntries } from './edit-repos.ts'
import { type Federation, type Member, memberCalled } from './member.ts'
import { repositoryOf } from './open-member.ts'
import { federationIn, isLocalAddress } from './read-federation.ts'
import { shownUrl } from './shown-url.ts'

export interface Addition {
  /** A directory, a URL, or the name of a directory beside the file. */
  readonly where: string
  readonly name?: string | undefined
  readonly url?: string | undefined
  readonly nicknames: readonly string[]
  readonly role?: string | undefined
  readonly tags: readonly string[]
  readonly description?: string | undefined
}

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const isBelow = (directory: string, path: string) => path === directory || path.startsWith(directory + sep)

/**
 * A path as it is written: relative to the file where the two belong together, so that the file can be handed on; below
 * the user's home for all others, as far as they are.
 */
export function writtenPath(file: string, path: string): string {
  const directory = dirname(file)
  if (isBelow(dirname(directory), path)) return relative(directory, path).replaceAll(sep, '/') || '.'
  return isBelow(homedir(), path) ? `~${path.slice(homedir().length)}` : path
}

/** The directory that a word names: from here, or beside the file that lists the others. Null where there is none. */
function directoryOf(where: string, file: string, cwd: string): string | null {
  const home = where === '~' || where.startsWith('~/') ? `${homedir()}${where.slice(1)}` : where
  const beside = where.includes('/') || isAbsolute(home) ? [] : [dirname(file), dirname(dirname(file))]
  return [cwd, ...beside].map((base) => resolve(base, home)).find(isDirectory) ?? null
}

/** The last part of a path or URL, in the letters of names. */
function nameFrom(place: string): string {
  const last = basename(
    shownUrl(place)
      .replace(/\/+$/, '')
      .replace(/^.*:(?!\/\/)/, ''),
  ).replace(/\.git$/, '')
  return last.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '')
}

const invalid = (message: string, field: string) =>
  new MhvError('INVALID_INPUT', message, { recovery: ['mhv repos add --help'], data: { field } })

/** The entry for an addition. Errors: INVALID_INPUT; REPOSITORY_MISSING for a directory that is no repository. */
async function entryFor(addition: Addition, file: string, cwd: string): Promise<NewEntry> {
  const { where, nicknames, role, tags, description } = addition
  const directory = directoryOf(where, file, cwd)
  const isUrl = directory === null && !isLocalAddress(where)
  if (directory === null && !isUrl) {
    throw invalid(`There is no directory ${where} here or beside ${file}, and it is no URL.`, 'where')
  }
  const name = addition.name ?? nameFrom(directory ?? where)
  const url = isUrl ? where : addition.url
  if (directory !== null) await repositoryOf({ ...EMPTY, name, path: directory })
  const entry: NewEntry = {
    name,
    ...(directory === null ? {} : { path: writtenPath(file, directory) }),
    ...(url === undefined ? {} : { url }),
    ...(nicknames.length === 1 ? { nickname: nicknames[0]! } : {}),
    ...(nicknames.length > 1 ? { nicknames } : {}),
    ...(role === undefined ? {} : { role }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(description === undefined ? {} : { description }),
  }
  const read = repositoryEntry.safeParse(entry)
  if (read.success) return entry
  const { path, message } = read.error.issues[0]!
  throw invalid(`${[path.join('.'), message].filter(Boolean).join(' ')}.`, path.join('.'))
}

const EMPTY: Member = {
  name: '',
  nicknames: [],
  role: null,
  tags: [],
  path: null,
  url: null,
  description: '',
}

const realPath = (path: string) => (existsSync(path) ? realpathSync(path) : path)

const isSamePlace = (one: Member, other: Member) =>
  (one.path !== null && other.path !== null && realPath(one.path) === realPath(other.path)) ||
  (one.url !== null && one.url === other.url)

/**
 * Whether the file lists a repository already, under that name.
 * Errors: REPOSITORY_LISTED where it lists another one of that name, or this one under another.
 */
function isListed(federation: Federation, member: Member): boolean {
  const { file, members } = federation
  const same = members.find((other) => isSamePlace(other, member))
  if (same?.name === member.name) return true
  const listed = (message: string, name: string) =>
    new MhvError('REPOSITORY_LISTED', message, { data: { file, repository: name } })
  if (same) throw listed(`${file} lists that repository already, as ${same.name}.`, same.name)
  for (const word of [member.name, ...member.nicknames]) {
    const owner = memberCalled(federation, word)
    if (owner) throw listed(`${word} is ${owner.name} in ${file} already; give another name.`, owner.name)
  }
  return false
}

/**
 * Adds a repository to the file, which is made where it is not there; doing it again changes nothing.
 * Errors: INVALID_INPUT, REPOSITORY_MISSING, REPOSITORY_LISTED, REPOS_INVALID, REPOS_UNWRITABLE.
 */
export async function addRepository(
  file: string,
  addition: Addition,
  cwd: string,
): Promise<{ entry: NewEntry; changed: boolean }> {
  const entry = await entryFor(addition, file, cwd)
  let changed = false
  await changeRepos(file, async (text) => {
    const [member] = (await federationIn(file, withEntries(file, null, [entry]))).members
    if (text !== null && isListed(await federationIn(file, text), member!)) return null
    changed = true
    return withEntries(file, text, [entry])
  })
  return { entry, changed }
}
