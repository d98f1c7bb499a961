import { xdgDirectory } from '../home-directory.ts'

/** The directory of what this user can delete at any time. */
export const cacheDirectory = (): string => xdgDirectory('XDG_CACHE_HOME', '.cache')
