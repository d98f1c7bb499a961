import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { comparableUrl } from './shown-url.ts'

/** The URLs of a repository's remotes. Errors: GIT_MISSING. */
export async function remoteUrls(repository: Repository): Promise<string[]> {
  const args = ['config', '--null', '--get-regexp', '^remote\\..*\\.url$']
  const { stdout } = await runGit(args, repository.git)
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((entry) => entry.split('\n')[1] ?? [])
}

/** Whether two URLs lead to the same repository, whoever they let in. */
export const isSameUrl = (one: string, other: string): boolean => comparableUrl(one) === comparableUrl(other)
