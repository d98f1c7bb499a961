import { MhvError } from '../errors.ts'
import { slug } from './slug.ts'
import type { Exclusion, StartFacts } from './start-request.ts'
import { expandPath } from './template.ts'

/** Another branch that git's files and directories of refs keep from existing beside the new one, or null. */
export function blockedBy(branch: string, branches: ReadonlySet<string>): string | null {
  const parts = branch.split('/')
  for (let i = 1; i < parts.length; i++) {
    const above = parts.slice(0, i).join('/')
    if (branches.has(above)) return above
  }
  return [...branches].find((other) => other.startsWith(`${branch}/`)) ?? null
}

/**
 * Where a worktree goes as configured.
 * @param task whose it is; null of a branch that belongs to none, which then gives the name
 * Errors: CONFIG_INVALID.
 */
export function placeFor(
  facts: StartFacts,
  branch: string,
  task: { readonly number: number; readonly title: string; readonly type: string } | null,
): string {
  const template = facts.settings.path
  // Where nothing else tells branches apart, what is left of the name has to.
  const instead = /\{(?:slug|branch)\}/.test(template) ? '' : slug(branch)
  const values = {
    repo: facts.repository,
    number: task ? String(task.number) : instead,
    slug: slug(task?.title ?? branch),
    branch: branch.replaceAll('/', '-'),
    type: task?.type ?? '',
    user: facts.user,
  }
  return facts.resolve(facts.mainPath, expandPath(template, values, facts.home))
}

/**
 * The worktree that a path is inside of, the innermost, if it is inside one.
 * @param look command that shows where the path comes from
 * Errors: INVALID_INPUT where it is inside the git directory, whose files git takes for its own.
 */
export function exclusionFor(
  facts: Pick<StartFacts, 'commonDir' | 'worktrees' | 'below'>,
  path: string,
  look = 'mhv config show',
): Exclusion | null {
  if (facts.below(facts.commonDir, path) !== null) {
    throw new MhvError('INVALID_INPUT', `${path} is inside the git directory ${facts.commonDir}.`, {
      recovery: [look],
      data: { field: 'path', value: path },
    })
  }
  const around = facts.worktrees.flatMap(({ path: outer, state }) => {
    const inner = state === 'there' ? facts.below(outer, path) : null
    return inner ? [{ outer, inner }] : []
  })
  return around.sort((a, b) => b.outer.length - a.outer.length)[0] ?? null
}
