import { countWorktrees, type WorktreeCounts } from '../../lifecycle/count-worktrees.ts'
import type { Today } from '../../query/filter.ts'
import { type Standing, standingOf, sumStandings } from '../../query/standing.ts'
import { localDate } from '../output/clock.ts'
import { renderTable } from '../output/table.ts'
import type { PlacesAsked } from '../places/places-asked.ts'
import { problemDocuments } from './listing-problems.ts'

/** How the repositories of a federation stand, each by itself. */
export interface Dashboard {
  readonly rows: readonly {
    readonly repository: string
    readonly standing: Standing
    /** null of a repository of which only the tasks are here. */
    readonly worktrees: WorktreeCounts | null
    readonly fetchedAt: string | null
  }[]
  readonly total: Standing
}

/** Errors: those of countWorktrees. */
export async function readDashboard({ places }: PlacesAsked, today: Today): Promise<Dashboard> {
  const rows = await Promise.all(
    places.map(async ({ name, snapshot, workplace, fetchedAt }) => ({
      repository: name,
      standing: standingOf(snapshot, today, localDate),
      worktrees: workplace && (await countWorktrees(workplace.repository, snapshot)),
      fetchedAt,
    })),
  )
  return { rows, total: sumStandings(rows.map(({ standing }) => standing)) }
}

const COLUMNS: readonly (readonly [keyof Standing, string])[] = [
  ['open', 'OPEN'],
  ['ready', 'READY'],
  ['waiting', 'WAITING'],
  ['in_progress', 'IN PROGRESS'],
  ['blocked', 'BLOCKED'],
  ['failed', 'GATES FAILING'],
  ['overdue', 'OVERDUE'],
  ['done_this_week', 'DONE 7D'],
  ['overridden', 'OVERRIDDEN'],
]

const count = (n: number) => (n === 0 ? '' : String(n))

function worktreeCell(worktrees: WorktreeCounts | null): string {
  if (!worktrees) return ''
  const { total, attention } = worktrees
  return attention > 0 ? `${total} (${attention}!)` : count(total)
}

/** A row for each repository and one for all; a column that nothing is in is left out. @param width null: nothing is cut */
export function dashboardTable({ rows, total }: Dashboard, width: number | null): Promise<string> {
  const cells = (standing: Standing) => COLUMNS.map(([state]) => count(standing[state]))
  const known = rows.flatMap(({ worktrees }) => worktrees ?? [])
  const all: WorktreeCounts = {
    total: known.reduce((sum, each) => sum + each.total, 0),
    attention: known.reduce((sum, each) => sum + each.attention, 0),
  }
  return renderTable(
    [
      { title: 'REPO', least: [24, 16, 10] },
      ...COLUMNS.map(([, title]) => ({ title, right: true })),
      { title: 'WORKTREES', right: true },
    ],
    [
      ...rows.map(({ repository, standing, worktrees }) => [
        repository,
        ...cells(standing),
        worktreeCell(worktrees),
      ]),
      ['all', ...cells(total), worktreeCell(all)],
    ],
    width,
  )
}

export const dashboardJson = ({ rows, total }: Dashboard, asked: PlacesAsked): object => ({
  repositories: rows.map(({ repository, standing, worktrees, fetchedAt }) => ({
    repository,
    ...standing,
    worktrees,
    fetched_at: fetchedAt,
  })),
  total,
  problems: problemDocuments(asked),
})
