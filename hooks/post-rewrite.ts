import type { HookCall } from '../src/terminal/gating/run-hook.ts'
import { tidyWorktrees } from '../src/terminal/worktrees/tidy-worktrees.ts'

/** After a rebase, as after a merge. */
export default async function postRewrite({ repository }: HookCall): Promise<boolean> {
  await tidyWorktrees(repository)
  return true
}
