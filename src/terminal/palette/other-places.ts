import { realpathSync } from 'node:fs'
import { MhvError } from '../../errors.ts'
import { urlRepository } from '../../federation/url-repository.ts'
import type { Repository } from '../../git/repository.ts'
import { findReposFile } from '../../repos/find-file.ts'
import type { Federation, Member } from '../../repos/member.ts'
import { repositoryOf, urlInstead } from '../../repos/member-repository.ts'
import { readFederation } from '../../repos/read-federation.ts'
import type { PalettePlace } from './task-entries.ts'
import { warmTasks } from './warm-tasks.ts'

interface OtherPlaces {
  readonly places: readonly PalettePlace[]
  readonly notes: readonly string[]
}

/** One with a URL alone is what was fetched of it; nothing is fetched here. Errors: REPOSITORY_MISSING. */
async function openedMember(member: Member): Promise<Repository> {
  const url = urlInstead(member)
  return url === null ? repositoryOf(member) : urlRepository(url)
}

async function placeOf(member: Member, own: string | null): Promise<{ place?: PalettePlace; note?: string }> {
  try {
    const repository = await openedMember(member)
    if (own !== null && repository.commonDir === own) return {}
    const { snapshot, note } = await warmTasks(repository, member.name)
    if (!snapshot) return note === null ? {} : { note }
    const { name, nicknames } = member
    return { place: { name, nicknames, prefix: name, snapshot }, ...(note === null ? {} : { note }) }
  } catch (error) {
    if (error instanceof MhvError) return { note: `${member.name} is not there` }
    throw error
  }
}

/** The list of repositories that the place leads to; null where there is none. Errors: REPOS_INVALID, NO_FEDERATION. */
export async function federationAround(repository: Repository | null): Promise<Federation | null> {
  const file = findReposFile(process.cwd(), undefined, repository ? [repository.mainDirectory] : [])
  return file === null ? null : readFederation(file)
}

/**
 * The tasks of the other repositories around, by the indexes that are there.
 * @param repository the one around; null outside of any
 */
export async function otherPlaces(repository: Repository | null): Promise<OtherPlaces> {
  try {
    const federation = await federationAround(repository)
    const own = repository && realpathSync(repository.commonDir)
    const seen = await Promise.all((federation?.members ?? []).map((member) => placeOf(member, own)))
    return {
      places: seen.flatMap(({ place }) => place ?? []),
      notes: seen.flatMap(({ note }) => note ?? []),
    }
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    return { places: [], notes: [error.message] }
  }
}
