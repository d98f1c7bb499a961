import { type ErrorName, MhvError } from '../errors.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Member } from './member.ts'
import { type MemberWorkplace, openMember } from './open-member.ts'

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

/** What kept a member from being seen. Errors: whatever is no MhvError, which is a bug. */
function problemOf(error: unknown): MemberProblem {
  if (!(error instanceof MhvError)) throw error
  return { error: error.error, message: error.message }
}

/** The tasks of one member; what is wrong with it is told and hides no other. */
async function viewMember(member: Member): Promise<MemberView> {
  try {
    const workplace = await openMember(member)
    return { member, snapshot: await workplace.store.view(), workplace, problem: null, fetchedAt: null }
  } catch (error) {
    return { member, snapshot: null, workplace: null, problem: problemOf(error), fetchedAt: null }
  }
}

/** The tasks of several members, in their order. */
export const viewMembers = (members: readonly Member[]): Promise<MemberView[]> =>
  Promise.all(members.map(viewMember))
