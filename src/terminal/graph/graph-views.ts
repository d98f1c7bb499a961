import { realpathSync } from 'node:fs'
import { MhvError } from '../../errors.ts'
import { askingAgain } from '../../federation/ask-again.ts'
import { inPlace } from '../../federation/in-place.ts'
import type { MemberView } from '../../federation/view-members.ts'
import type { Place, TaskNode } from '../../query/task-graph.ts'
import { type Federation, findMember, type Member } from '../../repos/member.ts'
import { urlInstead } from '../../repos/member-repository.ts'
import { slotsReachingOut } from '../../snapshot/snapshot.ts'
import type { Workplace } from '../base-command.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationOf,
  viewWholeFederation,
} from '../places/federation-flags.ts'
import { faultsOf, nothingSeen } from '../places/nothing-seen.ts'
import { namedTask, type TypedTask } from '../task/named-task.ts'

interface ViewProblem {
  readonly repository: string
  readonly code: string
  readonly message: string
}

/** The repositories that a graph may lead into, and those that it is asked of. */
export interface GraphViews {
  readonly views: readonly MemberView[]
  readonly chosen: ReadonlySet<string>
  /** The repository whose tasks go without its name; null where several are asked of. */
  readonly home: string | null
  /** null where no file of repositories is read. */
  readonly federation: Federation | null
  /** What could not be shown of the repositories that were asked of, and entries that were passed over. */
  readonly problems: readonly ViewProblem[]
  /** Why nothing at all of them can be shown; null where something can. */
  readonly failure: MhvError | null
}

/** What could not be shown of repositories. What one waits for elsewhere is the other's problem. */
const viewProblems = (views: readonly MemberView[]): ViewProblem[] =>
  views.flatMap(({ member, snapshot, problem }) => [
    ...(problem ? [{ repository: member.name, code: problem.error, message: problem.message }] : []),
    ...(snapshot?.problems ?? []).map(({ path, code, message, repository }) => ({
      repository: repository ?? member.name,
      code,
      message: `${path}: ${message}`,
    })),
  ])

/** The repositories that the flags ask for. Errors: NO_FEDERATION, REPOS_INVALID, UNKNOWN_REPOSITORY. */
export async function federationViews(flags: FederationFlags): Promise<GraphViews> {
  const { federation, views, chosen } = await viewWholeFederation(flags)
  const asked = views.filter(({ member }) => chosen.includes(member))
  const problems = [...viewProblems(asked), ...faultsOf(federation)]
  return {
    views,
    chosen: new Set(chosen.map(({ name }) => name)),
    home: null,
    federation,
    problems,
    failure: nothingSeen(asked, problems, federation.file),
  }
}

