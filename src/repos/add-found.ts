import { existsSync, realpathSync } from 'node:fs'
import { MhvError } from '../errors.ts'
import { repositoryName } from '../git/repository.ts'
import { asMember, writtenPath } from './add-repository.ts'
import { changeRepos } from './change-repos.ts'
import { namesOfTwo, type ReposProblem, saidOfTwo } from './check-names.ts'
import { discover, type Found } from './discover.ts'
import { type NewEntry, withEntries } from './edit-repos.ts'
import type { Federation } from './member.ts'
import { repositoryOf } from './member-repository.ts'
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
  /** What is not as it should be with those that were added. */
  readonly notes: readonly ReposProblem[]
}

/** The common directories of the repositories that are listed and here, and what their directories are called. */
async function directoriesOf({ members }: Federation) {
  const common = new Set<string>()
  const called = new Set<string>()
  for (const member of members) {
    try {
      if (member.path !== null && existsSync(member.path)) {
        const repository = await repositoryOf(member)
        common.add(realpathSync(repository.commonDir))
        called.add(repositoryName(repository).toLowerCase())
      }
    } catch (error) {
      // What is listed and broken is told by `check`; here it is no repository that could be found.
      if (!(error instanceof MhvError)) throw error
    }
  }
  return { common, called }
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
  let answer: Discovered = { added: [], listed: 0, problems: [], notes: [] }
  await changeRepos(file, async (text) => {
    const federation = await federationIn(file, text ?? '')
    const taken = federation.members.flatMap(({ name, nicknames }) => [name, ...nicknames])
    const { common, called } = await directoriesOf(federation)
    const names = new Set([...taken.map((name) => name.toLowerCase()), ...called])
    const { found, problems } = await discover(directory, depth, common, names, urls)
    const added = found.map(entryOf(file))
    const after = [...federation.members, ...added.map((entry) => asMember(file, entry))]
    const doubtful = (await namesOfTwo(after)).filter(({ member }) => !federation.members.includes(member))
    answer = { added, listed: federation.members.length, problems, notes: doubtful.map(saidOfTwo) }
    return dryRun || added.length === 0 ? null : withEntries(file, text, added)
  })
  return answer
}
