import type { ErrorName, MhvError } from '../errors.ts'
import type { Member } from '../repos/member.ts'
import { memberError, urlInstead } from '../repos/member-repository.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { readElsewhere } from './in-place.ts'
import { type MemberWorkplace, openMember } from './open-member.ts'
import type { UrlOptions } from './url-cache.ts'

/** Why something of a member is missing or old. */
export interface MemberProblem {
  readonly error: ErrorName
  readonly message: string
}

/** A member's tasks, as far as they can be seen. */
export interface MemberView {
  readonly member: Member
  /** null where nothing of it can be shown. */
  readonly snapshot: Snapshot | null
  /** Where it can be written; null where only its tasks are here. */
  readonly workplace: MemberWorkplace | null
  readonly problem: MemberProblem | null
  /** When what is shown was fetched, ISO 8601; null for a repository that is here itself. */
  readonly fetchedAt: string | null
}

const problemOf = ({ error, message }: MhvError, { path }: Member): MemberProblem => ({
  error,
  message: readElsewhere(message, path),
})

/** Errors: what is a bug. */
const unseen = (member: Member, error: unknown): MemberView => ({
  member,
  snapshot: null,
  workplace: null,
  problem: problemOf(memberError(member, error), member),
  fetchedAt: null,
})

/** The tasks of a member whose repository is here. */
async function viewHere(member: Member): Promise<MemberView> {
  const workplace = await openMember(member)
  return { member, snapshot: await workplace.store.view(), workplace, problem: null, fetchedAt: null }
}

/** The tasks of one member; what is wrong with it is told and hides no other. */
async function viewMember(member: Member, options: UrlOptions): Promise<MemberView> {
  const url = urlInstead(member)
  try {
    if (url === null) return await viewHere(member)
    const { viewUrl } = await import('./view-url.ts')
    const seen = await viewUrl(member.name, url, options)
    return { ...seen, member, problem: seen.problem && problemOf(seen.problem, member) }
  } catch (error) {
    return unseen(member, error)
  }
}

/** The tasks of several members, in their order. @param onProgress told how many have answered, and of how many */
export async function viewMembers(
  members: readonly Member[],
  options: UrlOptions = {},
  onProgress: (done: number, total: number) => void = () => {},
): Promise<MemberView[]> {
  const isAllHere = members.every((member) => urlInstead(member) === null)
  const reach = isAllHere ? null : (await import('./reach-hosts.ts')).reachLazily()
  let done = 0
  return Promise.all(
    members.map(async (member) => {
      const view = await viewMember(member, reach ? { reach, ...options } : options)
      onProgress(++done, members.length)
      return view
    }),
  )
}
