import { readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'

/** Files whose older versions are looked at. */
const MOST = 50

/** Numbers in the subject of a commit: `TaskStarted #123 Fix auth bug`, `TaskDeleted #1, #2`. */
function numbersIn(subject: string): number[] {
  const listed = /^[A-Za-z]+ (#\d+(?:, #\d+)*)/.exec(subject)?.[1] ?? ''
  return listed.split(', ').flatMap((word) => (word ? [Number(word.slice(1))] : []))
}

async function olderNumbers(repository: Repository, tip: string, path: string): Promise<number[]> {
  const log = await runGit(['log', '--format=%H', tip, '--', `:/${path}`], repository.git)
  const commits = log.stdout.toString('latin1').split('\n').filter(Boolean)
  const versions = await readObjects(
    repository,
    commits.map((commit) => `${commit}:${path}`),
  )
  return versions.flatMap((text) => {
    const number = /^number: ([1-9]\d{0,9})$/m.exec(text?.toString('utf8') ?? '')?.[1]
    return number ? [Number(number)] : []
  })
}

/**
 * The highest number that tasks may have whose files do not say it any more: by the subjects of all commits, by older
 * versions of the files, and at least as many as there are files, since no two share one. Too high a number costs a gap,
 * too low a one would give the same number out twice.
 * @param paths files that cannot be read
 * @param files how many files there are
 */
export async function numbersGivenOut(
  repository: Repository,
  tip: string,
  paths: readonly string[],
  files: number,
): Promise<number> {
  const log = await runGit(['log', '--format=%s', tip], repository.git)
  const subjects = log.stdout.toString('utf8').split('\n').flatMap(numbersIn)
  const older = await Promise.all(paths.slice(0, MOST).map((path) => olderNumbers(repository, tip, path)))
  return [...subjects, ...older.flat()].reduce((highest, number) => Math.max(highest, number), files)
}
