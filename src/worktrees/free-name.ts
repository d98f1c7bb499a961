import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Repository } from '../git/repository.ts'
import { saidTreePlace } from './kept-tree.ts'
import { adminNamedIn, listWorktrees, namesIn } from './read-facts.ts'
import { firstFree } from './start-request.ts'
import { adminInUse, readTrash, type TrashEntry } from './trash-entry.ts'

/**
 * Git directories that others than the entry's files lead to: directories in sight, and those of entries whose files are not in
 * the trash. Errors: GIT_FAILED.
 */
async function namedElsewhere(repository: Repository, entry: TrashEntry, path: string): Promise<Set<string>> {
  const visible = [path, ...(await listWorktrees(repository)).map((each) => each.path)]
  const around = new Set(visible.map((each) => dirname(each)))
  const beside = [...around].flatMap((directory) => namesIn(directory).map((name) => join(directory, name)))
  const trash = readTrash(repository)
  // What is in the trash, if beside where it was, is led to whatever its git directory is called once it comes back.
  const kept = new Set(trash.map((each) => saidTreePlace(repository, each)))
  const places = [...visible, ...beside].filter((directory) => !kept.has(directory))
  const taken = new Set(places.map((directory) => adminNamedIn(directory)))
  for (const { id, treeAt, admin } of trash) {
    if (id !== entry.id && treeAt === null) taken.add(adminInUse(repository, admin))
  }
  return taken
}

/**
 * The name that the git directory of an entry comes back under: its own, unless that is another's by now. It is another's
 * also where only a directory is left that leads there, as of a worktree that was moved by hand: it would be taken for this
 * one, and git would compare its files with this one's index. Of an entry without files that directory may be its own, moved
 * somewhere, which only this name leads back to.
 * @param path where the worktree comes back
 * Errors: GIT_FAILED.
 */
export async function freeName(repository: Repository, entry: TrashEntry, path: string): Promise<string> {
  const taken = entry.treeAt === null ? new Set<string>() : await namedElsewhere(repository, entry, path)
  return firstFree(entry.admin, (name) => {
    const place = adminInUse(repository, name)
    return !existsSync(place) && !taken.has(place)
  })
}
