import { CLOSED_STATUSES } from '../../schemas/vocabulary.ts'
import { listNumbers } from '../query/number-list.ts'
import { type Federation, type Member, memberCalled, nameMeant } from '../repos/member.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Problem } from '../snapshot/segment.ts'
import { type Snapshot, slotsReachingOut } from '../snapshot/snapshot.ts'
import { type Elsewhere, isReference } from '../tasks/known.ts'
import { joinViews } from './join-views.ts'
import type { MemberView } from './view-members.ts'

const nameIn = (reference: string) => reference.slice(0, reference.indexOf('/'))

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

const wait = (numbers: readonly number[]) => (new Set(numbers).size === 1 ? 'waits' : 'wait')

/** Why nothing of a repository can be seen, by its name; null where it can. */
type Reasons = (name: string) => { readonly code: string; readonly message: string } | null

/** @param views those of the members that tasks refer to, at least */
export function reasonsOf(federation: Federation, views: readonly MemberView[]): Reasons {
  const reasonFor = (name: string) => {
    const member = memberCalled(federation, name)
    if (!member) {
      const near = nameMeant(federation, name)
      const message = `no repository in ${federation.file} is called so${near ? `; did you mean ${near}?` : ''}`
      return { code: 'UNKNOWN_REPOSITORY', message }
    }
    const problem = views.find((view) => view.member === member && !view.snapshot)?.problem
    return problem ? { code: problem.error, message: problem.message } : null
  }
  // Thousands of tasks may wait for one repository.
  const known = new Map<string, ReturnType<Reasons>>()
  return (name) => {
    if (!known.has(name)) known.set(name, reasonFor(name))
    return known.get(name) ?? null
  }
}

/**
 * What tasks wait for and cannot be seen, for each repository, and for each task that is not in its own: everybody who
 * looks at a repository among others is told of it in this way.
 * @param own the name that the view's tasks go by, where that does not go without saying
 */
export function unseenIn(view: Snapshot, elsewhere: Elsewhere, whyNot: Reasons, own = ''): Problem[] {
  const shownNumbers = (numbers: readonly number[]) => `${own}#${listNumbers(numbers)}`
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

/** The views, each of which knows the tasks of all the others; those of members that were asked for tell what they miss. */
export function joinAsked(
  federation: Federation,
  asked: readonly Member[],
  views: readonly MemberView[],
): MemberView[] {
  const told = new Set(asked)
  const whyNot = reasonsOf(federation, views)
  return joinViews(views, ({ member }, snapshot, elsewhere) =>
    told.has(member) ? unseenIn(snapshot, elsewhere, whyNot, member.name) : [],
  )
}
