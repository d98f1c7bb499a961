import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'
import type { LogCommit } from './log-commit.ts'

/** What a commit made of one file, as against each of its parents. */
export interface FileStep {
  readonly commit: LogCommit
  readonly path: string
  /** Object ids in the order of the parents, null where there was no file; for a root one null. */
  readonly befores: readonly (string | null)[]
  /** null where the file is gone. */
  readonly now: string | null
}

const HEADER = /^[0-9a-f]{40,64}$/
const objectOrNull = (id: string) => (/^0+$/.test(id) ? null : id)

/** Fields of a listing that git ends with NUL: the commit, then two for each file that differs from a parent. */
function* differences(
  fields: readonly string[],
): Generator<{ path: string; before: string; now: string } | 'next'> {
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!
    if (HEADER.test(field)) yield 'next'
    else if (field.startsWith(':')) {
      const [, , before = '', now = ''] = field.split(' ')
      yield { path: fields[++i] ?? '', before, now }
    }
  }
}

/**
 * What commits changed, in their order. One git process compares each with each of its parents: a merge may differ from
 * one and not from another. Errors: GIT_FAILED where a tree is missing.
 */
export async function fileSteps(repository: Repository, commits: readonly LogCommit[]): Promise<FileStep[]> {
  const pairs = commits.flatMap((commit) =>
    commit.parents.length === 0
      ? [{ commit, place: 0, line: commit.id }]
      : commit.parents.map((parent, place) => ({ commit, place, line: `${commit.id} ${parent}` })),
  )
  const form = ['--raw', '-r', '-z', '--no-renames', '--no-abbrev', '--always', '--root']
  const input = `${pairs.map(({ line }) => line).join('\n')}\n`
  const said = await git(['diff-tree', '--stdin', ...form], { ...repository.git, input })
  const steps = new Map<
    string,
    { commit: LogCommit; path: string; befores: (string | null)[]; now: string | null }
  >()
  let at = -1
  for (const difference of differences(said.split('\0'))) {
    if (difference === 'next') {
      at++
      continue
    }
    const { commit, place } = pairs[at]!
    const { path } = difference
    const now = objectOrNull(difference.now)
    const key = `${commit.id} ${path}`
    const step = steps.get(key) ?? {
      commit,
      path,
      // Where a parent is not named, its file is the one that the commit has.
      befores: Array.from({ length: Math.max(1, commit.parents.length) }, () => now),
      now,
    }
    step.befores[place] = objectOrNull(difference.before)
    steps.set(key, step)
  }
  return [...steps.values()]
}
