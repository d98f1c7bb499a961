import type { Repository } from './repository.ts'
import { runGit } from './run.ts'

/** What is older tells little of what is open now. */
const MOST_COMMITS = 5000
/** A commit with more files is a move or a format: it says nothing of what its task is about. */
const MOST_FILES = 100

/**
 * The files that commits with the trailer `Task: #N` changed on any branch, of remotes too, by number. Errors:
 * GIT_MISSING. A history that cannot be read has none.
 */
export async function taskFiles(repository: Repository): Promise<Map<number, Set<string>>> {
  const result = await runGit(
    [
      'log',
      '-z',
      '--branches',
      '--remotes',
      '--no-merges',
      `--max-count=${MOST_COMMITS}`,
      '--extended-regexp',
      '--grep=^Task: *#[0-9]+[[:space:]]*$',
      '--name-only',
      '--format=%x1e%(trailers:key=Task,valueonly,separator=%x2C)%x1f',
    ],
    repository.git,
  )
  const found = new Map<number, Set<string>>()
  for (const record of result.stdout.toString('utf8').split('\u001e')) {
    const [trailers = '', names = ''] = record.split('\u001f')
    const files = names.split(/[\0\n]/).filter(Boolean)
    if (files.length > MOST_FILES) continue
    for (const [, number] of trailers.matchAll(/#(\d+)\b/g)) {
      const known = found.get(Number(number)) ?? new Set()
      for (const file of files) known.add(file)
      found.set(Number(number), known)
    }
  }
  return found
}
