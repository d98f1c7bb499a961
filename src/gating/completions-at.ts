import type { Lacks } from '../gates/outstanding.ts'
import { FLAG } from '../snapshot/row.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { GateOutcome } from '../tasks/task-state.ts'

/** A task that was completed with evidence of its work. */
export interface Completion {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly commit: string
  readonly completedBy: string | null
  readonly gates: readonly GateOutcome[]
}

export interface UnprovenTask extends Completion {
  readonly lacks: Lacks
}

const COMMIT = Buffer.from('"commit":"')

/** The commit in a task's JSON, found without parsing it: of ten thousand tasks a handful are asked for. */
function commitIn(json: Buffer): string | null {
  const at = json.indexOf(COMMIT)
  if (at < 0) return null
  const start = at + COMMIT.length
  return json.toString('latin1', start, json.indexOf('"', start))
}

/** The completed tasks whose evidence is one of these commits. */
export function completionsAt(view: Snapshot, commits: ReadonlySet<string>): Completion[] {
  const slots: number[] = []
  for (let slot = 0; slot < view.slots; slot++) {
    if (view.status(slot) === 'completed' && !(view.flags(slot) & (FLAG.DELETED | FLAG.GONE)))
      slots.push(slot)
  }
  view.willRead('json', slots.length)
  return slots.flatMap((slot): Completion[] => {
    const json = view.json(slot)
    if (!commits.has(commitIn(json) ?? '')) return []
    const task = JSON.parse(json.toString('utf8'))
    const { id, number, title, commit, completed_by: completedBy, gates } = task
    return commits.has(commit) ? [{ id, number, title, commit, completedBy, gates }] : []
  })
}

/** Whether a task tells of a gate that its work has passed it, or was let pass and still is. */
const isSettled = ({ commit, gates }: Completion, name: string, now: string) =>
  gates.some((told) => {
    if (told.gate !== name) return false
    if (told.outcome === 'overridden') return !told.override?.expires || told.override.expires > now
    return (told.outcome === 'passed' || told.outcome === 'skipped') && (told.commit ?? commit) === commit
  })

/**
 * The tasks of which neither their own events nor the log of gates tells that their work has passed.
 * @param lacksOf what the log of gates lacks for a commit
 */
export function unprovenTasks(
  tasks: readonly Completion[],
  lacksOf: (commit: string) => Lacks,
  now: string,
): UnprovenTask[] {
  return tasks
    .map((task) => ({
      ...task,
      lacks: new Map([...lacksOf(task.commit)].filter(([name]) => !isSettled(task, name, now))),
    }))
    .filter(({ lacks }) => lacks.size > 0)
}
