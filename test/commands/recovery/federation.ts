import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mhvProcess } from '../../support/cli.ts'
import { federationOf } from '../../support/federation.ts'
import { demoWith } from '../../support/hand-made.ts'
import { script } from '../../support/hooks.ts'
import { linkedFederation } from '../../support/linked-federation.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { temporaryDirectory, temporaryRepository } from '../../support/repository.ts'
import { run } from '../../support/use-tasks.ts'

const FEDERATION = { alpha: ['In alpha'], beta: ['In beta'] }

const within = (command: string) => async (): Promise<Situation> => ({
  cwd: (await federationOf(FEDERATION)).at('alpha'),
  command,
})

async function brokenList(): Promise<Situation> {
  const directory = temporaryDirectory()
  const editor = join(temporaryDirectory(), 'editor')
  script(editor, '#!/bin/sh\necho "repos: []" > "$1"\n')
  writeFileSync(join(directory, 'repos.yaml'), 'repos:\n  - {name: a, path: [}\n')
  return { cwd: directory, command: 'repos list', env: { EDITOR: editor } }
}

async function gone(): Promise<Situation> {
  const { at } = await federationOf(FEDERATION)
  renameSync(at('beta'), `${at('beta')}.away`)
  return {
    cwd: at('alpha'),
    command: 'task show beta#1',
    meanwhile: () => renameSync(`${at('beta')}.away`, at('beta')),
  }
}

/** A change of two repositories, killed after its first part; the other is away. */
async function interrupted(): Promise<Situation> {
  const cwd = await linkedFederation()
  const words = ['tc', 'Half', '--repo', 'akosha', '--repo', 'sb']
  await mhvProcess(cwd, words, { env: { MHV_FAULT: 'saga-part-written' } })
  const remote = join(cwd, 'remote.git')
  renameSync(remote, `${remote}.away`)
  return { cwd, command: 'link --resume', meanwhile: () => renameSync(`${remote}.away`, remote) }
}

async function refusedPart(): Promise<Situation> {
  const cwd = await linkedFederation()
  const hook = join(cwd, 'remote.git', 'hooks', 'pre-receive')
  script(hook, '#!/bin/sh\nexit 1\n')
  return {
    cwd,
    command: 'task create Both --repo akosha --repo sb',
    meanwhile: () => rmSync(hook),
  }
}

async function partOfTwo(): Promise<Situation> {
  const cwd = await linkedFederation()
  await run(cwd, 'tc', 'Both', '--repo', 'akosha,crackerjack')
  return { cwd: join(cwd, 'akosha'), command: 'undo' }
}

/** In /proc nobody can put a file, the superuser neither. */
const unwritableList = (): Situation => ({
  cwd: temporaryRepository(),
  command: 'repos add . --file /proc/repos.yaml',
})

async function sameName(): Promise<Situation> {
  const all = await federationOf({ crackerjack: ['A'], akosha: ['In akosha'] })
  renameSync(all.at('crackerjack'), all.at('ak'))
  const entries = '  - {name: crackerjack, path: ak}\n  - {name: akosha, path: akosha, nickname: ak}\n'
  writeFileSync(join(all.directory, 'repos.yaml'), `repos:\n${entries}`)
  return { cwd: all.at('ak'), command: 'task show ak#1' }
}

export const scenarios: Scenarios = {
  NO_FEDERATION: [
    { make: async () => ({ cwd: await demoWith('A'), command: 'task list --all' }), leadsOut: 'retry' },
    {
      make: async () => ({ cwd: await demoWith('A'), command: 'task list --repos new.yaml' }),
      leadsOut: 'retry',
    },
  ],
  REPOS_INVALID: [{ make: brokenList, leadsOut: 'retry' }],
  UNKNOWN_REPOSITORY: [{ make: within('task show betta#1'), leadsOut: 'step' }],
  REPOSITORY_MISSING: [{ make: gone, leadsOut: 'retry' }],
  SAGA_UNFINISHED: [{ make: interrupted, leadsOut: 'retry' }],
  SAGA_TAKEN_BACK: [{ make: refusedPart, leadsOut: 'retry' }],
  PART_OF_CHANGE: [{ make: partOfTwo, leadsOut: 'step' }],
  REPOSITORY_LISTED: [
    {
      make: within('repos add ../beta --name alpha'),
      leadsOut: 'shows',
      because: 'which of the names is right only the user knows; what is listed is shown',
      named: /alpha[\s\S]*beta/,
    },
  ],
  REPOS_UNWRITABLE: [
    {
      make: unwritableList,
      leadsOut: 'shows',
      because: 'rights and room are given by the user; the steps show what is in the way',
      named: /\/proc/,
    },
  ],
  AMBIGUOUS_REPOSITORY: [
    {
      make: sameName,
      leadsOut: 'shows',
      because: 'which of the two was meant only the user knows; both are listed, and the clash is named',
      named: /In akosha/,
      codes: [0, 0, 1],
    },
  ],
}
