import type { HookCall } from '../src/terminal/gating/run-hook.ts'
import { tidyWorktrees } from '../src/terminal/worktrees/tidy-worktrees.ts'

/** A merge may have brought the work of finished tasks where it belongs: their worktrees go. */
export default async function postMerge({ repository }: HookCall): Promise<boolean> {
  await tidyWorktrees(repository)
  return true
}
