import { existsSync, realpathSync } from 'node:fs'
import { MhvError } from '../errors.ts'
import { type Repository, repositoryName } from '../git/repository.ts'
import { type Federation, type Member, memberCalled } from '../repos/member.ts'
import { repositoryOf, urlInstead } from '../repos/member-repository.ts'
import { isSameUrl, remoteUrls } from '../repos/remote-urls.ts'
import { isSameRepository } from './neighbours.ts'

/**
 * Whether a member is the repository around; undefined of one that cannot be seen, to whose tasks nothing can be done. One
 * that is known by the URL which the repository around was cloned from is the same.
 */
async function isHere(member: Member, here: Repository): Promise<boolean | undefined> {
  const { path } = member
  const url = urlInstead(member)
  try {
    if (url !== null) return (await remoteUrls(here)).some((own) => isSameUrl(own, url))
    if (path === null || !existsSync(path)) return undefined
    if (realpathSync(path) === realpathSync(here.mainDirectory)) return true
    return isSameRepository(await repositoryOf(member), here)
  } catch (error) {
    if (error instanceof MhvError) return undefined
    throw error
  }
}

/** The member with a directory that the repository around is. */
async function memberAt({ members }: Federation, here: Repository): Promise<Member | null> {
  for (const member of members) if (urlInstead(member) === null && (await isHere(member, here))) return member
  return null
}

/**
 * A federation as it looks from inside of a repository, whose directory's name may be what the file calls another one.
 * @param here the repository around; null outside of any
 */
export async function seenFrom(federation: Federation, here: Repository | null): Promise<Federation> {
  if (here === null) return federation
  const word = repositoryName(here)
  const other = memberCalled(federation, word)
  if (!other || (await isHere(other, here)) !== false) return federation
  const own = await memberAt(federation, here)
  const reached = urlInstead(other) === null ? other : { ...other, path: null }
  return { ...federation, twoMeanings: { word, here: here.mainDirectory, own, other: reached } }
}
