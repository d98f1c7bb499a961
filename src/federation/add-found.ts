import { existsSync, realpathSync } from 'node:fs'
import { MhvError } from '../errors.ts'
import { writtenPath } from './add-repository.ts'
import { changeRepos } from './change-repos.ts'
import { discover, type Found } from './discover.ts'
import { type NewEntry, withEntries } from './edit-repos.ts'
import type { Federation } from './member.ts'
import { repositoryOf } from './open-member.ts'
import { federationIn } from './read-federation.ts'

export interface DiscoveryRequest {
  readonly directory: string
  readonly depth: number
  readonly urls: boolean
  readonly dryRun: boolean
}

export interface Discovered {
  readonly added: readonly NewEntry[]
  /** How many are listed already, of all that the file lists. */
  readonly listed: number
  readonly problems: readonly { readonly path: string; readonly message: string }[]
}

/** The common directories of the repositories that are listed and here. */
async function commonDirectories({ members }: Federation): Promise<Set<string>> {
  const common = new Set<string>()
  for (const member of members) {
    try {
      if (member.path !== null && existsSync(member.path)) {
        common.add(realpathSync((await repositoryOf(member)).commonDir))
      }
    } catch (error) {
      // What is listed and broken is told by `check`; here it is no repository that could be found.
      if (!(error instanceof MhvError)) throw error
    }
  }
  return common
}

const entryOf =
  (file: string) =>
  ({ name, path, url }: Found): NewEntry => ({
    name,
    path: writtenPath(file, path),
    ...(url === null ? {} : { url }),
  })

/**
 * Looks for repositories in a directory, and adds those to the file that it does not list.
 * Errors: REPOS_INVALID, REPOS_UNWRITABLE.
 */
export async function addFound(file: string, request: DiscoveryRequest): Promise<Discovered> {
  const { directory, depth, urls, dryRun } = request
  let answer: Discovered = { added: [], listed: 0, problems: [] }
  await changeRepos(file, async (text) => {
    const federation = await federationIn(file, text ?? '')
    const taken = federation.members.flatMap(({ name, nicknames }) => [name, ...nicknames])
    const { found, problems } = await discover(
      directory,
      depth,
      await commonDirectories(federation),
      new Set(taken.map((name) => name.toLowerCase())),
      urls,
    )
    const added = found.map(entryOf(file))
    answer = { added, listed: federation.members.length, problems }
    return dryRun || added.length === 0 ? null : withEntries(file, text, added)
  })
  return answer
}
