import { xdgDirectory } from '../home-directory.ts'

/** Where what is this user's alone is kept between commands: outside of every repository. */
export const stateDirectory = (): string => xdgDirectory('XDG_STATE_HOME', '.local', 'state')
