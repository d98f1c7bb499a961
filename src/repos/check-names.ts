import { existsSync, realpathSync } from 'node:fs'
import { MhvError } from '../errors.ts'
import { type Repository, repositoryName } from '../git/repository.ts'
import { type Member, memberCalled } from './member.ts'
import { repositoryOf, urlInstead } from './member-repository.ts'
import { isSameUrl, remoteUrls } from './remote-urls.ts'

/** What is wrong with a file that lists repositories, or with one of them. */
export interface ReposProblem {
  /** A name, or `entry 3`. */
  readonly repository: string
  readonly message: string
  /** What mends it, where a command does. */
  readonly step: string | null
}

/** The repository of a member whose directory is here; null where it cannot be told. */
export async function repositoryHere(member: Member): Promise<Repository | null> {
  if (member.path === null || !existsSync(member.path)) return null
  try {
    return await repositoryOf(member)
  } catch (error) {
    if (error instanceof MhvError) return null
    throw error
  }
}

async function isOne(member: Member, repository: Repository): Promise<boolean> {
  const url = urlInstead(member)
  if (url !== null) return (await remoteUrls(repository)).some((own) => isSameUrl(own, url))
  const other = await repositoryHere(member)
  return other === null || realpathSync(other.commonDir) === realpathSync(repository.commonDir)
}

/** A member inside of whose directory a name means it, by which everybody else means another one. */
export interface NameOfTwo {
  readonly word: string
  readonly member: Member
  /** Its main directory. */
  readonly directory: string
  readonly other: Member
}

export async function namesOfTwo(members: readonly Member[]): Promise<NameOfTwo[]> {
  const found: NameOfTwo[] = []
  for (const member of members) {
    const repository = await repositoryHere(member)
    if (!repository) continue
    const word = repositoryName(repository)
    const other = memberCalled({ members }, word)
    if (!other || other === member || (await isOne(other, repository))) continue
    found.push({ word, member, directory: repository.mainDirectory, other })
  }
  return found
}

export const saidOfTwo = ({ word, member, directory, other }: NameOfTwo): ReposProblem => ({
  repository: member.name,
  message: `in ${directory}, “${word}” is both this repository and ${other.name}, ${other.path ?? 'known by its URL'}: there, neither can be named so`,
  step: null,
})
