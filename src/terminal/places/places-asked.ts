import { MhvError } from '../../errors.ts'
import type { MemberView } from '../../federation/view-members.ts'
import type { Place } from '../../query/place.ts'
import { storeDirectory } from '../../store/git-store.ts'
import { type UnmergedLog, unmergedLogs } from '../../store/unmerged-logs.ts'
import type { Workplace } from '../base-command.ts'
import { now } from '../output/clock.ts'
import {
  asksForSeveral,
  type FederationFlags,
  federationOf,
  requireNoOther,
  viewFederation,
} from './federation-flags.ts'
import { faultsOf, nothingSeen } from './nothing-seen.ts'
import { openListing, pointInTime, thenOf } from './view-at.ts'

/** A repository of which something can be shown. */
export interface AskedPlace extends Place {
  /** null where only its tasks are here. */
  readonly workplace: Workplace | null
  /** When its tasks were fetched; null of a repository that is here itself. */
  readonly fetchedAt: string | null
  /** What was fetched of remotes and is not shown, since no sync has merged it. */
  readonly unmerged: readonly UnmergedLog[]
}

/** A repository of which nothing can be shown, or only what was fetched at an earlier time. */
export interface RepositoryProblem {
  readonly repository: string
  readonly code: string
  readonly message: string
  /** When what is shown was fetched; null where nothing is shown. */
  readonly fetchedAt: string | null
}

/** What a listing is of. */
export interface PlacesAsked {
  readonly places: readonly AskedPlace[]
  /** Whether several repositories were asked for, even if there is only one of them. */
  readonly isSeveral: boolean
  readonly problems: readonly RepositoryProblem[]
  /** Why nothing at all can be shown; null where something can. */
  readonly failure: MhvError | null
  /** The file that lists the repositories; null where none was read. */
  readonly file: string | null
  /** When the tasks are looked at, ISO 8601. */
  readonly time: string
  /** A repository by its name or nickname, whether it is listed or not; null where it cannot be seen. Errors: UNKNOWN_REPOSITORY, AMBIGUOUS_REPOSITORY. */
  find(name: string): Promise<Place | null>
  /** The proper name of a repository by what it is called. Errors: UNKNOWN_REPOSITORY. */
  nameOf(word: string): string
}

export interface PlaceFlags extends FederationFlags {
  readonly at?: string | undefined
}

const isCalled = ({ name, nicknames }: Place, word: string): boolean =>
  [name, ...nicknames].some((own) => own.toLowerCase() === word.toLowerCase())

const placeOf = ({ member, snapshot }: MemberView): Place | null =>
  snapshot && { name: member.name, nicknames: member.nicknames, snapshot }

/** A member as it was at an instant. What is only fetched has no history here. */
async function viewedAt(view: MemberView, at: string, instant: string): Promise<MemberView> {
  if (!view.snapshot?.tip) return view
  const { viewAtInstant } = await import('../../store/view-at.ts')
  if (view.workplace) {
    const { repository } = view.workplace
    const past = await viewAtInstant(repository, view.snapshot.tip, instant, () => {})
    return { ...view, snapshot: thenOf(past, view.snapshot, at, instant) }
  }
  const message = `${view.member.name} is not here, so it can only be shown as it is now`
  return { ...view, snapshot: null, problem: view.problem ?? { error: 'REPOSITORY_MISSING', message } }
}

/** A moment of the past is what it was, whatever was fetched since. */
const unmergedIn = async (workplace: Workplace | null, tip: string | null, at: string | undefined) =>
  workplace && tip && at === undefined
    ? unmergedLogs(workplace.repository, storeDirectory(workplace.repository), tip)
    : []

