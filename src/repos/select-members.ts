import { MhvError } from '../errors.ts'
import { nearestWord } from '../query/nearest-word.ts'
import { type Federation, findMember, type Member } from './member.ts'

/** What flags ask for; nothing given means no choice at all, which is for the caller to read. */
export interface Selection {
  /** Names and nicknames. */
  readonly repositories: readonly string[]
  /** A member has to have one of them. */
  readonly tags: readonly string[]
  /** A member has to have one of them. */
  readonly roles: readonly string[]
}

const has = (own: readonly (string | null)[], asked: readonly string[]) =>
  asked.some((word) => own.some((value) => value?.toLowerCase() === word.toLowerCase()))

/**
 * The members that a selection names, in the order of the file: those called so, and of these the ones with a tag and a
 * role that were asked for; of all where no name is given. Errors: UNKNOWN_REPOSITORY.
 */
export function selectMembers(federation: Federation, selection: Selection): Member[] {
  const { repositories, tags, roles } = selection
  const named = new Set(repositories.map((word) => findMember(federation, word)))
  const chosen = federation.members.filter(
    (member) =>
      (named.size === 0 || named.has(member)) &&
      (tags.length === 0 || has(member.tags, tags)) &&
      (roles.length === 0 || has([member.role], roles)),
  )
  if (chosen.length > 0 || federation.members.length === 0) return chosen
  const all = (of: (member: Member) => readonly (string | null)[]) =>
    federation.members.flatMap(of).filter((word) => word !== null)
  const asked = [...tags.map((tag) => `tag ${tag}`), ...roles.map((role) => `role ${role}`)].join(' and ')
  const near = [
    ...tags.map((tag) =>
      nearestWord(
        tag,
        all(({ tags: own }) => own),
      ),
    ),
    ...roles.map((role) =>
      nearestWord(
        role,
        all(({ role: own }) => [own]),
      ),
    ),
  ].filter((word) => word !== null)
  const hint = near.length > 0 ? ` Did you mean ${near.join(' and ')}?` : ''
  throw new MhvError('UNKNOWN_REPOSITORY', `No repository in ${federation.file} has the ${asked}.${hint}`, {
    data: { tags, roles, ...(near.length > 0 ? { meant: near } : {}) },
  })
}
