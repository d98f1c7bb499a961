import { changeFile } from '../change-file.ts'

/**
 * Changes a file that lists repositories, as any file of the user's is changed.
 * @param change gets null where there is no file yet
 * Errors: those of `change`; CONTENTION; REPOS_UNWRITABLE.
 */
export async function changeRepos(
  file: string,
  change: (text: string | null) => Promise<string | null> | string | null,
): Promise<void> {
  await changeFile(file, { queue: 'federations', unwritable: 'REPOS_UNWRITABLE' }, change)
}
