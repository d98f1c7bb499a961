import { realpathSync } from 'node:fs'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { findLiveTasks, findTasks, type TaskNames } from '../query/find-task.ts'
import { type Federation, findMember, type Member, memberCalled } from '../repos/member.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Joining } from '../store/joined-store.ts'
import type { Elsewhere } from '../tasks/known.ts'
import { inPlace } from './in-place.ts'
import { namedIn, neighbourhood } from './join-views.ts'
import { reasonsOf, unseenIn } from './unseen.ts'
import { type MemberView, viewMembers } from './view-members.ts'

/** The other repositories of a federation, as one of them, or one outside of it, looks at them. Each is opened once. */
export interface Neighbours {
  readonly federation: Federation
  /**
   * References of tasks in another repository, as it is now; null where it turns out to be the own one. From then on every
   * view is joined with that repository.
   * @param withEnded whether deleted tasks may be meant, and what they were when they were seen last will do
   * Errors: UNKNOWN_REPOSITORY; REPOSITORY_MISSING and others for one that cannot be seen; those of `findTasks`.
   */
  references(word: string, names: TaskNames, withEnded: boolean): Promise<string[] | null>
  /** Joins every view from then on with a repository as well, as far as it is listed and here. */
  seeAlso(name: string): void
  /** What a view has to be joined with. Errors: none that another repository is to blame for. */
  join(view: Snapshot): Promise<Joining>
}

const askNow = (members: readonly Member[]) => viewMembers(members, { maxAge: 0 })

/** The tasks of members as far as they are here: what a command of one repository says does not wait for a network. */
export const viewHere = (members: readonly Member[]): Promise<MemberView[]> =>
  viewMembers(members, { offline: true })

/** Whether two are one repository, through whichever worktree. */
export const isSameRepository = (one: Repository, other: Repository): boolean =>
  realpathSync(one.commonDir) === realpathSync(other.commonDir)

/**
 * @param own the repository that looks
 * @param known a member that it is known to be
 */
export function neighboursOf(
  federation: Federation,
  own: Repository,
  known: Member | null = null,
): Neighbours {
  const opened = new Map<Member, Promise<MemberView>>()
  const asked = new Set<Member>()
  let self = known
  /** null for the own repository. */
  const open = async (member: Member, look?: typeof viewHere): Promise<MemberView | null> => {
    if (member === self) return null
    if (look || !opened.has(member)) {
      opened.set(
        member,
        (look ?? viewHere)([member]).then(([view]) => view!),
      )
    }
    const view = await opened.get(member)!
    if (!view.workplace || !isSameRepository(view.workplace.repository, own)) return view
    self = member
    return null
  }
  /** The members that a view needs to be seen beside, with those that these refer to, and so on. */
  const reachable = async (view: Snapshot): Promise<MemberView[]> => {
    const wanted = new Set([...asked, ...namedIn(federation, view)])
    const views: MemberView[] = []
    // A set that grows is walked to its end.
    for (const member of wanted) {
      const there = await open(member)
      if (!there) continue
      views.push(there)
      if (there.snapshot) for (const next of namedIn(federation, there.snapshot)) wanted.add(next)
    }
    return views
  }
  return {
    federation,
    references: async (word, names, withEnded) => {
      const member = findMember(federation, word)
      // Who names a task there means it as it is now: since the last fetch, its number may have become another's.
      const view = await open(member, askNow)
      if (!view) return null
      asked.add(member)
      // An id says all that is stored, so that it may lead to a repository that is not here.
      const ids = names.filter((name) => typeof name === 'string')
      const isSeen = view.snapshot !== null
      if (!isSeen && ids.length === names.length) return ids.map((id) => `${member.name}/${id}`)
      const { snapshot } = view
      const { error, message } = view.problem ?? { error: 'REPOSITORY_MISSING' as const, message: '' }
      const isOld = view.problem !== null && !withEnded && ids.length < names.length
      if (!snapshot || isOld) {
        const data = { repository: member.name }
        const isRemote = error.startsWith('REMOTE_')
        throw new MhvError(error, message, {
          data,
          ...(isRemote ? { recovery: ['mhv repos check --remote'] } : {}),
        })
      }
      return inPlace({ name: member.name, directory: member.path }, async () => {
        const slots = withEnded ? findTasks(snapshot, names, true) : findLiveTasks(snapshot, names)
        // What is to go may have been stored with a name that the repository had once.
        const stored = withEnded ? [member.name, ...member.nicknames] : [member.name]
        return slots.flatMap((slot) => stored.map((name) => `${name}/${snapshot.head(slot).id}`))
      })
    },
    seeAlso: (name) => {
      const member = memberCalled(federation, name)
      if (member) asked.add(member)
    },
    join: async (view) => {
      const others = await reachable(view)
      const ownView = { snapshot: view, workplace: null, problem: null, fetchedAt: null }
      const seenFrom = neighbourhood(self ? [...others, { member: self, ...ownView }] : others)
      const elsewhere = seenFrom(self?.name ?? '')
      const whyNot = reasonsOf(federation, others)
      return { elsewhere, unseen: unseenIn(view, elsewhere, whyNot) }
    },
  }
}

const NOTHING: Elsewhere = { task: () => undefined, childrenOf: () => [] }

/**
 * What a view is joined with where no list of repositories can be read.
 * @param why an error, of which the code and the message are told
 */
export const joinNothing = (view: Snapshot, { error, message }: MhvError): Joining => ({
  elsewhere: NOTHING,
  unseen: unseenIn(view, NOTHING, () => ({ code: error, message })),
})
