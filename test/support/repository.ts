import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { removeDirectory } from './remove-directory.ts'

/** Runs git in a directory and returns its standard output without the last line feed. */
export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).replace(
    /\n$/,
    '',
  )
}

/** A directory that goes when the test ends. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mhv-test-')))
  onTestFinished(() => removeDirectory(directory))
  return directory
}

/** A git repository with one commit, `demo` by name, inside a temporary directory of its own. */
export function temporaryRepository(...initArguments: string[]): string {
  const directory = join(temporaryDirectory(), 'demo')
  execFileSync('git', ['init', '--quiet', ...initArguments, directory])
  git(directory, 'commit', '--quiet', '--allow-empty', '--message', 'First commit')
  return directory
}
