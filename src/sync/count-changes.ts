import { diffTrees, emptyTree } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'

/**
 * How many files of a log differ between two tips; 0 where git cannot compare them.
 * @param from null for nothing at all
 */
export async function countChanges(
  repository: Repository,
  from: string | null,
  to: string,
  folder: 'tasks/' | 'results/',
): Promise<number> {
  if (from === to) return 0
  const changes = (await diffTrees(repository, from ?? emptyTree(to), to)) ?? []
  return changes.filter(({ path }) => path.startsWith(folder)).length
}

/** How two tips of a log stand to each other: tasks that have changed on either side since they were one. */
export interface Standing {
  readonly ahead: number
  readonly behind: number
}

/** @param theirs null where the other side has no log, as far as is known */
export async function standing(
  repository: Repository,
  ours: string,
  theirs: string | null,
): Promise<Standing> {
  if (!theirs) return { ahead: await countChanges(repository, null, ours, 'tasks/'), behind: 0 }
  const said = await runGit(['merge-base', ours, theirs], repository.git)
  const base = said.stdout.toString('latin1').trim() || null
  const [ahead, behind] = await Promise.all([
    countChanges(repository, base, ours, 'tasks/'),
    countChanges(repository, base, theirs, 'tasks/'),
  ])
  return { ahead, behind }
}
