import { changeRepos } from './change-repos.ts'
import { type WrittenNames, withoutEntry, writtenNames } from './edit-repos.ts'
import { type Federation, findMember, memberCalled } from './member.ts'
import { federationIn } from './read-federation.ts'

/** Where the entry stands that a word means. Errors: UNKNOWN_REPOSITORY. */
function placeOf(federation: Federation, entries: readonly WrittenNames[], word: string): number {
  const isNamed = (name: string) => (entry: WrittenNames) => entry.name === name
  const exact = entries.findLastIndex(isNamed(word))
  if (exact >= 0) return exact
  const has = ({ nicknames }: WrittenNames) =>
    nicknames.some((nickname) => nickname.toLowerCase() === word.toLowerCase())
  // A nickname that two have is the first one's that counts; those of entries that do not count belong to nobody else.
  const name = memberCalled(federation, word)?.name
  const own = entries.findIndex((entry) => has(entry) && entry.name === name)
  if (own >= 0) return own
  if (name !== undefined) return entries.findLastIndex(isNamed(name))
  const passedOver = entries.findIndex(has)
  return passedOver >= 0 ? passedOver : entries.findIndex(isNamed(findMember(federation, word).name))
}

/**
 * Takes an entry out of the file: of two with one name the later, which does not count; else the one whose nickname it
 * is. Nothing of the repository itself is touched.
 * @returns the name of the entry
 * Errors: UNKNOWN_REPOSITORY, REPOS_INVALID, REPOS_UNWRITABLE.
 */
export async function removeRepository(file: string, word: string): Promise<string> {
  let removed = word
  await changeRepos(file, async (text) => {
    const entries = writtenNames(file, text!)
    const place = placeOf(await federationIn(file, text!), entries, word)
    removed = entries[place]!.name ?? word
    return withoutEntry(file, text!, place)
  })
  return removed
}
