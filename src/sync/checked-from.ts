import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAncestor } from '../git/refs.ts'
import type { Repository } from '../git/repository.ts'

const CHECKED_FROM = 'checked-from'

/**
 * Remembers where the log was before something was taken in, until that has been looked at: a sync that is ended in
 * between would leave what it lost unseen for ever.
 */
export function beginCheck(directory: string, ours: string): void {
  try {
    writeFileSync(join(directory, CHECKED_FROM), `${ours}\n`)
  } catch {
    // Where nothing can be written beside the log, a sync that is ended is not made up for.
  }
}

/** The tip from which a sync that was ended has not looked at what it took in; null, as a rule. */
export async function uncheckedFrom(
  repository: Repository,
  directory: string,
  ours: string,
): Promise<string | null> {
  try {
    const tip = readFileSync(join(directory, CHECKED_FROM), 'latin1').trim()
    return /^[0-9a-f]{40,64}$/.test(tip) && (await isAncestor(repository, tip, ours)) ? tip : null
  } catch {
    return null
  }
}

export const endCheck = (directory: string) => rmSync(join(directory, CHECKED_FROM), { force: true })
