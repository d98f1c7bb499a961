import { mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commitFiles } from '../../support/gates.ts'
import { demoWith } from '../../support/hand-made.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { git, temporaryDirectory } from '../../support/repository.ts'
import { run } from '../../support/use-tasks.ts'
import { put, startedTask } from '../../support/worktrees.ts'

async function somethingInTheWay(): Promise<Situation> {
  const cwd = await demoWith('A')
  put(dirname(cwd), 'tree/file', 'mine')
  return { cwd, command: 'start 1 --path ../tree' }
}

async function checkedOutElsewhere(): Promise<Situation> {
  const cwd = await demoWith('A')
  await run(cwd, 'wc', 'topic')
  return { cwd, command: 'wc topic --path ../tree' }
}

async function movedOntoSomething(): Promise<Situation> {
  const { demo } = await startedTask()
  put(dirname(demo), 'file', 'mine')
  return { cwd: demo, command: 'worktree move 1 ../file' }
}

async function foreignBranch(): Promise<Situation> {
  const cwd = await demoWith('A')
  git(cwd, 'branch', 'task')
  return { cwd, command: 'start 1 --branch task/1' }
}

async function withoutCommits(): Promise<Situation> {
  const cwd = join(temporaryDirectory(), 'demo')
  git(dirname(cwd), 'init', '--quiet', 'demo')
  await run(cwd, 'init')
  await run(cwd, 'tc', 'A')
  return { cwd, command: 'start 1' }
}

async function movedByHand(): Promise<Situation> {
  const { demo, worktree } = await startedTask()
  renameSync(worktree, join(temporaryDirectory(), 'moved'))
  return { cwd: demo, command: 'switch 1' }
}

async function startedElsewhere(): Promise<Situation> {
  const { demo } = await startedTask()
  return { cwd: demo, command: 'start 1 --branch other' }
}

async function unsaved(): Promise<Situation> {
  const { demo, worktree } = await startedTask()
  put(worktree, 'new.txt', 'new')
  return { cwd: demo, command: 'worktree remove 1', fill: { '…': 'Save' } }
}

async function inside(): Promise<Situation> {
  const { worktree } = await startedTask()
  mkdirSync(join(worktree, 'inner'))
  return { cwd: join(worktree, 'inner'), command: 'worktree remove 1' }
}

async function locked(): Promise<Situation> {
  const { demo, worktree } = await startedTask()
  git(demo, 'worktree', 'lock', worktree)
  return { cwd: demo, command: `worktree move 1 ${join(dirname(demo), 'elsewhere')}` }
}

async function failingSetUp(): Promise<Situation> {
  const cwd = await demoWith('A')
  commitFiles(cwd, { '.mhvrc.yaml': 'worktrees: {setup: ["test -e ../ready"]}\n' })
  const meanwhile = () => put(`${cwd}.worktrees`, 'ready', '')
  return { cwd, command: 'start 1 --trust', meanwhile }
}

export const scenarios: Scenarios = {
  WORKTREE_EXISTS: [
    { make: somethingInTheWay, leadsOut: 'step' },
    { make: async () => ({ cwd: await demoWith('A'), command: 'wc main' }), leadsOut: 'step' },
    { make: checkedOutElsewhere, leadsOut: 'step' },
    { make: movedOntoSomething, leadsOut: 'step' },
  ],
  BRANCH_TAKEN: [{ make: foreignBranch, leadsOut: 'step' }],
  NO_WORKTREE: [
    { make: async () => ({ cwd: await demoWith('A'), command: 'switch 1' }), leadsOut: 'retry' },
    {
      make: async () => ({ cwd: await demoWith('A'), command: 'worktree remove 1' }),
      leadsOut: 'shows',
      because: 'what is not there need not be removed; those that are there are listed',
      named: /main/,
    },
  ],
  NO_CURRENT_TASK: [
    {
      make: async () => ({ cwd: await demoWith('Fix auth bug'), command: 'task show' }),
      leadsOut: 'shows',
      because: 'which task was meant only the user knows; they are listed',
      named: /Fix auth bug/,
    },
  ],
  NO_COMMITS: [{ make: withoutCommits, leadsOut: 'retry' }],
  WORKTREE_MISSING: [{ make: movedByHand, leadsOut: 'retry' }],
  STARTED_OTHERWISE: [{ make: startedElsewhere, leadsOut: 'step' }],
  WOULD_LOSE: [{ make: unsaved, leadsOut: 'retry' }],
  WORKTREE_IN_USE: [{ make: inside, leadsOut: 'retry' }],
  SETUP_FAILED: [{ make: failingSetUp, leadsOut: 'retry' }],
  NOTHING_IN_TRASH: [
    {
      make: async () => ({ cwd: await demoWith('A'), command: 'worktree undo 7' }),
      leadsOut: 'shows',
      because: 'nothing was removed; the step lists what was',
      named: /No removed worktree/,
    },
  ],
  WORKTREE_FIXED: [{ make: locked, leadsOut: 'retry' }],
}
