import type { HookCall } from '../src/terminal/gating/run-hook.ts'
import { tidyWorktrees } from '../src/terminal/worktrees/tidy-worktrees.ts'

/** On another branch: one that was just left may be that of a finished task, whose worktree can go. */
export default async function postCheckout({ repository }: HookCall): Promise<boolean> {
  await tidyWorktrees(repository)
  return true
}
