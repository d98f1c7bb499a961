import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, PROGRAM } from './cli.ts'
import { temporaryDirectory } from './repository.ts'

const NOBODY = 65534

/**
 * Gives a directory to a user whom the modes of files stop, nobody where root runs the tests, and runs the built program
 * for them.
 */
export function asOrdinaryUser(
  directory: string,
  env: Readonly<Record<string, string>> = {},
): (cwd: string, ...argv: string[]) => Answer {
  const isRoot = process.getuid?.() === 0
  const home = temporaryDirectory()
  copyFileSync(join(process.env.HOME!, '.gitconfig'), join(home, '.gitconfig'))
  if (isRoot) {
    for (const path of [directory, home]) chmodSync(path, 0o755)
    execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, directory, home])
  }
  return (cwd, ...argv) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], {
      cwd,
      env: { ...process.env, HOME: home, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    })
    return { code: status ?? 137, out: stdout, err: stderr }
  }
}
