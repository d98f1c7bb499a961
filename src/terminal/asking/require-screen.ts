import { MhvError } from '../../errors.ts'
import { isPlain } from '../output/output-mode.ts'
import { VIEW_NAMES } from '../ui/view-names.ts'

/** What tells the same as each of the views, in their order, line by line. */
const INSTEAD: Readonly<Record<(typeof VIEW_NAMES)[number], string>> = {
  list: 'mhv task list',
  board: 'mhv task list --status all --sort status',
  graph: 'mhv graph',
  plan: 'mhv plan',
  worktrees: 'mhv worktree list',
  gates: 'mhv gate run',
  predictions: 'mhv next',
  conflicts: 'mhv conflicts',
}

/**
 * Refuses to open a view where there is no screen to draw on, or none is wanted. Errors: USAGE.
 * @param view the one that was asked for, whose command comes first
 */
export function requireScreen(view: string): void {
  const why = isPlain()
    ? 'plain output was asked for'
    : process.env.TERM === 'dumb'
      ? 'this terminal (TERM=dumb) cannot draw one'
      : process.stdin.isTTY && process.stdout.isTTY
        ? null
        : 'there is no terminal'
  if (why === null) return
  const asked = VIEW_NAMES.filter((name) => name === view)
  const names = [...asked, ...VIEW_NAMES.filter((name) => name !== view)]
  throw new MhvError(
    'USAGE',
    `mhv ui needs a screen, and ${why}. These commands tell the same line by line, one for each view (${names.join(', ')}):`,
    { recovery: names.map((name) => INSTEAD[name]) },
  )
}
