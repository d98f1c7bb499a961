import { visible } from '../../printable.ts'
import {
  ASSUMED_MINUTES,
  type Plan,
  type PlannedTask,
  POINT_MINUTES,
  type UnplannedTask,
} from '../../query/plan.ts'
import { refOf, shortRefOf, type TaskGraph, titleOf } from '../../query/task-graph.ts'
import { statusSaid } from '../../query/waiting.ts'
import { colourPriority, colourStatus } from '../output/colour.ts'
import { isPlain, spoken } from '../output/output-mode.ts'
import { screenWidth } from '../output/screen-width.ts'
import { renderTable } from '../output/table.ts'
import { fitted } from '../output/wrapped.ts'
import { cyclesJson, nodeJson } from './graph-json.ts'
import { cycleLines } from './say-cycles.ts'

const hours = (minutes: number) => Number((minutes / 60).toFixed(2))
const said = (minutes: number) => `${hours(minutes)} h`
const counted = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

/** The plan as scripts see it: tasks by level, each with its node's fields, times in hours. */
export function planJson(graph: TaskGraph, plan: Plan, home: string | null): object {
  const ref = (node: number) => refOf(graph.nodes[node]!)
  const tasks = plan.levels.flat()
  return {
    hours: hours(plan.minutes),
    work_hours: hours(plan.work),
    assumed: {
      hours_without_estimate: hours(ASSUMED_MINUTES),
      hours_per_point: hours(POINT_MINUTES),
      without_estimate: tasks.filter(({ measure }) => measure === 'assumed').length,
      in_points: tasks.filter(({ measure }) => measure === 'points').length,
    },
    critical_path: plan.critical.map(ref),
    now: plan.now.map(ref),
    levels: plan.levels.map((level) =>
      level.map((task) => ({
        ...nodeJson(graph.nodes[task.node]!),
        level: task.level,
        hours: hours(task.minutes),
        measure: task.measure,
        start: hours(task.start),
        slack: hours(task.slack),
        after: task.after.map(ref),
      })),
    ),
    cycles: cyclesJson(graph, plan.cycles, home),
    unplanned: plan.unplanned.map(({ node, because, of }) => ({
      ...nodeJson(graph.nodes[node]!),
      because,
      waits_for: of.map(ref),
    })),
  }
}

const MARK = { time: '', points: ' (points)', assumed: ' (assumed)' } as const

/** What the lengths rest on. */
function basis(tasks: readonly PlannedTask[]): string[] {
  const count = (wanted: PlannedTask['measure']) => tasks.filter(({ measure }) => measure === wanted).length
  const [assumed, points] = [count('assumed'), count('points')]
  return [
    ...(assumed > 0
      ? [
          `${counted(assumed, 'task has no estimate and counts', 'tasks have no estimate and count')} as ${said(ASSUMED_MINUTES)}${assumed > 1 ? ' each' : ''}.`,
        ]
      : []),
    ...(points > 0
      ? [
          `A point, in which ${counted(points, 'task is', 'tasks are')} estimated, counts as ${said(POINT_MINUTES)}.`,
        ]
      : []),
  ]
}

/** The cycle of each node that is in one. */
const cyclesByNode = ({ cycles }: Plan) =>
  new Map(cycles.flatMap(({ members }, cycle) => members.map((node) => [node, cycle] as const)))

/** What keeps a task from being planned, by what is the matter with it. */
function inTheWay(
  { nodes }: TaskGraph,
  cycleOf: ReadonlyMap<number, number>,
  { node, of }: UnplannedTask,
): { nodes: readonly number[]; says: string }[] {
  const isLost = (at: number) => nodes[at]!.kind === 'missing'
  const isLooped = (at: number) => cycleOf.has(node) && cycleOf.get(at) === cycleOf.get(node)
  const lost = of.filter(isLost)
  return [
    { nodes: lost, says: lost.length === 1 ? 'which is not here' : 'which are not here' },
    { nodes: of.filter(isLooped), says: 'a cycle' },
    { nodes: of.filter((at) => !isLost(at) && !isLooped(at)), says: 'which cannot be planned' },
  ].filter((way) => way.nodes.length > 0)
}

