import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { git, temporaryDirectory } from './repository.ts'

/** Writes a script that may be executed. */
export function script(path: string, text: string, mode = 0o755): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, mode)
}

/** Everything that a directory holds: names, kinds, modes, times and bytes. */
export function everythingIn(directory: string): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const name of readdirSync(directory, { recursive: true }) as string[]) {
    const path = join(directory, name)
    const stat = lstatSync(path)
    const content = stat.isSymbolicLink()
      ? readlinkSync(path)
      : stat.isFile()
        ? readFileSync(path, 'latin1')
        : null
    found[name] = {
      mode: stat.mode,
      content,
      mtime: stat.isFile() ? stat.mtimeMs : 0,
      links: stat.isFile() ? stat.nlink : 0,
    }
  }
  return found
}

/** What uninstalling has to bring back: the hooks and the configuration of a git directory, and that nothing is beside them. */
export const hooksAndConfig = (gitDir: string) => ({
  names: readdirSync(gitDir).filter((name) => !['mtos', 'COMMIT_EDITMSG', 'index', 'logs'].includes(name)),
  hooks: lstatSync(join(gitDir, 'hooks'), { throwIfNoEntry: false })
    ? everythingIn(join(gitDir, 'hooks'))
    : null,
  config: readFileSync(join(gitDir, 'config'), 'latin1'),
  mode: lstatSync(join(gitDir, 'config')).mode,
})

/** A bare repository beside, as the remote `origin`. */
export function withRemote(demo: string): string {
  const origin = join(temporaryDirectory(), 'origin.git')
  git(demo, 'init', '--quiet', '--bare', origin)
  git(demo, 'remote', 'add', 'origin', origin)
  return origin
}

/** Runs git as a user does, whatever its status. */
export function gitSays(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { status, out: stdout, err: stderr }
}
