import type * as z from 'zod'
import { branchName, line } from './task.ts'

/** What may stand in braces in the names of branches, with what it could be for a task. */
const OF_TASKS = { number: '1', slug: 'fix-login', type: 'feature', user: 'ann' } as const
const OF_WORKTREES = { repo: 'shop', ...OF_TASKS, branch: 'task-1' } as const

/** Says of a template what would keep it from being filled in; null where it can be, with the text that it gives for a task. */
function filledIn(
  template: string,
  values: Readonly<Record<string, string>>,
  refuse: (rule: string) => void,
): string | null {
  const known = Object.keys(values)
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!)
  const strange = names.find((name) => !known.includes(name))
  if (strange !== undefined) {
    refuse(
      `has {${strange}}, which is not known there; there are ${known.map((name) => `{${name}}`).join(', ')}`,
    )
    return null
  }
  const text = template.replace(/\{([^{}]*)\}/g, (_, name: string) => values[name]!)
  if (!/[{}]/.test(text)) return text
  refuse('has a brace without its other one')
  return null
}

const refusing =
  (judge: (template: string, refuse: (rule: string) => void) => void) =>
  (template: string, context: z.RefinementCtx) =>
    judge(template, (message) => context.addIssue({ code: 'custom', message, input: template }))

/** Where worktrees go. */
export const pathTemplate = line(500).superRefine(
  refusing((template, refuse) => {
    const text = filledIn(template, OF_WORKTREES, refuse)
    if (text !== null && /^~[^/]/.test(text)) {
      refuse('begins with ~, of which only ~/ is known, the home of whoever runs the command')
    }
    if (text !== null && !/\{(?:number|slug|branch)\}/.test(template)) {
      refuse('is the same for several tasks: it needs {number}, {slug} or {branch}')
    }
  }),
)

/** What branches are called. */
export const branchTemplate = line(300).superRefine(
  refusing((template, refuse) => {
    const text = filledIn(template, OF_TASKS, refuse)
    if (text === null) return
    if (branchName.safeParse(text).success) return
    refuse(`gives ${JSON.stringify(text)}, which is not a branch name`)
  }),
)
