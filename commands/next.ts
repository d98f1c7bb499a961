import { findWorkable } from '../src/insight/find-workable.ts'
import { rankNext } from '../src/insight/rank-next.ts'
import { usualLeads } from '../src/insight/usual-leads.ts'
import { planOf } from '../src/query/plan.ts'
import { taskGraph } from '../src/query/task-graph.ts'
import { saidOf } from '../src/repos/said-of.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { configuredWeights } from '../src/terminal/graph/configured-weights.ts'
import { graphViews, placesOf } from '../src/terminal/graph/graph-views.ts'
import { nextJson, nextText, noneWorkable } from '../src/terminal/graph/print-next.ts'
import { whoAsks } from '../src/terminal/graph/who-asks.ts'
import { endOfDeadline } from '../src/terminal/input/end-of-deadline.ts'
import { Flags } from '../src/terminal/oclif.ts'
import { now } from '../src/terminal/output/clock.ts'
import { note } from '../src/terminal/output/output-mode.ts'
import { fitted } from '../src/terminal/output/wrapped.ts'
import { federationFlags, freshnessFlag } from '../src/terminal/places/federation-flags.ts'

export default class Next extends MhvCommand {
  static override summary = 'Say what to do next, and why.'
  static override description =
    'Ranks the tasks that wait for nothing: what is in progress, then by deadline against what finished tasks took, by priority, and by what waits for them. What is assigned to others is theirs, unless --anyone asks for it too. The weights are configured under “next”.'
  static override examples = ['mhv next', 'mhv next --all --limit 5', 'mhv next --explain', 'mhv next --json']
  static override flags = {
    limit: Flags.integer({ char: 'n', min: 0, default: 10, description: 'at most so many; 0 for all' }),
    anyone: Flags.boolean({ description: 'also what is assigned to others' }),
    explain: Flags.boolean({ description: 'how much each reason counts' }),
    ...federationFlags,
    ...freshnessFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Next)
    const { views, chosen, home, problems } = await graphViews(() => this.workplace(), flags)
    const graph = taskGraph(placesOf(views))
    // Which edge closed a cycle is not asked for: it would take the tasks' histories, and nothing in one is workable.
    const plan = await planOf(graph, () => '')
    const usual = usualLeads(views.flatMap(({ snapshot }) => snapshot ?? []))
    const mine = flags.anyone ? null : await whoAsks(views)
    let others = 0
    const workable = findWorkable(graph, plan, {
      now: Date.parse(now()),
      endOf: endOfDeadline,
      usual: ({ snapshot, slot }) => usual(snapshot.type(slot)),
      isFor: (repository, assignee) => {
        const isMine = assignee === '' || mine === null || mine(repository, assignee)
        if (!isMine) others++
        return isMine
      },
      chosen,
    })
    const ranked = rankNext(workable, await configuredWeights())
    const shown = flags.limit > 0 ? ranked.slice(0, flags.limit) : ranked
    if (flags.json) return this.printJson({ ...nextJson(shown, ranked.length, others), problems })
    for (const { repository, message } of problems) {
      process.stderr.write(`Problem: ${saidOf(repository, message)}\n`)
    }
    const more = ranked.length - shown.length
    if (shown.length > 0) this.print(await fitted(nextText(shown, home, flags.explain)))
    if (more > 0) this.aside(`… and ${more} more (--limit 0 shows all)`)
    if (shown.length === 0) note(`${noneWorkable(others)}\n`)
  }
}
