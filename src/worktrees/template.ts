import { branchName } from '../../schemas/task.ts'
import { MhvError } from '../errors.ts'

/** What placeholders of a template stand for; those that are left out are not known in its place. */
export type TemplateValues = Readonly<Record<string, string>>

/**
 * A template with its placeholders filled in. One that stands for nothing takes along the hyphen, underscore or dot that
 * joined it to its neighbour, so that a branch of no task has no `-` in front of its directory's name.
 * @param field where the template is configured
 * Errors: CONFIG_INVALID for a placeholder that is not known, or braces that are none.
 */
export function expandTemplate(template: string, values: TemplateValues, field: string): string {
  const text = template.replace(/\{([^{}]*)\}([-_.]?)/g, (_, name: string, joint: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) {
      const known = Object.keys(values).map((each) => `{${each}}`)
      throw unusable(field, template, `{${name}} is not known here; there are ${known.join(', ')}`)
    }
    return value && `${value}${joint}`
  })
  if (/[{}]/.test(text)) throw unusable(field, template, 'a brace has no other one')
  return text
}

/** A branch's name from its template. Errors: CONFIG_INVALID, also where git would not take it for a name. */
export function expandBranch(template: string, values: TemplateValues): string {
  const name = expandTemplate(template, values, 'worktrees.branch')
  if (branchName.safeParse(name).success) return name
  throw unusable('worktrees.branch', template, `${JSON.stringify(name)} is not a branch name`)
}

/**
 * The path of a worktree from its template. `~/` is the user's home, as a shell has it; a shell does not see it here.
 * Errors: CONFIG_INVALID, also for somebody else's home.
 */
export function expandPath(template: string, values: TemplateValues, home: string): string {
  const path = expandTemplate(template, values, 'worktrees.path')
  if (/^~(?:\/|$)/.test(path)) return `${home}${path.slice(1)}`
  if (!path.startsWith('~')) return path
  const why = 'only ~/ is known, the home of whoever runs the command; a directory of that name is ./~…'
  throw unusable('worktrees.path', template, why)
}

function unusable(field: string, template: string, why: string): MhvError {
  return new MhvError('CONFIG_INVALID', `${field}: in ${JSON.stringify(template)} ${why}.`, {
    data: { field, template },
  })
}