/** Errors: those of viewFederation, BAD_REVISION. */
async function severalPlaces(flags: PlaceFlags): Promise<PlacesAsked> {
  const { at } = flags
  const instant = at === undefined ? null : pointInTime(at)
  if (at !== undefined && instant === null) {
    throw new MhvError(
      'BAD_REVISION',
      `“${at}” is neither a date nor an instant, and a commit is one of a single repository.`,
      { recovery: ['mhv task list --all --at yesterday'], data: { field: 'at', value: at } },
    )
  }
  const look = instant === null ? undefined : (view: MemberView) => viewedAt(view, at!, instant)
  const { federation, chosen, view } = await viewFederation(flags, look)
  const { findMember, memberCalled } = await import('../../repos/member.ts')
  const shown = await Promise.all(
    chosen.map(async (view) => {
      const place = placeOf(view)
      if (!place) return []
      const { workplace, fetchedAt } = view
      return [
        { ...place, workplace, fetchedAt, unmerged: await unmergedIn(workplace, place.snapshot.tip, at) },
      ]
    }),
  )
  const places = shown.flat()
  const problems = [
    ...chosen.flatMap(({ member, problem, snapshot, fetchedAt }) =>
      problem
        ? {
            repository: member.name,
            code: problem.error,
            message: problem.message,
            fetchedAt: snapshot && fetchedAt,
          }
        : [],
    ),
    ...faultsOf(federation).map((fault) => ({ ...fault, fetchedAt: null })),
  ]
  return {
    places,
    isSeveral: true,
    problems,
    failure: nothingSeen(chosen, problems, federation.file),
    file: federation.file,
    time: instant ?? now(),
    find: async (name) => {
      const member = findMember(federation, name)
      return places.find((place) => place.name === member.name) ?? placeOf(await view(member))
    },
    nameOf: (word) => {
      const isIt = ({ entry }: { entry: string }) => entry.toLowerCase() === word.toLowerCase()
      // An entry that cannot be read has its problem, and no other name.
      return (
        memberCalled(federation, word)?.name ??
        federation.faults.find(isIt)?.entry ??
        findMember(federation, word).name
      )
    },
  }
}

/** Errors: NOT_A_REPOSITORY, BAD_REVISION, those of the store. */
async function onePlace(flags: PlaceFlags, workplace: Workplace): Promise<PlacesAsked> {
  const { repository, store } = workplace
  const { name } = store
  const { snapshot, time } = await openListing(workplace, flags.at).catch(async (error) => {
    if (!(error instanceof MhvError) || error.error !== 'NOT_INITIALISED') throw error
    const { askedForLog } = await import('../../sync/ask-for-log.ts')
    throw await askedForLog(error, repository)
  })
  const unmerged = await unmergedIn(workplace, snapshot.tip, flags.at)
  const place = { name, nicknames: [], snapshot, workplace, fetchedAt: null, unmerged }
  return {
    places: [place],
    isSeveral: false,
    problems: [],
    failure: null,
    file: null,
    time,
    find: async (other) => {
      if (isCalled(place, other)) {
        await requireNoOther(other, () => federationOf({}))
        return place
      }
      const [{ findMember }, { viewMembers }, federation] = await Promise.all([
        import('../../repos/member.ts'),
        import('../../federation/view-members.ts'),
        federationOf({}),
      ])
      const [view] = await viewMembers([findMember(federation, other)])
      return placeOf(view!)
    },
    nameOf: (word) => {
      if (word.toLowerCase() === name.toLowerCase()) return name
      throw new MhvError(
        'UNKNOWN_REPOSITORY',
        `What is asked for is ${name} alone, which is not called ${word}. Example: --fail-on "repo:${name}"`,
        {
          recovery: ['mhv task list --help'],
          data: { repository: word },
        },
      )
    },
  }
}

/**
 * The repositories that the flags ask for, or the one around the working directory, also where nothing of them can be shown.
 * Errors: those of a federation that was asked for; NOT_A_REPOSITORY, those of the store.
 */
export const lookAtPlaces = async (
  flags: PlaceFlags,
  workplace: () => Promise<Workplace>,
): Promise<PlacesAsked> => (asksForSeveral(flags) ? severalPlaces(flags) : onePlace(flags, await workplace()))

/** The same where something can be shown. Errors: as lookAtPlaces, and the failure. */
export async function placesAsked(
  flags: PlaceFlags,
  workplace: () => Promise<Workplace>,
): Promise<PlacesAsked> {
  const asked = await lookAtPlaces(flags, workplace)
  if (asked.failure) throw asked.failure
  return asked
}
