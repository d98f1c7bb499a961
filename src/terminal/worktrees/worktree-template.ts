import { fillTemplate } from '../output/fill-template.ts'
import type { Template } from '../output/read-template.ts'
import { parseTemplate } from '../output/template.ts'

const OF_TASK = ['ref', 'number', 'title', 'status'] as const
const OF_WORKTREE = [
  'path',
  'branch',
  'head',
  'state',
  'ahead',
  'behind',
  'unpushed',
  'dirty',
  'untracked',
  'ignored',
  'merged',
  'locked',
  'is_main',
  'is_here',
  'last_activity',
] as const

/** A template for worktrees: the keys of their JSON, those of the task without its name in front. Errors: INVALID_INPUT. */
export const worktreeTemplate = (format: string): Template =>
  parseTemplate(format, [...OF_WORKTREE, ...OF_TASK], 'mhv worktree list', '{path} {branch}')

/** A value of a document as one text: of a list how long it is, of what is not so or not there nothing. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return String(value.length)
  return value === null || value === undefined || value === false ? '' : String(value)
}

/** Worktrees as a template has them. @param documents what `--json` says of each */
export function worktreesWritten(
  template: Template,
  documents: readonly Readonly<Record<string, unknown>>[],
): Promise<string> {
  const records = documents.map((document) => {
    const task = (document.task ?? {}) as Readonly<Record<string, unknown>>
    const own = OF_WORKTREE.map((field) => [field, textOf(document[field])] as const)
    return Object.fromEntries([...own, ...OF_TASK.map((field) => [field, textOf(task[field])] as const)])
  })
  return fillTemplate(template, records)
}
