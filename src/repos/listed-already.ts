import { existsSync, realpathSync } from 'node:fs'
import { MhvError, shellWord } from '../errors.ts'
import { isSamePlace } from './distinct-members.ts'
import type { NewEntry } from './edit-repos.ts'
import type { Extension } from './extend-entry.ts'
import { type Federation, type Member, memberCalled } from './member.ts'
import { publicUrl } from './shown-url.ts'

const realPath = (path: string) => (existsSync(path) ? realpathSync(path) : path)

const isSamePath = (one: string, other: string) => realPath(one) === realPath(other)

const refused = (file: string, message: string, name: string, recovery?: readonly string[]) =>
  new MhvError('REPOSITORY_LISTED', message, {
    ...(recovery ? { recovery } : {}),
    data: { file, repository: name },
  })

const taken = (file: string, word: string, owner: Member) =>
  refused(file, `${word} is ${owner.name} in ${file} already; give another name.`, owner.name)

/**
 * The member that a repository is in the file already: the one that was named, or is at the same place.
 * @param asked the name that was asked for; where none was, whatever name the file has for it is the right one
 * Errors: REPOSITORY_LISTED where the file lists another one of that name, or this one under another.
 */
export function listedAs(
  federation: Federation,
  member: Member,
  named: Member | undefined,
  asked: string | undefined,
): Member | undefined {
  const { file, members } = federation
  const same = named ?? members.find((other) => isSamePlace(other, member))
  if (same && asked !== undefined && same.name !== asked) {
    throw refused(file, `${file} lists that repository already, as ${same.name}.`, same.name)
  }
  if (same) return same
  for (const word of [member.name, ...member.nicknames]) {
    const owner = memberCalled(federation, word)
    if (owner) throw taken(file, word, owner)
  }
  return undefined
}

/** Nicknames that nothing is called by yet. Errors: REPOSITORY_LISTED for one that is another repository's. */
function newNicknames(federation: Federation, listed: Member, nicknames: readonly string[]): string[] {
  return nicknames.filter((nickname) => {
    const owner = memberCalled(federation, nickname)
    if (owner && owner !== listed) throw taken(federation.file, nickname, owner)
    return !owner
  })
}

/**
 * What an addition says of a member that its entry does not.
 * @param member the addition as a member; @param entry the same as it is written
 * Errors: REPOSITORY_LISTED where the entry says something else already, or a nickname is another repository's.
 */
export function extensionOf(
  federation: Federation,
  listed: Member,
  member: Member,
  entry: NewEntry,
): Extension {
  const { file } = federation
  const isMissing = (
    key: 'path' | 'url' | 'role' | 'description',
    isSame: (one: string, other: string) => boolean,
  ) => {
    const [before, now] = [listed[key], member[key]]
    if (entry[key] === undefined || !now || (before && isSame(before, now))) return false
    if (!before) return true
    const [has, asked] = key === 'url' ? [publicUrl(before), publicUrl(now)] : [before, now]
    throw refused(
      file,
      `${listed.name} is in ${file} with the ${key} ${has}, not ${asked}: change that there.`,
      listed.name,
      [`\${EDITOR:-vi} ${shellWord(file)}`],
    )
  }
  const isEqual = (one: string, other: string) => one === other
  const { path, url, role, description } = entry
  return {
    set: {
      ...(isMissing('path', isSamePath) ? { path: path! } : {}),
      ...(isMissing('url', isEqual) ? { url: url! } : {}),
      ...(isMissing('role', isEqual) ? { role: role! } : {}),
      ...(isMissing('description', isEqual) ? { description: description! } : {}),
    },
    nicknames: newNicknames(federation, listed, member.nicknames),
    tags: member.tags.filter((tag) => !listed.tags.includes(tag)),
  }
}

/** What an extension adds, in words. */
export const wordsOf = ({ set, nicknames, tags }: Extension): string[] => [
  ...Object.entries(set).map(([key, value]) => `${key} ${key === 'url' ? publicUrl(value) : value}`),
  ...nicknames.map((nickname) => `nickname ${nickname}`),
  ...tags.map((tag) => `tag ${tag}`),
]