const real = (path: string) => {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

/** The federation around a repository, if there is one that lists it. */
async function federationAround(
  flags: FederationFlags,
  directory: string,
): Promise<[Federation, Member] | null> {
  try {
    const federation = await federationOf(flags)
    const own = federation.members.find(({ path }) => path !== null && real(path) === real(directory))
    return own ? [federation, own] : null
  } catch (error) {
    // Nobody has asked for it: the repository's own tasks can be told without.
    if (error instanceof MhvError && flags.repos === undefined) return null
    throw error
  }
}

/**
 * The repositories that a graph is asked of: those of the flags, or the one around the working directory, with the others
 * of its federation where its tasks wait for theirs.
 * Errors: as federationViews; NOT_A_REPOSITORY, and those of a store's view; why nothing at all can be shown.
 */
export async function graphViews(
  here: () => Promise<Workplace>,
  flags: FederationFlags,
): Promise<GraphViews> {
  if (asksForSeveral(flags)) {
    const asked = await federationViews(flags)
    if (asked.failure) throw asked.failure
    return asked
  }
  const workplace = await here()
  const snapshot = await workplace.store.view()
  const around =
    slotsReachingOut(snapshot).length > 0
      ? await federationAround(flags, workplace.repository.mainDirectory)
      : null
  const { name } = around?.[1] ?? workplace.store
  const alone: Member = {
    name,
    nicknames: [],
    role: null,
    tags: [],
    path: workplace.repository.mainDirectory,
    url: null,
    description: '',
  }
  const own: MemberView = {
    member: around?.[1] ?? alone,
    snapshot,
    workplace,
    problem: null,
    fetchedAt: null,
  }
  const ofOne = { chosen: new Set([name]), home: name, problems: viewProblems([own]), failure: null }
  if (!around) return { ...ofOne, views: [own], federation: null }
  const { viewMembers } = await import('../../federation/view-members.ts')
  // As far as they are here: nobody has asked for the others.
  const rest = around[0].members.filter((member) => member !== around[1])
  const others = await viewMembers(rest, { offline: true })
  return { ...ofOne, views: [own, ...others], federation: around[0] }
}

/** What a graph is made of. */
export const placesOf = (views: readonly MemberView[]): Place[] =>
  views.map(({ member, snapshot }) => ({ name: member.name, nicknames: member.nicknames, snapshot }))

interface Asked {
  readonly asked: GraphViews
  readonly places: Place[]
  /** null where a graph does not begin at a task. */
  readonly named: Omit<TaskNode, 'kind'> | null
}

/** The views of the one repository around where a name means it though no list does; null where it means another. */
async function ownByName(
  here: () => Promise<Workplace>,
  flags: FederationFlags,
  name: string,
): Promise<GraphViews | null> {
  if (asksForSeveral(flags)) return null
  const { store } = await here()
  return store.name.toLowerCase() === name.toLowerCase() ? graphViews(here, flags) : null
}

/** The repository that somebody stands in, by the name it has among several; null where it is none of them. */
async function standingIn(
  here: () => Promise<Workplace>,
  { federation }: GraphViews,
): Promise<string | null> {
  try {
    const { repository } = await here()
    const around = real(repository.mainDirectory)
    return federation?.members.find(({ path }) => path !== null && real(path) === around)?.name ?? null
  } catch (error) {
    if (error instanceof MhvError) return null
    throw error
  }
}

const NOT_LISTED = ['NO_FEDERATION', 'REPOS_INVALID', 'UNKNOWN_REPOSITORY']

/**
 * The repositories that a graph is asked of, and the task in one of them that it begins at. One that names its
 * repository is looked for in all of them; a number alone is of the repository one stands in, where that is asked of.
 * Errors: as graphViews and namedTask; AMBIGUOUS_REPOSITORY; those of a remote that has to be asked.
 */
export async function askedOf(
  here: () => Promise<Workplace>,
  flags: FederationFlags,
  typed: TypedTask | null,
): Promise<Asked> {
  const whole = typed?.repository == null ? flags : { ...flags, all: true }
  const look = async (): Promise<Asked> => {
    const asked = await graphViews(here, whole)
    const places = placesOf(asked.views)
    const among = places.filter(({ name }) => typed?.repository != null || asked.chosen.has(name))
    const isClear = typed === null || typed.repository !== null || among.length < 2
    const own = isClear ? null : await standingIn(here, asked)
    const around = among.filter(({ name }) => name === own)
    return { asked, places, named: typed && namedTask(around.length > 0 ? around : among, typed) }
  }
  if (!typed?.repository) return look()
  let member: Member
  try {
    member = findMember(await federationOf(flags), typed.repository)
  } catch (error) {
    const isUnlisted = error instanceof MhvError && NOT_LISTED.includes(error.error)
    const asked = isUnlisted ? await ownByName(here, flags, typed.repository).catch(() => null) : null
    if (!asked) throw error
    const places = placesOf(asked.views)
    const own = places.filter(({ name }) => asked.chosen.has(name))
    return { asked, places, named: namedTask(own, { ...typed, repository: null }) }
  }
  return inPlace({ name: member.name, directory: urlInstead(member) === null ? member.path : null }, () =>
    askingAgain(member, look),
  )
}
