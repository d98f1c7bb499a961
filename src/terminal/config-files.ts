import type { KeyPath } from '../config/change-content.ts'
import { type ConfigPlace, configPlace } from '../config/counting-file.ts'
import { asSentence, faultText } from '../config/explain-faults.ts'
import { isUserOnly } from '../config/user-only.ts'
import type { ConfigChange } from '../configuring/change-config.ts'
import type { Judgement, KnownCommands } from '../configuring/judge-content.ts'
import { MhvError } from '../errors.ts'
import { findRepository } from '../git/repository.ts'
import { strangeFlag } from './failing/suggest.ts'
import { findCall } from './find-call.ts'
import { isCommand } from './is-command.ts'
import { Flags } from './oclif.ts'

/** Flags that choose between the two files of configuration. */
export const configFileFlags = {
  user: Flags.boolean({ description: 'your own file', exclusive: ['repository'] }),
  repository: Flags.boolean({ description: 'the repository’s file', exclusive: ['user'] }),
}

export interface ConfigFileFlags {
  readonly user: boolean
  readonly repository: boolean
}

/**
 * Top of the worktree around the working directory; null outside of any.
 * Errors: NOT_A_REPOSITORY for one that git refuses: what is not about your own file alone would be
 * set for all others instead.
 */
export async function worktreeAround(
  flags: Partial<ConfigFileFlags> = {},
  key: KeyPath = [],
): Promise<string | null> {
  const isOwn = flags.user || (!flags.repository && isUserOnly(key))
  try {
    return (await findRepository(process.cwd())).workTree
  } catch (error) {
    const isNone = error instanceof MhvError && error.error === 'NOT_A_REPOSITORY'
    if (!isNone || (error.data.isRefused && !isOwn)) throw error
    return null
  }
}

/**
 * The file that the flags ask for; unless they do, the repository's where there is a worktree, else the user's own, where
 * alone some keys count.
 * @param key that is to be changed
 * Errors: NOT_A_REPOSITORY.
 */
export function chosenFile(flags: ConfigFileFlags, top: string | null, key: KeyPath = []): ConfigPlace {
  if (!flags.repository || top !== null)
    return configPlace(flags.user || (!flags.repository && isUserOnly(key)) ? null : top)
  throw new MhvError('NOT_A_REPOSITORY', 'There is no worktree here whose configuration could be meant.', {
    recovery: ['mhv config path --user'],
  })
}

/** Says what is wrong in a changed file still, which keeps it from being read. */
export function noteFaults({ path, faults }: ConfigChange): void {
  if (faults.length > 0)
    process.stderr.write(`Note: ${path} is wrong still: ${asSentence(faults.map(faultText))}\n`)
}

/** What is wrong with the flags of a command line. */
function flagFault(words: readonly string[]): string | null {
  const call = findCall(words)
  const flag = call && strangeFlag(call.id, call.argv)
  return flag && `has ${flag}, which is no flag of mhv ${call.id.replaceAll(':', ' ')}`
}

/** The program's commands, by which aliases are judged. */
export const KNOWN: KnownCommands = { isCommand, flagFault }

/** By what a content of a file is judged before it is written. */
export const judgementOf = ({ origin }: ConfigPlace): Judgement => ({ origin, ...KNOWN })
