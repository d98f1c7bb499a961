import type { Repository } from './repository.ts'
import { runGit } from './run.ts'

export interface TaskCommit {
  readonly commit: string
  readonly subject: string
  /** When it was committed. */
  readonly at: string
}

const FIELD = '\u001f'
const RECORD = '\u001e'

/**
 * Commits on any branch, of remotes too, whose trailer `Task: #N` names one of the numbers, by number, newest first.
 * @param since an instant in UTC, before whose second none is looked for
 * Errors: GIT_MISSING. A history that cannot be read has none.
 */
export async function taskCommits(
  repository: Repository,
  numbers: readonly number[],
  since: string,
): Promise<Map<number, TaskCommit[]>> {
  const found = new Map<number, TaskCommit[]>(numbers.map((number) => [number, []]))
  const result = await runGit(
    [
      'log',
      '--branches',
      '--remotes',
      `--since=${since.slice(0, 19)}Z`,
      '--extended-regexp',
      `--grep=^Task: *#(${numbers.join('|')})[[:space:]]*$`,
      `--format=%H%x1f%cI%x1f%s%x1f%(trailers:key=Task,valueonly,separator=%x2C)%x1e`,
    ],
    repository.git,
  )
  for (const record of result.stdout.toString('utf8').split(RECORD)) {
    const [commit = '', at = '', subject = '', trailers = ''] = record.trim().split(FIELD)
    for (const [, number] of trailers.matchAll(/#(\d+)\b/g)) {
      found.get(Number(number))?.push({ commit, subject, at: new Date(at).toISOString() })
    }
  }
  return found
}
