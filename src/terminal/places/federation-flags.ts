import { MhvError } from '../../errors.ts'
import type { UrlOptions } from '../../federation/url-cache.ts'
import type { MemberView } from '../../federation/view-members.ts'
import type { Repository } from '../../git/repository.ts'
import { type Federation, type Member, requireOneMeaning } from '../../repos/member.ts'
import { Flags } from '../oclif.ts'
import { watched } from '../watched.ts'
import { repositoryAround } from './repository-around.ts'

const helpGroup = 'FEDERATION'

const several = (description: string) =>
  Flags.string({ multiple: true, multipleNonGreedy: true, delimiter: ',', helpGroup, description })

/** Where the list of repositories is. */
export const reposFlag = {
  repos: Flags.string({
    helpGroup,
    description: 'file that lists the repositories; else MHV_REPOS, or the nearest repos.yaml upward',
  }),
}

/** Flags of a command that reads several repositories. */
export const federationFlags = {
  ...reposFlag,
  all: Flags.boolean({ helpGroup, description: 'all repositories that repos.yaml lists' }),
  repo: several('these repositories, by name or nickname'),
  tag: several('repositories with one of these tags'),
  role: several('repositories with one of these roles'),
}

/** How old what is shown of a repository known by its URL may be. */
export const freshnessFlag = {
  'max-age': Flags.string({
    helpGroup,
    helpValue: '<10m>',
    description:
      'of a repository known by its URL, show what was fetched so lately (30s, 2h, 1d; 5m, or 0s in CI and with --fail-on)',
  }),
}

/** Milliseconds. Errors: INVALID_INPUT. */
async function ageOf(word: string): Promise<number> {
  const { duration } = await import('../../../schemas/config.ts')
  const age = duration.safeParse(word)
  if (age.success) return age.data
  throw new MhvError('INVALID_INPUT', `--max-age ${JSON.stringify(word)} ${age.error.issues[0]!.message}.`, {
    recovery: ['mhv task list --all --max-age 10m'],
    data: { field: 'max-age', value: word, example: '10m' },
  })
}

/** CI services say so, each with the same word. */
export const isInCi = () => !['', 'false', '0'].includes(process.env.CI ?? '')

/**
 * How old what is shown may be. What nobody looks at, and a verdict, may not rest on what was so five minutes ago.
 * Errors: INVALID_INPUT.
 */
async function freshness(flags: FederationFlags): Promise<UrlOptions> {
  const age = flags['max-age']
  if (age !== undefined) return { maxAge: await ageOf(age) }
  return flags['fail-on'] !== undefined || isInCi() ? { maxAge: 0 } : {}
}

export interface FederationFlags {
  readonly 'fail-on'?: string | undefined
  readonly 'max-age'?: string | undefined
  readonly repos?: string | undefined
  readonly all?: boolean
  readonly repo?: readonly string[] | undefined
  readonly tag?: readonly string[] | undefined
  readonly role?: readonly string[] | undefined
}

/** Whether the flags ask for other repositories than the one around the working directory. */
export const asksForSeveral = ({ repos, all, repo, tag, role }: FederationFlags): boolean =>
  all === true || [repos, repo, tag, role].some((words) => words !== undefined)

/** The repository around; null where that cannot be told, which keeps nobody from reading others. */
const whereAbouts = () =>
  repositoryAround().catch((error: unknown) => {
    if (error instanceof MhvError) return null
    throw error
  })

/**
 * The federation that the flags, the environment or the place lead to.
 * @param repository the one worked in, beside whose main worktree the file may be
 * Errors: NO_FEDERATION, REPOS_INVALID.
 */
export async function federationOf(
  { repos }: FederationFlags,
  repository: Repository | null = null,
): Promise<Federation> {
  const [{ findReposFile }, { readFederation }] = await Promise.all([
    import('../../repos/find-file.ts'),
    import('../../repos/read-federation.ts'),
  ])
  const file = findReposFile(process.cwd(), repos, repository ? [repository.mainDirectory] : [])
  if (file)
    return (await import('../../federation/seen-from.ts')).seenFrom(
      await readFederation(file),
      await whereAbouts(),
    )
  throw new MhvError(
    'NO_FEDERATION',
    `There is no repos.yaml in ${process.cwd()} or above, nor one of your own.`,
  )
}

