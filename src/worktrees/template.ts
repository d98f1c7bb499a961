import { branchName } from '../../schemas/task.ts'
import { MhvError } from '../errors.ts'

/** What placeholders of a template stand for. */
export type TemplateValues = Readonly<Record<string, string>>

/**
 * A template with its placeholders filled in. One that stands for nothing takes along the hyphen, underscore or dot that
 * joined it to its neighbour, so that a branch of no task has no `-` in front of its directory's name.
 * @param template as the schema of configurations lets it pass: with no other placeholders than there are values
 */
export const expandTemplate = (template: string, values: TemplateValues): string =>
  template.replace(/\{([^{}]*)\}([-_.]?)/g, (_, name: string, joint: string) => {
    const value = values[name]
    return value ? `${value}${joint}` : ''
  })

/** A branch's name from its template. Errors: CONFIG_INVALID where git would not take it for a name, as by who starts. */
export function expandBranch(template: string, values: TemplateValues): string {
  const name = expandTemplate(template, values)
  if (branchName.safeParse(name).success) return name
  throw new MhvError(
    'CONFIG_INVALID',
    `worktrees.branch: in ${JSON.stringify(template)} ${JSON.stringify(name)} is not a branch name.`,
    { data: { field: 'worktrees.branch', template } },
  )
}

/** The path of a worktree from its template. `~/` is the user's home, as a shell has it; a shell does not see it here. */
export function expandPath(template: string, values: TemplateValues, home: string): string {
  const path = expandTemplate(template, values)
  return /^~(?:\/|$)/.test(path) ? `${home}${path.slice(1)}` : path
}
