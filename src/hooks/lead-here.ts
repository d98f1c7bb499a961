import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'
import { faultPoint } from '../fault-point.ts'
import type { Repository } from '../git/repository.ts'
import { git, runGit } from '../git/run.ts'
import { hooksPath, isOfOurs, isOwn, ownDirectory } from './hook-place.ts'
import { type Installation, writeInstallation } from './installation.ts'

const NAME = 'core.hooksPath'

const configFile = ({ commonDir }: Repository) => realpathSync(join(commonDir, 'config'))

/** core.hooksPath in this repository's own configuration file as it stands there; null where it does not. */
export async function localHooksPath(repository: Repository): Promise<string | null> {
  const result = await runGit(['config', '--local', '--get', NAME], repository.git)
  return result.status === 0 ? result.stdout.toString('utf8').replace(/\n$/, '') : null
}

/**
 * Points core.hooksPath to our own directory, and writes down beforehand how to take that back: a crash in between
 * leaves enough to do so. Errors: HOOKS_BROKEN where another file's word still counts; GIT_FAILED, STORE_UNWRITABLE.
 */
export async function leadHere(
  repository: Repository,
  former: string,
  madeDirectory: boolean,
): Promise<void> {
  const directory = ownDirectory(repository)
  const path = configFile(repository)
  const before = readFileSync(path)
  const trial = join(directory, `config.${process.pid}.tmp`)
  let after: Buffer
  try {
    writeFileSync(trial, before)
    await git(['config', '--file', trial, '--replace-all', NAME, directory], { cwd: directory })
    after = readFileSync(trial)
  } finally {
    rmSync(trial, { force: true })
  }
  const installation: Installation = {
    place: 'own',
    madeDirectory,
    former,
    local: await localHooksPath(repository),
    config: { before: before.toString('base64'), after: after.toString('base64') },
  }
  writeInstallation(repository, installation)
  faultPoint('hooks-path-noted')
  await git(['config', '--local', '--replace-all', NAME, directory], repository.git)
  faultPoint('hooks-path-set')
  const now = await hooksPath(repository)
  if (now !== null && isOwn(repository, now)) return
  await leadBack(repository, installation)
  throw new MhvError(
    'HOOKS_BROKEN',
    `core.hooksPath is ${now ?? 'not set'} all the same: another file than ${path} has the last word on it.`,
    { recovery: [`git config --show-origin --get-all ${NAME}`] },
  )
}

/**
 * Makes core.hooksPath what it was: the very bytes of the file where nobody has changed it since, else the one value.
 * Another that somebody has set stays; where there was none, leadNowhere takes ours away.
 * Errors: GIT_FAILED, STORE_UNWRITABLE.
 */
export async function leadBack(repository: Repository, { config, local }: Installation): Promise<void> {
  if (!config) return
  const path = configFile(repository)
  const before = Buffer.from(config.before, 'base64')
  if (readFileSync(path).equals(before)) return
  if (readFileSync(path).equals(Buffer.from(config.after, 'base64'))) {
    const temporary = `${path}.mhv-${process.pid}`
    writeFileSync(temporary, before, { flush: true })
    chmodSync(temporary, statSync(path).mode & 0o7777)
    renameSync(temporary, path)
    return
  }
  const now = await localHooksPath(repository)
  if (now === null || !isOfOurs(now) || local === null) return
  await git(['config', '--local', '--replace-all', NAME, local], repository.git)
}

/** Takes a core.hooksPath away that still leads to our own directory, where it is not known what was before. */
export async function leadNowhere(repository: Repository): Promise<void> {
  const now = await localHooksPath(repository)
  if (now !== null && isOfOurs(now)) {
    await git(['config', '--local', '--unset-all', NAME], repository.git)
  }
}
