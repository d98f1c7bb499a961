import { shellWord } from '../../errors.ts'
import type { KeptWorktree, Reconciled, RemovedWorktree } from '../../lifecycle/reconcile-worktrees.ts'
import { goTo } from './go-to.ts'

/** What went and what stayed, as JSON. */
export const reconciledJson = ({ removed, kept, settled, emptied, astray }: Reconciled): object => ({
  removed: removed.map(({ path, number, branch, tookBranch, trash, ignored, changes }) => ({
    path,
    number,
    branch,
    took_branch: tookBranch,
    trash,
    ignored,
    changes,
  })),
  kept: kept.map(({ path, number, reasons, codes, steps }) => ({ path, number, reasons, codes, steps })),
  settled,
  emptied,
  astray,
})

const nameOf = ({ number, path }: { number: number | null; path: string }) =>
  number === null ? path : `#${number}`

const counted = ({ length }: readonly string[], what: string): string[] =>
  length === 0 ? [] : [length === 1 ? `1 ${what}` : `${length} ${what}s`]

/** `went into the trash`, with how to have it back. */
export function removedLine(removed: RemovedWorktree): string {
  const { path, branch, tookBranch, trash, number, wasGone } = removed
  const also = [
    ...(tookBranch ? [`branch ${branch}`] : []),
    ...counted(removed.changes, 'changed or untracked file'),
    ...counted(removed.ignored, 'ignored file'),
  ]
  const last = also.pop()
  const listed = also.length > 0 ? `${also.join(', ')} and ${last}` : last
  const withIt = last ? ` with ${listed}` : ''
  if (trash === null) return `The worktree ${path} would go${withIt}.`
  const undo = `mhv worktree undo ${number ?? trash}`
  if (wasGone) {
    return `The worktree ${path}, whose directory was gone, is forgotten${withIt}. If the directory was only moved: ${undo}, then mhv worktree repair NEW-PATH`
  }
  return `The worktree ${path} went${withIt}. To have it back: ${undo}`
}

export const keptLine = (kept: KeptWorktree): string =>
  `The worktree of ${nameOf(kept)} stays at ${kept.path}: ${kept.reasons.join('; ')}.`

/** Says what became of worktrees, unless the stream is null, and moves the shell out of one that went. */
export function reportReconciled(result: Reconciled, out: { write(text: string): unknown } | null): void {
  for (const removed of result.removed) out?.write(`${removedLine(removed)}\n`)
  for (const kept of result.kept) out?.write(`${keptLine(kept)}\n`)
  if (result.settled.length > 0) {
    out?.write(`An interrupted removal was settled: ${result.settled.map(shellWord).join(', ')}\n`)
  }
  if (result.removed.some(({ wasHere, trash }) => wasHere && trash !== null)) goTo(result.main)
}
