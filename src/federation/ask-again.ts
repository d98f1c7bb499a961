import { MhvError } from '../errors.ts'
import type { Member } from '../repos/member.ts'
import { urlInstead } from '../repos/member-repository.ts'

/**
 * Looks for tasks of a member by their names. What is not found in the copy of a remote that was fetched lately is looked
 * for once more after the remote was asked: whoever names a task has seen it.
 * Errors: those of `look`, or of the remote where it could not be asked.
 */
export async function askingAgain<T>(member: Member, look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    const url = urlInstead(member)
    if (url === null || !(error instanceof MhvError) || error.error !== 'TASK_NOT_FOUND') throw error
    const { viewUrl } = await import('./view-url.ts')
    const { problem } = await viewUrl(member.name, url, { maxAge: 0 })
    if (problem) throw problem
    return look()
  }
}
