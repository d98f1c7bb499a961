/**
 * Other words for commands, as people type them: short forms, and verbs that work with and without their topic.
 * One table for the dispatcher, which may not load a command to learn its names, and for oclif's aliases.
 */
const SHORT_FORMS: Readonly<Record<string, readonly string[]>> = {
  'task:create': ['tc'],
  'task:list': ['tl'],
  'task:ready': ['ready'],
  'task:start': ['start'],
  'task:complete': ['done', 'task:done'],
  'task:search': ['ts', 'search'],
  'task:undo': ['undo'],
  'config:list': ['config:show'],
  'worktree:create': ['wc'],
  'worktree:list': ['wl'],
}

export const shortFormsOf = (id: string): string[] => [...(SHORT_FORMS[id] ?? [])]

/** The command that a word or `topic:verb` stands for. */
export const commandOf = new Map(
  Object.entries(SHORT_FORMS).flatMap(([id, forms]) => forms.map((form) => [form, id] as const)),
)
