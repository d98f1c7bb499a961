import { changeRepos } from './change-repos.ts'
import { withoutEntry, writtenNames } from './edit-repos.ts'
import { findMember } from './member.ts'
import { federationIn } from './read-federation.ts'

/**
 * Takes an entry out of the file: of two with one name the later, which does not count; else the repository that is
 * called so, by name or nickname. Nothing of the repository itself is touched.
 * @returns the name of the entry
 * Errors: UNKNOWN_REPOSITORY, REPOS_INVALID, REPOS_UNWRITABLE.
 */
export async function removeRepository(file: string, word: string): Promise<string> {
  let removed = word
  await changeRepos(file, async (text) => {
    const names = writtenNames(file, text!)
    if (!names.includes(word)) removed = findMember(await federationIn(file, text!), word).name
    return withoutEntry(file, text!, names.lastIndexOf(removed))
  })
  return removed
}
