import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from './repository.ts'

/** What ssh says, word for word, where it does not get through. */
const SAID = {
  denied: 'git@tasks.example: Permission denied (publickey).',
  'host-key': 'Host key verification failed.',
  unknown: 'ssh: Could not resolve hostname tasks.example: Name or service not known',
  refused: 'ssh: connect to host tasks.example port 22: Connection refused',
  'timed-out': 'ssh: connect to host tasks.example port 22: Connection timed out',
} as const

/** `stall` is a connection on which nothing ever comes. */
export type SshFault = keyof typeof SAID | 'stall'

/**
 * SSH as git sees it: a program that gets a host and a command line, which here runs on this machine. URLs are
 * `ssh://git@tasks.example/absolute/path`.
 * @returns variables for the environment of git
 */
export function sshVariables(fault?: SshFault): { GIT_SSH_COMMAND: string; GIT_SSH_VARIANT: string } {
  const script = join(temporaryDirectory(), 'ssh-on-this-machine')
  const failure = fault === 'stall' ? 'exec sleep 600' : `echo '${fault && SAID[fault]}' >&2; exit 255`
  // The other machine would know nothing of our environment but GIT_PROTOCOL.
  const run = `for command in "$@"; do :; done
exec env -i PATH="$PATH" HOME="$HOME" GIT_PROTOCOL="$GIT_PROTOCOL" sh -c "$command"`
  writeFileSync(script, `#!/bin/sh\n${fault ? failure : run}\n`)
  chmodSync(script, 0o755)
  return { GIT_SSH_COMMAND: script, GIT_SSH_VARIANT: 'ssh' }
}
