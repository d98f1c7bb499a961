import { USER_ONLY } from '../../schemas/terminal-config.ts'
import type { ConfigFault } from './explain-faults.ts'
import { userConfigDirectory } from './has-config.ts'

/** Whether a key, or one above it, counts in the user's own file only. */
export const isUserOnly = ([section]: readonly PropertyKey[]): boolean => USER_ONLY.includes(String(section))

/** Why a section may not stand in a repository's file. */
const WHY: Readonly<Record<string, string>> = {
  aliases: 'since a repository could choose by it what your commands run',
  ui: 'since it is about who sits at the screen',
}

/** What is wrong with the content of a repository's file besides what its keys and values are. */
export function userOnlyFaults(content: unknown): ConfigFault[] {
  if (typeof content !== 'object' || content === null) return []
  return USER_ONLY.filter((section) => Object.hasOwn(content, section)).map((place) => ({
    place,
    rule: `counts in your own file only (in ${userConfigDirectory()}), ${WHY[place]}`,
    example: null,
    setting: null,
    // A command of the user's may have a secret in it.
    value: null,
  }))
}
