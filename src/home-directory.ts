import { userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** The home that the system knows of. Accounts that it does not know, as in some containers, are at home where all begins. */
function accountHome(): string {
  try {
    const { homedir } = userInfo()
    return isAbsolute(homedir) ? homedir : '/'
  } catch {
    return '/'
  }
}

/**
 * This user's home: what HOME says, where that is a place. An empty one, as some jobs have it, would put what is the user's
 * into whatever directory a command runs in.
 */
export function homeDirectory(): string {
  const { HOME } = process.env
  return HOME && isAbsolute(HOME) ? HOME : accountHome()
}

/**
 * A directory of this user's that a variable may put elsewhere; the XDG specification has relative paths ignored.
 * @param usual where it is otherwise, below the home
 */
export function xdgDirectory(
  variable: 'XDG_CACHE_HOME' | 'XDG_CONFIG_HOME' | 'XDG_STATE_HOME',
  ...usual: readonly string[]
): string {
  const said = process.env[variable]
  return join(said && isAbsolute(said) ? said : join(homeDirectory(), ...usual), 'mhv')
}
