import { relative } from 'node:path'
import type { MergedHow } from '../../worktrees/merged.ts'
import { type RichLine, span } from './rich-line.ts'
import { lineRow, rowsView, type ViewRow } from './rows-view.tsx'
import type { Doing, UiState } from './state.ts'
import { statusRole } from './theme.ts'
import { askedOfShown, eachOf, keyOfNamed, type OneOrEach, shortRef } from './view-documents.ts'

interface WorktreeDocument {
  readonly path: string
  readonly is_main: boolean
  readonly branch: string | null
  readonly task: {
    readonly ref: string
    readonly id: string
    readonly title: string
    readonly status: string
  } | null
  readonly off_branch: boolean
  readonly orphan: string | null
  readonly locked: boolean
  readonly occupied: boolean | null
  readonly is_here: boolean
  readonly operation: string | null
  readonly ahead: number | null
  readonly behind: number | null
  readonly unpushed: number | null
  readonly staged: readonly string[]
  readonly dirty: readonly string[]
  readonly hidden: readonly string[]
  readonly untracked: readonly string[]
  readonly merged: MergedHow
  readonly unknown: readonly string[]
}

/** What `mhv worktree list --json` answers. */
export type WorktreesDocument = OneOrEach<{
  readonly worktrees: readonly WorktreeDocument[]
  readonly tasks_without_worktree: readonly {
    readonly ref: string
    readonly id: string
    readonly title: string
  }[]
}>

interface WorktreeRow extends ViewRow {
  /** The task by which commands name the worktree; null where it has none, or nothing is there to remove. */
  readonly ref: string | null
}

/** What is said of how the work has arrived elsewhere; of what git cannot tell, nothing. */
const MERGED: Partial<Readonly<Record<MergedHow, string>>> = {
  ancestor: 'merged',
  rebased: 'merged by rebase',
  squashed: 'merged by squash',
  pushed: 'pushed',
  'not merged': 'not merged',
  empty: 'no work yet',
}

/** What is the matter with it, in words. */
function notesOf(each: WorktreeDocument): string[] {
  const changed = new Set([...each.staged, ...each.dirty, ...each.hidden]).size
  return [
    ...(each.is_main ? ['main'] : []),
    ...(each.is_here ? ['here'] : []),
    ...(each.orphan ? [each.orphan] : []),
    ...(each.off_branch ? ['off its branch'] : []),
    ...(each.locked ? ['locked'] : []),
    ...(each.occupied ? ['occupied'] : []),
    ...(each.operation ? [each.operation] : []),
    ...(each.ahead ? [`${each.ahead} ahead`] : []),
    ...(each.behind ? [`${each.behind} behind`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(each.untracked.length > 0 ? [`${each.untracked.length} new`] : []),
    ...(each.unpushed ? [`${each.unpushed} unpushed`] : []),
    ...(each.task && !each.is_main ? [MERGED[each.merged] ?? []].flat() : []),
    ...(each.unknown.length > 0 ? ['unclear'] : []),
  ]
}

const isAmiss = (each: WorktreeDocument) => each.orphan !== null || each.off_branch || each.unknown.length > 0

/** By its task, or its repository where there are several, and where it is; then what is in it. */
function worktreeLines(each: WorktreeDocument, repository: string | undefined, ui: UiState): RichLine[] {
  const { task } = each
  const branch = each.branch ?? '(detached)'
  const place = relative(process.cwd(), each.path) || '.'
  const name: RichLine = task
    ? [
        span(`${shortRef(ui, task.ref)} `, 'accent'),
        span(`${task.status} `, statusRole(task.status)),
        span(task.title),
      ]
    : [...(repository && ui.source.isSeveral ? [span(`${repository} `, 'accent')] : []), span(branch)]
  const notes = span(notesOf(each).join(', '), isAmiss(each) ? 'warning' : 'text')
  return [name, [span(`    ${task ? `${branch}  ` : ''}${place}  `, 'muted'), notes]]
}

/** Worktrees with what is in them, then tasks in progress that have none here. */
export function worktreeRows(ui: UiState, data: WorktreesDocument | null): WorktreeRow[] {
  const each = data ? eachOf(data) : []
  const word = (ref: string) => (ui.source.isSeveral ? ref : ref.replace(/^.*#/, ''))
  const listed = each.flatMap(({ worktrees = [], repository }) =>
    worktrees.map((worktree) => ({
      task: worktree.task && keyOfNamed(worktree.task),
      ref: worktree.task && !worktree.is_main ? word(worktree.task.ref) : null,
      name: worktree.path,
      height: 2,
      lines: () => worktreeLines(worktree, repository, ui),
    })),
  )
  const without = each.flatMap(({ tasks_without_worktree: tasks = [] }) =>
    tasks.map(({ ref, id, title }) => ({
      ref: null,
      ...lineRow(
        () => [
          span(`${shortRef(ui, ref)} `, 'accent'),
          span('is in progress without a worktree here: ', 'warning'),
          span(title),
        ],
        keyOfNamed({ ref, id }),
      ),
    })),
  )
  return [...listed, ...without]
}

/** What removes a worktree, and brings it back. */
const removal = (ref: string, called: string): Doing => ({
  title: `Remove the worktree of ${called}`,
  did: `Removed the worktree of ${called}; u, or mhv worktree undo ${ref}, brings it back`,
  commands: [['worktree', 'remove', ref]],
  undo: {
    title: `Bring the worktree of ${called} back`,
    did: `Brought the worktree of ${called} back`,
    commands: [['worktree', 'undo', ref]],
  },
})

/** Worktrees with their state. */
export const worktreesView = rowsView<WorktreesDocument, WorktreeRow>({
  id: 'worktrees',
  title: 'Worktrees',
  key: '5',
  isWide: true,
  asks: (ui) => askedOfShown(ui, ['worktree', 'list']),
  rows: worktreeRows,
  none: 'There is no worktree.',
  keys: [['r', 'remove, if nothing is lost']],
  act: (key, { ref }, ui) =>
    key.name === 'r' && ref !== null ? { runs: removal(ref, ui.source.isSeveral ? ref : `#${ref}`) } : null,
})
