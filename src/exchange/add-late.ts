import type { StoredEvent } from '../../schemas/event.ts'
import type { TaskLog } from '../tasks/fold.ts'
import { type Environment, seal } from '../tasks/seal.ts'
import type { Differing } from './found-here.ts'
import { linkDrafts } from './imported-log.ts'
import type { ImportPlan } from './plan-import.ts'

/**
 * The plan with the links of `late` in its logs. One that the task has had before was taken away by somebody here: it
 * does not come back, and the task differs from its source.
 * @param logs of the tasks in `late`
 */
export function addLate(
  plan: ImportPlan,
  logs: ReadonlyMap<string, TaskLog>,
  environment: Environment,
): ImportPlan {
  const all = plan.late.map((late) => {
    const had = new Set(logs.get(late.id)!.events.flatMap(linkedBy))
    return {
      ...late,
      links: late.links.filter(({ id }) => !had.has(id)),
      again: late.links.filter(({ id }) => had.has(id)),
    }
  })
  const late = all.filter(({ links }) => links.length > 0)
  const fieldsOf = new Map(plan.differing.map((differing) => [differing.id, differing]))
  for (const { again, id, number, place } of all) {
    if (again.length === 0) continue
    const fields = again.map(({ relation }) => (relation === 'blocks' ? 'depends_on' : 'parent'))
    const known: Differing = fieldsOf.get(id) ?? { id, number, place, fields: [] }
    fieldsOf.set(id, { ...known, fields: [...new Set([...known.fields, ...fields])] })
  }
  return {
    ...plan,
    late: late.map(({ again: _, ...rest }) => rest),
    differing: [...fieldsOf.values()],
    logs: [...plan.logs, ...late.map(({ id, links }) => seal(logs.get(id)!, linkDrafts(links), environment))],
  }
}

/** Ids of tasks that an event makes a task depend on, or be a part of. */
function linkedBy({ data }: StoredEvent): unknown[] {
  return [data.depends_on, data.parent].flat()
}
