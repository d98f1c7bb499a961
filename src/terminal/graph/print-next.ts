import type { NextTask } from '../../insight/find-workable.ts'
import type { RankedTask } from '../../insight/rank-next.ts'
import { visible } from '../../printable.ts'
import { shortRefOf } from '../../query/task-graph.ts'
import { colour } from '../output/colour.ts'
import { hoursSaid } from '../output/hours-said.ts'
import { nodeJson } from './graph-json.ts'

const rounded = (value: number) => Number(value.toFixed(3))

/** A reason as people say it; null where it says nothing. */
function deadlineSaid({ deadline, hoursLeft, hoursNeeded, usual }: NextTask): string | null {
  if (deadline === null || hoursLeft === null) return null
  if (hoursLeft < 0) return `it was due ${deadline}`
  const near = `it is due ${deadline}, in ${hoursSaid(hoursLeft)}`
  if (!usual) return near
  const tasks = usual.type === null ? 'tasks' : `tasks of type ${usual.type}`
  return `${near}, and half of ${usual.count} ${tasks} took ${hoursSaid(hoursNeeded)} or longer`
}

/** Why a task has its place, what counts most first. */
export function becauseOf({ task, parts, weights }: RankedTask<NextTask>): string[] {
  const said: Record<keyof typeof parts, string | null> = {
    in_progress: task.isInProgress ? 'it is in progress' : null,
    deadline: deadlineSaid(task),
    priority: `its priority is ${task.priority}`,
    unblocks:
      task.unblocks > 0
        ? `${task.unblocks} ${task.unblocks === 1 ? 'task waits' : 'tasks wait'} for it`
        : null,
    critical_path: task.unblocks > 0 && task.slack === 0 ? 'it is on the critical path' : null,
  }
  const names = Object.keys(parts) as (keyof typeof parts)[]
  const telling = names
    .filter(
      (name) => said[name] !== null && (parts[name] > 0 || (name === 'priority' && weights.priority > 0)),
    )
    .sort((a, b) => parts[b] - parts[a])
  return telling.map((name) => said[name]!)
}

/** The ranking as scripts see it. */
/** @param others tasks that could be worked on, and are assigned to others */
export const nextJson = (ranked: readonly RankedTask<NextTask>[], total: number, others: number): object => ({
  tasks: ranked.map((one) => ({
    ...nodeJson(one.task.node),
    deadline: one.task.deadline,
    score: rounded(one.score),
    parts: Object.fromEntries(Object.entries(one.parts).map(([part, value]) => [part, rounded(value)])),
    unblocks: one.task.unblocks,
    hours_needed: rounded(one.task.hoursNeeded),
    hours_left: one.task.hoursLeft === null ? null : rounded(one.task.hoursLeft),
    because: becauseOf(one),
  })),
  total,
  others,
})

/** What is said where there is nothing to work on. @param others tasks that are assigned to others */
export const noneWorkable = (others: number): string =>
  others === 0
    ? 'Nothing can be worked on now; mhv plan says what waits for what.'
    : `What can be worked on now is assigned to others (${others} ${others === 1 ? 'task' : 'tasks'}); mhv next --anyone lists it.`

/** The ranking in words. @param withParts whether to add what each reason counts */
export function nextText(
  ranked: readonly RankedTask<NextTask>[],
  home: string | null,
  withParts: boolean,
): string {
  const lines = ranked.flatMap((one) => {
    const { node } = one.task
    const title = visible(node.snapshot.head(node.slot).title)
    const parts = Object.entries(one.parts).map(([part, value]) => `${part} ${value.toFixed(2)}`)
    return [
      `${colour.bold(shortRefOf(node, home))} ${title}`,
      `  because ${becauseOf(one).join('; ') || 'it waits for nothing'}`,
      ...(withParts ? [`  ${one.score.toFixed(2)} = ${parts.join(' + ')}`] : []),
    ]
  })
  return lines.join('\n')
}
