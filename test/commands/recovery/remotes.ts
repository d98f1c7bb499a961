import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mhv } from '../../support/cli.ts'
import { demoWith } from '../../support/hand-made.ts'
import { type Faults, httpRemote } from '../../support/http-remote.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { git, temporaryDirectory } from '../../support/repository.ts'
import { clones, initialised, synced, takesBranchesOnly } from '../../support/synced-clones.ts'

/** A clone with a new task, its remote behind a server with these faults, which go away before the steps. */
const behind = (faults: Faults, command: string) => async (): Promise<Situation> => {
  const server = await httpRemote()
  const { url, path } = server.repository('shared')
  const cwd = await demoWith('A')
  git(cwd, 'push', '--quiet', path, 'main')
  git(cwd, 'remote', 'add', 'origin', url)
  await mhv(cwd, 'init')
  await server.set(faults)
  return { cwd, command, meanwhile: () => server.set({}) }
}

async function withoutRemote(): Promise<Situation> {
  const cwd = await demoWith('A')
  const remote = join(temporaryDirectory(), 'remote.git')
  git(cwd, 'init', '--quiet', '--bare', remote)
  return { cwd, command: 'sync', fill: { '<URL>': remote } }
}

async function misnamedRemote(): Promise<Situation> {
  const shared = clones()
  const cwd = await initialised(shared, 'a')
  git(cwd, 'config', 'mtos.remote', 'upstream')
  return { cwd, command: 'sync' }
}

async function branchesOnly(): Promise<Situation> {
  const shared = clones()
  takesBranchesOnly(shared.remote)
  const cwd = await initialised(shared, 'a')
  await mhv(cwd, 'tc', 'One')
  return { cwd, command: 'sync' }
}

async function replaced(): Promise<Situation> {
  const shared = clones()
  const cwd = await initialised(shared, 'a')
  await mhv(cwd, 'tc', 'One')
  await synced(cwd)
  const other = await demoWith('Of others')
  git(other, 'push', '--quiet', '--force', shared.remote, 'refs/mtos/tasks')
  return { cwd, command: 'sync' }
}

async function missing(): Promise<Situation> {
  const shared = clones()
  const cwd = await initialised(shared, 'a')
  git(cwd, 'remote', 'set-url', 'origin', join(shared.directory, 'elsewhere.git'))
  return {
    cwd,
    command: 'sync',
    meanwhile: () => git(shared.directory, 'init', '--quiet', '--bare', 'elsewhere.git'),
  }
}

/** Where agreements are kept there is a file. */
async function unwritableState(): Promise<Situation> {
  const cwd = await demoWith('A')
  const file = join(temporaryDirectory(), 'state')
  writeFileSync(file, '')
  writeFileSync(join(cwd, 'mhv.config.js'), 'export default {}\n')
  return { cwd, command: 'config trust', env: { XDG_STATE_HOME: file } }
}

export const scenarios: Scenarios = {
  NO_REMOTE: [
    { make: withoutRemote, leadsOut: 'retry' },
    { make: misnamedRemote, leadsOut: 'retry' },
  ],
  REMOTE_AUTH: [{ make: behind({ auth: { user: 'ann', password: 'secret' } }, 'sync'), leadsOut: 'retry' }],
  REMOTE_UNREACHABLE: [{ make: behind({ status: 503 }, 'sync'), leadsOut: 'retry' }],
  REMOTE_TIMEOUT: [{ make: behind({ stall: true }, 'sync --timeout 1'), leadsOut: 'retry' }],
  REMOTE_REFUSED: [{ make: branchesOnly, leadsOut: 'retry', codes: [1, 0, 0] }],
  REMOTE_REPLACED: [{ make: replaced, leadsOut: 'retry' }],
  REMOTE_MISSING: [{ make: missing, leadsOut: 'retry' }],
  STATE_UNWRITABLE: [
    {
      make: unwritableState,
      leadsOut: 'shows',
      because: 'rights and room are given by the user; the steps show what is in the way',
      named: /state/,
    },
  ],
}
