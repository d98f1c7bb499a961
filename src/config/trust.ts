import { createHash } from 'node:crypto'
import { existsSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MhvError } from '../errors.ts'
import type { Repository } from '../git/repository.ts'
import { makeDirectory } from '../make-directory.ts'
import { stateDirectory } from './state-directory.ts'

/** Where this user's agreements are kept: outside of every repository, which could else agree for its user. */
const trustDirectory = () => join(stateDirectory(), 'trusted')

/** One file for each repository and list of texts: another list, in whichever way, is another agreement. */
function agreementOf({ commonDir }: Repository, texts: readonly string[]): string {
  const what = JSON.stringify([realpathSync(commonDir), ...texts])
  return join(trustDirectory(), createHash('sha256').update(what).digest('hex'))
}

/** Whether this user has agreed to run exactly these commands, or this program, in worktrees of the repository. */
export const isTrusted = (repository: Repository, texts: readonly string[]): boolean =>
  existsSync(agreementOf(repository, texts))

/** Records that this user agrees. Errors: STATE_UNWRITABLE. */
export function recordTrust(repository: Repository, texts: readonly string[]): void {
  const file = agreementOf(repository, texts)
  const scratch = `${file}.${process.pid}.tmp`
  try {
    makeDirectory(trustDirectory(), 0o700)
    // For people who want to know what they have agreed to; that the file is there is what counts.
    const content = { repository: repository.commonDir, texts }
    writeFileSync(scratch, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
    renameSync(scratch, file)
  } catch (cause) {
    const message = `The agreement cannot be recorded in ${trustDirectory()}: ${(cause as Error).message}.`
    throw new MhvError('STATE_UNWRITABLE', message, { cause })
  }
}
