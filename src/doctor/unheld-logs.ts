import { isComplete, readObjects } from '../git/objects.ts'
import { isAncestor } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { formatOf, ROOT } from '../store/task-store.ts'

/** The newest whole commits of task logs that no ref holds: what a ref that was damaged or lost may have been at. */
export async function unheldLogs(repository: Repository): Promise<string[]> {
  // git ends with an error because of the very ref that is damaged, having looked at everything.
  const args = ['fsck', '--no-reflogs', '--connectivity-only', '--no-progress']
  const said = (await runGit(args, repository.git)).stdout.toString('latin1')
  const dangling = [...said.matchAll(/^dangling commit ([0-9a-f]+)$/gm)].map((match) => match[1]!)
  const settings = await readObjects(
    repository,
    dangling.map((commit) => `${commit}:${ROOT.file}`),
  )
  const logs: string[] = []
  for (const [i, commit] of dangling.entries()) {
    const text = settings[i]?.toString('utf8')
    if (text === undefined || formatOf(text) === null) continue
    if (await isComplete(repository, commit, null)) logs.push(commit)
  }
  return logs
}

/** What follows a commit that was known, and no ref holds. */
export interface NewerLogs {
  /** The commit that the most others lead to; null where nothing follows. */
  readonly newest: string | null
  /** How many commits lead from the known one to it. */
  readonly commits: number
  /** Other ends, which hold something that the newest lacks. */
  readonly others: readonly string[]
}

interface Line {
  readonly end: string
  /** Trees of the commits that lead to the end. */
  readonly trees: readonly string[]
}

async function lineTo(repository: Repository, known: string, end: string): Promise<Line> {
  const args = ['log', '--format=%T', `${known}..${end}`]
  const said = (await runGit(args, repository.git)).stdout.toString('latin1')
  return { end, trees: said.split('\n').filter(Boolean) }
}

/** Looks for what was written after a commit that is remembered, in case it was not the last. */
export async function newerLogs(repository: Repository, known: string): Promise<NewerLogs> {
  const lines: Line[] = []
  for (const end of await unheldLogs(repository)) {
    if (end !== known && (await isAncestor(repository, known, end))) {
      lines.push(await lineTo(repository, known, end))
    }
  }
  const [first, ...rest] = lines.sort((a, b) => b.trees.length - a.trees.length || (a.end < b.end ? -1 : 1))
  if (!first) return { newest: null, commits: 0, others: [] }
  // A commit that was signed afterwards is there without its signature too.
  const held = new Set(first.trees)
  const others = rest.filter(({ trees }) => !held.has(trees[0]!)).map(({ end }) => end)
  return { newest: first.end, commits: first.trees.length, others }
}
