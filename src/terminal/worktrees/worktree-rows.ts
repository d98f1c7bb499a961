import { relative } from 'node:path'
import { shellWord } from '../../errors.ts'
import {
  type Orphan,
  orphanKind,
  type Survey,
  type SurveyedWorktree,
} from '../../lifecycle/survey-worktrees.ts'
import type { WorktreeFacts } from '../../worktrees/inspect.ts'
import { whereabouts } from '../../worktrees/missing-worktree.ts'
import { shortAge } from '../output/clock.ts'
import { colourStatus } from '../output/colour.ts'
import { linkToFile } from '../output/hyperlink.ts'
import { isPlain } from '../output/output-mode.ts'
import { type Column, renderTable } from '../output/table.ts'

export interface Listed extends SurveyedWorktree {
  readonly facts: WorktreeFacts
}

const number = (count: number | null) => (count ? String(count) : '')

function distance({ ahead, behind }: WorktreeFacts): string {
  const parts = isPlain()
    ? [ahead ? `${ahead} ahead` : '', behind ? `${behind} behind` : '']
    : [ahead ? `+${ahead}` : '', behind ? `-${behind}` : '']
  return parts.filter(Boolean).join(isPlain() ? ', ' : '')
}

/** What has to be known at once, in single words. */
function marks(listed: Listed): string[] {
  const { facts, worktree } = listed
  const isOrphan = orphanKind(listed)
  return [
    ...(worktree.isMain ? ['main'] : []),
    ...(facts.isHere ? ['here'] : []),
    ...(isOrphan ? [isOrphan] : []),
    ...(listed.isOffBranch ? ['off its branch'] : []),
    ...(worktree.isLocked && worktree.state !== 'unfinished' ? ['locked'] : []),
    ...(facts.occupants && facts.occupants.length > 0 ? ['occupied'] : []),
    ...(facts.operation ? [facts.operation.replace(/^an? /, '')] : []),
    ...(facts.copies.length > 0 ? ['copied'] : []),
    ...(facts.unknown.length > 0 ? ['unclear'] : []),
  ]
}

const COLUMNS: readonly Column[] = [
  { title: '#', right: true },
  { title: 'STATUS', paint: colourStatus, spare: 1 },
  { title: 'BRANCH', least: [24, 20, 16, 12] },
  { title: '+/-', said: 'distance', right: true, spare: 5 },
  { title: 'DIRTY', right: true, spare: 2 },
  { title: 'NEW', right: true, spare: 3 },
  { title: 'IGN', said: 'ignored', right: true, spare: 6 },
  { title: 'UNPUSHED', right: true, spare: 4 },
  { title: 'MERGED', spare: 7 },
  { title: 'AGE', right: true, spare: 8 },
  { title: 'NOTE', least: [16, 12] },
  { title: 'PLACE', least: [40, 32, 26], tellsAtEnd: true },
]

/** What the table has no room for. */
export function worktreeRemarks(listed: Listed): string[] {
  const { facts, worktree, task, lostTask, branch } = listed
  const name = task ? `#${task.number}` : worktree.path
  const lines = facts.unknown.map((what) => `${name}: not known: ${what}`)
  if (listed.isOffBranch) {
    const has = branch === null ? 'a detached head' : `${branch} checked out`
    const instead = task?.branch ? ` instead of ${task.branch}` : ''
    lines.push(`${name}: its worktree ${worktree.path} has ${has}${instead}`)
  }
  const said: Readonly<Record<Orphan, string>> = {
    'task gone': `its task ${lostTask} is not here`,
    'branch gone': `its branch ${branch} is gone`,
    'directory gone': `${worktree.path} is gone: ${whereabouts(worktree)}`,
    moved: `it was ${whereabouts(worktree)} (mhv worktree repair ${shellWord(worktree.movedTo ?? '')})`,
    'cut off': `${worktree.path} has lost its .git file (mhv worktree repair)`,
    unfinished: `${worktree.path} was never finished${task ? ` (mhv start ${task.number})` : ''}`,
  }
  const kind = orphanKind(listed)
  return kind ? [...lines, `${name}: ${said[kind]}`] : lines
}

/** The worktrees as a table. @param width columns of the terminal, or null for a pipe */
export function worktreeTable(
  listed: readonly Listed[],
  here: string,
  now: string,
  width: number | null,
): Promise<string> {
  const rows = listed.map((each) => {
    const { facts, task, worktree } = each
    const { files, merged, lastActivity } = facts
    const dirty = new Set([...files.staged, ...files.changed, ...files.hidden]).size
    return [
      task ? String(task.number) : '',
      task ? (task.deleted ? 'deleted' : task.status) : '',
      worktree.isBare ? '(bare)' : (each.branch ?? '(detached)'),
      distance(facts),
      number(dirty),
      number(files.untracked.length),
      number(files.ignored.length),
      number(facts.unpushed),
      worktree.isMain || !task ? '' : merged.how,
      lastActivity ? shortAge(Date.parse(now) - lastActivity) : '',
      marks(each).join(', '),
      relative(here, worktree.path) || '.',
    ]
  })
  const linked = COLUMNS.map((column) =>
    column.title === 'PLACE'
      ? { ...column, paint: (text: string, row: number) => linkToFile(text, listed[row]!.worktree.path) }
      : column,
  )
  return renderTable(linked, rows, width)
}

/** A worktree as JSON; keys are only ever added. */
export function worktreeJson(survey: Survey, listed: Listed, repository: string): object {
  const { facts, task, worktree, lostTask, branch } = listed
  return {
    path: worktree.path,
    is_main: worktree.isMain,
    branch,
    head: worktree.head,
    task: task && {
      ref: `${repository}#${task.number}`,
      id: task.id,
      number: task.number,
      title: task.title,
      status: task.status,
      deleted: task.deleted,
    },
    lost_task: lostTask,
    off_branch: listed.isOffBranch,
    orphan: orphanKind(listed),
    state: worktree.state,
    moved_to: worktree.movedTo,
    copies: facts.copies,
    locked: worktree.isLocked,
    lock_reason: worktree.lockReason || null,
    occupied: facts.occupants === null ? null : facts.occupants.length > 0,
    processes: facts.occupants ?? [],
    is_here: facts.isHere,
    operation: facts.operation,
    against: facts.against,
    ahead: facts.ahead,
    behind: facts.behind,
    unpushed: facts.unpushed,
    staged: facts.files.staged,
    dirty: facts.files.changed,
    hidden: facts.files.hidden,
    untracked: facts.files.untracked,
    ignored: facts.files.ignored,
    submodules: facts.submodules,
    inside: facts.inside,
    unheld_commits: facts.unheld,
    merged: facts.merged.how,
    merged_into: facts.merged.into,
    targets: survey.targets.map(({ name }) => name),
    last_activity: facts.lastActivity ? new Date(facts.lastActivity).toISOString() : null,
    unknown: facts.unknown,
  }
}
