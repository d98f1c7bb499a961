import { countWorktrees, type WorktreeCounts } from '../../lifecycle/count-worktrees.ts'
import type { Today } from '../../query/filter.ts'
import { type Standing, standingOf, sumStandings } from '../../query/standing.ts'
import { localDate } from '../output/clock.ts'
import { isPlain } from '../output/output-mode.ts'
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

/** Each with when a narrow terminal goes without it: what is as it should be goes first. */
const COLUMNS: readonly (readonly [keyof Standing, string, number])[] = [
  ['open', 'OPEN', 0],
  ['ready', 'READY', 4],
  ['waiting', 'WAITING', 6],
  ['in_progress', 'IN PROGRESS', 5],
  ['blocked', 'BLOCKED', 3],
  ['failed', 'GATES FAILING', 1],
  ['overdue', 'OVERDUE', 2],
  ['done_this_week', 'DONE 7D', 9],
  ['overridden', 'OVERRIDDEN', 8],
]

const count = (n: number) => (n === 0 ? '' : String(n))

function worktreeCell(worktrees: WorktreeCounts | null): string {
  if (!worktrees) return ''
  const { total, attention } = worktrees
  if (attention === 0) return count(total)
  return isPlain() ? `${total}, ${attention} to be looked at` : `${total} (${attention}!)`
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
      ...COLUMNS.map(([, title, spare]) => ({ title, right: true, spare })),
      { title: 'WORKTREES', right: true, spare: 7 },
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
