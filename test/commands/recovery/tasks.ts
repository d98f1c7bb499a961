import { mhvJson } from '../../support/cli.ts'
import { cloneFor, mergeFrom } from '../../support/clones.ts'
import { demoWith } from '../../support/hand-made.ts'
import { append } from '../../support/linked-repositories.ts'
import type { Scenarios, Situation } from '../../support/recovery.ts'
import { run } from '../../support/use-tasks.ts'

/** A repository with tasks in which these commands were run. */
const after =
  (titles: readonly string[], commands: readonly string[], command: string) =>
  async (): Promise<Situation> => {
    const cwd = await demoWith(...titles)
    for (const line of commands) await run(cwd, ...line.split(' '))
    return { cwd, command, fill: { '…': 'agreed with Ben' } }
  }

/** Two tasks that have had the number 1, which none has now. */
async function formerNumbers(): Promise<Situation> {
  const cwd = await demoWith('One', 'Two')
  await append(cwd, 1, { kind: 'TaskRenumbered', data: { number: 5 } })
  await append(cwd, 2, { kind: 'TaskRenumbered', data: { number: 1 } })
  await append(cwd, 1, { kind: 'TaskRenumbered', data: { number: 6 } })
  return { cwd, command: 'task show 1' }
}

/** Ann has started the task on one branch, Ben on another, neither knowing of the other. */
async function twoBranches(): Promise<Situation> {
  const cwd = await demoWith('Fix auth bug')
  const other = await cloneFor(cwd, 'Ben')
  await run(cwd, 'start', '1', '--no-worktree', '--branch', 'anns')
  await run(other, 'start', '1', '--no-worktree', '--branch', 'bens')
  await mergeFrom(cwd, other)
  const { conflicts } = await mhvJson(cwd, 'conflicts')
  const branch = conflicts.find(({ field }: { field: string }) => field === 'branch')
  return { cwd, command: `conflicts --take ${branch.lost.event}:branch` }
}

export const scenarios: Scenarios = {
  TASK_NOT_FOUND: [
    {
      make: after(['Fix auth bug'], [], 'task show 7'),
      leadsOut: 'shows',
      because: 'only the user knows which task was meant; those that there are are listed',
      named: /Fix auth bug/,
    },
    { make: after(['A'], ['task delete 1'], 'task edit 1 --priority high'), leadsOut: 'retry' },
  ],
  AMBIGUOUS_NUMBER: [{ make: formerNumbers, leadsOut: 'step' }],
  ILLEGAL_MOVE: [
    { make: after(['A'], ['task cancel 1 --reason no'], 'task block 1 --reason why'), leadsOut: 'retry' },
    { make: after(['A'], ['done 1'], 'start 1'), leadsOut: 'retry' },
  ],
  WAITING_FOR_DEPENDENCIES: [
    { make: after(['A', 'B'], ['task depend 2 --on 1'], 'start 2'), leadsOut: 'retry' },
  ],
  TASK_BLOCKED: [{ make: after(['A'], ['task block 1 --reason waits'], 'start 1'), leadsOut: 'retry' }],
  INCOMPLETE: [
    { make: after(['A'], ['task edit 1 -c works'], 'done 1'), leadsOut: 'step' },
    { make: after(['A', 'B'], ['task depend 2 --on 1'], 'done 2'), leadsOut: 'step' },
  ],
  DEPENDENCY_CYCLE: [
    {
      make: after(['A', 'B'], ['task depend 2 --on 1'], 'task depend 1 --on 2'),
      leadsOut: 'shows',
      because: 'which of the two dependencies is wrong is for the user to say',
      named: /#1/,
    },
  ],
  NOTHING_TO_UNDO: [
    { make: after(['A'], ['undo 1'], 'undo 1'), leadsOut: 'step' },
    {
      make: after([], [], 'undo'),
      leadsOut: 'shows',
      because: 'nothing was done that could be taken back; the history says so',
      named: /Begin task log/,
    },
  ],
  CONDITION_MET: [
    {
      make: after(['Fix auth bug'], [], 'task list --fail-on pending'),
      leadsOut: 'shows',
      because: 'the work that the condition is about has to be done; its task is shown',
      named: /Fix auth bug/,
    },
  ],
  CONFLICT_NOT_FOUND: [
    {
      make: after(['A'], [], 'conflicts --take 01JF3ZK4Q8M6W2T5V7X9Y0A1BC'),
      leadsOut: 'shows',
      because: 'there is no such change; those that there are are listed',
      named: /No concurrent change/,
    },
  ],
  CONFLICT_STANDS: [
    {
      make: twoBranches,
      leadsOut: 'shows',
      because: 'a branch is made by a start, never by a merge; what happened is shown',
      named: /anns[\s\S]*bens|bens[\s\S]*anns/,
    },
  ],
}
