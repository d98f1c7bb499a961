import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../schemas/config.ts'
import { REPOSITORY_PLACES } from '../config/has-config.ts'
import { loadConfig } from '../config/load-config.ts'
import { MhvError, shellWord } from '../errors.ts'
import { readObjects } from '../git/objects.ts'
import type { Repository } from '../git/repository.ts'
import { git } from '../git/run.ts'

/** Whether a file of configuration is a program, which needs what stands around it. */
const isProgram = (name: string) => /\.[cm]?js$/.test(name)

/** Errors: GATE_NOT_STARTED. */
function temporaryDirectory(commit: string): string {
  try {
    return mkdtempSync(join(tmpdir(), 'mhv-config-'))
  } catch (cause) {
    const said = `The configuration of ${commit.slice(0, 12)} could not be put anywhere. ${(cause as Error).message}`
    throw new MhvError('GATE_NOT_STARTED', said, { recovery: [`ls -ld ${shellWord(tmpdir())}`], cause })
  }
}

/**
 * The configuration that a commit brings along, without checking it out; null where that is a program, for which it has
 * to be. Errors: CONFIG_INVALID, GATE_NOT_STARTED, GIT_FAILED.
 */
export async function configOfCommit(repository: Repository, commit: string): Promise<Config | null> {
  const there = (await git(['ls-tree', '--name-only', '-z', '--full-tree', commit], repository.git)).split(
    '\0',
  )
  const names = REPOSITORY_PLACES.filter((name) => there.includes(name))
  if (names.length === 0) return (await loadConfig(null)).config
  if (names.some(isProgram)) return null
  const contents = await readObjects(
    repository,
    names.map((name) => `${commit}:${name}`),
  )
  const directory = temporaryDirectory(commit)
  try {
    for (const [i, name] of names.entries()) writeFileSync(join(directory, name), contents[i] ?? '')
    return (await loadConfig(directory)).config
  } catch (error) {
    if (!(error instanceof MhvError)) throw error
    // People know the file by the commit that it is in, not by where it was put for a moment.
    const message = error.message.replaceAll(`${directory}/`, `${commit.slice(0, 12)}:`)
    const name = names.find((each) => error.message.includes(join(directory, each)))
    const recovery =
      name === undefined ? error.recovery : [`git show ${commit.slice(0, 12)}:${name}`, 'mhv config edit']
    throw new MhvError(error.error, message, { recovery, cause: error })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The refusal to run a commit's configuration, which is a program that the user has not agreed to. */
export function foreignProgram(commit: string, name: string): MhvError {
  const where = `${commit.slice(0, 12)}:${name}`
  const message = `${where} is a program, and you have not agreed to run it; mhv config trust agrees where it is checked out.`
  return new MhvError('NOT_TRUSTED', message, { recovery: [`git show ${where}`, 'mhv config trust'] })
}
