/** What the full-screen view can begin with: the list, and every other view by its id. */
export const VIEW_NAMES = [
  'list',
  'board',
  'graph',
  'plan',
  'worktrees',
  'gates',
  'predictions',
  'conflicts',
] as const
