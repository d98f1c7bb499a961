import { filterTasks } from '../src/query/filter.ts'
import { type Standing, standingOf } from '../src/query/standing.ts'
import { MhvCommand } from '../src/terminal/base-command.ts'
import { localDate, now } from '../src/terminal/clock.ts'
import { printListing } from '../src/terminal/print-listing.ts'
import { problemsJson } from '../src/terminal/task-json.ts'
import { warnOfLostHooks } from '../src/terminal/warn-of-lost-hooks.ts'

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

const COLUMNS = ['number', 'status', 'priority', 'title', 'branch', 'assignee'] as const

export default class Status extends MhvCommand {
  static override summary = 'Show how this repository stands.'
  static override description =
    'Counts of tasks by state, those in progress, and those that passed only because somebody overrode their gates.'
  static override examples = ['mhv status', 'mhv status --json']

  async run(): Promise<void> {
    const { flags } = await this.parse(Status)
    const { repository, store } = await this.workplace()
    await warnOfLostHooks(repository)
    const snapshot = await store.view()
    const at = now()
    const today = { now: Date.parse(at), date: localDate(at) }
    const standing = standingOf(snapshot, today, localDate)
    const current = filterTasks(
      snapshot,
      { statuses: ['in_progress', 'failed', 'blocked'] },
      today,
      localDate,
    )
    if (flags.json) {
      return this.printJson({
        repository: store.name,
        ...standing,
        problems: problemsJson(snapshot, store.name),
      })
    }
    if (standing.open + standing.done_this_week === 0) return this.print(`${store.name}: nothing is open`)
    const parts = SAID.filter(([state]) => standing[state] > 0).map(
      ([state, said]) => `${standing[state]} ${said}`,
    )
    this.print(`${store.name}: ${[`${standing.open} open`, ...parts].join(', ')}`)
    const listing = {
      slots: current,
      total: current.length,
      format: 'table',
      columns: COLUMNS,
      today,
    } as const
    if (current.length > 0) await printListing(store.name, snapshot, listing)
  }
}
