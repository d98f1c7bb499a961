import { MhvError } from '../../errors.ts'
import { repositoryName } from '../../git/repository.ts'
import type { IntentContext } from '../../intent/parsed-request.ts'
import type { Federation } from '../../repos/member.ts'
import { FLAG } from '../../snapshot/row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { localDate, localTime, now } from '../output/clock.ts'
import { federationOf } from '../places/federation-flags.ts'
import type { Workplace } from '../places/workplace.ts'

/** Of more tasks than this only the newest tell what is usual, so that looking stays cheap. */
const MOST_LOOKED_AT = 2000

/** What somebody may be called: `Ann Lee <ann.lee@example.com>` is Ann, Ann Lee, the address and what stands before the @. */
function namesOf(person: string): string[] {
  const [, name = '', address = ''] = /^(.*?)\s*<([^<>]*)>$/.exec(person) ?? [null, '', person]
  const names = [name, name.split(/\s+/)[0]!, address, address.split('@')[0]!, person]
  return [...new Set(names.filter((each) => each !== ''))]
}

/** A package in Python goes by its repository’s name, in letters that Python takes. */
const packageOf = (name: string) => (name.includes('-') ? [name.replaceAll('-', '_')] : [])

interface Usual {
  readonly people: IntentContext['people']
  readonly labels: IntentContext['labels']
}

const counted = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, a], [, b]) => b - a)

function usualIn(view: Snapshot | null, me: string): Usual {
  const people = new Map<string, number>(me === '' ? [] : [[me, 0]])
  const labels = new Map<string, number>()
  const add = (to: Map<string, number>, word: string) => to.set(word, (to.get(word) ?? 0) + 1)
  const first = Math.max(0, (view?.slots ?? 0) - MOST_LOOKED_AT)
  view?.willRead('heads', view.slots - first)
  for (let slot = first; slot < (view?.slots ?? 0); slot++) {
    if (view!.flags(slot) & (FLAG.DELETED | FLAG.GONE)) continue
    const { assignee, labels: own } = view!.head(slot)
    if (assignee) add(people, assignee)
    for (const label of own) add(labels, label)
  }
  return {
    people: counted(people).map(([person, count]) => ({ person, names: namesOf(person), count })),
    labels: counted(labels).map(([label, count]) => ({ label, count })),
  }
}

/** Where there is no list of repositories that can be read, words name none. */
const listed = (repos: string | undefined, workplace: Workplace | null): Promise<Federation | null> =>
  federationOf({ repos }, workplace?.repository ?? null).catch((error: unknown) => {
    const isUnlisted = error instanceof MhvError && ['NO_FEDERATION', 'REPOS_INVALID'].includes(error.error)
    if (!isUnlisted || repos !== undefined) throw error
    return null
  })

/** What is no log, or cannot be read, is told by what is done there; words can be read without. */
const orNothing = <T>(promise: Promise<T>): Promise<T | null> =>
  promise.catch((error: unknown) => {
    if (error instanceof MhvError) return null
    throw error
  })

/**
 * What is known where a request is made.
 * @param workplace the repository that it is made in; null outside of any
 * Errors: INVALID_INPUT for MHV_NOW; NO_FEDERATION, REPOS_INVALID of a list that was asked for.
 */
export async function intentContext(
  workplace: Workplace | null,
  repos: string | undefined,
): Promise<IntentContext> {
  const [federation, view, identity] = await Promise.all([
    listed(repos, workplace),
    workplace && orNothing(workplace.store.view()),
    workplace && orNothing(workplace.store.identity()),
  ])
  const instant = now()
  const at = new Date(instant)
  const me = identity ? `${identity.name} <${identity.email}>` : ''
  const own = workplace && repositoryName(workplace.repository)
  const member = federation?.members.find(
    ({ path }) => path !== null && path === workplace?.repository.mainDirectory,
  )
  let usual: Usual | null = null
  // Most requests name neither people nor labels: what is usual is looked for when somebody asks.
  const usually = () => {
    usual ??= usualIn(view, me)
    return usual
  }
  return {
    today: localDate(instant),
    minutes: at.getHours() * 60 + at.getMinutes(),
    localTime,
    here: workplace?.elsewhere?.name ?? member?.name ?? own,
    repositories: (federation?.members ?? []).map(({ name, nicknames, tags }) => ({
      name,
      names: [...nicknames, ...packageOf(name)],
      tags,
    })),
    me,
    get people() {
      return usually().people
    },
    get labels() {
      return usually().labels
    },
  }
}
