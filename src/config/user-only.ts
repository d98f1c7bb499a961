import { USER_ONLY } from '../../schemas/terminal-config.ts'
import type { ConfigFault } from './explain-faults.ts'
import { userConfigDirectory } from './has-config.ts'

/** Of these, what a repository's file may not even hold: who works there has not agreed to what it would run. */
const REFUSED = [['aliases']] as const

/** Whether a key, or one above it, counts in the user's own file only. */
export const isUserOnly = ([section]: readonly PropertyKey[]): boolean => USER_ONLY.includes(String(section))

/** The content of a repository's file as far as it counts. */
export const countingContent = (content: unknown): unknown =>
  typeof content === 'object' && content !== null
    ? Object.fromEntries(Object.entries(content).filter(([section]) => !USER_ONLY.includes(section)))
    : content

/** What is wrong with the content of a repository's file besides what its keys and values are. */
export function userOnlyFaults(content: unknown): ConfigFault[] {
  const said = REFUSED.filter(
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