/** A plan has tasks alone: what is not here cannot be planned. */
function statusIn({ nodes }: TaskGraph, at: number): string {
  const node = nodes[at]!
  return node.kind === 'task' ? statusSaid(node.snapshot, node.slot) : ''
}

const COLUMNS = [
  { title: 'LEVEL', right: true, spare: 1 },
  { title: 'TASK' },
  { title: 'STATUS', spare: 3, paint: (text: string) => text.replace(/\S+/, colourStatus) },
  { title: 'PRIORITY', spare: 4, paint: (text: string) => text.replace(/\S+/, colourPriority) },
  { title: 'TITLE', least: [30, 16] },
  { title: 'HOURS', right: true },
  { title: 'SLACK', right: true, spare: 2 },
  { title: 'AFTER', least: [20, 8], spare: 5 },
]

/** The plan in words. @param limit most tasks in the table and in any list; 0 for all */
export async function planText(
  graph: TaskGraph,
  plan: Plan,
  home: string | null,
  limit: number,
): Promise<string> {
  const ref = (node: number) => shortRefOf(graph.nodes[node]!, home)
  const most = limit || Number.POSITIVE_INFINITY
  const few = (list: readonly number[]) =>
    [...list.slice(0, most).map(ref), ...(list.length > most ? [`and ${list.length - most} more`] : [])].join(
      ', ',
    )
  const tasks = plan.levels.flat()
  const byNode = new Map(tasks.map((task) => [task.node, task]))
  const lines: string[] = []
  if (tasks.length > 0) {
    lines.push(
      ...spoken(
        `${counted(tasks.length, 'task', 'tasks')} in ${counted(plan.levels.length, 'level', 'levels')}, ${said(plan.work)} of work, ${said(plan.minutes)} at least.`,
        ...basis(tasks),
        '',
      ),
      `Critical path, ${said(plan.minutes)}:`,
    )
    for (const node of plan.critical.slice(0, most)) {
      const { minutes, measure } = byNode.get(node)!
      lines.push(`  ${ref(node)} ${visible(titleOf(graph.nodes[node]!))}, ${said(minutes)}${MARK[measure]}`)
    }
    if (plan.critical.length > most) lines.push(...spoken(`  … and ${plan.critical.length - most} more`))
    lines.push('', `Can run now: ${plan.now.length > 0 ? few(plan.now) : 'nothing'}`, '')
    lines.splice(0, lines.length, await fitted(lines.join('\n')))
    const rows = tasks
      .slice(0, most)
      .map(({ node, level, priority, minutes, measure, slack, after }) => [
        String(level),
        ref(node),
        statusIn(graph, node),
        priority,
        visible(titleOf(graph.nodes[node]!)),
        `${hours(minutes)}${isPlain() ? MARK[measure] : measure === 'time' ? '' : '*'}`,
        slack === 0 ? 'critical' : String(hours(slack)),
        after.map(ref).join(', '),
      ])
    lines.push(await renderTable(COLUMNS, rows, screenWidth()))
    if (tasks.length > most) lines.push(...spoken(`… and ${tasks.length - most} more (--limit 0 shows all)`))
  }
  const cycleOf = cyclesByNode(plan)
  const stuck = plan.unplanned.slice(0, most).map((task) => {
    const ways = inTheWay(graph, cycleOf, task).map(({ nodes, says }) => `${few(nodes)}, ${says}`)
    return `  ${ref(task.node)} ${visible(titleOf(graph.nodes[task.node]!))}: waits for ${ways.join('; ')}`
  })
  if (stuck.length > 0) lines.push('', 'Cannot be planned:', await fitted(stuck.join('\n')))
  if (plan.unplanned.length > most) lines.push(...spoken(`  … and ${plan.unplanned.length - most} more`))
  lines.push(...cycleLines(graph, plan.cycles, home))
  return lines.join('\n').trim()
}
