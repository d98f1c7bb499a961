import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoWith } from '../../support/hand-made.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { git } from '../../support/repository.ts'

const said =
  (command: string, more: Partial<Situation> = {}) =>
  async (): Promise<Situation> => ({ cwd: await demoWith('Fix auth bug'), command, ...more })

const HELP = 'the value is the user’s; the help shows what it may be'

async function brokenImport(): Promise<Situation> {
  const cwd = await demoWith()
  writeFileSync(join(cwd, 'tasks.jsonl'), '{"title": "Right"}\n{"title": 7}\n')
  return { cwd, command: 'task import tasks.jsonl' }
}

/** `mhv` in a terminal, as only there an editor opens. */
const IN_TERMINAL = `program=$(type -P mhv)
mhv() { script -qec "$program $*" /dev/null; }`

async function failingEditor(): Promise<Situation> {
  const cwd = await demoWith('Fix auth bug')
  git(cwd, 'config', 'core.editor', 'false')
  return { cwd, command: 'task edit 1 --editor', before: IN_TERMINAL, after: ';' }
}

export const scenarios: Scenarios = {
  INVALID_INPUT: [
    { make: said('task list', { env: { MHV_NOW: 'soon' } }), leadsOut: 'retry' },
    { make: said('task list --status pnding'), leadsOut: 'step' },
    { make: said('task list --fail-on "older then 3"'), leadsOut: 'step' },
    {
      make: said('task edit 1 --estimate soon'),
      leadsOut: 'shows',
      because: HELP,
      named: /--estimate/,
    },
  ],
  USAGE: [
    { make: said('tsk list'), leadsOut: 'shows', because: HELP, named: /mhv task list/ },
    { make: said('task list --prioritty high'), leadsOut: 'step' },
    { make: said('task create'), leadsOut: 'shows', because: HELP, named: /WORDS/ },
  ],
  DEADLINE_PAST: [
    { make: said('task create Late --deadline 2020-01-01'), leadsOut: 'step' },
    {
      make: said('task edit 1 --deadline 2020-01-01'),
      leadsOut: 'shows',
      because:
        'whether the date or the wish is wrong only the user knows; the help has the flag that takes it',
      named: /--allow-past/,
    },
  ],
  IMPORT_REJECTED: [
    {
      make: brokenImport,
      leadsOut: 'shows',
      because: 'the file is the user’s; the error names its lines, and the help what they may hold',
      named: /JSONL|jsonl/,
    },
  ],
  BAD_REVISION: [
    {
      make: said('task list --at nosuch'),
      leadsOut: 'shows',
      because: 'which point in time was meant only the user knows; those that there are are listed',
      named: /TaskCreated/,
    },
  ],
  UNKNOWN_CODE: [
    { make: said('explain WORKTREE_EXIST'), leadsOut: 'step' },
    { make: said('explain MHV-999'), leadsOut: 'step' },
  ],
  REQUEST_UNCLEAR: [{ make: said('task create "fix it by next week maybe"'), leadsOut: 'step' }],
  NO_DIRECTORY: [
    {
      make: said('version', { before: 'mkdir -p gone; cd gone; rmdir ../gone' }),
      leadsOut: 'retry',
    },
    {
      make: said('-C nowhere task list'),
      leadsOut: 'shows',
      because: 'which directory was meant only the user knows; the steps say which one this is',
      named: /demo/,
    },
  ],
  OUTPUT_FAILED: [{ make: said('task list', { after: '> /dev/full' }), leadsOut: 'step' }],
  EDITOR_FAILED: [
    {
      make: failingEditor,
      leadsOut: 'shows',
      because: 'which editor there is only the user knows; the step shows the one that failed',
      named: /^false/m,
    },
  ],
}
