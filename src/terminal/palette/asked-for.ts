/**
 * Names of what is asked for though a command can do without: the task that may be left out inside of its worktree only,
 * and what nobody leaves out.
 */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'task:assign': ['tasks', 'person'],
  'task:block': ['tasks', 'reason'],
  'task:cancel': ['tasks', 'reason'],
  'task:check': ['task', 'places'],
  'task:comment': ['tasks', 'text'],
  'task:complete': ['tasks'],
  'task:depend': ['tasks', 'on'],
  'task:edit': ['tasks'],
  'task:history': ['tasks'],
  'task:label': ['tasks', 'labels'],
  'task:reopen': ['tasks'],
  'task:show': ['tasks'],
  'task:unblock': ['tasks'],
}

const TASKS: readonly string[] = ['task', 'tasks']

/** What is asked for of a command besides what it requires, by its id. */
export const askedFor = (id: string): readonly string[] => ASKED[id] ?? []

/** The same where a line has flags: these may say in another way what is asked for, but for the task. */
export const askedBesideFlags = (id: string): readonly string[] =>
  askedFor(id).filter((name) => TASKS.includes(name))

/** The same where the task is clear. */
export const askedBesideTask = (id: string): readonly string[] =>
  askedFor(id).filter((name) => !TASKS.includes(name))
