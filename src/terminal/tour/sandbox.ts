import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { shellWord } from '../../errors.ts'
import { namesIn } from '../../hooks/hook-place.ts'
import { scrubbedEnvironment } from '../../process/run-command.ts'
import { noTemporaryPlace, temporaryDirectory } from '../../temporary-directory.ts'
import { ownProgram } from '../own-program.ts'

const PREFIX = 'mhv-tour-'

/** A place of its own for the tutorial: nothing of the user's is read there, and nothing outside is written. */
export interface Sandbox {
  readonly directory: string
  /** The repository to begin in. */
  readonly garden: string
  readonly env: NodeJS.ProcessEnv
  /** Where the shell is told to go next, as `mhv shell-init` has it. */
  readonly goTo: string
  readonly remove: () => void
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes the sandboxes of tutorials that were killed, as far as they may be removed: others' may not. */
function removeLeftOver(): void {
  for (const name of namesIn(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (!pid || isRunning(Number(pid))) continue
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    } catch {
      // Its owner's next tour removes it.
    }
  }
}

/** A home without anything of the user's but the name that changes are signed with. Errors: STATE_UNWRITABLE. */
export function makeSandbox(): Sandbox {
  removeLeftOver()
  const directory = temporaryDirectory(`${PREFIX}${process.pid}-`)
  try {
    return furnish(directory)
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    throw noTemporaryPlace('The tour', (error as Error).message, error)
  }
}

function furnish(directory: string): Sandbox {
  const [home, bin, garden] = ['home', 'bin', 'garden'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ]
  for (const path of [home, bin, garden]) mkdirSync(path)
  const { node, entry } = ownProgram()
  const program = `#!/bin/sh\nexec ${shellWord(node)} ${shellWord(entry)} "$@"\n`
  writeFileSync(join(bin, 'mhv'), program, { mode: 0o755 })
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = You\n\temail = you@example.com\n[init]\n\tdefaultBranch = main\n',
  )
  const goTo = join(directory, 'go-to')
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(
      Object.entries(scrubbedEnvironment()).filter(
        ([name]) => !/^(?:GIT_|XDG_|MHV_(?!NOW$|PLAIN$))/.test(name),
      ),
    ),
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    MHV_CD_FILE: goTo,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  }
  return {
    directory,
    garden,
    env,
    goTo,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
