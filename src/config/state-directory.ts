import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where what is this user's alone is kept between commands: outside of every repository. */
export function stateDirectory(): string {
  const base = process.env.XDG_STATE_HOME
  return join(base && isAbsolute(base) ? base : join(homedir(), '.local', 'state'), 'mhv')
}
