import type { Standing } from '../src/query/standing.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { warnOfLostHooks } from '../src/terminal/gating/warn-of-lost-hooks.ts'
import {
  type Dashboard,
  dashboardJson,
  dashboardTable,
  readDashboard,
} from '../src/terminal/listing/dashboard.ts'
import { besideListing, problemDocuments } from '../src/terminal/listing/listing-problems.ts'
import { renderListing } from '../src/terminal/listing/print-listing.ts'
import { readListing } from '../src/terminal/listing/read-listing.ts'
import { localDate } from '../src/terminal/output/clock.ts'
import { screenWidth } from '../src/terminal/output/screen-width.ts'
import { fitted } from '../src/terminal/output/wrapped.ts'
import { federationFlags, freshnessFlag } from '../src/terminal/places/federation-flags.ts'
import { type PlacesAsked, placesAsked } from '../src/terminal/places/places-asked.ts'
import { sagaProblems } from '../src/terminal/places/warn-of-sagas.ts'

/** What is said of each state, in the order of its urgency; nothing of one that no task is in. */
const SAID: readonly (readonly [keyof Standing, string])[] = [
  ['overdue', 'overdue'],
  ['failed', 'failed their gates'],
  ['blocked', 'blocked'],
  ['in_progress', 'in progress'],
  ['ready', 'ready'],
  ['waiting', 'waiting'],
  ['done_this_week', 'done in 7 days'],
  ['overridden', 'passed by an override of their gates'],
]

/** Columns of what somebody is at, or has to look at. */
const USUAL = ['number', 'status', 'priority', 'title', 'branch', 'assignee'] as const

export default class Status extends MhvCommand {
  static override summary = 'Show how this repository stands, or several.'
  static override description =
    'Counts of tasks by state, those in progress, and those that passed only because somebody overrode their gates. With --all, --repo, --tag, --role or --repos, a line for each repository, also with its worktrees; those that need a look (mhv worktree list) are marked.'
  static override examples = ['mhv status', 'mhv status --json', 'mhv status --all']
  static override flags = { ...federationFlags, ...freshnessFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(Status)
    const seen = await placesAsked(flags, () => this.workplace())
    const asked = { ...seen, problems: [...seen.problems, ...(await sagaProblems(seen.places))] }
    const today = { now: Date.parse(asked.time), date: localDate(asked.time) }
    const dashboard = await readDashboard(asked, today)
    if (!asked.isSeveral) return this.showOne(asked, dashboard, flags.json)
    if (flags.json) return this.printJson(dashboardJson(dashboard, asked))
    const width = screenWidth()
    this.print(await dashboardTable(dashboard, width))
    process.stderr.write(besideListing(asked))
  }

  private async showOne(asked: PlacesAsked, { rows }: Dashboard, json: boolean): Promise<void> {
    const { name, workplace } = asked.places[0]!
    await warnOfLostHooks(workplace!.repository)
    for (const { message } of asked.problems) process.stderr.write(`Note: ${message}\n`)
    const { standing, worktrees } = rows[0]!
    if (json) {
      const problems = problemDocuments(asked)
      return this.printJson({ repository: name, ...standing, worktrees, problems })
    }
    process.stderr.write(besideListing(asked))
    if (standing.open + standing.done_this_week === 0) return this.print(`${name}: nothing is open`)
    const parts = SAID.filter(([state]) => standing[state] > 0).map(
      ([state, said]) => `${standing[state]} ${said}`,
    )
    this.print(await fitted(`${name}: ${[`${standing.open} open`, ...parts].join(', ')}`))
    const listing = await readListing(asked, {
      status: ['in_progress', 'failed', 'blocked'],
      sort: [],
    })
    if (listing.entries.length > 0)
      process.stdout.write((await renderListing({ ...listing, usual: USUAL })).out)
  }
}
