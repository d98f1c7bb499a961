import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { MhvError } from '../../errors.ts'
import { type GitPlace, git } from '../../git/run.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'
import { readText } from '../input/input.ts'
import { inForeground } from './foreground.ts'

/**
 * Text as the user leaves it in the editor that git uses. The editor's own setting is a shell command by git's rules,
 * so a shell runs it; the file's name is passed beside it, never inside.
 * @param accept reads what was written; where it refuses, what was written is kept, since typing it again is no way out
 * @param place where git is asked for its editor
 * @param name of the file that is opened, by which editors know what it is
 * Errors: USAGE without a terminal, EDITOR_FAILED, INVALID_INPUT; those of `accept`.
 */
export async function editText<T>(
  place: { readonly git: GitPlace },
  text: string,
  accept: (text: string) => T | Promise<T>,
  name = 'DESCRIPTION.md',
): Promise<T> {
  if (!process.stdin.isTTY) {
    throw new MhvError(
      'USAGE',
      'There is no terminal to open an editor in; give the text on the command line, or “-” and pipe it.',
    )
  }
  const editor = await git(['var', 'GIT_EDITOR'], place.git)
  const directory = temporaryDirectory('mhv-')
  const file = join(directory, name)
  let isKept = false
  try {
    writeFileSync(file, text)
    const ended = inForeground(`${editor} "$@"`, [file])
    const bytes = existsSync(file) ? readFileSync(file) : null
    try {
      if (ended.status !== 0 || bytes === null) {
        const how = bytes === null ? 'took the file away' : `ended with ${ended.status ?? ended.signal}`
        throw new MhvError('EDITOR_FAILED', `The editor (${editor}) ${how}; nothing was changed.`)
      }
      return await accept(readText(bytes, 'What you wrote'))
    } catch (error) {
      const written = bytes?.toString('utf8').trim() ?? ''
      if (!(error instanceof MhvError) || written === '' || written === text.trim()) throw error
      isKept = true
      const { message, recovery, data } = error
      const said = message.includes('\n')
        ? `${message}\n`
        : /[.?!]$/.test(message)
          ? `${message} `
          : `${message}. `
      throw new MhvError(error.error, `${said}What you wrote is in ${file}.`, {
        recovery,
        data: { ...data, kept: file },
      })
    }
  } finally {
    if (!isKept) rmSync(directory, { recursive: true, force: true })
  }
}

/** Removes what was kept of an earlier refusal, with its directory; a file that somebody else has made stays. */
export function removeKept(file: string): void {
  const directory = dirname(resolve(file))
  if (!existsSync(directory)) return
  if (dirname(realpathSync(directory)) !== realpathSync(tmpdir()) || !/^mhv-\w{6}$/.test(basename(directory)))
    return
  rmSync(directory, { recursive: true, force: true })
}
