import { dependencyEvents } from '../src/federation/dependency-events.ts'
import { withNeeds } from '../src/query/graph-parts.ts'
import { planOf } from '../src/query/plan.ts'
import { taskGraph } from '../src/query/task-graph.ts'
import { saidOf } from '../src/repos/said-of.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { graphViews, placesOf } from '../src/terminal/graph/graph-views.ts'
import { planJson, planText } from '../src/terminal/graph/print-plan.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { note } from '../src/terminal/output/output-mode.ts'
import { federationFlags, freshnessFlag } from '../src/terminal/places/federation-flags.ts'

export default class Plan extends MhvCommand {
  static override summary = 'Put open tasks in order, and say how long they take.'
  static override description =
    'The critical path is the longest chain of work that waits for other work; levels are tasks that can be done at the same time; slack is how many hours a task can be late without the whole taking longer. A parent comes after its parts. A task counts whole until it has ended: 8 hours for a day, 4 hours for a point and for one without an estimate. Tasks of other repositories that these wait for are in the plan too. What is in a cycle, or waits for one or for something that is not here, is told and left out.'
  static override examples = ['mhv plan', 'mhv plan --all', 'mhv plan --repo akosha,crackerjack --json']
  static override flags = {
    limit: Flags.integer({ min: 0, default: 40, description: 'most tasks to list; 0 for all' }),
    ...federationFlags,
    ...freshnessFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Plan)
    const asked = await graphViews(() => this.workplace(), flags)
    const { views, chosen, home, problems } = asked
    const whole = taskGraph(placesOf(views))
    const starts = [...whole.nodes.keys()].filter((node) => {
      const task = whole.nodes[node]!
      return task.kind === 'task' && chosen.has(task.repository)
    })
    const graph = withNeeds(whole, starts)
    const plan = await planOf(graph, await dependencyEvents(graph, views))
    if (flags.json) return this.printJson({ ...planJson(graph, plan, home), problems })
    for (const { repository, message } of problems) {
      process.stderr.write(`Problem: ${saidOf(repository, message)}\n`)
    }
    if (starts.length === 0) note('No task is open\n')
    else await this.printLong(await planText(graph, plan, home, flags.limit))
  }
}
