import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'
import { git } from '../git/run.ts'

/**
 * Text as the user leaves it in the editor that git uses. The editor's own setting is a shell command by git's rules,
 * so a shell runs it; the file's name is passed beside it, never inside.
 * @param accept reads what was written; where it refuses, the file is kept, since typing it again is no way out
 * Errors: USAGE without a terminal, EDITOR_FAILED; those of `accept`.
 */
export async function editText<T>(text: string, accept: (text: string) => T): Promise<T> {
  if (!process.stdin.isTTY) {
    throw new MhvError(
      'USAGE',
      'There is no terminal to open an editor in; give the text on the command line, or “-” and pipe it.',
    )
  }
  const editor = await git(['var', 'GIT_EDITOR'], { cwd: process.cwd() })
  const directory = mkdtempSync(join(tmpdir(), 'mhv-'))
  const file = join(directory, 'DESCRIPTION.md')
  let isRefused = false
  try {
    writeFileSync(file, text)
    const { status } = spawnSync('sh', ['-c', `${editor} "$@"`, editor, file], { stdio: 'inherit' })
    if (status !== 0)
      throw new MhvError('EDITOR_FAILED', `The editor (${editor}) ended with ${status}; nothing was changed.`)
    const written = readFileSync(file, 'utf8')
    try {
      return accept(written)
    } catch (error) {
      if (!(error instanceof MhvError)) throw error
      isRefused = true
      const { recovery, data } = error
      throw new MhvError(error.error, `${error.message} What you wrote is in ${file}.`, { recovery, data })
    }
  } finally {
    if (!isRefused) rmSync(directory, { recursive: true, force: true })
  }
}
