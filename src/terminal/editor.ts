import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'
import { git } from '../git/run.ts'

/**
 * Text as the user leaves it in the editor that git uses. The editor's own setting is a shell command by git's rules,
 * so a shell runs it; the file's name is passed beside it, never inside. Errors: USAGE without a terminal or editor.
 */
export async function editText(text: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new MhvError(
      'USAGE',
      'There is no terminal to open an editor in; give the text with -d, or -d - to pipe it.',
    )
  }
  const editor = await git(['var', 'GIT_EDITOR'], { cwd: process.cwd() })
  const directory = mkdtempSync(join(tmpdir(), 'mhv-'))
  const file = join(directory, 'DESCRIPTION.md')
  try {
    writeFileSync(file, text)
    const { status } = spawnSync('sh', ['-c', `${editor} "$@"`, editor, file], { stdio: 'inherit' })
    if (status !== 0)
      throw new MhvError('USAGE', `The editor (${editor}) ended with ${status}; nothing was changed.`)
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
