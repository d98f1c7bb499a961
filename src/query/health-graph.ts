import { isReference } from '../tasks/known.ts'
import { cutCommand } from './cut-command.ts'
import type { Cycle } from './cycle-cuts.ts'
import { edgesOf, neededBy, reachableFrom } from './graph-parts.ts'
import type { HealthFinding, Severity } from './health.ts'
import { type MissingNode, type Place, refOf, type TaskGraph, type TaskNode, titleOf } from './task-graph.ts'

/** From so many on, what waits for one thing waits for a bottleneck. */
export const MANY = 5

const LOST: Readonly<Record<MissingNode['why'], { severity: Severity; code: string; says: string }>> = {
  'unknown task': {
    severity: 'critical',
    code: 'DANGLING_TASK',
    says: 'which that repository does not have: it waits for ever',
  },
  'unknown repository': {
    severity: 'warning',
    code: 'DANGLING_REPOSITORY',
    says: 'whose repository nobody here knows',
  },
  'unseen repository': {
    severity: 'notice',
    code: 'UNSEEN_REPOSITORY',
    says: 'whose repository cannot be seen',
  },
}

const typed = (node: TaskNode) => refOf(node)
const named = (node: TaskNode) => `${refOf(node)} ${titleOf(node)}`

/** The repository that has a task which is stored with a name that none has now: it was called so once. */
const renamedTo = (id: string, places: readonly Place[]) =>
  places.find(({ snapshot }) => snapshot?.slotOfId(id) !== undefined)?.name

/** What may bring a task back that is waited for. */
function waysBack({ reference, why }: MissingNode, now: string | undefined): string[] {
  if (why === 'unknown task') return []
  if (why === 'unseen repository') return ['mhv repos check']
  return now === undefined
    ? ['mhv repos list']
    : [`mhv repos add ${now} --nickname ${reference.slice(0, reference.indexOf('/'))}`]
}

/** Open tasks that wait for what is not here. */
function danglingFindings({ nodes, needs }: TaskGraph, places: readonly Place[]): HealthFinding[] {
  return edgesOf({ nodes, needs }).flatMap(({ from, to }): HealthFinding[] => {
    const [task, lost] = [nodes[from] as TaskNode, nodes[to]!]
    if (lost.kind === 'task') return []
    const { severity, code, says } = LOST[lost.why]
    const { reference, why } = lost
    const id = reference.slice(reference.indexOf('/') + 1)
    const now = why === 'unknown repository' ? renamedTo(id, places) : undefined
    return [
      {
        code,
        part: 'references',
        severity,
        repository: task.repository,
        message: `${named(task)} waits for ${reference}, ${says}${now === undefined ? '' : `; the task is in ${now}`}.`,
        fix: [...waysBack(lost, now), `mhv task depend ${typed(task)} --on ${reference} --remove`],
      },
    ]
  })
}

/** Dependencies that are stored with a nickname, which may one day be another repository's. */
function nicknameFindings({ nodes }: TaskGraph, places: readonly Place[]): HealthFinding[] {
  const names = new Set(places.map(({ name }) => name))
  const nicknames = new Map(
    places.flatMap(({ name, nicknames }) => nicknames.map((nickname) => [nickname.toLowerCase(), name])),
  )
  return nodes.flatMap((node) => {
    if (node.kind === 'missing') return []
    return node.snapshot
      .head(node.slot)
      .dependsOn.filter(isReference)
      .flatMap((reference): HealthFinding[] => {
        const word = reference.slice(0, reference.indexOf('/'))
        const name = names.has(word) ? undefined : nicknames.get(word.toLowerCase())
        if (name === undefined) return []
        const message = `${named(node)} waits for ${reference}, in which ${word} is a nickname of ${name}.`
        return [{ code: 'NICKNAME_STORED', part: 'references', severity: 'notice', repository: node.repository, message, fix: [] }]
      }) // biome-ignore format: one finding
  })
}

/** Tasks that many wait for. */
function bottleneckFindings(graph: TaskGraph): HealthFinding[] {
  const dependents = neededBy(graph)
  const direct = graph.nodes.map(() => 0)
  for (const { to, kind } of edgesOf(graph)) if (kind === 'depends_on') direct[to]! += 1
  return graph.nodes.flatMap((node, place): HealthFinding[] => {
    if (node.kind === 'missing' || direct[place]! < MANY) return []
    const all = reachableFrom([place], (at) => dependents[at]!).size - 1
    const status = node.snapshot.status(node.slot)
    const message = `${direct[place]} open tasks wait for ${named(node)} (${status}), ${all} with those behind them.`
    return [
      {
        code: 'BOTTLENECK',
        part: 'bottlenecks',
        severity: 'warning',
        repository: node.repository,
        message,
        fix: [`mhv graph ${typed(node)} --dependents`],
      },
    ]
  })
}

/** Repositories that many others wait for. */
function singlePointFindings(graph: TaskGraph): HealthFinding[] {
  const waiting = new Map<string, Set<string>>()
  for (const { from, to } of edgesOf(graph)) {
    const [task, needed] = [graph.nodes[from]!, graph.nodes[to]!]
    if (task.kind === 'missing' || needed.kind === 'missing' || task.repository === needed.repository)
      continue
    const others = waiting.get(needed.repository) ?? new Set()
    waiting.set(needed.repository, others.add(task.repository))
  }
  return [...waiting].flatMap(([repository, others]): HealthFinding[] => {
    if (others.size < MANY) return []
    const message = `Open tasks of ${others.size} other repositories wait for tasks of ${repository}: ${[...others].sort().join(', ')}.`
    return [{ code: 'SINGLE_POINT', part: 'bottlenecks', severity: 'warning', repository, message, fix: [`mhv plan --repo ${repository}`] }]
  }) // biome-ignore format: one finding
}

function cycleFindings(graph: TaskGraph, cycles: readonly Cycle[]): HealthFinding[] {
  return cycles.flatMap(({ members, cuts }) =>
    cuts.map(({ edge, path }): HealthFinding => {
      const way = path.map((node) => refOf(graph.nodes[node]!))
      const shown = way.length > 12 ? [...way.slice(0, 6), '…', ...way.slice(-5)] : way
      const last = `${refOf(graph.nodes[edge.from]!)} → ${refOf(graph.nodes[edge.to]!)}`
      return {
        code: 'DEPENDENCY_CYCLE',
        part: 'cycles',
        severity: 'critical',
        repository: (graph.nodes[members[0]!] as TaskNode).repository,
        message: `${shown.join(' → ')} wait for each other, so none can ever be done; the edge to cut is ${last}.`,
        fix: [cutCommand(graph, edge, null)],
      }
    }),
  )
}

/** What is wrong with how open tasks wait for each other. */
export const graphFindings = (
  graph: TaskGraph,
  cycles: readonly Cycle[],
  places: readonly Place[],
): HealthFinding[] => [
  ...danglingFindings(graph, places),
  ...nicknameFindings(graph, places),
  ...cycleFindings(graph, cycles),
  ...bottleneckFindings(graph),
  ...singlePointFindings(graph),
]
