import { statSync } from 'node:fs'
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { repositoryEntry } from '../../schemas/repos.ts'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { homeDirectory } from '../home-directory.ts'
import { isAmong } from '../query/number-list.ts'
import { changeRepos } from './change-repos.ts'
import { namesOfTwo, type ReposProblem, saidOfTwo } from './check-names.ts'
import { knownKeys, type NewEntry, plainEntries, withEntries } from './edit-repos.ts'
import { placeOfMember, withExtension } from './extend-entry.ts'
import { extensionOf, listedAs, wordsOf } from './listed-already.ts'
import { type Federation, type Member, memberCalled } from './member.ts'
import { repositoryOf } from './member-repository.ts'
import { federationIn, isLocalAddress, pathIn } from './read-federation.ts'
import { isSameUrl, remoteUrls } from './remote-urls.ts'
import { publicUrl } from './shown-url.ts'

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
  return isBelow(homeDirectory(), path) ? `~${path.slice(homeDirectory().length)}` : path
}

/** The directory that a word names: from here, or beside the file that lists the others. Null where there is none. */
function directoryOf(where: string, file: string, cwd: string): string | null {
  const home = where === '~' || where.startsWith('~/') ? `${homeDirectory()}${where.slice(1)}` : where
  const beside = where.includes('/') || isAbsolute(home) ? [] : [dirname(file), dirname(dirname(file))]
  return [cwd, ...beside].map((base) => resolve(base, home)).find(isDirectory) ?? null
}

/** The last part of a path or URL, in the letters of names. */
function nameFrom(place: string): string {
  const last = basename(
    publicUrl(place)
      .replace(/\/+$/, '')
      .replace(/^.*:(?!\/\/)/, ''),
  ).replace(/\.git$/, '')
  return last.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '')
}

const invalid = (message: string, field: string) =>
  new MhvError('INVALID_INPUT', message, { recovery: ['mhv repos add --help'], data: { field } })

/** The member that is known by the URL alone which a repository was cloned from. */
async function clonedFrom({ members }: Federation, repository: Repository): Promise<Member | undefined> {
  const candidates = members.filter(({ path, url }) => path === null && url !== null)
  const urls = candidates.length === 0 ? [] : await remoteUrls(repository)
  return candidates.find(({ url }) => urls.some((own) => isSameUrl(own, url!)))
}

/**
 * The entry for an addition. Of a repository that is called by the name that the file has for it, or is a clone of what
 * that knows by its URL, only what was given.
 * Errors: INVALID_INPUT; REPOSITORY_MISSING for a directory that is no repository.
 */
async function entryFor(
  addition: Addition,
  federation: Federation,
  cwd: string,
): Promise<{ entry: NewEntry; named: Member | undefined }> {
  const { where, nicknames, role, tags, description } = addition
  const { file } = federation
  const directory = directoryOf(where, file, cwd)
  const isUrl = directory === null && !isLocalAddress(where)
  const repository =
    directory === null ? null : await repositoryOf({ ...EMPTY, name: where, path: directory })
  const named = repository
    ? await clonedFrom(federation, repository)
    : isUrl
      ? undefined
      : memberCalled(federation, where)
  if (directory === null && !isUrl && !named) {
    throw invalid(`There is no directory ${where} here or beside ${file}, and it is no URL.`, 'where')
  }
  const name = addition.name ?? named?.name ?? nameFrom(directory ?? where)
  const given = isUrl ? where : addition.url
  const url = given === undefined ? undefined : publicUrl(given)
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
  // What is listed has a place already.
  const read = repositoryEntry.safeParse(named ? { path: '.', ...entry } : entry)
  if (read.success) return { entry, named }
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

/** An entry that is in order, as one that was read. */
export const asMember = (
  file: string,
  { name, path, url, nickname, nicknames = [], tags = [], ...rest }: NewEntry,
): Member => ({
  name,
  nicknames: nickname === undefined ? nicknames : [nickname],
  role: rest.role ?? null,
  tags,
  path: path === undefined ? null : pathIn(file, path),
  url: url === undefined ? null : isLocalAddress(url) ? pathIn(file, url) : url,
  description: rest.description ?? '',
})

/** What adding a repository came to. */
export interface Added {
  /** As the file has it then. */
  readonly entry: NewEntry
  readonly changed: boolean
  /** What an entry that was there already says now besides; nothing for a new one. */
  readonly extended: readonly string[]
  /** What is not as it should be with the names that it has then. */
  readonly notes: readonly ReposProblem[]
}

/**
 * What is to be said of the names with a member in the file.
 * @param words names that it has not had there
 * Errors: REPOSITORY_LISTED for one by which another's directory is called.
 */
async function notesOn(
  federation: Federation,
  member: Member,
  words: readonly string[],
): Promise<ReposProblem[]> {
  const { file, members } = federation
  const doubtful = await namesOfTwo([...members.filter(({ name }) => name !== member.name), member])
  const given = doubtful.find(({ word, other }) => other === member && isAmong(words, word))
  if (given) {
    const message = `The directory of ${given.member.name} in ${file}, ${given.directory}, is called ${given.word}, which means that repository there; give another name with --name or --nickname.`
    throw new MhvError('REPOSITORY_LISTED', message, { data: { file, repository: given.member.name } })
  }
  return doubtful.filter((one) => one.member === member).map(saidOfTwo)
}

/**
 * Adds a repository to the file, which is made where it is not there; or, to the entry of one that it lists, what that
 * does not say yet. Doing it again changes nothing.
 * Errors: INVALID_INPUT, REPOSITORY_MISSING, REPOSITORY_LISTED, REPOS_INVALID, REPOS_UNWRITABLE.
 */
export async function addRepository(file: string, addition: Addition, cwd: string): Promise<Added> {
  let added: Added | null = null
  await changeRepos(file, async (text) => {
    const federation = text === null ? { file, members: [], faults: [] } : await federationIn(file, text)
    const { entry, named } = await entryFor(addition, federation, cwd)
    const member = asMember(file, entry)
    const listed = listedAs(federation, member, named, addition.name)
    if (!listed) {
      const notes = await notesOn(federation, member, [member.name, ...member.nicknames])
      added = { entry, changed: true, extended: [], notes }
      return withEntries(file, text, [entry])
    }
    const extension = extensionOf(federation, listed, member, entry)
    const grown = {
      ...listed,
      path: listed.path ?? member.path,
      nicknames: [...listed.nicknames, ...extension.nicknames],
    }
    const notes = await notesOn(federation, grown, extension.nicknames)
    const place = placeOfMember(file, text!, listed.name)
    const extended = wordsOf(extension)
    const after = extended.length > 0 ? withExtension(file, text!, place, extension) : text!
    const changed = extended.length > 0
    added = {
      entry: knownKeys(plainEntries(file, after)[place]),
      changed,
      extended,
      notes: changed ? notes : [],
    }
    return after
  })
  return added!
}
