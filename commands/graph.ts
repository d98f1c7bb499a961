import { CLOSED_STATUSES, STATUSES } from '../schemas/vocabulary.ts'
import { dependencyEvents } from '../src/federation/dependency-events.ts'
import { cycleCuts } from '../src/query/cycle-cuts.ts'
import { needsIn, reachableFrom, reversed, subgraph } from '../src/query/graph-parts.ts'
import { taskGraph } from '../src/query/task-graph.ts'
import { saidOf } from '../src/repos/said-of.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { askedOf } from '../src/terminal/graph/graph-views.ts'
import { drawingJson, drawn, GRAPH_FORMATS, type GraphFormat } from '../src/terminal/graph/print-graph.ts'
import { Args, Flags } from '../src/terminal/oclif.ts'
import { note } from '../src/terminal/output/output-mode.ts'
import { federationFlags, freshnessFlag } from '../src/terminal/places/federation-flags.ts'
import { typedTask } from '../src/terminal/task/named-task.ts'

const ASKED = ['open', 'all', ...STATUSES] as const

const statusesOf = (asked: readonly string[]) =>
  new Set<string>(
    asked.flatMap((word) => {
      if (word === 'all') return STATUSES
      return word === 'open' ? STATUSES.filter((status) => !CLOSED_STATUSES.includes(status)) : [word]
    }),
  )

export default class Graph extends MhvCommand {
  static override summary = 'Draw what waits for what.'
  static override description =
    'Below each task stands what it waits for: its dependencies and, where it has parts, these. A task that several wait for is drawn out once. Without TASK, tasks that neither wait nor are waited for are left out of the drawings. Mermaid and Graphviz (dot) draw from what comes first to what waits for it; the JSON has nodes, edges (from what waits) and cycles.'
  static override examples = [
    'mhv graph',
    'mhv graph 12 --depth 2',
    'mhv graph 12 --dependents',
    'mhv graph --all --format mermaid',
    'mhv graph crackerjack#12 --status all --json',
  ]
  static override args = { task: Args.string({ description: 'only this task and what it waits for' }) }
  static override flags = {
    format: Flags.string({ options: GRAPH_FORMATS, description: 'how it is drawn [default: tree]' }),
    status: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      options: ASKED,
      default: ['open'],
      description: 'tasks in one of these states; open is everything that has not ended',
    }),
    dependents: Flags.boolean({ description: 'the other way: what waits for it below each task' }),
    depth: Flags.integer({ min: 0, description: 'most steps from where the drawing begins' }),
    ...federationFlags,
    ...freshnessFlag,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Graph)
    const typed = args.task === undefined ? null : typedTask(args.task)
    const { asked, places, named } = await askedOf(() => this.workplace(), flags, typed)
    const { views, chosen, home, problems } = asked
    const statuses = statusesOf(flags.status)
    const whole = taskGraph(places, (snapshot, slot) => {
      return statuses.has(snapshot.status(slot)) || (snapshot === named?.snapshot && slot === named.slot)
    })
    const seen = flags.dependents ? reversed(whole) : whole
    const starts = [...whole.nodes.keys()].filter((node) => {
      const task = whole.nodes[node]!
      if (task.kind === 'missing') return false
      return named
        ? task.snapshot === named.snapshot && task.slot === named.slot
        : chosen.has(task.repository)
    })
    const reached = reachableFrom(starts, needsIn(seen))
    const graph = subgraph(seen, (node) => reached.has(node))
    const forward = flags.dependents ? reversed(graph) : graph
    const drawing = {
      graph,
      isTurned: flags.dependents,
      start: named ? graph.nodes.indexOf(whole.nodes[starts[0]!]!) : null,
      depth: flags.depth,
      cycles: cycleCuts(forward, await dependencyEvents(forward, views)),
      home,
    }
    const format = (flags.format ?? (flags.json ? 'json' : 'tree')) as GraphFormat
    if (format === 'json') return this.printJson({ ...(await drawingJson(drawing)), problems })
    for (const { repository, message } of problems) {
      process.stderr.write(`Problem: ${saidOf(repository, message)}\n`)
    }
    const text = await drawn(drawing, format)
    if (text === '') note('No task matches\n')
    else await this.printLong(text)
  }
}
