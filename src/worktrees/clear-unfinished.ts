import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gitDirectories, type Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

/** Files of a half-made worktree that are not as the commit has them: cut short, or changed by somebody since. */
async function changedFiles(repository: Repository, path: string, commit: string): Promise<string[]> {
  const scratch = temporaryDirectory('mhv-')
  try {
    // An index of our own: the worktree's was not written yet, or is locked by the git that was killed.
    const variables = {
      ...repository.git.variables,
      GIT_DIR: gitDirectories(repository)[0]!,
      GIT_WORK_TREE: path,
      GIT_INDEX_FILE: join(scratch, 'index'),
    }
    const place = { cwd: path, variables }
    await git(['read-tree', commit], place)
    await runGit(['update-index', '-q', '--refresh'], place)
    const changed = await git(['diff-files', '--name-only', '--diff-filter=d'], place)
    const others = await git(['ls-files', '--others'], place)
    return `${changed}\n${others}`.split('\n').filter(Boolean)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * Clears what a start left that was killed while git made the worktree, so that git can make it again. Files that are
 * not exactly what the commit holds may be somebody's work: the directory is then set aside, never deleted.
 * @param commit what the worktree was to hold
 * @returns where the directory was set aside, or null. Errors: GIT_FAILED.
 */
export async function clearUnfinished(
  repository: Repository,
  path: string,
  commit: string,
): Promise<string | null> {
  let aside: string | null = null
  if (existsSync(path)) {
    if ((await changedFiles(repository, path, commit)).length === 0) rmSync(path, { recursive: true })
    else {
      aside = `${path}.unfinished`
      for (let n = 2; existsSync(aside); n++) aside = `${path}.unfinished-${n}`
      renameSync(path, aside)
      // Without it git would take the directory for the worktree that is made anew.
      rmSync(join(aside, '.git'), { force: true })
    }
  }
  await runGit(['worktree', 'unlock', path], repository.git)
  await git(['worktree', 'remove', '--force', path], repository.git)
  return aside
}
