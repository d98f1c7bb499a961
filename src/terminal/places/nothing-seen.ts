import { existsSync } from 'node:fs'
import { stepsFor } from '../../config/unreadable.ts'
import { MhvError } from '../../errors.ts'
import type { MemberView } from '../../federation/view-members.ts'
import type { Federation } from '../../repos/member.ts'
import { urlInstead } from '../../repos/member-repository.ts'
import { saidOf } from '../../repos/said-of.ts'

interface Told {
  readonly repository: string
  readonly code: string
  readonly message: string
}

/** What is wrong with the file that lists the repositories, named under every answer that it leads to. */
export const faultsOf = ({ file, faults }: Federation): Told[] =>
  faults.map(({ entry, message }) => ({
    repository: entry,
    code: 'REPOS_INVALID',
    message: `${entry} ${message} (${file})`,
  }))

/** Whether a member's directory is not there, which is nothing that went wrong: not everybody has all of them. */
const isAbsent = ({ member: { path, url } }: MemberView) => url === null && path !== null && !existsSync(path)

/**
 * The error where nothing at all can be shown of what was asked for: what all of it failed with, or REPOSITORY_MISSING. null
 * where something can; directories that are not there are only named, even if that is all of them.
 * @param views those that were asked for
 * @param problems what is told of them, and of the file
 * @param file that lists them
 */
export function nothingSeen(
  views: readonly MemberView[],
  problems: readonly Told[],
  file: string,
): MhvError | null {
  const isSeen = views.some(({ snapshot }) => snapshot)
  if (isSeen || problems.length === views.filter(isAbsent).length) return null
  const errors = new Set(views.flatMap(({ problem }) => problem?.error ?? []))
  const isOfFile = views.length === 0
  const error = isOfFile ? 'REPOS_INVALID' : errors.size === 1 ? [...errors][0]! : 'REPOSITORY_MISSING'
  const said = problems.map(({ repository, message }) => saidOf(repository, message)).join('; ')
  const isRemote = views.some(({ member }) => urlInstead(member) !== null)
  const end = /[.?]$/.test(said) ? '' : '.'
  return new MhvError(error, `None of the repositories can be read. ${said}${end}`, {
    recovery: isOfFile ? stepsFor(file) : [`mhv repos check${isRemote ? ' --remote' : ''}`],
    data: { problems },
  })
}
