import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { HealthFinding } from './health.ts'
import { isOpen, type Place } from './task-graph.ts'

/** What of a task's JSON names other things. */
interface Naming {
  readonly description: string
  readonly comments: readonly { readonly by: string; readonly text: string }[]
  readonly gates: readonly { readonly gate: string }[]
  readonly links: readonly { readonly link: string; readonly to: string }[]
  readonly source: object | null
  readonly created_by: string | null
  readonly completed_by: string | null
}

/** A task that a text names. */
export interface Mention {
  /** null for `#12` alone. */
  readonly repository: string | null
  readonly number: number
}

/** `#12` and `akosha#12` in a text; not `owner/akosha#12`, links and words, which mean something else. */
export function mentionsIn(text: string): Mention[] {
  const found = text.matchAll(/(?<![\w/&.#-])([A-Za-z0-9][A-Za-z0-9._-]*)?#([1-9]\d{0,9})(?![\w-])/g)
  return [...found].map(([, repository, number]) => ({
    repository: repository ?? null,
    number: Number(number),
  }))
}

/** Tells whether a repository has, or had, a task of a number; undefined where that cannot be told. */
export function numbersOf(
  places: readonly Place[],
): (repository: string, number: number) => boolean | undefined {
  const seen = new Map<string, Snapshot | null>()
  for (const { name, nicknames, snapshot } of places) {
    for (const word of [...nicknames, name]) seen.set(word.toLowerCase(), snapshot)
  }
  return (repository, number) => {
    const snapshot = seen.get(repository.toLowerCase())
    // Where a file cannot be read, the number may be in it.
    if (!snapshot || snapshot.problems.some((problem) => problem.repository === undefined)) return undefined
    return number <= snapshot.highestNumber && snapshot.slotsOfNumber(number).length > 0
  }
}

/** Everybody whom a person may be called: the whole identity, the name, the address, and what is before its @. */
export function namesOf(identity: string): string[] {
  const [, name = identity, email = ''] = /^(.*?)\s*<([^>]*)>$/.exec(identity) ?? []
  return [identity, name, email, (email || identity).split('@')[0]!]
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean)
}

export interface Surroundings {
  /** Names of the gates that each repository configures; none where that is not known. */
  readonly gates: ReadonlyMap<string, ReadonlySet<string>>
  /** Names of people outside of the logs, in lower case. */
  readonly people: ReadonlySet<string>
}

const named = (repository: string, snapshot: Snapshot, slot: number) =>
  `${repository}#${snapshot.number(slot)} ${snapshot.head(slot).title}`

/** Everybody who has written into a log, by all of their names. */
function writersOf(tasks: Iterable<Naming>): Set<string> {
  const writers = new Set<string>()
  for (const { created_by, completed_by, comments } of tasks) {
    for (const identity of [created_by, completed_by, ...comments.map(({ by }) => by)]) {
      if (identity) for (const name of namesOf(identity)) writers.add(name)
    }
  }
  return writers
}

const REPAIR: Pick<HealthFinding, 'part' | 'fix'> = { part: 'references', fix: [] }

/** Tells whether the other end of a link is there; undefined where that cannot be told. */
function linkEnds(places: readonly Place[]): (repository: string, to: string) => boolean | undefined {
  const { find, isSeen } = liveTasks(places)
  return (repository, to) => {
    const at = to.indexOf('/')
    const [name, id] = at < 0 ? [repository, to] : [to.slice(0, at), to.slice(at + 1)]
    return isSeen(name) ? find(name, id) : undefined
  }
}

/** Looks tasks up by repository and id; those that are deleted are not there. */
function liveTasks(places: readonly Place[]) {
  const byName = new Map<string, Snapshot>()
  for (const { name, nicknames, snapshot } of places) {
    for (const word of [...nicknames, name]) if (snapshot) byName.set(word.toLowerCase(), snapshot)
  }
  return {
    isSeen: (name: string) => byName.has(name.toLowerCase()),
    find(name: string, id: string): boolean {
      const snapshot = byName.get(name.toLowerCase())!
      const slot = snapshot.slotOfId(id)
      return slot !== undefined && !(snapshot.flags(slot) & FLAG.DELETED)
    },
  }
}

/** What open tasks name in words and is not there: tasks, gates, people. */
export function mentionFindings(places: readonly Place[], around: Surroundings): HealthFinding[] {
  const has = numbersOf(places)
  const isThere = linkEnds(places)
  const findings: HealthFinding[] = []
  const people = new Set(around.people)
  const assigned = new Map<string, { repository: string; message: string }>()
  for (const { name: repository, snapshot } of places) {
    if (!snapshot) continue
    const live = Array.from({ length: snapshot.slots }, (_, slot) => slot).filter(
      (slot) => !(snapshot.flags(slot) & (FLAG.GONE | FLAG.DELETED)),
    )
    snapshot.willRead('all', live.length)
    const tasks = new Map(
      live.map((slot) => [slot, JSON.parse(snapshot.json(slot).toString('utf8')) as Naming]),
    )
    for (const name of writersOf(tasks.values())) people.add(name)
    for (const [slot, task] of tasks) {
      if (!isOpen(snapshot, slot)) continue
      const me = named(repository, snapshot, slot)
      const missed = [task.description, ...task.comments.map(({ text }) => text)]
        .flatMap(mentionsIn)
        // A bare number in what another system has written is that system's.
        .filter((mention) => mention.repository !== null || task.source === null)
        .filter((mention) => has(mention.repository ?? repository, mention.number) === false)
      for (const text of new Set(missed.map((mention) => `${mention.repository ?? ''}#${mention.number}`))) {
        const severity = text.startsWith('#') ? 'notice' : 'warning'
        findings.push({ ...REPAIR, code: 'DANGLING_MENTION', severity, repository, message: `${me} speaks of ${text}, which is no task.` })
      } // biome-ignore format: one finding
      for (const { link, to } of task.links) {
        if (isThere(repository, to) !== false) continue
        const message = `${me} is linked to ${to}, which is deleted or was never there.`
        const other = to.includes('/') ? to : `${repository}/${to}`
        const fix = [`mhv link ${repository}#${snapshot.number(slot)} ${other} --remove`]
        findings.push({
          ...REPAIR,
          code: 'DANGLING_LINK',
          severity: 'warning',
          repository,
          message: `${message} (link ${link})`,
          fix,
        })
      }
      const gates = around.gates.get(repository)
      for (const gate of new Set(task.gates.map(({ gate }) => gate))) {
        if (!gates || gates.has(gate)) continue
        const message = `${me} has an outcome of the gate ${gate}, which is configured no more.`
        findings.push({ ...REPAIR, code: 'GATE_GONE', severity: 'notice', repository, message })
      }
      const { assignee } = snapshot.head(slot)
      if (assignee !== '' && !assigned.has(assignee)) {
        const message = `${me} is assigned to ${assignee}, who has written nothing here, neither tasks nor commits.`
        assigned.set(assignee, { repository, message })
      }
    }
  }
  for (const [assignee, who] of assigned) {
    if (namesOf(assignee).some((name) => people.has(name))) continue
    findings.push({ ...REPAIR, code: 'PERSON_UNKNOWN', severity: 'notice', ...who })
  }
  return findings
}
