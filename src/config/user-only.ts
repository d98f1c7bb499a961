import type { ConfigFault } from './explain-faults.ts'
import { userConfigDirectory } from './has-config.ts'

/** Keys that count in the user's own file only: whoever works in a repository has not agreed to what it would run. */
const USER_ONLY = [['aliases']] as const

/** Whether a key, or one above or below it, is the user's alone to set. */
export const isUserOnly = (path: readonly PropertyKey[]): boolean =>
  USER_ONLY.some((own) => own.every((key, i) => path[i] === key))

/** What is wrong with the content of a repository's file besides what its keys and values are. */
export function userOnlyFaults(content: unknown): ConfigFault[] {
  const said = USER_ONLY.filter(
    (path) =>
      path.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], content) !==
      undefined,
  )
  return said.map((path) => ({
    place: path.join('.'),
    rule: `counts in your own file only (in ${userConfigDirectory()}), since a repository could choose by it what your commands run`,
    example: null,
    // A command of the user's may have a secret in it.
    value: null,
  }))
}
