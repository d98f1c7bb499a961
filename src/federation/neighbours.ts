import { realpathSync } from 'node:fs'
import { CLOSED_STATUSES } from '../../schemas/vocabulary.ts'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { findLiveTasks, findTasks, type TaskNames } from '../query/find-task.ts'
import { listNumbers } from '../query/number-list.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Problem } from '../snapshot/segment.ts'
import { type Snapshot, slotsReachingOut } from '../snapshot/snapshot.ts'
import type { Joining } from '../store/joined-store.ts'
import { type Elsewhere, isReference } from '../tasks/known.ts'
import { inPlace } from './in-place.ts'
import { namedIn, neighbourhood } from './join-views.ts'
import { type Federation, findMember, type Member, memberCalled, nameMeant } from './member.ts'
import { type MemberView, viewMembers } from './view-members.ts'

/** The other repositories of a federation, as one of them, or one outside of it, looks at them. Each is opened once. */
export interface Neighbours {
  readonly federation: Federation
  /**
   * References of tasks in another repository; null where it turns out to be the own one. From then on every view is
   * joined with that repository.
   * @param withEnded whether deleted tasks may be meant
   * Errors: UNKNOWN_REPOSITORY; REPOSITORY_MISSING and others for one that cannot be seen; those of `findTasks`.
   */
  references(word: string, names: TaskNames, withEnded: boolean): Promise<string[] | null>
  /** What a view has to be joined with. Errors: none that another repository is to blame for. */
  join(view: Snapshot): Promise<Joining>
}

/** The tasks of members as far as they are here: what a command of one repository says does not wait for a network. */
export const viewHere = (members: readonly Member[]): Promise<MemberView[]> =>
  viewMembers(members, { offline: true })

const nameIn = (reference: string) => reference.slice(0, reference.indexOf('/'))

/** Whether two are one repository, through whichever worktree. */
export const isSameRepository = (one: Repository, other: Repository): boolean =>
  realpathSync(one.commonDir) === realpathSync(other.commonDir)

/** For each reference of a task that has not ended, the numbers of the tasks that wait by it. */
function waitingBy(view: Snapshot): Map<string, number[]> {
  const numbers = new Map<string, number[]>()
  for (const slot of slotsReachingOut(view)) {
    if (view.flags(slot) & FLAG.DELETED || CLOSED_STATUSES.includes(view.status(slot))) continue
    for (const reference of view.head(slot).dependsOn.filter(isReference)) {
      const known = numbers.get(reference)
      if (known) known.push(view.number(slot))
      else numbers.set(reference, [view.number(slot)])
    }
  }
  return numbers
}

const shownNumbers = (numbers: readonly number[]) => `#${listNumbers(numbers)}`
const wait = (numbers: readonly number[]) => (new Set(numbers).size === 1 ? 'waits' : 'wait')

/** What tasks wait for and cannot be seen, for each repository, and for each task that is not in its own. */
function unseenIn(
  view: Snapshot,
  elsewhere: Elsewhere,
  whyNot: (name: string) => { code: string; message: string } | null,
): Problem[] {
  const byName = new Map<string, number[]>()
  const problems: Problem[] = []
  for (const [reference, numbers] of waitingBy(view)) {
    const name = nameIn(reference)
    if (whyNot(name)) byName.set(name, [...(byName.get(name) ?? []), ...numbers])
    else if (!elsewhere.task(reference)) {
      const message = `it has no task ${reference.slice(name.length + 1)}, for which ${shownNumbers(numbers)} ${wait(numbers)}`
      problems.push({ path: name, code: 'TASK_NOT_FOUND', message, repository: name })
    }
  }
  for (const [name, numbers] of byName) {
    const { code, message } = whyNot(name)!
    const until = `${shownNumbers(numbers)} ${wait(numbers)} until it can be seen`
    const why = message.replace(/\.$/, '')
    problems.push({ path: name, code, message: `${until}: ${why}`, repository: name })
  }
  return problems
}

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
  const open = async (member: Member, look = viewHere): Promise<MemberView | null> => {
    if (member === self) return null
    if (!opened.has(member))
      opened.set(
        member,
        look([member]).then(([view]) => view!),
      )
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
      // Who names a task there means it as it is now.
      const view = await open(member, viewMembers)
      if (!view) return null
      asked.add(member)
      // An id says all that is stored, so that it may lead to a repository that is not here.
      const ids = names.filter((name) => typeof name === 'string')
      const isSeen = view.snapshot !== null
      if (!isSeen && ids.length === names.length) return ids.map((id) => `${member.name}/${id}`)
      const { error, message } = view.problem ?? { error: 'REPOSITORY_MISSING' as const, message: '' }
      if (!view.snapshot) throw new MhvError(error, message, { data: { repository: member.name } })
      const { snapshot } = view
      return inPlace({ name: member.name, directory: member.path }, async () => {
        const slots = withEnded ? findTasks(snapshot, names, true) : findLiveTasks(snapshot, names)
        // What is to go may have been stored with a name that the repository had once.
        const stored = withEnded ? [member.name, ...member.nicknames] : [member.name]
        return slots.flatMap((slot) => stored.map((name) => `${name}/${snapshot.head(slot).id}`))
      })
    },
    join: async (view) => {
      const others = await reachable(view)
      const ownView = { snapshot: view, workplace: null, problem: null, fetchedAt: null }
      const seenFrom = neighbourhood(self ? [...others, { member: self, ...ownView }] : others)
      const elsewhere = seenFrom(self?.name ?? '')
      const whyNot = (name: string) => {
        const member = memberCalled(federation, name)
        if (!member) {
          const near = nameMeant(federation, name)
          const message = `no repository in ${federation.file} is called so${near ? `; did you mean ${near}?` : ''}`
          return { code: 'UNKNOWN_REPOSITORY', message }
        }
        const problem = others.find((other) => other.member === member && !other.snapshot)?.problem
        return problem ? { code: problem.error, message: problem.message } : null
      }
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
