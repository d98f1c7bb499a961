import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** The directory of what this user can delete at any time. */
export function cacheDirectory(): string {
  const base = process.env.XDG_CACHE_HOME
  return join(base && isAbsolute(base) ? base : join(homedir(), '.cache'), 'mhv')
}