/**
 * Refuses the name of the repository around where the list of repositories means another one by it. Where there is no
 * list that can be read, nothing else can be meant.
 * Errors: AMBIGUOUS_REPOSITORY; NO_FEDERATION, REPOS_INVALID of a list that was asked for.
 */
export async function requireNoOther(
  word: string,
  federation: () => Promise<Federation>,
  isAsked = false,
): Promise<void> {
  try {
    requireOneMeaning(await federation(), word)
  } catch (error) {
    const isUnlisted = error instanceof MhvError && ['NO_FEDERATION', 'REPOS_INVALID'].includes(error.error)
    if (!isUnlisted || isAsked) throw error
  }
}

/** What the flags ask for. */
interface Asked {
  readonly federation: Federation
  readonly members: readonly Member[]
  readonly options: UrlOptions
}

/** Errors: as federationOf, UNKNOWN_REPOSITORY, INVALID_INPUT. */
async function askedBy(flags: FederationFlags): Promise<Asked> {
  const federation = await federationOf(flags)
  const { selectMembers } = await import('../../repos/select-members.ts')
  const { repo = [], tag = [], role = [] } = flags
  const members = selectMembers(federation, { repositories: repo, tags: tag, roles: role })
  return { federation, members, options: await freshness(flags) }
}

/** A federation as it was seen. */
export interface FederationSeen {
  readonly federation: Federation
  /** The members that the flags ask for, each knowing the tasks elsewhere that its own depend on. */
  readonly chosen: readonly MemberView[]
  /** A member, whether it was asked for or not. */
  readonly view: (member: Member) => Promise<MemberView>
}

/** What is said while repositories are read, of which some may be far away. */
const READING = 'Reading repositories'

/**
 * The tasks of the repositories that the flags ask for, whose problems are also what they wait for and cannot be seen. Of
 * the others only those are opened that these refer to.
 * @param look puts what is to be shown of a member in place of its tasks as they are now
 * Errors: as federationOf, UNKNOWN_REPOSITORY, INVALID_INPUT.
 */
export async function viewFederation(
  flags: FederationFlags,
  look: (view: MemberView) => MemberView | Promise<MemberView> = (view) => view,
): Promise<FederationSeen> {
  const { federation, members, options } = await askedBy(flags)
  const [{ viewMembers }, { namedIn }, { joinAsked }] = await Promise.all([
    import('../../federation/view-members.ts'),
    import('../../federation/join-views.ts'),
    import('../../federation/unseen.ts'),
  ])
  const seen = async (of: readonly Member[]) =>
    Promise.all((await watched(READING, (onProgress) => viewMembers(of, options, onProgress))).map(look))
  const asked = await seen(members)
  const named = new Set(asked.flatMap(({ snapshot }) => (snapshot ? namedIn(federation, snapshot) : [])))
  const others = await seen([...named].filter((member) => !members.includes(member)))
  const views = joinAsked(federation, members, [...asked, ...others])
  return {
    federation,
    chosen: views.slice(0, asked.length),
    view: async (member) => views.find((view) => view.member === member) ?? (await seen([member]))[0]!,
  }
}

/**
 * The tasks of all repositories, where also those count that depend on what is asked for, and which of them the flags
 * ask for. Errors: as viewFederation.
 */
export async function viewWholeFederation(
  flags: FederationFlags,
): Promise<{ federation: Federation; views: readonly MemberView[]; chosen: readonly Member[] }> {
  const { federation, members, options } = await askedBy(flags)
  const [{ viewMembers }, { joinAsked }] = await Promise.all([
    import('../../federation/view-members.ts'),
    import('../../federation/unseen.ts'),
  ])
  const views = joinAsked(
    federation,
    members,
    await watched(READING, (onProgress) => viewMembers(federation.members, options, onProgress)),
  )
  return { federation, views, chosen: members }
}
