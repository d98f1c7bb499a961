import type { Repository } from '../git/repository.ts'
import { runGit } from '../git/run.ts'
import { keyOfNode } from '../store/task-path.ts'

/** What one commit did to the file of a task, as against one of its parents. */
export interface FileChange {
  readonly commit: string
  readonly path: string
  /** Object ids; null where there was no file, or is none any more. */
  readonly before: string | null
  readonly now: string | null
}

const COMMIT = /^[0-9a-f]{40,64}$/
const CHANGE = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*\t(.*)$/

const objectOrNull = (id: string) => (/^0+$/.test(id) ? null : id)

/** Every change to a task's file in the history of a tip, newest first; as far as git can follow it. */
export async function readChanges(repository: Repository, tip: string): Promise<FileChange[]> {
  const form = ['--format=%H', '--raw', '--no-abbrev', '--no-renames', '--no-show-signature']
  const args = ['log', '-m', ...form, tip, '--', ':/tasks']
  const changes: FileChange[] = []
  let commit = ''
  for (const line of (await runGit(args, repository.git)).stdout.toString('utf8').split('\n')) {
    if (COMMIT.test(line)) commit = line
    const [, before, now, path] = CHANGE.exec(line) ?? []
    if (!before || !now || !path || !keyOfNode(path)) continue
    changes.push({ commit, path, before: objectOrNull(before), now: objectOrNull(now) })
  }
  return changes
}
