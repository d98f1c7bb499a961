import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AnyGate, commitFiles, configOf, gatedRepository } from '../../support/gates.ts'
import { script } from '../../support/hooks.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { git, temporaryDirectory, temporaryRepository } from '../../support/repository.ts'
import { run } from '../../support/use-tasks.ts'

/** Stands for the user at work in an editor: writes this text into the file. */
function editorWriting(text: string): Record<string, string> {
  const editor = join(temporaryDirectory(), 'editor')
  writeFileSync(`${editor}.text`, text)
  script(editor, '#!/bin/sh\ncat "$0.text" > "$1"\n')
  return { EDITOR: editor }
}

const gated =
  (gates: readonly AnyGate[], command: string, more: (cwd: string) => Partial<Situation> = () => ({})) =>
  async (): Promise<Situation> => {
    const cwd = await gatedRepository(gates)
    return { cwd, command, ...more(cwd) }
  }

async function invalid(): Promise<Situation> {
  const cwd = await gatedRepository([])
  writeFileSync(join(cwd, '.mhvrc.yaml'), 'gating: {jobs: many}\n')
  return { cwd, command: 'gate run', env: editorWriting('gating: {jobs: 2}\n') }
}

/** A gate that fails until a file is there. */
const UNFINISHED: AnyGate = { name: 'test', command: 'test -e finished' }

async function unproven(): Promise<Situation> {
  const cwd = await gatedRepository([{ name: 'test', command: 'true' }])
  commitFiles(cwd, { a: 'a' }, 'Without gates')
  return { cwd, command: 'gate verify HEAD' }
}

async function untrusted(): Promise<Situation> {
  const cwd = temporaryRepository()
  await run(cwd, 'init')
  commitFiles(cwd, { 'mhv.config.js': 'export default { gates: [] }\n' })
  return { cwd, command: 'gate run' }
}

async function untrustedSetUp(): Promise<Situation> {
  const cwd = await gatedRepository([], { worktrees: { setup: ['true'] } })
  await run(cwd, 'tc', 'A')
  return { cwd, command: 'start 1' }
}

async function withoutHooks(): Promise<Situation> {
  const cwd = temporaryRepository()
  await run(cwd, 'init')
  return { cwd, command: 'hooks status', after: ';' }
}

async function configured(): Promise<Situation> {
  const cwd = await gatedRepository([])
  commitFiles(cwd, { 'package.json': '{"scripts": {"test": "true"}}' })
  return { cwd, command: 'gate init', env: editorWriting(configOf([{ name: 'test', command: 'true' }])) }
}

async function lockedIndex(): Promise<Situation> {
  const cwd = temporaryRepository()
  await run(cwd, 'init')
  for (const key of ['user.name', 'user.email']) git(cwd, 'config', key, '')
  git(cwd, 'config', 'user.useConfigOnly', 'true')
  return { cwd, command: 'preflight', after: ';' }
}

export const scenarios: Scenarios = {
  CONFIG_INVALID: [{ make: invalid, leadsOut: 'retry' }],
  GATE_FAILED: [
    {
      make: gated([UNFINISHED], 'gate run', (cwd) => ({
        meanwhile: () => writeFileSync(join(cwd, 'finished'), ''),
      })),
      leadsOut: 'retry',
    },
  ],
  GATE_NOT_STARTED: [
    {
      make: gated([{ name: 'test', command: 'no-such-program-at-all' }], 'gate run'),
      leadsOut: 'shows',
      because:
        'how the program is installed only the user knows; the steps name it, and where it is configured',
      named: /no-such-program-at-all/,
      codes: [1, 0],
    },
  ],
  GATES_UNPROVEN: [{ make: unproven, leadsOut: 'retry' }],
  UNKNOWN_GATE: [
    { make: gated([{ name: 'test', command: 'true' }], 'gate run --only tests'), leadsOut: 'step' },
    {
      make: async () => {
        const cwd = temporaryRepository()
        writeFileSync(join(cwd, 'package.json'), '{"scripts": {"test": "true"}}')
        return { cwd, command: 'gate run --only nope' }
      },
      leadsOut: 'step',
    },
  ],
  PREFLIGHT_FAILED: [{ make: lockedIndex, leadsOut: 'retry' }],
  NOT_TRUSTED: [
    { make: untrusted, leadsOut: 'retry' },
    { make: untrustedSetUp, leadsOut: 'retry' },
  ],
  HOOKS_BROKEN: [{ make: withoutHooks, leadsOut: 'retry' }],
  NO_GATES_FOUND: [
    {
      make: async () => ({ cwd: temporaryRepository(), command: 'gate init' }),
      leadsOut: 'shows',
      because: 'what checks the work only the user knows; the help shows the presets that there are',
      named: /--preset/,
    },
  ],
  CONFIG_EXISTS: [{ make: configured, leadsOut: 'step' }],
}
